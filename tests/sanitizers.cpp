// What a library keeps until the process ends is no leak: fontconfig's typefaces, which the report as PDF reads.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }

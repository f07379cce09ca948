#pragma once

#include <fontconfig/fontconfig.h>

// Private to platform/pdf.
namespace kith::pdf {

// Knows the fonts of the binary and no others, so that a document looks the same on every machine.
FcConfig* own_fonts();
inline constexpr const char* family = "Atkinson Hyperlegible";

}  // namespace kith::pdf

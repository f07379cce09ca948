#include <dlfcn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "platform/picture/exit_codes.hpp"
#include "platform/picture/recode.hpp"

// The inner half: runs in a process of its own and may end at any moment.
namespace kith::picture {
namespace {

constexpr std::size_t input_most = 16 * 1024 * 1024;
constexpr int quality = 78;

// Of libvips 8.14 (vips/image.h, resample.h, foreign.h), with C's open argument lists that end with a null.
struct VipsImage;
struct Vips {
    int (*init)(const char* name);
    void (*block_untrusted)(int yes);
    VipsImage* (*open)(const void* bytes, std::size_t size, const char* options, ...);
    int (*width)(const VipsImage*);
    int (*height)(const VipsImage*);
    int (*thumbnail)(const void* bytes, std::size_t size, VipsImage** out, int width, ...);
    char** (*fields)(const VipsImage*);  // names, a null behind them
    int (*remove)(VipsImage*, const char* field);
    int (*save_webp)(VipsImage*, void** out, std::size_t* size, ...);
};
constexpr int vips_size_down = 2, vips_fail_on_error = 2;

// A sanitizer keeps shadow memory far larger than any limit.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_shadowed = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool is_shadowed = true;
#else
constexpr bool is_shadowed = false;
#endif
#else
constexpr bool is_shadowed = false;
#endif

// The thread sanitizer keeps its notes in a file.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
constexpr bool writes_notes = true;
#else
constexpr bool writes_notes = false;
#endif
#else
constexpr bool writes_notes = false;
#endif

template <class F>
bool load(void* library, const char* name, F& function) {
    function = reinterpret_cast<F>(::dlsym(library, name));
    return function != nullptr;
}

bool load(Vips& vips) {
    void* const library = ::dlopen("libvips.so.42", RTLD_NOW | RTLD_LOCAL);
    return library && load(library, "vips_init", vips.init) &&
           load(library, "vips_block_untrusted_set", vips.block_untrusted) &&
           load(library, "vips_image_new_from_buffer", vips.open) &&
           load(library, "vips_image_get_width", vips.width) &&
           load(library, "vips_image_get_height", vips.height) &&
           load(library, "vips_thumbnail_buffer", vips.thumbnail) &&
           load(library, "vips_image_get_fields", vips.fields) &&
           load(library, "vips_image_remove", vips.remove) &&
           load(library, "vips_webpsave_buffer", vips.save_webp) && vips.init("kith") == 0;
}

bool limit(int what, rlim_t most) {
    const rlimit both{most, most};
    return ::setrlimit(static_cast<__rlimit_resource>(what), &both) == 0;
}

// Once the library is there nothing else is opened, written or begun. False if a limit could not be set: then no byte
// from outside is looked at.
bool limit_all() {
    bool all = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    all = all && limit(RLIMIT_CPU, 10) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 3);
    all = all && (writes_notes || limit(RLIMIT_FSIZE, 0));
    return all && (is_shadowed || limit(RLIMIT_AS, rlim_t{1} << 30));
}

// The formats that libvips reads by itself; what only looks like one is decoded as that and made anew.
bool is_known(std::string_view bytes) {
    using namespace std::string_view_literals;
    const bool is_webp = bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP";
    return is_webp || bytes.starts_with("\xff\xd8\xff"sv) || bytes.starts_with("\x89PNG\r\n\x1a\n"sv) ||
           bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a");
}

bool read_all(std::string& out) {
    std::array<char, 64 * 1024> piece{};
    ssize_t got = 0;
    while ((got = ::read(STDIN_FILENO, piece.data(), piece.size())) > 0) {
        out.append(piece.data(), static_cast<std::size_t>(got));
        if (out.size() > input_most) return false;
    }
    return got == 0;
}

bool write_all(std::string_view out) {
    while (!out.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, out.data(), out.size());
        if (written <= 0) return false;
        out.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool is_too_large(std::int64_t width, std::int64_t height) {
    return width > input_side_most || height > input_side_most || width * height > pixels_most;
}

// What a camera or a program wrote into it: place, time, names, profiles. The saver's own option keeps some of it
// (libvips 8.14 makes EXIF anew from the fields that it was read into).
void forget_all(const Vips& vips, VipsImage* image) {
    for (char** field = vips.fields(image); field && *field; ++field) vips.remove(image, *field);
}

int recode(const Vips& vips, const std::string& bytes) {
    const VipsImage* const header = vips.open(bytes.data(), bytes.size(), "", nullptr);
    if (!header) return code_unreadable;
    if (is_too_large(vips.width(header), vips.height(header))) return code_too_large;
    VipsImage* upright = nullptr;
    if (vips.thumbnail(bytes.data(), bytes.size(), &upright, side_most, "height", side_most, "size",
                       vips_size_down, "fail_on", vips_fail_on_error, nullptr) != 0)
        return code_unreadable;
    forget_all(vips, upright);
    void* webp = nullptr;
    std::size_t size = 0;
    if (vips.save_webp(upright, &webp, &size, "Q", quality, "strip", 1, nullptr) != 0) return code_unreadable;
    const std::string head = std::to_string(vips.width(upright)) + " " +
                             std::to_string(vips.height(upright)) + "\n";
    return write_all(head) && write_all({static_cast<const char*>(webp), size}) ? 0 : code_unreadable;
}

}  // namespace

// Nothing is given back at the end: the process ends with it.
int recode_standard_input() {
    Vips vips{};
    if (!load(vips)) return code_no_library;
    vips.block_untrusted(1);
    if (!limit_all()) return code_no_library;
    std::string bytes;
    if (!read_all(bytes)) return code_too_large;
    const int code = is_known(bytes) ? recode(vips, bytes) : code_unreadable;
    ::_exit(code);
}

}  // namespace kith::picture

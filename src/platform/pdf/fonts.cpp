#include "platform/pdf/fonts.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "base/check.hpp"
#include "platform/embed/embed.hpp"

namespace kith::pdf {
namespace {

// Fontconfig takes files alone: this one is in memory, and stays open for as long as the process lives.
std::string file_of(std::string_view bytes) {
    const int file = memfd_create("font", MFD_CLOEXEC);
    CHECK(file >= 0);
    while (!bytes.empty()) {
        const ssize_t written = write(file, bytes.data(), bytes.size());
        CHECK(written > 0);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return "/proc/self/fd/" + std::to_string(file);
}

FcConfig* load() {
    FcConfig* const config = FcConfigCreate();
    CHECK(config != nullptr);
    for (const embed::File& one : embed::data()) {
        if (!one.name.ends_with(".ttf")) continue;
        const std::string path = file_of(one.bytes);
        CHECK(FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(path.c_str())));
    }
    return config;
}

}  // namespace

FcConfig* own_fonts() {
    static FcConfig* const config = load();
    return config;
}

}  // namespace kith::pdf

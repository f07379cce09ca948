#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"

// Several files as one, by libarchive.
namespace kith {

struct ZipFile {
    std::string_view name;
    std::string_view bytes;
};

// A ZIP archive in memory. Throws std::runtime_error.
std::string make_zip(std::span<const ZipFile> files, Time changed_at);

}  // namespace kith

#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace kith::test {

// A file of real data beside the checkout, or in the folder that KITH_SHARED names; empty where there is none. A user's
// clone has none: what needs one is left out, and says so.
inline std::filesystem::path shared_data(std::string_view name) {
    const char* const set = std::getenv("KITH_SHARED");
    const std::filesystem::path file = std::filesystem::path(set ? set : KITH_SOURCE_DIR "/../shared") /
                                       "data" / name;
    return std::filesystem::exists(file) ? file : std::filesystem::path();
}

}  // namespace kith::test

#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "platform/picture/recode.hpp"

namespace kith::test {

// turned.jpg: 24 by 16 pixels, to be turned by a quarter, with a place and a name written into it. wide.png: 2000 by
// 500.
inline std::string picture_file(std::string_view name) {
    picture::use_program(KITH_BINARY);
    std::ifstream in(std::string(KITH_SOURCE_DIR "/tests/pictures/") + std::string(name), std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace kith::test

#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace kith {

void check_failed(const char* condition, const char* file, int line) noexcept {
    std::fprintf(stderr, "%s:%d: impossible state, expected: %s\n", file, line, condition);
    std::abort();
}

}  // namespace kith

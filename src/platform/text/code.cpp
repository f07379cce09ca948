#include "platform/text/code.hpp"

namespace kith::text {
namespace {

// Nothing that is mistaken for something else: 0 and o, 1, i and l are left out.
constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";

}  // namespace

std::string make_code(Random& random, int fours) {
    std::string code;
    for (int i = 0; i < fours * 4; ++i) {
        if (i > 0 && i % 4 == 0) code += '-';
        code += letters[random.below(letters.size())];
    }
    return code;
}

std::string plain_code(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (letters.find(lower) != std::string_view::npos) out += lower;
    }
    return out;
}

}  // namespace kith::text

#include <algorithm>

#include "identity/rules.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr std::size_t password_least = 8;
constexpr std::size_t password_most = 128;
constexpr std::size_t name_in_password_least = 3;  // a shorter name may well be part of a word
constexpr std::size_t repeated_most = 4;

bool contains_name(std::string_view password, std::string_view name) {
    const std::string folded = text::fold(name);
    return text::length(folded) >= name_in_password_least &&
           text::fold(password).find(folded) != std::string::npos;
}

// "aaaaaaaa", "12121212", "abcdabcd": the same few letters again and again.
bool repeats(std::string_view password) {
    for (std::size_t period = 1; period <= repeated_most && period * 2 <= password.size(); ++period)
        if (password.substr(period) == password.substr(0, password.size() - period)) return true;
    return false;
}

// "12345678", "hgfedcba": each the next or each the one before.
bool counts(std::string_view password) {
    const auto all_step = [&](int step) {
        return std::adjacent_find(password.begin(), password.end(), [&](char a, char b) {
                   return b - a != step && !(a == '9' && b == '0');
               }) == password.end();
    };
    return all_step(1) || all_step(-1);
}

}  // namespace

Done check_password(std::string_view password, std::string_view name, std::string_view field) {
    const std::size_t length = text::length(password);
    if (length < password_least) return invalid("Please use at least 8 characters.", field);
    if (length > password_most) return invalid("Please use at most 128 characters.", field);
    if (crypto::is_breached(password) || repeats(password) || counts(password))
        return invalid("This password is easy to guess. Please choose another one.", field);
    if (contains_name(password, name)) return invalid("Please leave your name out of the password.", field);
    return {};
}

}  // namespace kith::identity

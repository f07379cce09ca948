#include "doors/work.hpp"

#include <algorithm>

#include "platform/crypto/crypto.hpp"
#include "platform/crypto/work.hpp"
#include "platform/text/ascii.hpp"

namespace kith::doors {
namespace {

constexpr std::size_t number_most = 12;  // letters: more than any search needs

// The words of `text` up to the next `between`, which are taken off it.
std::string_view next_word(std::string_view& text, char between) {
    const std::size_t end = std::min(text.find(between), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::string key_from(std::string_view secret) { return crypto::digest("work " + std::string(secret)); }

}  // namespace

int parts_for(std::int64_t sign_ups, std::int64_t busy_from) {
    const std::int64_t wanted = parts_least * sign_ups / std::max<std::int64_t>(busy_from, 1);
    return static_cast<int>(std::clamp<std::int64_t>(wanted, parts_least, parts_most));
}

std::string seal(std::string_view secret, const Challenge& challenge) {
    return crypto::seal(key_from(secret), std::to_string(challenge.made_at.ms) + " " +
                                              std::to_string(challenge.parts) + " " + challenge.seed);
}

std::optional<Challenge> unseal(std::string_view secret, std::string_view sealed, Time now) {
    const auto text = crypto::unseal(key_from(secret), sealed);
    if (!text) return std::nullopt;
    std::string_view rest = *text;
    const auto made_at = text::ascii::number_in<std::int64_t>(next_word(rest, ' '));
    const auto parts = text::ascii::number_in(next_word(rest, ' '));
    if (!made_at || !parts || rest.empty() || now > Time{*made_at} + challenge_ms) return std::nullopt;
    return Challenge{Time{*made_at}, *parts, std::string(rest)};
}

bool is_solved(const Challenge& challenge, std::string_view answer) {
    for (int part = 0; part < challenge.parts; ++part) {
        const std::string_view word = next_word(answer, '.');
        if (word.empty() || word.size() > number_most) return false;
        const std::string tried = challenge.seed + ":" + std::to_string(part) + ":" + std::string(word);
        if (crypto::leading_zeros(crypto::sha256(tried)) < work_bits) return false;
    }
    return answer.empty();
}

std::string digest_of(const Challenge& challenge) { return crypto::digest("spent " + challenge.seed); }

}  // namespace kith::doors

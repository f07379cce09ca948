#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "doors/doors.hpp"

// A challenge to the device of a newcomer, private to doors. It is sealed by us, so that nothing is kept of it until it
// is answered. An answer is as many short words (a number does) as it has parts, with a dot between two: the SHA-256 of
// "<seed>:<part>:<word>" begins with work_bits zero bits. Or it is a minute of waiting, which needs no device.
namespace kith::doors {

inline constexpr int work_bits = 12;  // 4096 hashes for a part, on average
inline constexpr int parts_least = 4, parts_most = 8;
inline constexpr std::int64_t wait_ms = minute_ms, challenge_ms = hour_ms;

struct Challenge {
    Time made_at;
    int parts = parts_least;
    std::string seed;
};
// 4 parts from `busy_from` sign-ups in an hour on, 8 from twice as many on: under a second on a telephone.
int parts_for(std::int64_t sign_ups, std::int64_t busy_from);

std::string seal(std::string_view secret, const Challenge& challenge);
// Nothing for what we did not seal, or too long ago.
std::optional<Challenge> unseal(std::string_view secret, std::string_view sealed, Time now);
bool is_solved(const Challenge& challenge, std::string_view answer);
// What is kept of a challenge that was answered.
std::string digest_of(const Challenge& challenge);

}  // namespace kith::doors

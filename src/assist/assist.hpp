#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/enum.hpp"
#include "platform/cli/cli.hpp"

// Help for those who moderate, on the host's own machine: rules and models that say what to read first, and why. They
// never hide, delay or decide anything, and no member is shown what they say.
namespace kith::assist {

// What a rule is about. `method`: how to harm oneself, in detail. `advice`: medical. `empathy`: support that is given.
enum class About { crisis, method, hostile, spam, advice, empathy };
constexpr auto enum_words(About) {
    return std::to_array<std::string_view>({"crisis", "method", "hostile", "spam", "advice", "empathy"});
}

// How sure a rule is. `explicit_words`: said outright. `passive`: a sign; also what was said outright, but denied,
// quoted, or about somebody else.
enum class Tier { passive, explicit_words };
constexpr auto enum_words(Tier) { return std::to_array<std::string_view>({"passive", "explicit"}); }

struct Rule {
    std::string_view id;  // "crisis.plan"
    About about = About::crisis;
    Tier tier = Tier::passive;
    bool is_urgent = false;              // somebody must look now
    std::string_view reason, reason_es;  // what it found, for staff, in English and Spanish
};

struct Hit {
    const Rule* rule = nullptr;  // as long as the rules live
    Tier tier =
        Tier::passive;  // of this hit: lowered where it is denied, quoted, past or about somebody else
    std::size_t begin = 0, end = 0;  // in the text, in bytes: whole words
};

// What the built-in rules find, each at most once, the most certain first. For any bytes.
std::vector<Hit> read_by_rules(std::string_view text);
// Whether somebody says outright that they, or others, may be in danger.
bool speaks_of_danger(std::string_view text);
// The rule of that id, as long as the program runs; none if this version has lost it.
const Rule* find_rule(std::string_view id);

std::vector<cli::Command> commands();

}  // namespace kith::assist

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assist/figures.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "platform/cli/cli.hpp"

// Help for those who moderate, on the host's own machine: rules and models that say what to read first, and why. They
// never decide or hide anything, and no member is shown what they say. One kind is kept back until a person has looked:
// how to harm oneself, in detail (Kooth's practice; Samaritans' guidelines for sites with user content).
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
    bool holds = false;                  // the post waits until somebody has looked
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
// Whether somebody says outright that they, or others, may be in danger; and whether it tells or asks in detail how to
// harm oneself: such a post waits until somebody has looked, the one thing that is kept back by itself.
struct Warning {
    bool danger = false, method = false;
    bool any() const { return danger || method; }
};
Warning warning_in(std::string_view text);
bool speaks_of_danger(std::string_view text);
// The rule of that id, as long as the program runs; none if this version has lost it.
const Rule* find_rule(std::string_view id);

// Whether every example in the files of rules is judged as its file says.
bool are_rules_right();

// ---- what people of a community teach ----------------------------------------------------------------------

// What can be learned about a post, each by a model of its own.
enum class Flag { crisis, hostile, spam, advice };
constexpr auto enum_words(Flag) {
    return std::to_array<std::string_view>({"crisis", "hostile", "spam", "advice"});
}

// A text that somebody has judged.
struct Lesson {
    std::string text;
    bool is_so = false;
    std::uint64_t key = 0;         // the same for copies, which then never stand on both sides
    std::uint32_t stands_for = 1;  // how many texts like it there are, where only some were looked at
};
struct Learned {
    std::string bytes;            // the model, to keep
    std::vector<double> chances;  // what models that had not seen a text foretold of it, and
    std::vector<char> truths;     // what it was
};
// The same lessons in the same order give the same bytes. Fault `invalid` without both kinds of lessons.
Result<Learned> learn(Flag flag, std::span<const Lesson> lessons);

struct Span {
    std::size_t begin = 0, end = 0;  // in bytes
};

struct Model;
// A model that reads; safe for all threads.
class Reader {
public:
    // Nothing if the bytes are damaged, or read texts in another way than this program.
    static std::optional<Reader> load(Flag flag, std::string_view bytes);

    // How likely it is, 0 to 1; not a number if the model is no good.
    double chance(std::string_view text) const;
    // The share of what it sees in a text that no lesson had.
    double unseen(std::string_view text) const;
    // The words that speak most for it, at most `most`, in their order.
    std::vector<Span> why(std::string_view text, std::size_t most) const;

private:
    Reader(Flag flag, std::shared_ptr<const Model> model) : flag_(flag), model_(std::move(model)) {}
    Flag flag_;
    std::shared_ptr<const Model> model_;
};

std::vector<cli::Command> commands();

}  // namespace kith::assist

#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assist/assist.hpp"
#include "assist/chunks.hpp"
#include "base/result.hpp"

// Rules: expressions that people wrote down, each with its reason and with examples; private to assist.
namespace kith::assist {

class Rules {
public:
    // All rules that Kith carries (rules/*.toml), or those of one file. Read once; safe for all threads.
    static const Rules& built_in();
    // Faults `invalid`: no TOML, something missing, an expression that RE2 does not read.
    static Result<Rules> parse(std::span<const std::string_view> files);
    Rules(Rules&&) noexcept;
    ~Rules();

    // Each rule at most once, the most certain first.
    std::vector<Hit> find(const std::vector<Chunk>& chunks) const;

    const Rule* find_rule(std::string_view id) const;

    // Examples that are not judged as the file says: what is wrong, in words. Empty: all are right.
    std::vector<std::string> wrong_examples() const;
    std::size_t size() const;
    std::size_t examples() const;

private:
    struct Parts;
    explicit Rules(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// What rules about something tell a model.
struct RuleCues {
    std::vector<std::string_view> names;
    double counted = 0;  // what was said outright counts most, then how many signs there are
};
RuleCues rule_cues(const std::vector<Chunk>& chunks, const std::function<bool(About)>& is_for);

}  // namespace kith::assist

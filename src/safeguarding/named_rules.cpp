#include <algorithm>

#include "groups/groups.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "policies/policies.hpp"
#include "safeguarding/safeguarding.hpp"

// What a decision says it is about.
namespace kith::safeguarding {
namespace {

constexpr std::size_t rule_most = 200;  // code points

enum class Lines { all, headings };

void add_rules(std::vector<std::string>& out, std::string_view markdown, Lines which) {
    while (!markdown.empty()) {
        const std::string_view line = markdown.substr(0, markdown.find('\n'));
        markdown.remove_prefix(std::min(markdown.size(), line.size() + 1));
        if (which == Lines::headings && !line.starts_with('#')) continue;
        const std::string words = text::one_line(text::plain_text(line));
        if (!words.empty()) out.emplace_back(text::first(words, rule_most));
    }
}

}  // namespace

std::vector<std::string> rules_for(db::ReadTx& tx, const Actor& actor, GroupId group) {
    std::vector<std::string> out;
    if (const auto access = groups::access(tx, actor, group)) add_rules(out, access->group.rules, Lines::all);
    for (const policies::Current& one : policies::list(tx))
        if (one.policy.kind == policies::Kind::rules) add_rules(out, one.version.markdown, Lines::headings);
    return out;
}

}  // namespace kith::safeguarding

#include <charconv>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"

// What the host sets: how long reports may wait, what they do by themselves, and for how long a hold lasts.
namespace kith::safeguarding {
namespace {

constexpr std::size_t steps_most = 10;
constexpr std::int64_t days_most = 3650;

// "14, 30, 0"; nothing where it is not like that.
std::vector<std::int64_t> read_ladder(std::string_view typed) {
    std::vector<std::int64_t> out;
    constexpr std::string_view between = " ,;";
    for (std::size_t at = typed.find_first_not_of(between); at != typed.npos;
         at = typed.find_first_not_of(between, at)) {
        const std::string_view word = typed.substr(at, typed.find_first_of(between, at) - at);
        std::int64_t days = -1;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), days);
        const bool is_behind_the_end = !out.empty() && out.back() == 0;
        if (read.ec != std::errc() || read.ptr != word.data() + word.size() || days < 0 || days > days_most ||
            is_behind_the_end || out.size() == steps_most)
            return {};
        out.push_back(days);
        at += word.size();
    }
    return out;
}

}  // namespace

Targets targets(db::ReadTx& tx) { return store::targets(tx); }

Done set_targets(db::Tx& tx, const Actor& actor, const Targets& typed) {
    constexpr std::int64_t most = 30 * 24 * 60;
    constexpr auto range = t_later("Please write a number of minutes, from 1 to 43200.");
    TRY(identity::require_host(tx, actor));
    const auto is_right = [](std::int64_t minutes) { return minutes >= 1 && minutes <= most; };
    if (!is_right(typed.crisis)) return invalid(range, "crisis");
    if (!is_right(typed.red)) return invalid(range, "red");
    if (!is_right(typed.amber)) return invalid(range, "amber");
    constexpr auto order = t_later("What is more urgent must not wait longer.");
    if (typed.red < typed.crisis) return invalid(order, "red");
    if (typed.amber < typed.red) return invalid(order, "amber");
    constexpr auto many = t_later("Please write a number from 2 to 100, or 0 for never.");
    const auto is_many = [](std::int64_t number) { return number == 0 || (number >= 2 && number <= 100); };
    if (!is_many(typed.hide_after)) return invalid(many, "hide_after");
    if (!is_many(typed.pause_after)) return invalid(many, "pause_after");
    store::set_targets(tx, typed);
    audit::record(tx, actor, "triage.changed", "site", 0);
    return {};
}

std::vector<std::int64_t> ladder(db::ReadTx& tx) { return store::ladder(tx); }

Done set_ladder(db::Tx& tx, const Actor& actor, std::string_view typed) {
    TRY(identity::require_host(tx, actor));
    const std::vector<std::int64_t> days = read_ladder(typed);
    if (days.empty())
        return invalid("Please write up to 10 numbers of days with commas between them, such as 14, 30, 0.",
                       "ladder");
    if (days == ladder(tx)) return {};
    store::put_ladder(tx, days);
    audit::record(tx, actor, "ladder.changed", "site", 0);
    return {};
}

}  // namespace kith::safeguarding

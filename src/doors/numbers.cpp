#include "audit/audit.hpp"
#include "doors/doors.hpp"
#include "doors/store.hpp"

namespace kith::doors {
namespace {

// One number of the form, from `least` to `most`; where 0 is allowed besides, it means never.
struct Range {
    std::string_view field;
    std::int64_t Numbers::* number;
    std::int64_t least, most;
    bool zero = false;
};
constexpr Range ranges[] = {
    {"per_network", &Numbers::per_network, 3, 1000},
    {"per_hour", &Numbers::per_hour, 10, 100'000},
    {"busy_from", &Numbers::busy_from, 5, 100'000},
    {"new_days", &Numbers::new_days, 1, 30, true},
    {"threads_a_day", &Numbers::threads_a_day, 1, 100},
    {"posts_a_day", &Numbers::posts_a_day, 5, 1000},
    {"same_words", &Numbers::same_words, 2, 100, true},
    {"reads_an_hour", &Numbers::reads_an_hour, 100, 3000, true},
};

Done check(const Range& range, const Numbers& typed) {
    const std::int64_t number = typed.*range.number;
    if ((range.zero && number == 0) || (number >= range.least && number <= range.most)) return {};
    Error error{Fault::invalid, t_later("Please write a number from %1."), std::string(range.field)};
    error.detail = std::to_string(range.least) + " – " + std::to_string(range.most);
    if (range.zero) error.detail += " / 0";
    return tl::unexpected(std::move(error));
}

}  // namespace

Numbers numbers(db::ReadTx& tx) { return store::numbers(tx); }

Done set_numbers(db::Tx& tx, const Actor& actor, const Numbers& typed) {
    TRY(identity::require_host(tx, actor));
    Mistakes mistakes;
    for (const Range& range : ranges) mistakes.note(check(range, typed));
    TRY(mistakes.done());
    store::set_numbers(tx, typed);
    audit::record(tx, actor, "door.changed", "site", 0);
    tx.changed({.kind = Change::Kind::site});  // every node counts by the new ones
    return {};
}

}  // namespace kith::doors

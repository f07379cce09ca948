#include "doors/numbers.hpp"
#include "audit/audit.hpp"
#include "doors/store.hpp"

namespace kith::doors {
namespace {

constexpr NumberField fields[] = {
    {"per_network", t_later("Sign-ups from one network in an hour"), &Numbers::per_network, 3, 1000},
    {"per_hour", t_later("Sign-ups of everybody in an hour. Whoever has an invitation comes in anyway."),
     &Numbers::per_hour, 10, 100'000},
    {"busy_from", t_later("From how many sign-ups in an hour is it busy?"), &Numbers::busy_from, 5, 100'000},
    {"new_days", t_later("For how many days is an account new? 0: never"), &Numbers::new_days, 1, 30, true},
    {"threads_a_day", t_later("Conversations that a new account may begin in a day"), &Numbers::threads_a_day,
     1, 100},
    {"posts_a_day", t_later("Posts that a new account may write in a day"), &Numbers::posts_a_day, 5, 1000},
    {"same_words",
     t_later("How often may new accounts write the same words or link, until you are told? Further ones are "
             "hidden. 0: never tell me"),
     &Numbers::same_words, 2, 100, true},
    {"reads_an_hour", t_later("Conversations that a member may open in an hour. 0: all"),
     &Numbers::reads_an_hour, 100, 3000, true},
};

Done check(const NumberField& field, const Numbers& typed) {
    const std::int64_t number = typed.*field.number;
    if ((field.or_never && number == 0) || (number >= field.least && number <= field.most)) return {};
    Error error{Fault::invalid, t_later("Please write a number from %1."), std::string(field.name)};
    error.detail = std::to_string(field.least) + " – " + std::to_string(field.most);
    if (field.or_never) error.detail += " / 0";
    return tl::unexpected(std::move(error));
}

}  // namespace

std::span<const NumberField> number_fields() { return fields; }

Numbers numbers(db::ReadTx& tx) { return store::numbers(tx); }

Done set_numbers(db::Tx& tx, const Actor& actor, const Numbers& typed) {
    TRY(identity::require_host(tx, actor));
    Mistakes mistakes;
    for (const NumberField& field : fields) mistakes.note(check(field, typed));
    TRY(mistakes.done());
    store::set_numbers(tx, typed);
    audit::record(tx, actor, "door.changed", "site", 0);
    tx.changed({.kind = Change::Kind::site});  // every node counts by the new ones
    return {};
}

}  // namespace kith::doors

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"
#include "transparency/store.hpp"
#include "transparency/transparency.hpp"

namespace kith::transparency {
namespace {

Published published_of(const store::Row& row) {
    return {row.id,           {row.from, row.until}, row.words,
            row.published_at, row.withdrawn_at,      row.withdrawn_because};
}

// What was taken back was public: only the same time anew tells nothing by its difference.
bool are_same(const Period& a, const Period& b) { return a.from == b.from && a.until == b.until; }

bool overlap(const Period& a, const Period& b) { return a.from < b.until && b.from < a.until; }

Result<std::string> checked(std::string_view typed, std::string_view field) {
    std::string words = text::trim(text::clean(typed));
    if (text::length(words) > words_most)
        return invalid("This is too long. Please use at most 2,000 letters.", field);
    return words;
}

}  // namespace

std::vector<Published> published(db::ReadTx& tx) {
    std::vector<Published> out;
    for (const store::Row& row : store::published(tx)) out.push_back(published_of(row));
    return out;
}

Result<Frozen> find_published(db::ReadTx& tx, PublishedId id) {
    const auto row = store::find_published(tx, id);
    if (!row) return not_found();
    Frozen out{published_of(*row), {{row->from, row->until}, row->least, {}}};
    if (!row->withdrawn_at) out.report.figures = store::figures(tx, id);
    return out;
}

Result<PublishedId> publish(db::Tx& tx, const Actor& actor, const Period& period, std::string_view typed) {
    const Report report = TRY(report_for(tx, actor, period));
    const std::string words = TRY(checked(typed, "words"));
    if (period.until > tx.now())
        return conflict("This time is not over yet. Please choose an earlier last day.", "to");
    for (const Published& other : published(tx))
        if (overlap(other.period, period) && !(other.withdrawn_at && are_same(other.period, period)))
            return conflict(
                "There is a published report about a part of this time. Two that overlap could tell of one "
                "person.",
                "from");
    const auto by = actor.is_member() ? std::optional(identity::main_persona(tx, actor.member))
                                      : std::nullopt;
    const PublishedId id = keep(tx, report, words, by);
    audit::record(tx, actor, "transparency.published", "published_report", id.value());
    return id;
}

PublishedId keep(db::Tx& tx, const Report& report, std::string_view words, std::optional<PersonaId> by) {
    const PublishedId id = store::insert_published(tx, report, words, by);
    std::int64_t place = 0;
    for (const Figure& figure : report.figures) store::insert_figure(tx, id, place++, figure);
    return id;
}

Done withdraw(db::Tx& tx, const Actor& actor, PublishedId id, std::string_view typed) {
    TRY(identity::require_host(tx, actor));
    const auto row = store::find_published(tx, id);
    if (!row || row->withdrawn_at) return not_found();
    const std::string reason = TRY(checked(typed, "reason"));
    if (reason.empty()) return invalid("Please say why. Everybody can read it.", "reason");
    store::set_withdrawn(tx, id, reason);
    audit::record(tx, actor, "transparency.withdrawn", "published_report", id.value());
    return {};
}

}  // namespace kith::transparency

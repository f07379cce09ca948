#include "risks/risks.hpp"

#include <algorithm>
#include <tuple>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/text/unicode.hpp"
#include "platform/words/words.hpp"
#include "risks/store.hpp"

namespace kith::risks {
namespace {

using identity::Role;

constexpr std::int64_t farthest_ms = 2 * 366 * day_ms, again_ms = 7 * day_ms;

Risk risk_of(db::ReadTx& tx, const store::Row& row) {
    auto version = store::version(tx, row.id, row.number);
    CHECK(version.has_value());
    return {row.id, row.retired_at, *std::move(version)};
}

Version cleaned(const Form& form, std::int64_t number) {
    return {.number = number,
            .title = text::one_line(form.title),
            .words = text::trim(text::clean(form.words)),
            .likelihood = form.likelihood.value_or(Likelihood::possible),
            .severity = form.severity.value_or(Severity::serious),
            .measures = text::trim(text::clean(form.measures)),
            .owner = text::one_line(form.owner),
            .changes = text::trim(text::clean(form.changes)),
            .review_at = form.review_at.value_or(Time()),
            .written_by = {},
            .written_at = {}};
}

bool fits(std::string_view words, std::size_t most) { return !words.empty() && text::length(words) <= most; }

Result<Version> checked(db::ReadTx& tx, const Form& form, std::int64_t number) {
    const Version out = cleaned(form, number);
    Mistakes mistakes;
    const auto check = [&](bool is_right, std::string_view message, std::string_view field) {
        if (!is_right) mistakes.note(Done(invalid(message, field)));
    };
    check(fits(out.title, title_most), t_later("Please give it a name of 1 to 100 letters."), "title");
    check(fits(out.words, words_most), t_later("Please say what could go wrong, in at most 4,000 letters."),
          "words");
    check(form.likelihood.has_value(), t_later("Please choose how likely it is."), "likelihood");
    check(form.severity.has_value(), t_later("Please choose how bad it would be."), "severity");
    check(fits(out.measures, words_most),
          t_later("Please say what you do about it, in at most 4,000 letters."), "measures");
    check(fits(out.owner, owner_most), t_later("Please say who sees to it."), "owner");
    check(number == 1 || fits(out.changes, words_most),
          t_later("Please say what changed, or that you looked and nothing did."), "changes");
    check(form.review_at && out.review_at > tx.now() && out.review_at - tx.now() <= farthest_ms,
          t_later("Please choose a day within the next two years."), "review_at");
    TRY(mistakes.done());
    return out;
}

void put_version(db::Tx& tx, const Actor& actor, RiskId id, Version version) {
    if (actor.is_member()) version.written_by = identity::main_persona(tx, actor.member);
    version.written_at = tx.now();
    store::insert_version(tx, id, version);
}

}  // namespace

Done require_keeper(db::ReadTx& tx, const Actor& actor) {
    if (actor.is_system()) return {};
    TRY(identity::acting_member(tx, actor));
    if (identity::has_role(tx, actor, Role::host) || identity::has_role(tx, actor, Role::coordinator))
        return {};
    return forbidden("Only those who run this site can do that.");
}

Result<std::vector<Risk>> list(db::ReadTx& tx, const Actor& actor) {
    TRY(require_keeper(tx, actor));
    std::vector<Risk> out;
    for (const store::Row& row : store::standing(tx)) out.push_back(risk_of(tx, row));
    std::ranges::stable_sort(out, std::greater(), [&](const Risk& risk) {
        return std::tuple(risk.is_due(tx.now()), risk.now.severity, risk.now.likelihood);
    });
    return out;
}

Result<History> find(db::ReadTx& tx, const Actor& actor, RiskId id) {
    TRY(require_keeper(tx, actor));
    const auto row = store::find(tx, id);
    if (!row) return not_found();
    return History{risk_of(tx, *row), store::versions(tx, id)};
}

Result<RiskId> add(db::Tx& tx, const Actor& actor, const Form& form) {
    TRY(require_keeper(tx, actor));
    Version version = TRY(checked(tx, form, 1));
    const RiskId id = store::insert(tx, version.review_at);
    put_version(tx, actor, id, std::move(version));
    audit::record(tx, actor, "risk.added", "risk", id.value());
    return id;
}

Done change(db::Tx& tx, const Actor& actor, RiskId id, const Form& form) {
    TRY(require_keeper(tx, actor));
    const auto row = store::find(tx, id);
    if (!row || row->retired_at) return not_found();
    if (row->number != form.seen)
        return conflict("Somebody changed this meanwhile. Please look at it first.", "words");
    Version version = TRY(checked(tx, form, row->number + 1));
    store::set_number(tx, id, version.number, version.review_at);
    put_version(tx, actor, id, std::move(version));
    audit::record(tx, actor, "risk.changed", "risk", id.value());
    return {};
}

Done retire(db::Tx& tx, const Actor& actor, RiskId id) {
    TRY(require_keeper(tx, actor));
    const auto row = store::find(tx, id);
    if (!row) return not_found();
    if (row->retired_at) return {};
    store::set_retired(tx, id);
    audit::record(tx, actor, "risk.retired", "risk", id.value());
    return {};
}

void remind(db::Tx& tx) {
    const auto hosts = identity::holders_of(tx, Role::host, GroupId());
    for (const RiskId risk : store::due(tx, tx.now() + -again_ms)) {
        for (const identity::Holder& host : hosts)
            notices::tell_again(tx, host.member, notices::Kind::review_due, {.number = risk.value()});
        store::set_reminded(tx, risk);
    }
}

jobs::Handlers handlers(Services& services) {
    return {{"remind_of_reviews", jobs::round(services, remind, day_ms)}};
}

}  // namespace kith::risks

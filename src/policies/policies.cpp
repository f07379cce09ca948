#include "policies/policies.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "platform/text/unicode.hpp"
#include "platform/words/words.hpp"
#include "policies/store.hpp"
#include "url.hpp"

namespace kith::policies {
namespace {

Current current_of(db::ReadTx& tx, const Policy& policy) {
    auto version = store::version(tx, policy.id, policy.number);
    CHECK(version.has_value());
    return {policy, *std::move(version)};
}

Result<Version> checked(const VersionForm& form, std::int64_t number) {
    Version out{.number = number,
                .title = text::one_line(form.title),
                .markdown = text::trim(text::clean(form.markdown)),
                .changes = text::one_line(form.changes),
                .asks = form.asks,
                .published_by = {},
                .published_at = {}};
    Mistakes mistakes;
    const auto note = [&](bool is_wrong, std::string_view message, std::string_view field) {
        if (is_wrong) mistakes.note(Done(invalid(message, field)));
    };
    note(out.title.empty() || text::length(out.title) > title_most,
         t_later("Please give it a title of 1 to 80 letters."), "title");
    note(out.markdown.empty() || text::length(out.markdown) > text_most,
         t_later("Please write the text, in at most 40,000 letters."), "text");
    note(number > 1 && out.changes.empty(),
         t_later("Please say in a sentence what changed. People read it before the text."), "changes");
    note(text::length(out.changes) > changes_most, t_later("Please say it in at most 300 letters."),
         "changes");
    TRY(mistakes.done());
    return out;
}

// Whoever is signed in may have something to answer now.
void announce(db::Tx& tx, const Actor& actor, std::string_view verb, PolicyId id) {
    audit::record(tx, actor, verb, "policy", id.value());
    tx.changed({.kind = Change::Kind::site});
}

void publish(db::Tx& tx, const Actor& actor, const Policy& policy, Version version) {
    if (actor.is_member()) version.published_by = identity::main_persona(tx, actor.member);
    version.published_at = tx.now();
    store::insert_version(tx, policy.id, version);
    store::set_number(tx, policy.id, version.number, version.asks ? version.number : policy.asks_number);
    announce(tx, actor, "policy.published", policy.id);
}

bool is_one_of_a_kind(Kind kind) { return kind == Kind::rules || kind == Kind::privacy; }

Done check_room(db::ReadTx& tx, Kind kind) {
    if (store::standing(tx).size() >= policies_most)
        return conflict("There are 20 of these already. Please take one away first.", "kind");
    if (is_one_of_a_kind(kind) && store::standing_of(tx, kind))
        return conflict("There is one of this kind. Please write a new version of it.", "kind");
    return {};
}

}  // namespace

std::vector<Current> list(db::ReadTx& tx) {
    std::vector<Current> out = store::standing(tx);
    std::ranges::stable_sort(out, {}, [](const Current& one) { return one.policy.kind; });
    return out;
}

Result<Current> find(db::ReadTx& tx, PolicyId id) {
    const auto policy = store::find(tx, id);
    if (!policy) return not_found();
    return current_of(tx, *policy);
}

Result<Version> find_version(db::ReadTx& tx, PolicyId id, std::int64_t number) {
    auto version = store::version(tx, id, number);
    if (!version) return not_found();
    return *std::move(version);
}

std::vector<Version> history(db::ReadTx& tx, PolicyId id) { return store::versions(tx, id); }

std::optional<Url> own_words(db::ReadTx& tx, std::string_view page) {
    const auto kind = from_word<Kind>(page);
    if (!kind || !is_one_of_a_kind(*kind)) return std::nullopt;
    const auto policy = store::standing_of(tx, *kind);
    return policy ? std::optional(url::policy(policy->value())) : std::nullopt;
}

Result<PolicyId> write_policy(db::Tx& tx, const Actor& actor, std::optional<Kind> kind,
                              const VersionForm& form) {
    TRY(identity::require_host(tx, actor));
    if (!kind) return invalid("Please choose what it is.", "kind");
    TRY(check_room(tx, *kind));
    Version version = TRY(checked(form, 1));
    version.changes.clear();
    const PolicyId id = store::insert(tx, *kind);
    publish(tx, actor, {.id = id, .kind = *kind, .retired_at = {}}, std::move(version));
    return id;
}

Done write_version(db::Tx& tx, const Actor& actor, PolicyId id, std::int64_t seen, const VersionForm& form) {
    TRY(identity::require_host(tx, actor));
    const Current before = TRY(find(tx, id));
    if (before.policy.retired_at) return conflict("This holds no more. Please write a new one.");
    if (before.policy.number != seen)
        return conflict("Somebody wrote a new version meanwhile. Please look at it first.", "text");
    Version version = TRY(checked(form, seen + 1));
    if (version.title == before.version.title && version.markdown == before.version.markdown)
        return conflict("Nothing is different from the version that holds.", "text");
    publish(tx, actor, before.policy, std::move(version));
    return {};
}

Done retire(db::Tx& tx, const Actor& actor, PolicyId id) {
    TRY(identity::require_host(tx, actor));
    const auto policy = store::find(tx, id);
    if (!policy) return not_found();
    if (policy->retired_at) return {};
    store::set_retired(tx, id);
    announce(tx, actor, "policy.retired", id);
    return {};
}

std::int64_t grace_days(db::ReadTx& tx) { return store::grace_days(tx); }

Done set_grace_days(db::Tx& tx, const Actor& actor, std::optional<std::int64_t> days) {
    constexpr std::int64_t least = 1, most = 90;
    TRY(identity::require_host(tx, actor));
    if (!days || *days < least || *days > most) return invalid("Please give 1 to 90 days.", "days");
    store::set_grace_days(tx, *days);
    audit::record(tx, actor, "policy.grace_changed", "policy", 0);
    tx.changed({.kind = Change::Kind::site});
    return {};
}

}  // namespace kith::policies

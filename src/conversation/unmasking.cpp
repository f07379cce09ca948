#include "conversation/unmasking.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "conversation/store.hpp"
#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"

namespace kith::conversation {
namespace {

using State = Unmasking::State;

struct Place {
    PersonaId alias;
    MemberId author;
    GroupId group;
};

// An anonymous post that the actor may ask about, in person: a program's token does not do.
Result<Place> place_of(db::ReadTx& tx, const Actor& actor, PostId id) {
    const auto [thread, access] = TRY(access_thread(tx, actor, id.thread()));
    const auto post = store::find_post(tx, id);
    if (!post || !(access.lead || access.moderate)) return not_found();
    TRY(identity::acting_person(tx, actor));
    const MemberId author = identity::member_of(tx, post->author);
    if (!identity::is_alias(tx, post->author) || author == actor.member) return not_found();
    return Place{post->author, author, thread.group};
}

std::string name_in(db::ReadTx& tx, GroupId group, MemberId member) {
    const PersonaId persona[] = {groups::persona_here(tx, group, member)};
    const auto names = identity::names_of(tx, persona);
    return names.empty() ? std::string() : names.begin()->second;
}

Time end_of(const store::Unmask& unmask) { return unmask.agreed_at.value_or(unmask.asked_at) + unmasking_ms; }

std::optional<store::Unmask> standing(db::ReadTx& tx, PersonaId alias) {
    auto last = store::last_unmasking(tx, alias);
    return last && tx.now() < end_of(*last) ? last : std::nullopt;
}

bool is_part(const store::Unmask& unmask, MemberId member) {
    return unmask.asked_by == member || unmask.agreed_by == member;
}

// Those who look after the group and the hosts, without the actor and whoever is away. The author may be one of them: a
// list without them would tell who it is.
std::vector<std::string> others_for(db::ReadTx& tx, const Place& place, MemberId actor) {
    std::vector<std::string> out;
    const auto add = [&](std::span<const identity::Holder> holders) {
        for (const identity::Holder& holder : holders) {
            if (holder.is_away || holder.member == actor) continue;
            std::string name = name_in(tx, place.group, holder.member);
            if (std::ranges::find(out, name) == out.end()) out.push_back(std::move(name));
        }
    };
    add(identity::holders_in(tx, place.group));
    add(identity::holders_of(tx, identity::Role::host, {}));
    return out;
}

Result<std::string> check_danger(std::string_view typed) {
    std::string reason = text::one_line(typed);
    if (reason.empty()) return invalid("Please say who may be in danger, and why you think so.", "reason");
    if (text::length(reason) > reason_most)
        return invalid("Please say it in one or two short sentences.", "reason");
    return reason;
}

}  // namespace

Result<Unmasking> unmasking_of(db::ReadTx& tx, const Actor& actor, PostId post) {
    const Place place = TRY(place_of(tx, actor, post));
    Unmasking out{.alias = place.alias};
    out.others = others_for(tx, place, actor.member);
    auto unmask = standing(tx, place.alias);
    if (!unmask) return out;
    out.state = unmask->agreed_by ? State::agreed : State::asked;
    out.is_part = is_part(*unmask, actor.member);
    out.asked_by = name_in(tx, place.group, unmask->asked_by);
    if (unmask->agreed_by) out.agreed_by = name_in(tx, place.group, *unmask->agreed_by);
    out.reason = std::move(unmask->reason);
    out.asked_at = unmask->asked_at;
    out.until = end_of(*unmask);
    return out;
}

Done ask_unmasking(db::Tx& tx, const Actor& actor, PostId post, std::string_view typed) {
    const Place place = TRY(place_of(tx, actor, post));
    const std::string reason = TRY(check_danger(typed));
    TRY(identity::require_confirmed(tx, actor));
    if (standing(tx, place.alias))
        return conflict("Somebody has asked this already. Open this page again to see how far it is.");
    store::insert_unmasking(tx, place.alias, post, actor.member, reason);
    audit::record(tx, actor, "unmasking.asked", "post", post.value());
    return {};
}

Done agree_to_unmasking(db::Tx& tx, const Actor& actor, PostId post) {
    const Place place = TRY(place_of(tx, actor, post));
    TRY(identity::require_confirmed(tx, actor));
    const auto unmask = standing(tx, place.alias);
    if (!unmask) return conflict("The time to agree is over. If it is still needed, ask again.");
    if (unmask->agreed_by) return conflict("Two people have agreed already.");
    if (unmask->asked_by == actor.member)
        return conflict("You asked this yourself. A second person must agree.");
    store::agree_to_unmasking(tx, unmask->id, actor.member);
    audit::record(tx, actor, "unmasking.agreed", "post", post.value());
    return {};
}

Result<std::string> see_unmasked(db::Tx& tx, const Actor& actor, PostId post) {
    const Place place = TRY(place_of(tx, actor, post));
    TRY(identity::require_confirmed(tx, actor));
    const auto unmask = standing(tx, place.alias);
    if (!unmask || !unmask->agreed_by || !is_part(*unmask, actor.member))
        return conflict(
            "The name is shown to the two people who agreed, for 24 hours. That is over, or not yet.");
    audit::record(tx, actor, "unmasking.seen", "post", post.value());
    return name_in(tx, place.group, place.author);
}

Result<std::vector<UnmaskingRow>> list_unmaskings(db::ReadTx& tx, const Actor& actor, int limit) {
    TRY(identity::require_host(tx, actor));
    return store::unmaskings(tx, limit);
}

}  // namespace kith::conversation

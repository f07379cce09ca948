#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "notices/notices.hpp"
#include "platform/text/unicode.hpp"

// Asking to join, and the answer.
namespace kith::groups {
namespace {

constexpr std::int64_t pause_ms = 7 * day_ms;  // between a no and asking again

// The facilitators of a group; the hosts where it has none.
std::vector<identity::Holder> who_answers(db::ReadTx& tx, GroupId group) {
    auto leaders = identity::holders_of(tx, identity::Role::facilitator, group);
    if (leaders.empty()) leaders = identity::holders_of(tx, identity::Role::host, GroupId());
    return leaders;
}

Done accept(db::Tx& tx, const store::Request& request, const Group& group) {
    if (phase(group, tx.now()) > Phase::running)
        return conflict("This group has closed. Nobody new can join it any more.");
    if (is_full(tx, group)) return conflict("This group is full just now. Nobody else can come in.");
    let_in(tx, {request.group, request.member, request.persona, request.created_at, std::nullopt});
    return {};
}

}  // namespace

std::optional<Time> pause_until(db::ReadTx& tx, GroupId group, MemberId member) {
    const std::optional<Time> declined = store::declined_at(tx, group, member);
    if (!declined || *declined + pause_ms <= tx.now()) return std::nullopt;
    return *declined + pause_ms;
}

// The name comes last: who may not ask now learns nothing about names.
Result<Joined> ask(db::Tx& tx, MemberId member, GroupId group, const Joining& form) {
    const std::string words = text::trim(text::clean(form.request_words));
    if (text::length(words) > words_most)
        return invalid("This is too long. Please use at most 1,000 letters.", "request_words");
    if (store::waiting_request(tx, group, member))
        return conflict("You have asked already. Somebody will answer you here.");
    if (pause_until(tx, group, member))
        return conflict("You had an answer here a few days ago. You can ask again a week after it.");
    const PersonaId persona = TRY(persona_named(tx, member, group, form.name));
    if (!store::insert_request(tx, {group, member, persona, words}))
        return conflict("You have asked already. Somebody will answer you here.");
    for (const identity::Holder& leader : who_answers(tx, group))
        notices::tell(tx, leader.member, notices::Kind::request, {.group = group, .from = persona});
    membership_changed(tx, group, member);
    return Joined::requested;
}

Done decide_request(db::Tx& tx, const Actor& actor, RequestId id, bool accepted) {
    const std::optional<store::Request> request = store::find_request(tx, id);
    if (!request) return not_found();
    const Access access = TRY(leading(tx, actor, request->group));
    if (!store::decide_request(tx, id, doer(actor), accepted))
        return conflict("Somebody has answered this already.");
    if (accepted) TRY(accept(tx, *request, access.group));
    notices::tell(tx, request->member,
                  accepted ? notices::Kind::request_accepted : notices::Kind::request_declined,
                  {.group = request->group});
    audit::record(tx, actor, accepted ? "request.accepted" : "request.declined", "join_request", id.value());
    membership_changed(tx, request->group, request->member);
    return {};
}

}  // namespace kith::groups

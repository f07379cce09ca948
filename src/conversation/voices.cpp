#include "conversation/voices.hpp"

#include "conversation/store.hpp"

namespace kith::conversation {
namespace {

using groups::AnonymousPosting;

Voice preferred(const groups::Group& group) {
    return group.anonymous_posting == AnonymousPosting::preselected ? Voice::anonymous : Voice::name;
}

Voice usual_voice(db::ReadTx& tx, const Actor& actor, const groups::Group& group, ThreadId thread) {
    if (group.anonymous_posting == AnonymousPosting::off) return Voice::name;
    const auto last = actor.is_member() && thread ? store::last_voice(tx, actor.member, thread)
                                                  : std::nullopt;
    return last.value_or(preferred(group));
}

}  // namespace

bool takes_anonymous(const groups::Access& access, bool is_closed) {
    return access.group.anonymous_posting != AnonymousPosting::off &&
           access.phase == groups::Phase::running && !is_closed;
}

Voices voices_for(db::ReadTx& tx, const Actor& actor, const groups::Access& access, ThreadId thread) {
    Voices out{.anonymous = takes_anonymous(access, thread && store::is_closed(tx, thread)),
               .usual = usual_voice(tx, actor, access.group, thread),
               .alias = {}};
    if (!actor.is_member() || !thread) return out;
    if (auto alias = identity::alias_in(tx, actor.member, thread)) out.alias = std::move(alias->name);
    return out;
}

Result<Voice> voice_of(db::ReadTx& tx, const Actor& actor, const groups::Access& access, Spot spot,
                       std::optional<Voice> chosen) {
    const bool may = actor.is_member() && takes_anonymous(access, spot.is_closed);
    if (may) return chosen ? *chosen : usual_voice(tx, actor, access.group, spot.thread);
    if (chosen == Voice::anonymous)
        return conflict("You cannot write anonymously here now. If you send this, it carries your name.");
    return Voice::name;
}

Voice voice_of(const pacing::Waiting& words) {
    return from_word<Voice>(words.voice).value_or(Voice::anonymous);
}

void remember_voice(db::Tx& tx, const groups::Group& group, MemberId member, ThreadId thread, Voice voice) {
    const auto last = store::last_voice(tx, member, thread);
    const bool goes_without_saying = !last && voice == Voice::name && preferred(group) == Voice::name;
    if (last == voice || goes_without_saying) return;
    store::set_voice(tx, member, thread, voice);
    tx.changed({.kind = Change::Kind::member, .member = member});
}

PersonaId seen_as(db::ReadTx& tx, const Actor& actor, const groups::Access& access, ThreadId thread) {
    if (usual_voice(tx, actor, access.group, thread) == Voice::name) return access.persona;
    const auto alias = identity::alias_in(tx, actor.member, thread);
    return alias ? alias->id : access.persona;
}

}  // namespace kith::conversation

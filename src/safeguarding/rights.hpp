#pragma once

#include <set>
#include <span>
#include <vector>

#include "safeguarding/safeguarding.hpp"

// Who may work on what; private to safeguarding.
namespace kith::safeguarding {

// What a report is about: a post, or a group where `post` is none.
struct Subject {
    GroupId group;
    PostId post{};
    PersonaId author{};  // of the post
};

inline Subject subject_of(const Case& one) { return {one.group, one.post, one.author}; }

// Members who can act on something and are here: those who moderate the group, and the hosts where none of them is
// left; of a group itself, those who look after the whole site. Without `but`.
std::vector<MemberId> staff_for(db::ReadTx& tx, const Subject& subject, std::span<const MemberId> but);

// Where the actor may work, from their tasks; read once for many cases.
struct Reach {
    MemberId member;
    bool everywhere = false;  // a host
    bool groups = false;      // cases about groups
    std::set<GroupId> moderated;

    bool nowhere() const { return !everywhere && !groups && moderated.empty(); }
};
Reach reach_of(db::ReadTx& tx, const Actor& actor);
// Not about the actor's own words.
bool may_work_on(db::ReadTx& tx, const Reach& reach, const Case& one);

// Who can act on a case besides its author and somebody who has done their part.
std::vector<MemberId> others_for(db::ReadTx& tx, const Case& one, MemberId but);

// Who reported it decides nothing about it, while there is anybody else. Fault `conflict`.
Done require_not_reported(db::ReadTx& tx, const Case& one, MemberId member);
// The case, by somebody who knows what their task needs: others read, and decide nothing. Faults: `not_found`,
// `forbidden`.
Result<Desk> trained_desk(db::ReadTx& tx, const Actor& actor, CaseId id);
// The same of one that is not decided; fault `conflict` besides.
Result<Desk> open_desk(db::ReadTx& tx, const Actor& actor, CaseId id);
bool is_with_another(db::ReadTx& tx, const Desk& at);  // who works on it now
Done require_free(db::ReadTx& tx, const Desk& at);     // of that; fault `conflict`
// The same of one that nobody else works on.
Result<Desk> free_desk(db::ReadTx& tx, const Actor& actor, CaseId id);

// The member who wrote the post; none for a group.
MemberId writer_of(db::ReadTx& tx, const Subject& subject);

}  // namespace kith::safeguarding

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

// A case that nobody else works on and that is not decided, by somebody trained. Faults as of claim.
Result<Desk> free_desk(db::ReadTx& tx, const Actor& actor, CaseId id);

// The member who wrote the post; none for a group.
MemberId writer_of(db::ReadTx& tx, const Subject& subject);

}  // namespace kith::safeguarding

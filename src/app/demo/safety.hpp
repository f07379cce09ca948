#pragma once

#include <map>
#include <span>
#include <string_view>

#include "app/demo/posts.hpp"
#include "base/random.hpp"
#include "identity/identity.hpp"
#include "platform/services.hpp"

// What those who look after the demo community did, so that each page of theirs shows something.
namespace kith::app {

using DemoPeople = std::map<std::string_view, MemberId>;

// A crisis that is over, and who decided it and read it as the second.
struct ClosedCrisis {
    CaseId id;
    MemberId moderator, host;
};
// Reports, decisions, crises, a quiet thread, a group that mourns, labels, a reader who was slowed.
Result<ClosedCrisis> fill_demo_safety(db::Tx& tx, Random& random, const DemoPeople& people,
                                      std::span<const GroupId> groups, std::span<const Planned> posts);

// Each once that is committed. The moderator writes how it was; an account comes from the network of one on hold.
Done look_back(Services& services, const ClosedCrisis& closed);
Done come_again(Services& services, MemberId on_hold, const identity::SignUp& form, std::string_view hash);

}  // namespace kith::app

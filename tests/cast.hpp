#pragma once

#include "base/actor.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "tests/world.hpp"

namespace kith::test {

// The people of every test. Ada and Bo are in the circle, an invitation-only group that Dee leads and Mo and
// Nia moderate. Cy is in the square, an open group that anybody may read. Rae is a researcher, Oz the host.
class Cast {
public:
    explicit Cast(World& world);

    MemberId ada, bo, cy, mo, nia, dee, rae, oz;
    GroupId circle, square;

    static constexpr std::string_view password = "a long made-up password";

private:
    MemberId sign_up(World& world, std::string_view name);
};

inline Actor as(MemberId member) { return Actor::of(member); }

}  // namespace kith::test

#pragma once

#include "base/ids.hpp"

namespace kith {

// Who asks. It carries no rights: each rule loads those in its own transaction.
struct Actor {
    enum class Kind { guest, member, system };
    enum class Scope { all, read };  // what an API token may do; a signed-in person may do all

    Kind kind = Kind::guest;
    MemberId member;  // set for Kind::member only
    Scope scope = Scope::all;

    static constexpr Actor guest() { return {}; }
    static constexpr Actor of(MemberId member, Scope scope = Scope::all) {
        return {Kind::member, member, scope};
    }
    // The house itself: jobs, the command line, the set-up page.
    static constexpr Actor system() { return {Kind::system, MemberId(), Scope::all}; }

    constexpr bool is_member() const { return kind == Kind::member; }
    constexpr bool is_system() const { return kind == Kind::system; }
};

}  // namespace kith

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
    bool reads_public = true;   // a guest, where the host lets guests read public groups
    bool by_token = false;      // a program acts for the member: never over the account itself
    bool second_factor = true;  // false: signed in with a password alone, so roles may have to wait
    SessionId session = {};     // of a person at a browser; 0 for code that acts in somebody's name

    static constexpr Actor guest(bool reads_public = true) {
        return {Kind::guest, MemberId(), Scope::all, reads_public};
    }
    static constexpr Actor of(MemberId member, Scope scope = Scope::all) {
        return {Kind::member, member, scope, true};
    }
    // The house itself: jobs, the command line, the set-up page.
    static constexpr Actor system() { return {Kind::system, MemberId(), Scope::all, true}; }

    constexpr bool is_member() const { return kind == Kind::member; }
    constexpr bool is_system() const { return kind == Kind::system; }
};

}  // namespace kith

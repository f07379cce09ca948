#pragma once

#include <cstdint>
#include <string_view>

#include "base/enum.hpp"
#include "base/ids.hpp"

namespace kith {

// What a committed transaction changed, in ids only: caches drop what they hold, streams wake their readers.
// A rule calls `tx.changed(...)`; the row is written with the transaction and handed on after the commit, in
// this process at once, to other nodes through the `change` table.
struct Change {
    enum class Kind {
        post,         // a new post: group, thread, number
        post_edited,  // text, note, removal or supports of one post changed: group, thread, number
        thread,       // title, closing or moving of a thread, or a new thread: group, thread
        group,        // name, dates, rules, roles: group
        membership,   // somebody came, left or writes under another name there: group, member
        member,       // rights, settings or sessions of one person: member
        name,         // a name that stands in pages of any thread: member
        site,         // settings of the whole site
        notice,       // something new for one person: member
    };
    Kind kind = Kind::site;
    GroupId group{};
    ThreadId thread{};
    std::int64_t number = 0;
    MemberId member{};
    std::int64_t sequence = 0;  // set when written; grows with each change
};

constexpr auto enum_words(Change::Kind) {
    return std::to_array<std::string_view>(
        {"post", "post_edited", "thread", "group", "membership", "member", "name", "site", "notice"});
}

}  // namespace kith

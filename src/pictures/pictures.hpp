#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/picture/recode.hpp"
#include "platform/services.hpp"

// Pictures in posts. They are made anew when they come (platform/picture), kept in the database under a key that nobody
// can guess, and shown to whoever may read the group that they were brought to.
namespace kith::pictures {

inline constexpr int waiting_most = 20;               // of one member, that no post has yet; the oldest go
inline constexpr std::int64_t keep_ms = 90 * day_ms;  // those in no post
inline constexpr std::size_t words_most = 300;        // code points of what can be seen

struct Picture {
    std::string key;
    int width = 0, height = 0;
};
// Takes a file for a group in which the actor may write; making it anew takes a moment, so outside any transaction.
// Faults: those of groups::writable and picture::recode.
Result<Picture> bring(Services& services, const Actor& actor, GroupId group, std::string_view bytes);

// How a post names it: "![what can be seen](picture:KEY/800x600)". Blurred: until somebody taps it.
enum class Look { open, blurred };
std::string markdown_of(const Picture& picture, std::string_view words, Look look);

// For the rules that write posts: the post has these of the member's own from now on. Others are left alone.
void attach(db::Tx& tx, MemberId member, GroupId group, PostId post, std::span<const std::string> keys);
// Whether each of them can be seen by whoever may read the group: a post there has it and is not removed.
bool are_shown_in(db::ReadTx& tx, GroupId group, std::span<const std::string> keys);
// Of the pictures that a post has or had: all are hidden while it is removed, and those that its text does not name.
void hide_all(db::Tx& tx, PostId post);
void show_only(db::Tx& tx, PostId post, std::span<const std::string> keys);

// The bytes (WebP). Fault `not_found` for whoever may not read the group; while no post has it, for all but who brought
// it and those who moderate the group (it may wait in words that they look at); while its post is removed, for all but
// the latter.
Result<std::string> picture_for(db::ReadTx& tx, const Actor& actor, std::string_view key);

// Those that no post has taken before `time`.
void forget_waiting_before(db::Tx& tx, Time time);

std::vector<http::Route> routes();

}  // namespace kith::pictures

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "groups/groups.hpp"
#include "pacing/pacing.hpp"
#include "safeguarding/safeguarding.hpp"

// The words of the demo community, as tables.
namespace kith::app {

struct SiteText {
    std::string_view name, purpose, run_by, moderated, contact, helplines;
};

struct SignInText {
    std::string_view role;
    std::string_view name;
};

struct TopicText {
    std::string_view name;
    std::string_view parent;  // empty: at the top
};

// How many people gave each kind of support.
struct Given {
    int with_you = 0;
    int me_too = 0;
    int thank_you = 0;
    int hug = 0;
};

// Somebody said that something was wrong with a post.
struct ReportText {
    std::string_view by;  // empty: nobody
    safeguarding::Reason reason = safeguarding::Reason::other;
    std::string_view words;
    std::string_view appeal;  // of the author, once it was removed
    // Where somebody may be in danger: what the moderator tried, whom they told, and their words to the author.
    std::string_view tried, told, to_author;
    bool is_closed = false;            // a host has read it as the second person
    std::string_view on_hold_because;  // the post is removed, its author on hold; these are the words to them
};

struct PostText {
    std::string_view author;
    int after = 0;  // minutes since the post before
    std::string_view text;
    int reply_to = 0;
    std::string_view note;
    std::string_view removed_because;  // by the moderator of the group
    Given given;
    bool anonymous = false;  // under an alias; an answer, not the first post of a thread
    int content_note = 0;    // of the list; 0: none
    ReportText report{};     // to those who look after the group; a removed post is decided by it
};

struct ThreadText {
    std::string_view title;
    int hours_ago = 0;
    std::span<const PostText> posts;
    bool closed = false;  // by the moderator of the group
    bool quiet = false;   // set by them: slow, and each post waits until somebody has looked
};

// Somebody who came in a moment ago, and begins a thread in the first group.
struct NewcomerText {
    std::string_view name, title, text;
};

struct BelongingText {
    std::string_view name;
    std::string_view as;    // another name in this group
    std::string_view asks;  // still waits for an answer to these words
};

struct GroupText {
    std::string_view name, purpose, rules, topic;
    groups::Admission admission = groups::Admission::open;
    groups::Leadership leadership = groups::Leadership::peer;
    bool public_reading = false;
    std::optional<int> size_limit;
    std::optional<int> opens_in_days;
    std::optional<int> closes_in_days;
    std::string_view facilitator;
    std::string_view moderator;  // empty: none
    std::string_view mourns;     // words of a memorial; empty: none
    pacing::Cover cover = pacing::Cover::none;
    std::span<const BelongingText> members;
    std::span<const ThreadText> threads;
};

const SiteText& demo_site();
std::span<const SignInText> demo_sign_ins();      // the host is the first
std::span<const std::string_view> demo_others();  // who belongs here besides those
std::span<const TopicText> demo_topics();         // parents first
std::span<const GroupText> demo_groups();
const NewcomerText& demo_newcomer();
std::string_view demo_held();   // whose account is on hold
std::string_view demo_again();  // perhaps the same person, under another name
// Who came by an invitation that was passed on, and what each of them posts.
std::span<const std::string_view> demo_outsiders();
std::string_view demo_advert();

}  // namespace kith::app

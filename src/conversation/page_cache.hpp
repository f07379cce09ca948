#pragma once

#include <atomic>
#include <compare>
#include <memory>
#include <string>
#include <vector>

#include "conversation/store.hpp"
#include "pacing/pacing.hpp"
#include "platform/html/fragment.hpp"
#include "platform/http/context.hpp"

// What is kept of thread and group pages. Every piece carries the version numbers at which it was read and is
// used only while they stand. Private to conversation.
namespace kith::conversation {

struct PageKey {
    std::int64_t id = 0;
    std::int64_t page = 1;
    Language language = Language::en;
    bool moderate = false;      // lists only: whoever moderates reads the titles of removed threads
    Voice voice = Voice::name;  // threads only: what is chosen at first in the composer
    friend bool operator==(const PageKey&, const PageKey&) = default;
};
struct ReaderKey {
    MemberId member;
    ThreadId thread;
    friend auto operator<=>(const ReaderKey&, const ReaderKey&) = default;
};
struct HashKey {
    static std::size_t mixed(std::uint64_t a, std::uint64_t b) {
        std::uint64_t x = a * 0x9e3779b97f4a7c15u ^ (b + 0x7f4a7c15u) * 0xc2b2ae3d27d4eb4fu;
        return static_cast<std::size_t>(x ^ (x >> 29));
    }
    std::size_t operator()(const PageKey& key) const {
        const std::int64_t variant = static_cast<int>(key.language) * 4 + (key.moderate ? 2 : 0) +
                                     (key.voice == Voice::anonymous ? 1 : 0);
        return mixed(static_cast<std::uint64_t>(key.id), static_cast<std::uint64_t>(key.page * 8 + variant));
    }
    std::size_t operator()(const ReaderKey& key) const {
        return mixed(static_cast<std::uint64_t>(key.thread.value()),
                     static_cast<std::uint64_t>(key.member.value()));
    }
};

// Of a post: whose it is, and what may keep it from a reader.
struct Author {
    std::int64_t number = 0;
    PersonaId persona;
    NoteSet notes;
    bool has_own_note = false;  // in its author's own words
};

// One page of a thread, the same for all readers.
struct ThreadEntry {
    FragmentPtr shared;
    GroupId group;
    std::string group_name;
    std::string title;
    bool removed = false;
    std::int64_t last_number = 0;  // of the whole thread
    std::vector<Author> authors;   // of the posts of this page
    std::uint32_t thread_version = 0, group_version = 0, site_version = 0;

    std::int64_t first_here() const { return authors.empty() ? 0 : authors.front().number; }
    std::int64_t last_here() const { return authors.empty() ? 0 : authors.back().number; }
};

// One page of a group's list of threads.
struct ListEntry {
    FragmentPtr shared;
    struct Noted {
        ThreadId thread;
        PersonaId author;
        NoteSet notes;
    };
    std::vector<Noted> noted;  // threads with content notes
    groups::Leaders leaders;   // beside the list, good while the group's version stands
    std::uint32_t list_version = 0, group_version = 0, site_version = 0;
};

// What one person may do in a group; independent of what is written there.
struct Rights {
    bool write = false, moderate = false, member = false;
    bool follows = false;  // has a mark of what they read: members and those who look after the group
    groups::Phase phase = groups::Phase::running;
    std::string writes_as;
    Voices voices;  // of a thread
    content_notes::Choices choices;
    pacing::Here pace;                           // how fast they may write here, and what of theirs waits
    std::vector<content_notes::Note> note_list;  // where something waits
    std::vector<PersonaId> own;
    Time good_until;  // when dates of the group, or its pace, may change it
    std::uint32_t member_version = 0, group_version = 0, site_version = 0;
};

// And has done in one thread.
struct Reader {
    std::shared_ptr<const Rights> rights;
    std::vector<identity::Muted> muted;  // read with each new post, whose author may have a new name
    std::vector<store::OwnSupport> supports;
    mutable std::atomic<std::int64_t> read_number = 0;
    bool has_draft = false;  // of a reply
    std::uint32_t thread_version = 0;
};

inline bool is_fresh(const FragmentPtr& shared, Time now) {
    return !shared->expires() || now < shared->expires();
}

}  // namespace kith::conversation

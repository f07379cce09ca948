#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "platform/http/page.hpp"

// What people see of threads and posts. Shared parts are the same for every reader: what only some may see or
// do is there but hidden, and a few lines of the reader's own styles reveal it.
namespace kith::conversation {

using Names = std::unordered_map<PersonaId, std::string>;

struct ThreadView {
    Thread thread;
    std::int64_t page = 1;
    std::int64_t pages = 1;
    bool closed = false;
    std::vector<Post> posts;
    Names names;
};
Html thread_view(const ThreadView& view, const Words& words, Time now);
// When one of its relative times would say something else.
Time good_until(const ThreadView& view, Time now);

struct GroupView {
    GroupId group;
    std::int64_t page = 1;
    std::int64_t pages = 1;
    std::vector<Thread> threads;
    Names names;
};
Html group_view(const GroupView& view, const Words& words, Time now);
Time good_until(const GroupView& view, Time now);

// One row of a list of threads, with a link to the first post that is new to the reader.
struct RowView {
    Thread thread;
    std::string author;
    std::string last_author;
    std::string group;  // named when the list spans groups; else empty
    std::int64_t read_number = 0;
    bool shows_unread = false;  // else the reader's styles do
};
void thread_row(Html& h, const RowView& row, const Words& words, Time now);

struct ComposerView {
    std::string_view form;  // id of the form that its fields belong to
    Url action;
    std::string markdown;
    std::string note;
    std::int64_t reply_to = 0;
    bool with_title = false;
    std::string title;
    std::string_view send_words;  // on the button
};
void composer(Html& h, const Words& words, const ComposerView& view);

std::string_view name_of(const Names& names, PersonaId id, const Words& words);
std::string_view words_of(Support kind);
std::string how_many(const Words& words, Support kind, long count);  // "3 people are with you"
void pagination(Html& h, const Words& words, std::int64_t page, std::int64_t pages,
                const std::function<Url(std::int64_t)>& url_of);
std::int64_t pages_for(std::int64_t items, int per_page);

}  // namespace kith::conversation

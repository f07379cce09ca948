#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "platform/http/page.hpp"
#include "url.hpp"

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
    Names names;                                      // of the authors of posts and targets
    std::vector<PersonaId> facilitators, moderators;  // are marked by a word beside their name
    std::vector<store::Written> targets;              // posts of other pages that are answered on this one
    std::vector<PostId> removed_by_staff;             // of those that are removed
    std::optional<Voice> voice;  // chosen at first in the composer; nothing: there is no choice
    std::vector<content_notes::Note> note_list;  // all there are
};
// Text and content notes of a post as others see them.
void post_text(Html& h, const Post& post, std::span<const content_notes::Note> note_list, const Words& words);
// "Self-harm, the night of the accident": those of the list, then the author's own words.
std::string notes_in_words(std::span<const content_notes::Note> note_list, NoteSet notes,
                           std::string_view own, const Words& words);
Html thread_view(const ThreadView& view, const Words& words, Time now);
// When one of its relative times would say something else.
Time good_until(const ThreadView& view, Time now);

struct GroupView {
    GroupId group;
    std::int64_t page = 1;
    std::int64_t pages = 1;
    std::vector<Thread> threads;
    Names names;
    std::vector<content_notes::Note> note_list;
};
Html group_view(const GroupView& view, const Words& words, Time now);
Time good_until(const GroupView& view, Time now);

struct ComposerView {
    std::string_view form;  // id of the form that its fields belong to
    Url action;
    std::string markdown;
    std::string note;
    NoteSet notes = {};                                   // that are ticked
    std::span<const content_notes::Note> note_list = {};  // what may be ticked, and what was before
    std::int64_t reply_to = 0;
    bool with_title = false;
    std::string title;
    std::string_view send_words;      // on the button
    std::optional<Voice> voice = {};  // that is chosen; nothing: there is no choice
    std::string picture_words;        // typed beside a picture that is not added yet
    bool picture_blur = false;
    Url draft = url::me_drafts();  // where the words are kept until they are sent
    const Error* error = nullptr;
};
void composer(Html& h, const Words& words, const ComposerView& view);
// The content notes of the list, to be ticked.
struct NoteBoxes {
    std::span<const content_notes::Note> note_list;
    NoteSet ticked;
    std::string_view form = {};  // id of the form that they belong to; empty: the one around them
};
void note_boxes(Html& h, const Words& words, const NoteBoxes& boxes);
// Exactly what others will see, and under which name.
void preview_box(Html& h, const Words& words, const ComposerView& view, std::string_view under_which_name);

void time_element(Html& h, const Words& words, Time then, Time now);
std::string_view name_of(const Names& names, PersonaId id, const Words& words);
std::string_view words_of(Support kind);
std::string how_many(const Words& words, Support kind, long count);  // "3 people are with you"
void pagination(Html& h, const Words& words, std::int64_t page, std::int64_t pages,
                const std::function<Url(std::int64_t)>& url_of);
std::int64_t pages_for(std::int64_t items, int per_page);

}  // namespace kith::conversation

#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "platform/text/markdown.hpp"

namespace kith::conversation {
namespace {

PostId add(db::Tx& tx, const Thread& thread, const ImportedPost& from) {
    const std::int64_t number = thread.last_number + 1;
    Post post{.id = PostId(thread.id, number), .author = from.author, .created_at = from.created_at};
    post.html = text::render_markdown(from.markdown).html();
    post.note = from.note;
    post.notes = from.notes;
    post.reply_to = from.reply_to < number ? from.reply_to : 0;
    store::set_last_post(tx, post.id, from.author, from.created_at);
    store::insert_post(tx, post);
    if (from.edited_at) store::update_post(tx, post.id, post.html, post.note, from.edited_at);
    store::insert_version(
        tx, post.id,
        {1, from.markdown, from.note, from.author, from.edited_at.value_or(from.created_at), from.notes});
    if (number == 1 && !post.notes.empty()) store::set_thread_notes(tx, thread.id, post.notes);
    if (from.removed) {
        // Nobody here did it, and whoever did is not known.
        store::insert_removal(tx, post.id, PersonaId(), false, "removed before the import");
    }
    return post.id;
}

}  // namespace

ThreadId import_thread(db::Tx& tx, GroupId group, std::string_view title, const ImportedPost& first) {
    const ThreadId id = store::insert_thread(tx, group, title, first.author, first.created_at);
    add(tx, {.id = id, .group = group, .title = std::string(title)}, first);
    return id;
}

std::optional<PostId> import_post(db::Tx& tx, ThreadId id, const ImportedPost& post) {
    const auto thread = store::find_thread(tx, id);
    if (!thread || thread->last_number >= PostId::max_number) return std::nullopt;
    return add(tx, *thread, post);
}

void announce_imported(db::Tx& tx, GroupId group, std::span<const ThreadId> threads) {
    for (const ThreadId thread : threads)
        tx.changed({.kind = Change::Kind::thread, .group = group, .thread = thread});
}

}  // namespace kith::conversation

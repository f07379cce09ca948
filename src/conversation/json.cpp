#include "conversation/kept_away.hpp"
#include "conversation/pages.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "pacing/pacing.hpp"
#include "platform/text/markdown.hpp"

// Threads and posts for programs: what the page shows a reader, and nothing it hides from them.
namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

// What of a thread is a reader's own.
struct Reader {
    std::int64_t read_number = 0;
    bool muted_thread = false;
    std::vector<PersonaId> own;
    std::vector<identity::Muted> muted;
    std::vector<store::OwnSupport> supports;
    content_notes::Choices choices;
    std::vector<content_notes::Note> note_list;
};

Reader reader_of(db::ReadTx& tx, const Actor& actor, ThreadId thread) {
    if (!actor.is_member()) return {.note_list = content_notes::list(tx)};
    return {.read_number = store::read_mark(tx, actor.member, thread),
            .muted_thread = std::ranges::binary_search(store::muted_threads(tx, actor.member), thread),
            .own = identity::personas_of(tx, actor.member, thread),
            .muted = identity::muted_by(tx, actor.member),
            .supports = store::supports_of(tx, actor.member, thread),
            .choices = content_notes::choices_of(tx, actor.member),
            .note_list = content_notes::list(tx)};
}

// Which kinds were given; how many of each is for the author alone, among the post's options.
void write_supports(JsonWriter& j, const Post& post, const Reader& reader, bool shown) {
    j.array("supports");
    for (const Support kind : all_of<Support>())
        if (shown && count_of(post.supports, kind) > 0) j.value(kind);
    j.end().array("my_supports");
    for (const store::OwnSupport& mine : reader.supports)
        if (shown && mine.post == post.id) j.value(mine.kind);
    j.end();
}

std::string html_of(const Post& post, const Words& words) {
    return std::string(text::announce_hidden(Safe::from_renderer(post.html), words.t("Hidden text")).html());
}

void write_post(JsonWriter& j, const Post& post, GroupId group, const Names& names, const Reader& reader,
                const Words& words) {
    const bool muted = identity::is_muted(reader.muted, post.author, group);
    const bool own = std::ranges::find(reader.own, post.author) != reader.own.end();
    const bool kept_away = !own && reader.choices.keeps_away(post.notes);
    const bool shown = !muted && !kept_away && !post.removed_at;
    j.object()
        .member("id", post.id)
        .member("number", post.id.number())
        .member("author", name_of(names, post.author, words))
        .member("own", own)
        .member("muted", muted)
        .member("kept_away", kept_away)
        .member("created_at", post.created_at)
        .member("edited_at", post.edited_at)
        .member("removed", post.removed_at.has_value())
        .member("note", shown ? post.note : std::string())
        .member("html", shown ? html_of(post, words) : std::string());
    j.array("notes");
    for (const content_notes::Note& note : reader.note_list)
        if (shown && post.notes.has(note.id)) j.value(words.t(note.words));
    j.end();
    write_supports(j, post, reader, shown);
    if (post.reply_to > 0) j.member("reply_to", post.reply_to);
    j.end();
}

Names authors_of(db::ReadTx& tx, const std::vector<Post>& posts) {
    std::vector<PersonaId> ids;
    for (const Post& post : posts) ids.push_back(post.author);
    return identity::names_of(tx, ids);
}

Result<JsonWriter> thread_in(db::ReadTx& tx, const Ctx& ctx, ThreadId id) {
    const auto [thread, access] = TRY(access_thread(tx, ctx.actor(), id));
    const std::int64_t pages = pages_for(thread.last_number, posts_per_page);
    if (ctx.page_number() > pages) return not_found("This thread has no such page.");
    const std::vector<Post> posts = posts_on_page(tx, thread.id, ctx.page_number());
    const Names names = authors_of(tx, posts);
    const Reader reader = reader_of(tx, ctx.actor(), thread.id);
    const bool closed = is_closed(tx, thread.id);
    const Voices voices = voices_for(tx, ctx.actor(), access, thread.id);
    const pacing::Here here = pacing::here(tx, ctx.actor().member, thread.group, thread.id);
    const pacing::Pace pace = pacing::together(here.settings);
    const bool may_send = access.moderate || (!closed && !pace.read_only);
    JsonWriter j;
    j.object()
        .member("id", thread.id)
        .member("group", thread.group)
        .member("title", shown_title(thread.title, ctx.words))
        .member("closed", closed)
        .member("may_write", access.write && may_send)
        .member("may_be_anonymous", access.write && voices.anonymous)
        .member("voice", voices.usual)
        .member("alias", identity::shown_name(voices.alias, ctx.words))
        .member("muted", reader.muted_thread)
        .member("last_number", thread.last_number)
        .member("read_number", reader.read_number)
        .member("slow_minutes", pace.slow_minutes)
        .member("held_first", pace.held_first)
        .member("read_only", pace.read_only)
        .member("next_turn", here.next_turn ? std::optional(here.next_turn) : std::nullopt)
        .member("own_waiting", static_cast<std::int64_t>(here.own.size()))
        .member("page", ctx.page_number())
        .member("pages", pages)
        .array("posts");
    for (const Post& post : posts) write_post(j, post, thread.group, names, reader, ctx.words);
    j.end().end();
    return j;
}

void write_row(JsonWriter& j, const ThreadRow& row, bool unread, const Names& names, const Words& words) {
    j.object()
        .member("id", row.thread.id)
        .member("title", shown_title(row.thread.title, words))
        .member("author", name_of(names, row.thread.author, words))
        .member("created_at", row.thread.created_at)
        .member("last_number", row.thread.last_number)
        .member("last_author", name_of(names, row.thread.last_author, words))
        .member("last_post_at", row.thread.last_post_at)
        .member("read_number", row.read_number)
        .member("unread", unread)
        .end();
}

void write_threads(JsonWriter& j, db::ReadTx& tx, const Ctx& ctx, GroupId group) {
    auto rows = threads_of(tx, ctx.actor(), group, ctx.page_number());
    const auto muted = identity::muted_by(tx, ctx.actor().member);
    const content_notes::Choices choices = content_notes::choices_of(tx, ctx.actor().member);
    std::erase_if(rows, [&](const ThreadRow& row) {
        return is_kept_away(tx, choices, row.thread.notes, row.thread.author, ctx.actor().member);
    });
    std::vector<PersonaId> people;
    for (const ThreadRow& row : rows) {
        people.push_back(row.thread.author);
        people.push_back(row.thread.last_author);
    }
    const Names names = identity::names_of(tx, people);
    for (const ThreadRow& row : rows) write_row(j, row, has_news(tx, muted, row), names, ctx.words);
}

}  // namespace

namespace pages {

Response thread_json(Ctx& ctx) {
    const auto body = ctx.read([&](db::ReadTx& tx) -> Result<JsonWriter> {
        const ThreadId id = TRY(ctx.param<ThreadId>("thread"));
        return thread_in(tx, ctx, id);
    });
    return body ? http::json(*body) : http::error_page(ctx, body.error());
}

Response group_json(Ctx& ctx) {
    const auto body = ctx.read([&](db::ReadTx& tx) -> Result<JsonWriter> {
        const GroupId id = TRY(ctx.param<GroupId>("group"));
        const groups::Access access = TRY(groups::readable(tx, ctx.actor(), id));
        const std::int64_t pages = pages_for(count_threads(tx, id), threads_per_page);
        if (ctx.page_number() > pages) return not_found("This group has no such page.");
        JsonWriter j;
        j.object()
            .member("id", access.group.id)
            .member("name", access.group.name)
            .member("purpose", access.group.purpose)
            .member("admission", access.group.admission)
            .member("leadership", access.group.leadership)
            .member("phase", access.phase)
            .member("may_write", access.write)
            .member("page", ctx.page_number())
            .member("pages", pages)
            .array("threads");
        write_threads(j, tx, ctx, access.group.id);
        j.end().end();
        return j;
    });
    return body ? http::json(*body) : http::error_page(ctx, body.error());
}

Response post_json(Ctx& ctx, const Post& post) {
    JsonWriter j;
    const Done read = ctx.read([&](db::ReadTx& tx) -> Done {
        const Thread thread = TRY(visible_thread(tx, ctx.actor(), post.id.thread()));
        const Reader reader = reader_of(tx, ctx.actor(), thread.id);
        write_post(j, post, thread.group, authors_of(tx, {post}), reader, ctx.words);
        return {};
    });
    return read ? http::json(j) : http::error_page(ctx, read.error());
}

Response options_json(const Options& options, std::int64_t supports) {
    JsonWriter j;
    j.object()
        .member("change", options.change)
        .member("remove", options.remove)
        .member("remove_as_moderator", options.remove_as_moderator)
        .member("restore", options.restore)
        .member("history", options.history)
        .member("mute_author", options.hide_author)
        .member("note_as_moderator", options.note_as_moderator)
        .member("unmask", options.unmask)
        .object("supports");
    for (const Support kind : all_of<Support>()) j.member(to_word(kind), count_of(supports, kind));
    j.end().end();
    return http::json(j);
}

}  // namespace pages
}  // namespace kith::conversation

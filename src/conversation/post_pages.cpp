#include <algorithm>
#include <charconv>

#include "conversation/pages.hpp"
#include "conversation/store.hpp"
#include "conversation/views.hpp"
#include "conversation/writing_limit.hpp"
#include "identity/identity.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {
WritingLimit writing_limit;
}

void limit_writing(int posts_per_minute) { writing_limit.set(posts_per_minute); }

namespace pages {
namespace {

using http::Ctx;
using http::Response;

// A rule that writes a post, within the member's allowance.
template <class Rule>
auto write_within_limit(Ctx& ctx, Rule&& rule) -> std::invoke_result_t<Rule&, db::Tx&> {
    const Done allowed = writing_limit.take(ctx.actor().member, ctx.now());
    if (!allowed) return tl::unexpected(allowed.error());
    return ctx.write(rule);
}

// The number of a post in its thread; 0 if it is none.
std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number > 0 && number <= PostId::max_number ? number : 0;
}

// A form key that our own pages could have made; anything else is none.
std::string key_in(std::string_view text) {
    constexpr std::size_t most = 64;
    const bool ours = text.size() <= most && std::ranges::all_of(text, [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                 c == '-' || c == '_';
                      });
    return ours ? std::string(text) : std::string();
}

Draft draft_of(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    return {.markdown = std::string(form.get("text")),
            .note = std::string(form.get("note")),
            .reply_to = number_in(form.get("reply_to")),
            .form_key = key_in(form.get("form_key"))};
}

void hidden_fields(Html& h, const Ctx& ctx) {
    http::token_field(h, ctx);
    const std::string_view key = ctx.form().get("form_key");
    h << "<input type=\"hidden\" name=\"form_key\" value=\""
      << (key.empty() ? ctx.services.random.token(12) : std::string(key)) << "\">";
}

// A page with one composer: a new thread, a reply, a change. What was typed stays.
struct WritingPage {
    std::string heading;
    std::vector<http::Crumb> crumbs;
    Html above;
    ComposerView composer;
    std::optional<Error> error;
};

Response writing_page(Ctx& ctx, WritingPage view) {
    Html h;
    if (view.error) http::error_summary(h, ctx, *view.error);
    h << view.above << "<form id=\"write\" class=\"composer\" method=\"post\" action=\""
      << view.composer.action << "\">";
    hidden_fields(h, ctx);
    view.composer.form = "write";
    composer(h, ctx.words, view.composer);
    h << "</form>";
    http::Frame frame{.title = view.heading, .heading = view.heading, .crumbs = std::move(view.crumbs)};
    frame.main_class = "signed-in can-write";
    if (view.error) frame.title = std::string(ctx.t("Error:")) + " " + frame.title;
    return http::page(ctx, frame, h, view.error ? http::status_of(view.error->fault) : 200);
}

// An error of a form is shown with the form; any other is a page of its own.
bool belongs_to_form(const Error& error) {
    return error.fault == Fault::invalid || error.fault == Fault::conflict || error.fault == Fault::too_many;
}

Response thread_form(Ctx& ctx, GroupId group, std::optional<Error> error) {
    const auto access = ctx.read([&](db::ReadTx& tx) { return groups::writable(tx, ctx.actor(), group); });
    if (!access) return http::error_page(ctx, access.error());
    const Draft draft = draft_of(ctx);
    WritingPage view{.heading = std::string(ctx.t("Start a thread")),
                     .crumbs = {{access->group.name, url::group(group)}},
                     .above = {},
                     .composer = {.form = {},
                                  .action = url::threads(group),
                                  .markdown = draft.markdown,
                                  .note = draft.note,
                                  .with_title = true,
                                  .title = std::string(ctx.form().get("title")),
                                  .send_words = ctx.t("Send my thread")},
                     .error = std::move(error)};
    return writing_page(ctx, std::move(view));
}

Response reply_form(Ctx& ctx, ThreadId id, std::optional<Error> error) {
    Draft draft = draft_of(ctx);
    if (draft.reply_to == 0) draft.reply_to = number_in(ctx.query().get("to"));
    struct Loaded {
        Thread thread;
        std::optional<Post> target;
        Names names;
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        Loaded out{TRY(visible_thread(tx, ctx.actor(), id)), std::nullopt, {}};
        TRY(groups::writable(tx, ctx.actor(), out.thread.group));
        if (draft.reply_to <= 0) return out;
        auto target = visible_post(tx, ctx.actor(), PostId(id, draft.reply_to));
        if (!target) return out;
        const PersonaId author[] = {target->author};
        out.names = identity::names_of(tx, author);
        out.target = *std::move(target);
        return out;
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    WritingPage view{.heading = std::string(ctx.t("Write a reply")),
                     .crumbs = {{loaded->thread.title, url::thread(id)}},
                     .above = {},
                     .composer = {.form = {},
                                  .action = url::replies(id),
                                  .markdown = draft.markdown,
                                  .note = draft.note,
                                  .reply_to = draft.reply_to,
                                  .title = {},
                                  .send_words = ctx.t("Send my reply")},
                     .error = std::move(error)};
    if (loaded->target)
        view.above << "<h2>"
                   << ctx.f("Post %1, %2", std::to_string(draft.reply_to),
                            name_of(loaded->names, loaded->target->author, ctx.words))
                   << "</h2><blockquote class=\"text\">" << Safe::from_renderer(loaded->target->html)
                   << "</blockquote>";
    return writing_page(ctx, std::move(view));
}

Response edit_form(Ctx& ctx, PostId id, std::optional<Error> error) {
    struct Loaded {
        std::string markdown, note;
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        const Post post = TRY(visible_post(tx, ctx.actor(), id));
        const auto versions = TRY(history(tx, ctx.actor(), id));
        return Loaded{versions.front().markdown, post.note};
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    const Draft draft = draft_of(ctx);
    WritingPage view{.heading = std::string(ctx.t("Change your post")),
                     .crumbs = {{std::string(ctx.t("Back to the post")), url::post_in_thread(id)}},
                     .above = {},
                     .composer = {.form = {},
                                  .action = url::post_editing(id),
                                  .markdown = error ? draft.markdown : loaded->markdown,
                                  .note = error ? draft.note : loaded->note,
                                  .title = {},
                                  .send_words = ctx.t("Save my changes")},
                     .error = std::move(error)};
    return writing_page(ctx, std::move(view));
}

// Runs a rule about one post and goes back to it.
template <class Rule>
Response act_on_post(Ctx& ctx, Rule&& rule) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const Done acted = ctx.write([&](db::Tx& tx) -> Done { return rule(tx, *id); });
    if (!acted) return http::error_page(ctx, acted.error());
    return http::done(ctx, url::post_in_thread(*id));
}

}  // namespace

Response ask_new_thread(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    return group ? thread_form(ctx, *group, std::nullopt) : http::error_page(ctx, group.error());
}

Response start_thread(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    if (!group) return http::error_page(ctx, group.error());
    const auto thread = write_within_limit(ctx, [&](db::Tx& tx) {
        return conversation::start_thread(tx, ctx.actor(), *group, ctx.form().get("title"), draft_of(ctx));
    });
    if (thread) return http::done(ctx, url::thread(*thread), 201);
    if (ctx.wants_json() || !belongs_to_form(thread.error())) return http::error_page(ctx, thread.error());
    return thread_form(ctx, *group, thread.error());
}

Response ask_reply(Ctx& ctx) {
    const auto thread = ctx.param<ThreadId>("thread");
    return thread ? reply_form(ctx, *thread, std::nullopt) : http::error_page(ctx, thread.error());
}

Response send_reply(Ctx& ctx) {
    const auto thread = ctx.param<ThreadId>("thread");
    if (!thread) return http::error_page(ctx, thread.error());
    const auto post = write_within_limit(
        ctx, [&](db::Tx& tx) { return write_post(tx, ctx.actor(), *thread, draft_of(ctx)); });
    if (post) return http::done(ctx, url::post_in_thread(*post), 201);
    if (ctx.wants_json() || !belongs_to_form(post.error())) return http::error_page(ctx, post.error());
    return reply_form(ctx, *thread, post.error());
}

Response ask_editing(Ctx& ctx) {
    const auto post = ctx.param<PostId>("post");
    return post ? edit_form(ctx, *post, std::nullopt) : http::error_page(ctx, post.error());
}

Response save_editing(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const Draft draft = draft_of(ctx);
    const Done saved = ctx.write(
        [&](db::Tx& tx) { return edit_post(tx, ctx.actor(), *id, draft.markdown, draft.note); });
    if (saved) return http::done(ctx, url::post_in_thread(*id));
    if (ctx.wants_json() || !belongs_to_form(saved.error())) return http::error_page(ctx, saved.error());
    return edit_form(ctx, *id, saved.error());
}

namespace {

Response removal_form(Ctx& ctx, PostId id, std::optional<Error> error) {
    const auto post = ctx.read([&](db::ReadTx& tx) { return visible_post(tx, ctx.actor(), id); });
    if (!post) return http::error_page(ctx, post.error());
    Html h;
    if (error) http::error_summary(h, ctx, *error);
    h << "<p>"
      << ctx.t("The author is told, sees the reason, and still belongs here. You can bring the post back.")
      << "</p><blockquote class=\"text\">" << Safe::from_renderer(post->html)
      << "</blockquote><form method=\"post\" action=\"" << url::post_removal(id) << "\">";
    http::token_field(h, ctx);
    h << "<div class=\"field\"><label for=\"reason\">" << ctx.t("Which rule is this about, in plain words?")
      << "</label><input id=\"reason\" name=\"reason\" maxlength=\"300\" value=\"" << ctx.form().get("reason")
      << "\"></div><button class=\"button danger\">" << ctx.t("Remove this post") << "</button></form>";
    const std::string heading(ctx.t("Remove a post"));
    const http::Frame frame{.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Back to the post")), url::post_in_thread(id)}}};
    return http::page(ctx, frame, h, error ? http::status_of(error->fault) : 200);
}

}  // namespace

Response ask_removal(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    return id ? removal_form(ctx, *id, std::nullopt) : http::error_page(ctx, id.error());
}

Response remove(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const Done removed = ctx.write(
        [&](db::Tx& tx) { return remove_post(tx, ctx.actor(), *id, ctx.form().get("reason")); });
    if (removed) return http::done(ctx, url::post_in_thread(*id));
    if (ctx.wants_json() || !belongs_to_form(removed.error())) return http::error_page(ctx, removed.error());
    return removal_form(ctx, *id, removed.error());
}

Response restore(Ctx& ctx) {
    return act_on_post(ctx, [&](db::Tx& tx, PostId id) { return restore_post(tx, ctx.actor(), id); });
}

Response support(Ctx& ctx) {
    const std::string_view word = ctx.text_param("kind");
    const auto kind = from_word<Support>(word);
    if (!kind && word != "none")
        return http::error_page(ctx, {Fault::not_found, "We could not find that.", ""});
    return act_on_post(ctx, [&](db::Tx& tx, PostId id) {
        return kind ? give_support(tx, ctx.actor(), id, *kind) : take_back_supports(tx, ctx.actor(), id);
    });
}

Response mute_author(Ctx& ctx) {
    return act_on_post(
        ctx, [&](db::Tx& tx, PostId id) { return conversation::mute_author(tx, ctx.actor(), id, true); });
}

Response mute_thread(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const bool undo = ctx.form().checked("undo");
    const Done acted = ctx.write([&](db::Tx& tx) {
        return undo ? unmute_thread(tx, ctx.actor(), *id) : conversation::mute_thread(tx, ctx.actor(), *id);
    });
    return acted ? http::done(ctx, url::thread(*id)) : http::error_page(ctx, acted.error());
}

Response close_thread(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const Done acted = ctx.write([&](db::Tx& tx) -> Done {
        return is_closed(tx, *id) ? reopen_thread(tx, ctx.actor(), *id)
                                  : conversation::close_thread(tx, ctx.actor(), *id);
    });
    return acted ? http::done(ctx, url::thread(*id)) : http::error_page(ctx, acted.error());
}

Response preview(Ctx& ctx) {
    JsonWriter j;
    j.object().member("html", text::render_markdown(text::clean(ctx.form().get("text"))).html()).end();
    return http::json(j);
}

}  // namespace pages
}  // namespace kith::conversation

#include "assist/assist.hpp"
#include "conversation/pages.hpp"
#include "conversation/sending.hpp"
#include "conversation/views.hpp"
#include "conversation/writing_forms.hpp"
#include "conversation/writing_limit.hpp"
#include "drafts/drafts.hpp"
#include "pictures/pictures.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

// Writing: what the forms send.
namespace kith::conversation {
namespace {
WritingLimit writing_limit;
WritingLimit preview_limit;  // looking costs the server as much as writing
}  // namespace

void limit_writing(int posts_per_minute) {
    constexpr int previews_per_post = 6;
    writing_limit.set(posts_per_minute);
    preview_limit.set(posts_per_minute * previews_per_post);
}

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

// In the transaction that sends the words.
void forget_begun(db::Tx& tx, const Ctx& ctx, drafts::Place place) {
    const Draft draft = draft_of(ctx);
    drafts::sent(tx, ctx.actor().member, place,
                 {.title = std::string(ctx.form().get("title")),
                  .markdown = draft.markdown,
                  .note = draft.note,
                  .notes = drafts::notes_typed(ctx.form())},
                 ctx.form().get("draft_edition"));
}

// ---- pictures ------------------------------------------------------------------------------------------------

// A picture that was chosen and forgotten is not lost without a word: a form without files carries its name.
std::optional<Error> forgotten_picture(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    const bool is_chosen = !form.get("picture").empty() || !text::one_line(form.get("picture_words")).empty();
    if (!is_chosen || adds_picture(ctx)) return std::nullopt;
    return Error{
        Fault::invalid,
        t_later(
            "You chose a picture and did not add it. Press “Add the picture”, or leave both fields empty."),
        "picture"};
}

// What stands for the picture that came with the form, in Markdown.
Result<std::string> bring_picture(Ctx& ctx, GroupId group) {
    const http::File* const file = ctx.file("picture");
    if (!file) return invalid("Please choose a picture first.", "picture");
    const std::string words = text::one_line(ctx.form().get("picture_words"));
    if (words.empty()) return invalid("Please say in a few words what can be seen on it.", "picture_words");
    TRY(preview_limit.take(ctx.actor().member, ctx.now()));
    const pictures::Picture picture = TRY(pictures::bring(ctx.services, ctx.actor(), group, file->bytes));
    const bool is_blurred = ctx.form().checked("picture_blur");
    return pictures::markdown_of(picture, words, is_blurred ? pictures::Look::blurred : pictures::Look::open);
}

// The form once more, with the picture behind its words; for scripts the picture alone. `again` shows the form of a
// draft, or what was wrong.
template <class Again>
Response add_picture(Ctx& ctx, GroupId group, Again&& again) {
    const auto markdown = bring_picture(ctx, group);
    if (ctx.wants_json()) {
        if (!markdown) return http::error_page(ctx, markdown.error());
        JsonWriter j;
        j.object().member("markdown", *markdown).end();
        return http::json(j, 201);
    }
    if (!markdown && !belongs_to_form(markdown.error())) return http::error_page(ctx, markdown.error());
    if (!markdown) return again(std::optional(markdown.error()), std::string());
    return again(std::nullopt, "\n\n" + *markdown + "\n\n");
}

std::string words_typed(const Ctx& ctx) {
    std::string words;
    for (const std::string_view field : {"title", "note", "text"})
        words.append(ctx.form().get(field)).append("\n");
    return words;
}

// It waits until somebody has looked: after help for whoever may need it, or where it will stand.
Response waits(Ctx& ctx, const Url& place) {
    constexpr int accepted = 202;
    const bool needs_care = ctx.wants_json() || assist::warning_in(words_typed(ctx)).any();
    return http::done(ctx, needs_care ? url::me_waiting() : place, accepted);
}

// What was written can be seen, after help for whoever says that they are in danger. Programs go on as ever.
Response written(Ctx& ctx, PostId post, const Url& place, int json_status) {
    const bool needs_care = !ctx.wants_json() && assist::speaks_of_danger(words_typed(ctx));
    return http::done(ctx, needs_care ? url::post_care(post) : place, json_status);
}

// What a preview may be refused for: its length and haste. Nothing is lost, the form shows it.
std::optional<Error> preview_error(Ctx& ctx) {
    const Done allowed = preview_limit.take(ctx.actor().member, ctx.now());
    if (!allowed) return allowed.error();
    if (text::length(kept_text(ctx.form().get("text"))) > post_most)
        return Error{Fault::invalid, t_later("This is very long. Please send it in two or more parts."),
                     "text"};
    return std::nullopt;
}

}  // namespace

Response ask_new_thread(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    return group ? thread_form(ctx, *group, std::nullopt) : http::error_page(ctx, group.error());
}

Response start_thread(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    if (!group) return http::error_page(ctx, group.error());
    if (adds_picture(ctx))
        return add_picture(ctx, *group, [&](std::optional<Error> error, const std::string& more) {
            return thread_form(ctx, *group, std::move(error), more);
        });
    if (const auto forgotten = forgotten_picture(ctx))
        return ctx.wants_json() ? http::error_page(ctx, *forgotten) : thread_form(ctx, *group, *forgotten);
    if (wants_preview(ctx)) return thread_form(ctx, *group, preview_error(ctx));
    const auto thread = write_within_limit(ctx, [&](db::Tx& tx) -> Result<ThreadId> {
        const ThreadId started = TRY(
            conversation::start_thread(tx, ctx.actor(), *group, ctx.form().get("title"), draft_of(ctx)));
        forget_begun(tx, ctx, drafts::new_thread_in(*group));
        return started;
    });
    if (thread && !*thread) return waits(ctx, url::group(*group).fragment("waiting"));
    if (thread) return written(ctx, PostId(*thread, 1), url::thread(*thread), 201);
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
    if (adds_picture(ctx)) {
        const auto found = ctx.read([&](db::ReadTx& tx) { return visible_thread(tx, ctx.actor(), *thread); });
        if (!found) return http::error_page(ctx, found.error());
        return add_picture(ctx, found->group, [&](std::optional<Error> error, const std::string& more) {
            return reply_form(ctx, *thread, std::move(error), more);
        });
    }
    if (const auto forgotten = forgotten_picture(ctx))
        return ctx.wants_json() ? http::error_page(ctx, *forgotten) : reply_form(ctx, *thread, *forgotten);
    if (wants_preview(ctx)) return reply_form(ctx, *thread, preview_error(ctx));
    const auto post = write_within_limit(ctx, [&](db::Tx& tx) -> Result<PostId> {
        const PostId written = TRY(write_post(tx, ctx.actor(), *thread, draft_of(ctx)));
        forget_begun(tx, ctx, drafts::reply_in(*thread));
        return written;
    });
    if (post && !*post) return waits(ctx, url::thread(*thread).fragment("waiting"));
    if (post) return written(ctx, *post, url::post_in_thread(*post), 201);
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
    if (adds_picture(ctx)) {
        const auto options = ctx.read([&](db::ReadTx& tx) { return options_for(tx, ctx.actor(), *id); });
        if (!options) return http::error_page(ctx, options.error());
        return add_picture(ctx, options->group, [&](std::optional<Error> error, const std::string& more) {
            return edit_form(ctx, *id, std::move(error), more);
        });
    }
    if (const auto forgotten = forgotten_picture(ctx))
        return ctx.wants_json() ? http::error_page(ctx, *forgotten) : edit_form(ctx, *id, *forgotten);
    if (wants_preview(ctx)) return edit_form(ctx, *id, preview_error(ctx));
    const Draft draft = draft_of(ctx);
    const auto has_to_wait = write_within_limit(ctx, [&](db::Tx& tx) -> Result<bool> {
        const bool waits_now = TRY(
            change_post(tx, ctx.actor(), *id, draft.markdown, draft.note, draft.notes));
        forget_begun(tx, ctx, drafts::change_of(*id));
        return waits_now;
    });
    if (has_to_wait && *has_to_wait) return waits(ctx, url::thread(id->thread()).fragment("waiting"));
    if (has_to_wait) return written(ctx, *id, url::post_in_thread(*id), 200);
    if (ctx.wants_json() || !belongs_to_form(has_to_wait.error()))
        return http::error_page(ctx, has_to_wait.error());
    return edit_form(ctx, *id, has_to_wait.error());
}

Response preview(Ctx& ctx) {
    if (const auto error = preview_error(ctx)) return http::error_page(ctx, *error);
    const Safe html = text::render_markdown(kept_text(ctx.form().get("text")));
    JsonWriter j;
    j.object().member("html", text::announce_hidden(html, ctx.t("Hidden text")).html()).end();
    return http::json(j);
}

}  // namespace pages
}  // namespace kith::conversation

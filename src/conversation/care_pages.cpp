#include <algorithm>

#include "conversation/pages.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::conversation::pages {
namespace {

using http::Ctx;
using http::Response;

// Runs a rule about one post and goes back to it.
template <class Rule>
Response act_on_post(Ctx& ctx, Rule&& rule) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const Done acted = ctx.write([&](db::Tx& tx) -> Done { return rule(tx, *id); });
    if (!acted) return http::error_page(ctx, acted.error());
    return http::done(ctx, url::post_in_thread(*id));
}

// For the author alone.
std::int64_t supports_received(Ctx& ctx, PostId id, const Options& options) {
    if (!options.remove) return 0;
    const auto post = ctx.read([&](db::ReadTx& tx) { return visible_post(tx, ctx.actor(), id); });
    return post ? post->supports : 0;
}

void supports_list(Html& h, const Ctx& ctx, std::int64_t supports) {
    if (supports == 0) return;
    h << "<h2>" << ctx.t("Support for your post") << "</h2><ul>";
    for (const Support kind : all_of<Support>())
        if (const int count = count_of(supports, kind); count > 0)
            h << "<li>" << how_many(ctx.words, kind, count) << "</li>";
    h << "</ul>";
}

// What happened, which rule, that the person still belongs, and how to ask for another look.
void removal_note(Html& h, const Ctx& ctx, PostId id, const Options& options) {
    const Removal& removal = *options.removal;
    if (!removal.removed_by) {
        h << "<div class=\"notice\"><p>"
          << ctx.t(
                 "This post was reported. It is hidden until somebody who looks after the group "
                 "has read "
                 "it. Nobody has decided anything yet, and you still belong here.")
          << "</p></div>";
        return;
    }
    h << "<div class=\"notice\"><p>" << ctx.t("Somebody who looks after the group removed this post.")
      << "</p>";
    if (!removal.reason.empty())
        h << "<p>" << ctx.t("The rule it is about, in their words:") << "</p><blockquote dir=\"auto\">"
          << removal.reason << "</blockquote>";
    h << "<p>" << ctx.t("The one who wrote it still belongs here, and can write as before.") << "</p><p>"
      << ctx.t(
             "If you think this was a mistake, you can ask for another look. Somebody else than the one who "
             "removed it looks again.")
      << " <a href=\"" << url::post_appeal(id) << "\">" << ctx.t("Ask for another look") << "</a></p></div>";
}

// For programs: what a post may be given, and what it has.
Response notes_json(const Ctx& ctx, std::span<const content_notes::Note> note_list, NoteSet all,
                    NoteSet by_staff) {
    JsonWriter j;
    j.object().array("notes");
    for (const content_notes::Note& note : note_list) {
        if (!note.offered && !all.has(note.id)) continue;
        j.object()
            .member("id", note.id)
            .member("words", ctx.t(note.words))
            .member("on_post", all.has(note.id))
            .member("by_staff", by_staff.has(note.id))
            .end();
    }
    j.end().end();
    return http::json(j);
}

struct LineField {
    std::string_view name;
    std::string_view label;
    std::size_t most = 0;  // code points
    std::string_view value = {};
};

// What was typed stays.
void line_field(Html& h, const Ctx& ctx, const LineField& field, const std::optional<Error>& error) {
    const bool wrong = error && error->field == field.name;
    h << "<div class=\"field\"><label for=\"" << field.name << "\">" << field.label << "</label>";
    if (wrong)
        h << "<p class=\"error\" id=\"" << field.name << "-error\">" << ctx.t(error->message) << "</p>";
    h << "<input id=\"" << field.name << "\" name=\"" << field.name << "\" dir=\"auto\" maxlength=\""
      << field.most << "\" autocomplete=\"off\"";
    if (wrong) h << " aria-invalid=\"true\" aria-describedby=\"" << field.name << "-error\"";
    h << " value=\"" << (error ? ctx.form().get(field.name) : field.value) << "\"></div>";
}

Response removal_form(Ctx& ctx, PostId id, std::optional<Error> error) {
    struct Loaded {
        Post post;
        std::vector<content_notes::Note> note_list;
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        return Loaded{TRY(visible_post(tx, ctx.actor(), id)), content_notes::list(tx)};
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    Html h;
    if (error) http::error_summary(h, ctx, *error);
    h << "<p>"
      << ctx.t("The author is told, sees the reason, and still belongs here. You can bring the post back.")
      << "</p><blockquote>";
    post_text(h, loaded->post, loaded->note_list, ctx.words);
    h << "</blockquote><form method=\"post\" action=\"" << url::post_removal(id) << "\">";
    http::token_field(h, ctx);
    line_field(h, ctx, {"reason", ctx.t("Which rule is this about, in plain words?"), reason_most}, error);
    h << "<button class=\"button danger\">" << ctx.t("Remove this post") << "</button></form>";
    const std::string heading(ctx.t("Remove a post"));
    const http::Frame frame{.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Back to the post")), url::post_in_thread(id)}}};
    return http::page(ctx, frame, h, error ? http::status_of(error->fault) : 200);
}

Response title_form(Ctx& ctx, ThreadId id, std::optional<Error> error) {
    struct Loaded {
        Thread thread;
        Options options;
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        Loaded out{TRY(visible_thread(tx, ctx.actor(), id)),
                   TRY(options_for(tx, ctx.actor(), PostId(id, 1)))};
        if (!out.options.rename) return not_found();
        return out;
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    Html h;
    if (error) http::error_summary(h, ctx, *error);
    h << "<form method=\"post\" action=\"" << url::thread_title(id) << "\">";
    http::token_field(h, ctx);
    line_field(h, ctx, {"title", ctx.t("Title"), title_most, loaded->thread.title}, error);
    if (loaded->options.rename_needs_reason)
        line_field(h, ctx, {"reason", ctx.t("Which rule is this about, in plain words?"), reason_most},
                   error);
    h << "<button class=\"button\">" << ctx.t("Save the title") << "</button></form>";
    const std::string heading(ctx.t("Change the title"));
    const http::Frame frame{
        .title = heading,
        .heading = heading,
        .crumbs = {{std::string(shown_title(loaded->thread.title, ctx.words)), url::thread(id)}}};
    return http::page(ctx, frame, h, error ? http::status_of(error->fault) : 200);
}

}  // namespace

Response show_options(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const auto options = ctx.read([&](db::ReadTx& tx) { return options_for(tx, ctx.actor(), *id); });
    if (!options) return http::error_page(ctx, options.error());
    const std::int64_t supports = supports_received(ctx, *id, *options);
    if (ctx.wants_json()) return options_json(*options, supports);
    Html h;
    if (options->removal && !options->removal->own) removal_note(h, ctx, *id, *options);
    supports_list(h, ctx, supports);
    h << "<ul class=\"options\">";
    const auto link = [&](bool shown, const Url& to, std::string_view words) {
        if (shown) h << "<li><a href=\"" << to << "\">" << words << "</a></li>";
    };
    const auto button = [&](bool shown, const Url& to, std::string_view words) {
        if (!shown) return;
        h << "<li><form method=\"post\" action=\"" << to << "\">";
        http::token_field(h, ctx);
        h << "<button class=\"button quiet\">" << words << "</button></form></li>";
    };
    link(options->change, url::post_editing(*id), ctx.t("Change my post"));
    link(options->rename, url::thread_title(id->thread()), ctx.t("Change the title"));
    button(options->remove, url::post_removal(*id), ctx.t("Remove my post"));
    button(options->restore, url::post_restoring(*id), ctx.t("Bring it back"));
    link(options->history, url::post_history(*id), ctx.t("Earlier texts"));
    link(options->note_as_moderator, url::post_notes(*id), ctx.t("Add a content note as moderator"));
    link(options->remove_as_moderator, url::post_removal(*id), ctx.t("Remove as moderator"));
    button(options->hide_author, url::post_author_muting(*id),
           options->is_anonymous ? ctx.t("Hide this anonymous person from me")
                                 : ctx.t("Hide this person from me"));
    link(options->unmask, url::post_unmasking(*id),
         ctx.t("Somebody may be in danger: find out who wrote it"));
    link(true, url::post_in_thread(*id), ctx.t("Back to the post"));
    h << "</ul>";
    const std::string heading = ctx.f("Post %1", std::to_string(id->number()));
    return http::page(ctx, {.title = heading, .heading = heading}, h);
}

Response show_history(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    struct Found {
        std::vector<Version> versions;
        std::vector<content_notes::Note> note_list;
    };
    const auto found = ctx.read([&](db::ReadTx& tx) -> Result<Found> {
        return Found{TRY(history(tx, ctx.actor(), *id)), content_notes::list(tx)};
    });
    if (!found) return http::error_page(ctx, found.error());
    JsonWriter j;
    j.object().array("versions");
    Html h;
    h << "<p>" << ctx.t("Only the author and those who look after the group can see this.") << "</p>";
    for (const Version& version : found->versions) {
        j.object()
            .member("version", version.version)
            .member("written_at", version.written_at)
            .member("markdown", version.markdown)
            .member("note", version.note)
            .member("notes", content_notes::words_of(found->note_list, version.notes, ctx.words))
            .end();
        h << "<h2>" << text::exact(ctx.words, version.written_at) << "</h2>";
        if (const std::string note = notes_in_words(found->note_list, version.notes, version.note, ctx.words);
            !note.empty())
            h << "<p>" << ctx.f("Content note: %1", note) << "</p>";
        h << "<pre class=\"source\" dir=\"auto\">" << version.markdown << "</pre>";
    }
    j.end().end();
    if (ctx.wants_json()) return http::json(j);
    h << "<p><a href=\"" << url::post_in_thread(*id) << "\">" << ctx.t("Back to the post") << "</a></p>";
    const http::Frame frame{.title = std::string(ctx.t("Earlier texts")),
                            .heading = std::string(ctx.t("Earlier texts of this post"))};
    return http::page(ctx, frame, h);
}

Response ask_title(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    return id ? title_form(ctx, *id, std::nullopt) : http::error_page(ctx, id.error());
}

Response save_title(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const Done saved = ctx.write([&](db::Tx& tx) {
        return rename_thread(tx, ctx.actor(), *id, ctx.form().get("title"), ctx.form().get("reason"));
    });
    if (saved) return http::done(ctx, url::thread(*id));
    if (ctx.wants_json() || saved.error().fault != Fault::invalid)
        return http::error_page(ctx, saved.error());
    return title_form(ctx, *id, saved.error());
}

Response ask_notes(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    struct Loaded {
        Post post;
        NoteSet by_staff;
        std::vector<content_notes::Note> note_list;
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        if (!TRY(options_for(tx, ctx.actor(), *id)).note_as_moderator) return not_found();
        return Loaded{TRY(visible_post(tx, ctx.actor(), *id)), staff_notes(tx, *id), content_notes::list(tx)};
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    if (ctx.wants_json()) return notes_json(ctx, loaded->note_list, loaded->post.notes, loaded->by_staff);
    Html h;
    h << "<p>"
      << ctx.t(
             "Everybody can still read the post. Those who would rather not are told beforehand. The author "
             "is told, and "
             "keeps their own notes.")
      << "</p><blockquote>";
    post_text(h, loaded->post, loaded->note_list, ctx.words);
    h << "</blockquote><form method=\"post\" action=\"" << url::post_notes(*id) << "\">";
    http::token_field(h, ctx);
    note_boxes(h, ctx.words, {.note_list = loaded->note_list, .ticked = loaded->by_staff});
    h << "<button class=\"button\">" << ctx.t("Save") << "</button></form>";
    const std::string heading(ctx.t("Add a content note as moderator"));
    const http::Frame frame{.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Back to the post")), url::post_in_thread(*id)}}};
    return http::page(ctx, frame, h);
}

Response save_notes(Ctx& ctx) {
    return act_on_post(
        ctx, [&](db::Tx& tx, PostId id) { return note_post(tx, ctx.actor(), id, notes_in(ctx.form())); });
}

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

Response mark_read(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const std::string_view typed = ctx.form().get("number");
    const std::int64_t number = typed.empty() ? PostId::max_number : number_in(typed);
    if (number < 1 || number > PostId::max_number)
        return http::error_page(ctx, invalid("There is no such post.", "number").value());
    const Done marked = ctx.write(
        [&](db::Tx& tx) { return conversation::mark_read(tx, ctx.actor(), PostId(*id, number)); });
    return marked ? http::done(ctx, url::thread(*id)) : http::error_page(ctx, marked.error());
}

}  // namespace kith::conversation::pages

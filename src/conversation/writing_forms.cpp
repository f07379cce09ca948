#include "conversation/writing_forms.hpp"

#include <algorithm>
#include <charconv>

#include "conversation/kept_away.hpp"
#include "conversation/pages.hpp"
#include "conversation/reader_style.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "pacing/pacing.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::conversation::pages {
namespace {

using http::Ctx;
using http::Response;

// A form key that our own pages could have made; anything else is none.
std::string key_in(std::string_view text) {
    constexpr std::size_t most = 64;
    const bool ours = text.size() <= most && std::ranges::all_of(text, [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                 c == '-' || c == '_';
                      });
    return ours ? std::string(text) : std::string();
}

// Nothing if it was left out; what is no voice is taken as the safer one.
std::optional<Voice> voice_in(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return from_word<Voice>(text).value_or(Voice::anonymous);
}

// "1,3", or a value each.
void add_notes(NoteSet& notes, std::string_view typed) {
    while (!typed.empty()) {
        const std::size_t comma = typed.find(',');
        notes.add(ContentNoteId(number_in(typed.substr(0, comma))));
        typed = comma == std::string_view::npos ? std::string_view() : typed.substr(comma + 1);
    }
}

// ---- what was kept before ------------------------------------------------------------------------------------

Url address_of(drafts::Place place) { return url::draft(to_word(place.kind), place.id); }

// What is kept of the place when its form is opened. What was just typed comes with the form itself.
std::optional<drafts::Draft> begun(db::ReadTx& tx, const Ctx& ctx, drafts::Place place) {
    if (ctx.request.method == http::Method::post) return std::nullopt;
    return drafts::find(tx, ctx.actor().member, place);
}

void take_up(ComposerView& composer, const drafts::Typed& typed) {
    composer.markdown = typed.markdown;
    composer.note = typed.note;
    composer.notes = NoteSet();
    add_notes(composer.notes, typed.notes);
    composer.title = typed.title;
    if (composer.reply_to == 0) composer.reply_to = typed.reply_to;
    if (composer.voice && !typed.voice.empty()) composer.voice = voice_in(typed.voice);
}

void begun_note(Html& h, const Ctx& ctx, const drafts::Draft& begun) {
    h << "<p class=\"notice\">"
      << ctx.f("You began this earlier. It was saved %1, and has not been sent.",
               text::ago(ctx.words, begun.saved_at, ctx.now()))
      << " <a href=\"" << url::me_drafts() << "\">" << ctx.t("What I have begun to write") << "</a></p>";
}

// ---- forms ---------------------------------------------------------------------------------------------------

void hidden_fields(Html& h, const Ctx& ctx, std::string_view edition) {
    http::token_field(h, ctx);
    h << "<input type=\"hidden\" name=\"draft_edition\" value=\"" << edition << "\">";
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
    std::string writes_as;
    std::string alias = {};  // that the writer has in the thread
    std::optional<drafts::Draft> begun = {};
};

std::string under_which_name(const Ctx& ctx, const WritingPage& page) {
    if (page.composer.voice != Voice::anonymous) return ctx.f("Under this name: %1", page.writes_as);
    if (page.alias.empty())
        return std::string(ctx.t("Under a made-up name, which you are given when you send it."));
    return ctx.f("Under this name: %1", identity::shown_name(page.alias, ctx.words));
}

Response writing_page(Ctx& ctx, WritingPage view) {
    Html h;
    if (view.error) http::error_summary(h, ctx, *view.error);
    if (view.begun) {
        take_up(view.composer, view.begun->typed);
        begun_note(h, ctx, *view.begun);
    }
    const bool has_preview = !view.error && wants_preview(ctx);
    if (has_preview) preview_box(h, ctx.words, view.composer, under_which_name(ctx, view));
    if (view.error) view.composer.error = &*view.error;
    h << view.above;
    if (!has_preview) {
        h << "<p class=\"meta\">" << ctx.f("You write here as %1.", view.writes_as);
        alias_note(h, ctx, view.alias);
        h << "</p>";
    }
    h << "<form id=\"write\" class=\"composer\" method=\"post\" action=\"" << view.composer.action
      << "\" data-writer=\"" << ctx.session->name << "\">";
    hidden_fields(
        h, ctx,
        view.begun ? drafts::edition_of(view.begun->typed) : std::string(ctx.form().get("draft_edition")));
    view.composer.form = "write";
    if (view.error) {
        view.composer.picture_words = ctx.form().get("picture_words");
        view.composer.picture_blur = ctx.form().checked("picture_blur");
    }
    composer(h, ctx.words, view.composer);
    h << "</form>";
    http::Frame frame{.title = view.heading, .heading = view.heading, .crumbs = std::move(view.crumbs)};
    frame.main_class = "signed-in can-write";
    if (view.error) frame.title = std::string(ctx.t("Error:")) + " " + frame.title;
    return http::page(ctx, frame, h, view.error ? http::status_of(view.error->fault) : 200);
}

std::string shown_name(db::ReadTx& tx, const Ctx& ctx, PersonaId id) {
    const PersonaId persona[] = {id};
    return std::string(name_of(identity::names_of(tx, persona), id, ctx.words));
}

// Under what the actor may write in a group that lets them.
struct Writer {
    std::string name;
    Voices voices;
    pacing::Here pace;
    bool moderates = false;

    // What is chosen in the form that comes, or comes again.
    std::optional<Voice> chosen(const Draft& draft) const {
        if (!voices.anonymous) return std::nullopt;
        return draft.voice.value_or(voices.usual);
    }
};

Result<Writer> writer_in(db::ReadTx& tx, const Ctx& ctx, GroupId group, ThreadId thread) {
    const groups::Access access = TRY(groups::writable(tx, ctx.actor(), group));
    return Writer{shown_name(tx, ctx, access.persona), voices_for(tx, ctx.actor(), access, thread),
                  pacing::here(tx, ctx.actor().member, group, thread), access.moderate};
}

// As it stands in the thread for this reader: behind its content note, and not if they have hidden its author.
struct Answered {
    const Post& post;
    const Names& names;
    std::span<const content_notes::Note> note_list;
    bool is_hidden = false, is_kept_away = false;
};

void answered_post(Html& h, const Ctx& ctx, const Answered& answered) {
    const auto& [post, names, note_list, is_hidden, is_kept_away] = answered;
    h << "<h2>"
      << ctx.f("Post %1, %2", std::to_string(post.id.number()), name_of(names, post.author, ctx.words))
      << "</h2>";
    if (is_hidden || is_kept_away) {
        h << "<p>"
          << (is_hidden ? ctx.t("You have hidden this person.")
                        : ctx.t("This post is kept from you, as you chose."))
          << "</p>";
        return;
    }
    h << "<blockquote>";
    post_text(h, post, note_list, ctx.words);
    h << "</blockquote>";
}

}  // namespace

Draft draft_of(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    return {.markdown = std::string(form.get("text")),
            .note = std::string(form.get("note")),
            .reply_to = number_in(form.get("reply_to")),
            .form_key = key_in(form.get("form_key")),
            .voice = voice_in(form.get("voice")),
            .notes = notes_in(form)};
}

bool wants_preview(const Ctx& ctx) { return ctx.form().checked("preview"); }

bool adds_picture(const Ctx& ctx) { return ctx.form().checked("picture_add"); }

NoteSet notes_in(const http::Form& form) {
    NoteSet notes;
    for (const std::string_view value : form.all("notes")) add_notes(notes, value);
    return notes;
}

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number > 0 && number <= PostId::max_number ? number : 0;
}

Response thread_form(Ctx& ctx, GroupId group, std::optional<Error> error, std::string_view more) {
    struct Loaded {
        std::string group_name;
        Writer writer;
        std::optional<drafts::Draft> begun;
        std::vector<content_notes::Note> note_list;
    };
    const drafts::Place place = drafts::new_thread_in(group);
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        const groups::Access access = TRY(groups::writable(tx, ctx.actor(), group));
        return Loaded{access.group.name, TRY(writer_in(tx, ctx, group, ThreadId())), begun(tx, ctx, place),
                      content_notes::list(tx)};
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    Draft draft = draft_of(ctx);
    WritingPage view{.heading = std::string(ctx.t("Start a thread")),
                     .crumbs = {{loaded->group_name, url::group(group)}},
                     .above = {},
                     .composer = {.form = {},
                                  .action = url::threads(group),
                                  .markdown = draft.markdown.append(more),
                                  .note = draft.note,
                                  .notes = draft.notes,
                                  .note_list = loaded->note_list,
                                  .with_title = true,
                                  .title = std::string(ctx.form().get("title")),
                                  .send_words = ctx.t("Send my thread"),
                                  .voice = loaded->writer.chosen(draft),
                                  .draft = address_of(place)},
                     .error = std::move(error),
                     .writes_as = loaded->writer.name,
                     .begun = loaded->begun};
    pacing::notes(view.above, ctx, loaded->writer.pace, loaded->writer.moderates);
    return writing_page(ctx, std::move(view));
}

Response reply_form(Ctx& ctx, ThreadId id, std::optional<Error> error, std::string_view more) {
    Draft draft = draft_of(ctx);
    if (draft.reply_to == 0) draft.reply_to = number_in(ctx.query().get("to"));
    struct Loaded {
        Thread thread;
        std::optional<Post> target;
        Names names;
        bool is_hidden = false, is_kept_away = false;
        Writer writer;
        std::optional<drafts::Draft> begun;
        std::vector<content_notes::Note> note_list;
    };
    const drafts::Place place = drafts::reply_in(id);
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        Loaded out{.thread = TRY(visible_thread(tx, ctx.actor(), id))};
        out.writer = TRY(writer_in(tx, ctx, out.thread.group, id));
        out.begun = begun(tx, ctx, place);
        out.note_list = content_notes::list(tx);
        if (draft.reply_to == 0 && out.begun) draft.reply_to = out.begun->typed.reply_to;
        if (draft.reply_to <= 0) return out;
        auto target = visible_post(tx, ctx.actor(), PostId(id, draft.reply_to));
        if (!target) return out;
        const PersonaId author[] = {target->author};
        out.names = identity::names_of(tx, author);
        out.is_hidden = identity::is_muted(identity::muted_by(tx, ctx.actor().member), target->author,
                                           out.thread.group);
        out.is_kept_away = is_kept_away(tx, content_notes::choices_of(tx, ctx.actor().member), target->notes,
                                        target->author, ctx.actor().member);
        out.target = *std::move(target);
        return out;
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    WritingPage view{.heading = std::string(ctx.t("Write a reply")),
                     .crumbs = {{std::string(shown_title(loaded->thread.title, ctx.words)), url::thread(id)}},
                     .above = {},
                     .composer = {.form = {},
                                  .action = url::replies(id),
                                  .markdown = draft.markdown.append(more),
                                  .note = draft.note,
                                  .notes = draft.notes,
                                  .note_list = loaded->note_list,
                                  .reply_to = draft.reply_to,
                                  .title = {},
                                  .send_words = ctx.t("Send my reply"),
                                  .voice = loaded->writer.chosen(draft),
                                  .draft = address_of(place)},
                     .error = std::move(error),
                     .writes_as = loaded->writer.name,
                     .alias = loaded->writer.voices.alias,
                     .begun = loaded->begun};
    pacing::notes(view.above, ctx, loaded->writer.pace, loaded->writer.moderates);
    if (loaded->target)
        answered_post(
            view.above, ctx,
            {*loaded->target, loaded->names, loaded->note_list, loaded->is_hidden, loaded->is_kept_away});
    return writing_page(ctx, std::move(view));
}

Response edit_form(Ctx& ctx, PostId id, std::optional<Error> error, std::string_view more) {
    struct Loaded {
        Version last;
        std::string writes_as;
        NoteSet by_staff;
        std::vector<content_notes::Note> note_list;
        std::optional<drafts::Draft> begun;
    };
    const drafts::Place place = drafts::change_of(id);
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        const Options options = TRY(options_for(tx, ctx.actor(), id));
        if (!options.change) return not_found();
        auto versions = TRY(history(tx, ctx.actor(), id));
        const Post post = TRY(visible_post(tx, ctx.actor(), id));
        return Loaded{std::move(versions.front()), shown_name(tx, ctx, post.author), staff_notes(tx, id),
                      content_notes::list(tx), begun(tx, ctx, place)};
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    Draft draft = draft_of(ctx);
    const bool is_typed = error || wants_preview(ctx) || adds_picture(ctx);
    WritingPage view{.heading = std::string(ctx.t("Change your post")),
                     .crumbs = {{std::string(ctx.t("Back to the post")), url::post_in_thread(id)}},
                     .above = {},
                     .composer = {.form = {},
                                  .action = url::post_editing(id),
                                  .markdown = is_typed ? draft.markdown.append(more) : loaded->last.markdown,
                                  .note = is_typed ? draft.note : loaded->last.note,
                                  .notes = is_typed ? draft.notes : loaded->last.notes,
                                  .note_list = loaded->note_list,
                                  .title = {},
                                  .send_words = ctx.t("Save my changes"),
                                  .draft = address_of(place)},
                     .error = std::move(error),
                     .writes_as = loaded->writes_as,
                     .begun = loaded->begun};
    if (!loaded->by_staff.empty())
        view.above << "<p class=\"notice\">"
                   << ctx.f("Somebody who looks after the group put this content note on it: %1",
                            content_notes::words_of(loaded->note_list, loaded->by_staff, ctx.words))
                   << "</p>";
    return writing_page(ctx, std::move(view));
}

}  // namespace kith::conversation::pages

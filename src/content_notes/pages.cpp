#include <algorithm>

#include "content_notes/content_notes.hpp"
#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/http/saved.hpp"
#include "url.hpp"

// What a member would rather not read, and the list that the host keeps.
namespace kith::content_notes {
namespace {

using http::Ctx;
using http::Response;

// The notes that every community begins with; the migration writes them. The host may change their words.
[[maybe_unused]] constexpr std::string_view first_list[] = {
    t_later("Self-harm"),         t_later("Suicide"),         t_later("Feeling hopeless"),
    t_later("Medication"),        t_later("Food and weight"), t_later("Alcohol or drugs"),
    t_later("Violence or abuse"), t_later("Death and grief")};

// ---- a member's choices --------------------------------------------------------------------------------------

struct Mine {
    std::vector<Note> notes;
    Choices choices;
};

// One that is offered no more is here for whoever chose something for it.
Mine load_mine(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        Mine mine{list(tx), choices_of(tx, ctx.session->member)};
        std::erase_if(mine.notes, [&](const Note& note) {
            return !note.offered && mine.choices.of(note.id) == Choice::folded;
        });
        return mine;
    });
}

std::string_view words_of(Choice choice) {
    switch (choice) {
        case Choice::open:
            return t_later("Show it openly");
        case Choice::folded:
            return t_later("Fold it away, I can open it");
        case Choice::quiet:
            return t_later("Fold it away, and no news of it");
        case Choice::never:
            return t_later("Keep it from me");
    }
    return {};
}

std::string field_of(const Note& note) { return "note-" + std::to_string(note.id.value()); }

Response mine_json(const Ctx& ctx, const Mine& mine) {
    JsonWriter j;
    j.object().array("notes");
    for (const Note& note : mine.notes)
        j.object()
            .member("id", note.id)
            .member("words", ctx.t(note.words))
            .member("choice", mine.choices.of(note.id))
            .end();
    j.end().end();
    return http::json(j);
}

Response get_mine(Ctx& ctx) {
    const Mine mine = load_mine(ctx);
    if (ctx.wants_json()) return mine_json(ctx, mine);
    Html h;
    h << "<p>"
      << ctx.t(
             "Some posts say beforehand what might be hard to read. You choose what happens to them. Only "
             "you "
             "see what you chose, and you can change it at any time.")
      << "</p>";
    http::open_form(h, ctx, url::me_content_notes());
    for (const Note& note : mine.notes) {
        const std::string id = field_of(note);
        const std::string_view chosen = to_word(mine.choices.of(note.id));
        http::open_selection(h, ctx, {id, ctx.t(note.words), chosen}, nullptr);
        for (const Choice choice : all_of<Choice>())
            http::option(h, to_word(choice), ctx.t(words_of(choice)), chosen);
        http::close_selection(h);
    }
    h << "<p class=\"hint\">"
      << ctx.t("People do not always say it beforehand. Under each post, “More” lets you hide who wrote it.")
      << "</p>";
    http::close_form(h, ctx.t("Save"));
    const http::Frame frame{.title = std::string(ctx.t("What I would rather not read")),
                            .heading = std::string(ctx.t("What I would rather not read")),
                            .crumbs = {{std::string(ctx.t("My space")), url::me()}}};
    return http::page(ctx, frame, h);
}

Response post_mine(Ctx& ctx) {
    std::vector<Chosen> chosen;
    for (const Note& note : ctx.read([](db::ReadTx& tx) { return list(tx); }))
        if (const auto choice = from_word<Choice>(ctx.form().get(field_of(note))))
            chosen.push_back({note.id, *choice});
    const Done saved = ctx.write([&](db::Tx& tx) { return choose(tx, ctx.actor(), chosen); });
    return saved ? http::saved(ctx, url::me_content_notes()) : http::error_page(ctx, saved.error());
}

// ---- the host's list -----------------------------------------------------------------------------------------

struct Typed {
    ContentNoteId note;  // none: the form that adds one
    std::string words;
    std::optional<Error> error;
};

const Error* error_at(const Typed& typed, ContentNoteId note) {
    return typed.error && typed.note == note ? &*typed.error : nullptr;
}

void open_note_form(Html& h, const Ctx& ctx, ContentNoteId note) {
    http::open_form(h, ctx, url::admin_content_notes());
    h << "<input type=\"hidden\" name=\"note\" value=\"" << note.value() << "\">";
}

// Called after its note besides, for whoever hears only the button.
void act_button(Html& h, std::string_view act, std::string_view words, std::string_view note) {
    h << " <button class=\"button quiet\" name=\"do\" value=\"" << act << "\">" << words
      << "<span class=\"visually-hidden\">: " << note << "</span></button>";
}

void note_form(Html& h, const Ctx& ctx, const Note& note, const Typed& typed) {
    const std::string id = "words-" + std::to_string(note.id.value());
    const std::string_view shown = ctx.t(note.words);
    const Error* const error = error_at(typed, note.id);
    h << "<li class=\"card\">";
    open_note_form(h, ctx, note.id);
    h << "<div class=\"field\"><label class=\"visually-hidden\" for=\"" << id << "\">"
      << ctx.f("New words for %1", shown) << "</label>";
    if (error) h << "<p class=\"error\" id=\"" << id << "-error\">" << ctx.t(error->message) << "</p>";
    h << "<input id=\"" << id << "\" name=\"words\" dir=\"auto\" maxlength=\"" << words_most
      << "\" autocomplete=\"off\" value=\"" << (error ? std::string_view(typed.words) : shown) << "\"";
    if (error) h << " aria-invalid=\"true\" aria-describedby=\"" << id << "-error\"";
    h << "></div><p class=\"row\">";
    act_button(h, "change", ctx.t("Save the words"), shown);
    if (note.offered) act_button(h, "retire", ctx.t("Take off the list"), shown);
    else act_button(h, "offer", ctx.t("Offer it again"), shown);
    h << "</p></form></li>";
}

void notes_list(Html& h, const Ctx& ctx, std::span<const Note> notes, bool offered, const Typed& typed) {
    if (std::ranges::count(notes, offered, &Note::offered) == 0) return;
    h << "<h2>" << (offered ? ctx.t("On the list") : ctx.t("No longer on the list")) << "</h2>";
    if (!offered)
        h << "<p class=\"hint\">" << ctx.t("Posts that have one of these keep it. No new post gets it.")
          << "</p>";
    h << "<ul class=\"cards\">";
    for (const Note& note : notes)
        if (note.offered == offered) note_form(h, ctx, note, typed);
    h << "</ul>";
}

Response list_json(const Ctx& ctx, std::span<const Note> notes) {
    JsonWriter j;
    j.object().array("notes");
    for (const Note& note : notes)
        j.object()
            .member("id", note.id)
            .member("words", ctx.t(note.words))
            .member("offered", note.offered)
            .end();
    j.end().end();
    return http::json(j);
}

Response list_page(Ctx& ctx, const Typed& typed) {
    const std::vector<Note> notes = ctx.read([](db::ReadTx& tx) { return list(tx); });
    if (ctx.wants_json() && !typed.error) return list_json(ctx, notes);
    Html h;
    h << "<p>"
      << ctx.t(
             "Whoever writes can say beforehand what might be hard to read. People choose for each of these "
             "whether "
             "such posts are open, folded away, or kept from them. A short list is easier to use.")
      << "</p>";
    notes_list(h, ctx, notes, true, typed);
    h << "<h2>" << ctx.t("Add a content note") << "</h2>";
    http::open_form(h, ctx, url::admin_content_notes());
    const Error* const error = error_at(typed, ContentNoteId());
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("In one or two words, what it is about"),
                 .value = error ? std::string_view(typed.words) : std::string_view()},
                error);
    http::close_form(h, ctx.t("Add it to the list"));
    notes_list(h, ctx, notes, false, typed);
    return http::form_page(ctx, http::admin_frame(ctx, ctx.t("Content notes")), h,
                           typed.error ? &*typed.error : nullptr);
}

Done save(db::Tx& tx, const Ctx& ctx, ContentNoteId note) {
    const std::string_view act = ctx.form().get("do"), words = ctx.form().get("words");
    if (!note) {
        TRY(add_note(tx, ctx.actor(), words));
        return {};
    }
    if (act == "retire") return retire_note(tx, ctx.actor(), note);
    if (act == "offer") return offer_note(tx, ctx.actor(), note);
    // What stands there is shown in the reader's language; pressing the button alone changes nothing for others.
    for (const Note& one : list(tx))
        if (one.id == note && ctx.t(one.words) == words) return {};
    return change_note(tx, ctx.actor(), note, words);
}

Response get_list(Ctx& ctx) {
    const Done may = ctx.read([&](db::ReadTx& tx) { return identity::require_host(tx, ctx.actor()); });
    return may ? list_page(ctx, {}) : http::error_page(ctx, may.error());
}

Response post_list(Ctx& ctx) {
    const ContentNoteId note(std::atoll(std::string(ctx.form().get("note")).c_str()));
    const Done saved = ctx.write([&](db::Tx& tx) { return save(tx, ctx, note); });
    if (saved) return http::saved(ctx, url::admin_content_notes());
    if (!http::belongs_to_form(saved.error())) return http::error_page(ctx, saved.error());
    Typed typed{note, std::string(ctx.form().get("words")), saved.error()};
    if (note) typed.error->field = "words-" + std::to_string(note.value());
    return list_page(ctx, typed);
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/content-notes", gate::member, get_mine},
        {Method::post, "/me/content-notes", gate::member, post_mine},
        {Method::get, "/admin/content-notes", gate::host, get_list},
        {Method::post, "/admin/content-notes", gate::host, post_list},
    };
}

}  // namespace kith::content_notes

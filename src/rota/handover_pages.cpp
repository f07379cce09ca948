#include "identity/identity.hpp"
#include "platform/text/list_words.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zone/zone.hpp"
#include "rota/pages.hpp"
#include "url.hpp"

// What the next ones should know; the routes of the feature; the note on the first page.
namespace kith::rota {
namespace pages {
namespace {

using http::Ctx;
using http::Response;

struct Notes {
    View view;
    std::vector<Handover> all;
    std::unordered_map<PersonaId, std::string> names;
    GroupId room;
    GroupId group;  // of the reader's shift
    bool waits = false;
};

Result<Notes> load_notes(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Notes> {
        Notes out{.view = {.desk = TRY(desk(tx, ctx.actor()))}};
        out.all = handovers(tx, out.view.desk);
        out.waits = handover_waits(tx, out.view.desk);
        out.room = settings(tx).room;
        if (const auto shift = next_shift(tx, out.view.desk.member); shift && shift->is_on(tx.now()))
            out.group = shift->group;
        std::vector<PersonaId> people;
        for (const Handover& one : out.all) people.push_back(one.author);
        out.names = identity::names_of(tx, people);
        name_all(tx, out.view);
        return out;
    });
}

Response notes_json(const Notes& notes) {
    JsonWriter j;
    j.object().member("unread", notes.waits).array("notes");
    for (const Handover& one : notes.all)
        j.object()
            .member("id", one.id)
            .member("group", one.group)
            .member("words", one.words)
            .member("written_at", one.written_at)
            .end();
    j.end().end();
    return http::json(j);
}

void note_card(Html& h, const Ctx& ctx, const Notes& notes, const Handover& one) {
    const auto name = notes.names.find(one.author);
    h << "<li class=\"card\"><p class=\"meta\"><bdi>"
      << (name == notes.names.end() ? ctx.t("Former member") : std::string_view(name->second)) << "</bdi>, "
      << text::ago(ctx.words, one.written_at, ctx.now()) << ", <bdi>" << notes.view.group_name(ctx, one.group)
      << "</bdi></p><p class=\"typed\" dir=\"auto\">" << one.words << "</p></li>";
}

void read_button(Html& h, const Ctx& ctx, const Notes& notes) {
    if (!notes.waits) return;
    http::open_form(h, ctx, url::handovers());
    h << "<input type=\"hidden\" name=\"last\" value=\"" << notes.all.front().id.value()
      << "\"><p><button class=\"button\" name=\"do\" value=\"read\">" << ctx.t("I have read them")
      << "</button></p></form>";
}

void note_form(Html& h, const Ctx& ctx, const Notes& notes, const Error* error) {
    h << "<h2>" << ctx.t("Write a handover note") << "</h2>";
    http::open_form(h, ctx, url::handovers());
    group_selection(h, ctx, notes.view,
                    error ? std::string(ctx.form().get("group")) : std::to_string(notes.group.value()),
                    error);
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("What should the next ones know?"),
                 .hint = ctx.t("What happened, and what is left to do: name the thread or the report. Please "
                               "leave out how ill somebody is: people did not tell that for a notebook."),
                 .value = error ? ctx.form().get("words") : std::string_view(),
                 .rows = 5},
                error);
    http::close_form(h, ctx.t("Hand over"));
}

Response notes_page(Ctx& ctx, const Error* error) {
    const auto notes = load_notes(ctx);
    if (!notes) return http::error_page(ctx, notes.error());
    if (ctx.wants_json() && !error) return notes_json(*notes);
    Html h;
    h << "<p>"
      << ctx.t("Only those who look after the same groups read these notes. They are deleted after 90 days.")
      << "</p>";
    if (notes->all.empty()) h << "<p class=\"empty\">" << ctx.t("There is no note yet.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const Handover& one : notes->all) note_card(h, ctx, *notes, one);
    h << "</ul>";
    read_button(h, ctx, *notes);
    note_form(h, ctx, *notes, error);
    if (notes->room)
        h << "<p><a href=\"" << url::group(notes->room) << "\">"
          << ctx.t("Talk with the others who look after groups") << "</a></p>";
    return http::form_page(ctx, frame(ctx, ctx.t("Handover notes")), h, error);
}

}  // namespace

Response show_handovers(Ctx& ctx) { return notes_page(ctx, nullptr); }

Response save_handover(Ctx& ctx) {
    const http::Form& form = ctx.form();
    const bool reads = form.get("do") == "read";
    const Done saved = ctx.write([&](db::Tx& tx) {
        if (reads) return read_handovers(tx, ctx.actor(), HandoverId(form.number("last").value_or(0)));
        return write_handover(tx, ctx.actor(), GroupId(form.number("group").value_or(0)), form.get("words"));
    });
    if (saved) return http::done(ctx, url::handovers());
    if (saved.error().field.empty()) return http::error_page(ctx, saved.error());
    return notes_page(ctx, &saved.error());
}

}  // namespace pages

// ---- on the first page -----------------------------------------------------------------------------------

namespace {

struct Note {
    std::string zone;
    std::optional<Shift> shift;
    std::vector<std::string> beside;
    bool is_pair = false;  // two are asked for
    bool handover = false;
    bool needs_rest = false;
    std::vector<Gap> gaps;  // for those who plan
};

std::optional<Note> load_note(http::Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> std::optional<Note> {
        const auto at = desk(tx, ctx.actor());
        if (!at) return std::nullopt;
        Note out{.zone = settings(tx).zone, .shift = next_shift(tx, at->member)};
        if (out.shift) out.beside = beside(tx, *out.shift);
        if (out.shift) out.is_pair = needs_two(tx, out.shift->group);
        out.handover = handover_waits(tx, *at);
        out.needs_rest = load_of(tx, at->member).needs_rest;
        if (at->plans) out.gaps = gaps_ahead(tx, *at);
        return out;
    });
}

std::string shift_sentence(const http::Ctx& ctx, const Note& note) {
    const Shift& shift = *note.shift;
    const std::string with = text::listed(ctx.words, note.beside);
    const std::string until = clock_words(ctx.words, note.zone, shift.ends_at);
    if (shift.is_on(ctx.now()))
        return with.empty() ? ctx.f("You are on now, until %1.", until)
                            : ctx.f("You are on now, until %1, with %2.", until, with);
    const std::int64_t day = zone::day_of(note.zone, shift.begins_at);
    const std::string when = day_words(ctx.words, note.zone, day, ctx.now());
    const std::string from = clock_words(ctx.words, note.zone, shift.begins_at);
    return with.empty() ? ctx.f("You are on %1 from %2.", when, from)
                        : ctx.f("You are on %1 from %2, with %3.", when, from, with);
}

void notice(Html& h, const Url& url, std::string_view words) {
    h << "<p class=\"notice\"><a href=\"" << url << "\">" << words << "</a></p>";
}

}  // namespace

void show_next_shift(Html& h, http::Ctx& ctx) {
    const auto note = load_note(ctx);
    if (!note) return;
    if (note->needs_rest)
        h << "<p class=\"notice\">"
          << ctx.t("You have carried a lot in these days. Please hand over, and rest.") << "</p>";
    if (note->shift) notice(h, url::shift(note->shift->id.value()), shift_sentence(ctx, *note));
    else notice(h, url::rota(), ctx.t("See the rota"));
    if (note->is_pair && note->beside.empty())
        h << "<p class=\"notice warn\">"
          << ctx.t("Nobody should be alone here. A second person is still wanted.") << "</p>";
    if (note->handover) notice(h, url::handovers(), ctx.t("There is a handover note for you to read."));
    if (!note->gaps.empty()) notice(h, url::rota_ahead(), ctx.t("The rota has gaps in the next 14 days."));
}

std::vector<http::Route> routes() {
    using enum http::Method;
    using namespace pages;
    namespace gate = http::gate;
    return {
        {get, "/rota", gate::member, show_week},
        {get, "/rota/ahead", gate::member, show_ahead},
        {get, "/rota/shifts/new", gate::member, show_new_shift},
        {post, "/rota/shifts/new", gate::member, save_new_shift},
        {get, "/rota/shifts/{shift}", gate::member, show_shift},
        {post, "/rota/shifts/{shift}", gate::member, save_shift},
        {post, "/rota/patterns/{pattern}", gate::member, save_pattern},
        {get, "/rota/handovers", gate::member, show_handovers},
        {post, "/rota/handovers", gate::member, save_handover},
        {get, "/admin/rota", gate::host, show_settings},
        {post, "/admin/rota", gate::host, save_settings},
    };
}

}  // namespace kith::rota

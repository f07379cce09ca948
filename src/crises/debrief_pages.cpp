#include <algorithm>
#include <unordered_map>

#include "crises/pages.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"

namespace kith::crises::pages {
namespace {

using http::Ctx;
using http::Response;

std::vector<Debrief> load_mine(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) { return debriefs_of(tx, ctx.session->member); });
}

void members(JsonWriter& j, const Debrief& one) {
    j.member("id", one.id)
        .member("asked_at", one.asked_at)
        .member("answered_at", one.answered_at)
        .member("hard", one.hard)
        .member("help", one.help)
        .member("share", one.share)
        .member("talked_at", one.talked_at);
}

void quote(Html& h, std::string_view label, std::string_view words) {
    if (!words.empty()) h << "<p>" << label << "</p><blockquote dir=\"auto\">" << words << "</blockquote>";
}

std::string_view words_of(Share share) {
    switch (share) {
        case Share::nobody:
            return t_later("Keep it for me alone");
        case Share::read:
            return t_later("Those who coordinate this place may read it");
        case Share::call:
            return t_later("They may read it, and I would like to talk with somebody");
    }
    return {};
}

// ---- one's own -------------------------------------------------------------------------------------------

Response mine_json(const std::vector<Debrief>& all) {
    JsonWriter j;
    j.object().array("debriefs");
    for (const Debrief& one : all) {
        j.object();
        members(j, one);
        j.end();
    }
    j.end().end();
    return http::json(j);
}

void my_card(Html& h, const Ctx& ctx, const Debrief& one) {
    h << "<li class=\"card\"><h2><a href=\"" << url::me_debrief(one.id) << "\">"
      << text::date(ctx.words, one.asked_at) << "</a></h2>";
    quote(h, ctx.t("What was hard"), one.hard);
    quote(h, ctx.t("What would help"), one.help);
    h << "<p class=\"meta\">"
      << (one.talked_at     ? ctx.t("Somebody has talked with you.")
          : one.answered_at ? ctx.t(words_of(one.share))
                            : ctx.t("You have written nothing yet. You need not."))
      << "</p></li>";
}

void debrief_form(Html& h, const Ctx& ctx, const Debrief& one, const Error* error) {
    const auto area = [&](std::string_view name, std::string_view label, std::string_view value) {
        http::field(h, ctx,
                    {.name = name, .label = label, .value = typed(ctx, name, error, value), .rows = 4},
                    error);
    };
    http::open_form(h, ctx, url::me_debrief(one.id));
    area("hard", ctx.t("What was hard?"), one.hard);
    area("help", ctx.t("What would help you now, or next time?"), one.help);
    std::vector<http::Option> options;
    for (const Share share : all_of<Share>()) options.push_back({to_word(share), ctx.t(words_of(share))});
    http::choices(h, ctx,
                  {"share", ctx.t("Who may read this?"), typed(ctx, "share", error, to_word(one.share))},
                  options, error);
    http::close_form(h, ctx.t("Save"));
    http::open_form(h, ctx, url::me_debrief(one.id));
    h << "<p><button class=\"button quiet\" name=\"do\" value=\"delete\">" << ctx.t("Delete this note")
      << "</button></p></form>";
}

Response debrief_page(Ctx& ctx, std::int64_t id, const Error* error) {
    const std::vector<Debrief> mine = load_mine(ctx);
    const auto one = std::ranges::find(mine, id, &Debrief::id);
    if (one == mine.end()) return http::error_page(ctx, not_found().value());
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object();
        members(j, *one);
        j.end();
        return http::json(j);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "You looked after somebody who may have been in danger. Thank you. Such hours can stay with "
             "one. "
             "Here you can write down how it was, if that helps. It does not stand at the case, and nobody "
             "sees it unless you say so below.")
      << "</p><p><a href=\"" << url::safety_case(one->case_id) << "\">" << ctx.t("The case that it was about")
      << "</a></p>";
    debrief_form(h, ctx, *one, error);
    h << "<p class=\"hint\">" << ctx.t("Do you need somebody now?") << " <a href=\"" << url::help_now()
      << "\">" << ctx.t("Need help now?") << "</a></p>";
    const std::string heading(ctx.t("How are you?"));
    return http::form_page(
        ctx,
        {.title = heading,
         .heading = heading,
         .crumbs = {{std::string(ctx.t("Your notes after hard cases")), url::me_debriefs()}}},
        h, error);
}

// ---- for coordinators ------------------------------------------------------------------------------------

struct Shared {
    std::vector<Debrief> debriefs;
    std::unordered_map<std::int64_t, std::string> names;  // by debrief
};

Result<Shared> load_shared(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Shared> {
        Shared out{TRY(shared_debriefs(tx, ctx.actor())), {}};
        for (const Debrief& one : out.debriefs) {
            const PersonaId persona[] = {identity::main_persona(tx, one.member)};
            out.names.emplace(one.id, name_of(ctx.words, identity::names_of(tx, persona), persona[0]));
        }
        return out;
    });
}

Response shared_json(const Shared& shared) {
    JsonWriter j;
    j.object().array("debriefs");
    for (const Debrief& one : shared.debriefs) {
        j.object().member("name", shared.names.at(one.id));
        members(j, one);
        j.end();
    }
    j.end().end();
    return http::json(j);
}

void shared_card(Html& h, const Ctx& ctx, const Shared& shared, const Debrief& one) {
    h << "<li class=\"card\"><h2><bdi>" << shared.names.at(one.id) << "</bdi></h2><p class=\"meta\">"
      << text::date(ctx.words, one.answered_at.value_or(one.asked_at)) << "</p>";
    quote(h, ctx.t("What was hard"), one.hard);
    quote(h, ctx.t("What would help"), one.help);
    if (one.talked_at) {
        h << "<p>" << ctx.t("Somebody has talked with them.") << "</p>";
    } else if (one.share == Share::call) {
        h << "<p><span class=\"badge\">" << ctx.t("would like to talk") << "</span></p>";
        http::open_form(h, ctx, url::debrief_talk(one.id));
        h << "<button class=\"button quiet\">" << ctx.t("We have talked") << "</button></form>";
    }
    h << "</li>";
}

}  // namespace

Response show_my_debriefs(Ctx& ctx) {
    const std::vector<Debrief> mine = load_mine(ctx);
    if (ctx.wants_json()) return mine_json(mine);
    Html h;
    h << "<p>"
      << ctx.t(
             "After a case in which somebody may have been in danger, you are asked how you are. Only you "
             "see "
             "what you write, unless you share it.")
      << "</p>";
    if (mine.empty()) h << "<p class=\"empty\">" << ctx.t("There is nothing here yet.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const Debrief& one : mine) my_card(h, ctx, one);
    h << "</ul>";
    const std::string heading(ctx.t("Your notes after hard cases"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
        h);
}

Response show_my_debrief(Ctx& ctx) {
    const auto id = ctx.param<std::int64_t>("debrief");
    return id ? debrief_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response save_my_debrief(Ctx& ctx) {
    const auto id = ctx.param<std::int64_t>("debrief");
    if (!id) return http::error_page(ctx, id.error());
    const Done saved = ctx.write([&](db::Tx& tx) -> Done {
        if (ctx.form().get("do") == "delete") return delete_debrief(tx, ctx.actor(), *id);
        return write_debrief(tx, ctx.actor(), *id,
                             {std::string(ctx.form().get("hard")), std::string(ctx.form().get("help")),
                              from_word<Share>(ctx.form().get("share")).value_or(Share::nobody)});
    });
    if (saved) return http::done(ctx, url::me_debriefs());
    return belongs_to_form(ctx, saved.error()) ? debrief_page(ctx, *id, &saved.error())
                                               : http::error_page(ctx, saved.error());
}

Response show_debriefs(Ctx& ctx) {
    const auto shared = load_shared(ctx);
    if (!shared) return http::error_page(ctx, shared.error());
    if (ctx.wants_json()) return shared_json(*shared);
    Html h;
    h << "<p>"
      << ctx.t(
             "What those who looked after somebody in danger have shared with you. Which case it was does "
             "not "
             "matter here. Whoever would like to talk comes first.")
      << "</p>";
    if (shared->debriefs.empty()) h << "<p class=\"empty\">" << ctx.t("There is nothing here yet.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const bool waits : {true, false})
        for (const Debrief& one : shared->debriefs)
            if ((one.share == Share::call && !one.talked_at) == waits) shared_card(h, ctx, *shared, one);
    h << "</ul>";
    const std::string heading(ctx.t("Those who looked after hard cases"));
    return http::page(ctx,
                      {.title = heading,
                       .heading = heading,
                       .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                      h);
}

Response save_talk(Ctx& ctx) {
    const auto id = ctx.param<std::int64_t>("debrief");
    if (!id) return http::error_page(ctx, id.error());
    const Done noted = ctx.write([&](db::Tx& tx) { return note_talk(tx, ctx.actor(), *id); });
    return noted ? http::done(ctx, url::debriefs()) : http::error_page(ctx, noted.error());
}

}  // namespace kith::crises::pages

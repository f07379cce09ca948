#include <algorithm>

#include "identity/identity.hpp"
#include "pacing/words.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "training/training.hpp"
#include "url.hpp"

// The pace of a group, for those who moderate it; newcomers, for the host.
namespace kith::pacing {
namespace {

using http::Ctx;
using http::Response;

struct View {
    groups::Access access;
    std::vector<Setting> standing, history;
    std::unordered_map<PersonaId, std::string> names;
    std::optional<std::int64_t> newcomers;
    std::int64_t site_newcomers = 0;
    Cover cover = Cover::none;
    bool waits = false;
    bool is_trained = true;  // who reads
    Counts counts;           // since the memorial began
};

const Setting* memorial_in(const View& view) {
    const auto found = std::ranges::find(view.standing, Kind::memorial, &Setting::kind);
    return found == view.standing.end() ? nullptr : &*found;
}

Result<View> load(db::ReadTx& tx, const Actor& actor, GroupId group) {
    TRY(identity::acting_member(tx, actor));
    View out{.access = TRY(groups::access(tx, actor, group))};
    if (!out.access.moderate) return not_found();
    out.standing = standing(tx, group, ThreadId());
    out.history = history(tx, group);
    std::vector<PersonaId> people;
    for (const Setting& one : out.history)
        if (one.set_by) people.push_back(*one.set_by);
    out.names = identity::names_of(tx, people);
    out.newcomers = newcomer_posts(tx, group);
    out.site_newcomers = site_newcomer_posts(tx);
    out.cover = mode_without_cover(tx, group);
    out.waits = anything_waits(tx, group);
    out.is_trained = training::is_trained(tx, actor);
    if (const Setting* const memorial = memorial_in(out))
        out.counts = counts_since(tx, group, memorial->set_at);
    return out;
}

void setting_members(JsonWriter& j, const Setting& one) {
    j.object()
        .member("kind", one.kind)
        .member("thread", one.thread)
        .member("slow_minutes", one.pace.slow_minutes)
        .member("held_first", one.pace.held_first)
        .member("read_only", one.pace.read_only)
        .member("flags_hide", one.pace.flags_hide)
        .member("words", one.words)
        .member("reason", one.reason)
        .member("set_at", one.set_at)
        .member("until", one.until)
        .member("look_at", one.look_at)
        .member("ended_at", one.ended_at)
        .end();
}

Response as_json(const View& view) {
    JsonWriter j;
    j.object().array("standing");
    for (const Setting& one : view.standing) setting_members(j, one);
    j.end().array("earlier");
    for (const Setting& one : view.history) setting_members(j, one);
    j.end()
        .member("newcomer_posts", view.newcomers)
        .member("site_newcomer_posts", view.site_newcomers)
        .member("cover", view.cover)
        .member("anything_waits", view.waits)
        .end();
    return http::json(j);
}

// ---- who set what, when, until when, and why ---------------------------------------------------------------

void setting_row(Html& h, const Ctx& ctx, const View& view, const Setting& one) {
    h << "<li class=\"card\"><p><strong>" << pace_in_words(ctx, one.pace) << "</strong>";
    if (one.thread)
        h << " <a href=\"" << url::thread(one.thread) << "\">" << ctx.t("in one thread") << "</a>";
    h << "</p><p class=\"meta\">";
    const auto name = one.set_by ? view.names.find(*one.set_by) : view.names.end();
    const std::string since = text::exact(ctx.words, one.set_at);
    if (name == view.names.end()) h << ctx.f("Set by the site itself, %1.", since);
    else h << ctx.f("Set by %1, %2.", name->second, since);
    if (one.ended_at) h << " " << ctx.f("Ended %1.", text::exact(ctx.words, *one.ended_at));
    else if (one.until) h << " " << ctx.f("Until %1.", text::exact(ctx.words, *one.until));
    h << "</p>";
    if (!one.words.empty()) h << "<p dir=\"auto\">" << one.words << "</p>";
    if (!one.reason.empty()) h << "<p class=\"hint\" dir=\"auto\">" << ctx.f("Why: %1", one.reason) << "</p>";
    h << "</li>";
}

void settings_list(Html& h, const Ctx& ctx, const View& view) {
    if (view.history.empty()) return;
    h << "<details><summary>" << ctx.t("Who set it before, and why") << "</summary><ul class=\"cards\">";
    for (const Setting& one : view.history) setting_row(h, ctx, view, one);
    h << "</ul></details>";
}

// ---- after a death or a disclosure -------------------------------------------------------------------------

void day_field(Html& h, const Ctx& ctx, const Error* error, std::string_view hint = {}) {
    const std::string day = error ? std::string(ctx.form().get("look_at"))
                                  : text::iso(ctx.now() + 7 * day_ms).substr(0, 10);
    http::field(h, ctx,
                {.name = "look_at", .label = ctx.t("The day"), .hint = hint, .value = day, .type = "date"},
                error);
}

void memorial_begin(Html& h, const Ctx& ctx, const View& view, const Error* error) {
    h << "<p>"
      << ctx.t(
             "After a death, or when something very hard has been told: everybody writes more slowly, each "
             "post waits for a look, and your words and the helplines stand above. It goes on until one of "
             "you has been asked and has answered.")
      << "</p>";
    http::open_form(h, ctx, url::memorial(view.access.group.id));
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("Your words to everybody here"),
                 .hint = ctx.t("No details of how somebody died. What the group can do for each other now."),
                 .value = error ? ctx.form().get("words") : std::string_view(),
                 .rows = 4},
                error);
    slow_field(h, ctx, error ? ctx.form().get("slow") : "30", ctx.t("As many as they like"), error);
    http::field(h, ctx,
                {.name = "reason",
                 .label = ctx.t("Why"),
                 .hint = ctx.t("Only those who look after the group read this."),
                 .value = error ? ctx.form().get("reason") : std::string_view(),
                 .rows = 2},
                error);
    day_field(h, ctx, error, ctx.t("On this day you are asked whether it shall go on."));
    http::close_form(h, ctx.t("Begin the quiet time"));
}

// How many of how many, for those who look after the group alone.
void counts_row(Html& h, std::string_view what, std::int64_t part, std::int64_t all) {
    h << "<tr><th scope=\"row\">" << what << "</th><td>" << part << " / " << all << "</td></tr>";
}

void memorial_watch(Html& h, const Ctx& ctx, const View& view) {
    const Counts& counts = view.counts;
    h << "<h2>" << ctx.t("What came in since") << "</h2><table><tbody>";
    counts_row(h, ctx.t("Posts that waited"), counts.waited, counts.waited);
    counts_row(h, ctx.t("Let through"), counts.let_through, counts.waited);
    counts_row(h, ctx.t("Sent back with a few words"), counts.sent_back, counts.waited);
    counts_row(h, ctx.t("Taken back by their author"), counts.taken_back, counts.waited);
    counts_row(h, ctx.t("In which somebody may be in danger"), counts.of_danger, counts.waited);
    h << "</tbody></table>";
}

void memorial_look(Html& h, const Ctx& ctx, const View& view, const Setting& one, const Error* error) {
    h << "<p class=\"notice\">";
    if (one.look_at)
        h << ctx.f("You are asked on %1 whether it shall go on.", text::date(ctx.words, *one.look_at));
    else if (one.until) h << ctx.f("It ends by itself on %1.", text::date(ctx.words, *one.until));
    h << "</p>";
    memorial_watch(h, ctx, view);
    http::open_form(h, ctx, url::memorial(view.access.group.id));
    const http::Option options[] = {{"go_on", ctx.t("It goes on, and we are asked again on the day below")},
                                    {"last", ctx.t("It ends by itself on the day below")},
                                    {"end", ctx.t("It ends now")}};
    http::choices(h, ctx, {"look", ctx.t("Shall it go on?"), error ? ctx.form().get("look") : "go_on"},
                  options, error);
    day_field(h, ctx, error);
    http::close_form(h, ctx.t("Save"));
}

// ---- choices -----------------------------------------------------------------------------------------------

std::string_view words_of(Cover cover) {
    switch (cover) {
        case Cover::none:
            return t_later("Nothing changes");
        case Cover::slow:
            return t_later("One post of each person in 30 minutes");
        case Cover::read_only:
            return t_later("It can only be read");
        case Cover::flags_hide:
            return t_later("One report hides a post until somebody has looked");
    }
    return {};
}

void choices_form(Html& h, const Ctx& ctx, const View& view, const Error* error) {
    http::open_form(h, ctx, url::pace_choices(view.access.group.id));
    const std::string posts = error            ? std::string(ctx.form().get("posts"))
                              : view.newcomers ? std::to_string(*view.newcomers)
                                               : std::string();
    http::field(h, ctx,
                {.name = "posts",
                 .label = ctx.t("How many first posts of somebody new wait for a look?"),
                 .hint = ctx.f("0: none. Empty: as in the whole site, which is %1. What is written "
                               "anonymously waits then, too, so that nobody can tell who is new.",
                               std::to_string(view.site_newcomers)),
                 .value = posts,
                 .type = "number"},
                error);
    std::vector<http::Option> options;
    for (const Cover cover : all_of<Cover>()) options.push_back({to_word(cover), ctx.t(words_of(cover))});
    http::choices(h, ctx,
                  {"cover", ctx.t("While nobody of you is on shift"),
                   error ? ctx.form().get("cover") : to_word(view.cover)},
                  options, error);
    http::close_form(h, ctx.t("Save"));
}

// Which of the forms was wrong; null: none.
struct Wrong {
    const Error *pace = nullptr, *choices = nullptr;
    const Error* any() const { return pace ? pace : choices; }
};

http::Frame frame_in(const View& view, std::string_view heading) {
    const GroupId group = view.access.group.id;
    return {.title = std::string(heading),
            .heading = std::string(heading),
            .crumbs = {{view.access.group.name, url::group(group)}}};
}

void forms(Html& h, const Ctx& ctx, const View& view, const Wrong& wrong) {
    const GroupId group = view.access.group.id;
    h << "<p><a class=\"button quiet\" href=\"" << url::memorial(group) << "\">"
      << ctx.t("A quiet time after something hard") << "</a></p><section id=\"now\"><h2>"
      << ctx.t("The pace of the group") << "</h2>";
    pace_form(h, ctx, url::pace(group), view.standing, wrong.pace);
    h << "</section><section id=\"choices\"><h2>" << ctx.t("Newcomers, and while nobody is here") << "</h2>";
    choices_form(h, ctx, view, wrong.choices);
    h << "</section>";
}

Response pace_page(Ctx& ctx, GroupId group, const Wrong& wrong) {
    const auto view = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), group); });
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json() && !wrong.any()) return as_json(*view);
    Html h;
    if (view->waits)
        h << "<p class=\"notice\"><a href=\"" << url::waiting(group) << "\">"
          << ctx.t("Posts wait until one of you has looked") << "</a></p>";
    if (!view->standing.empty()) {
        h << "<ul class=\"cards\">";
        for (const Setting& one : view->standing) setting_row(h, ctx, *view, one);
        h << "</ul>";
    }
    if (view->is_trained) forms(h, ctx, *view, wrong);
    else training::ask_first(h, ctx);
    settings_list(h, ctx, *view);
    return http::form_page(ctx, frame_in(*view, ctx.t("How fast people write here")), h, wrong.any());
}

Response memorial_page(Ctx& ctx, GroupId group, const Error* error) {
    const auto view = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), group); });
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json() && !error) return as_json(*view);
    Html h;
    if (!view->is_trained) training::ask_first(h, ctx);
    else if (const Setting* const memorial = memorial_in(*view))
        memorial_look(h, ctx, *view, *memorial, error);
    else memorial_begin(h, ctx, *view, error);
    return http::form_page(ctx, frame_in(*view, ctx.t("A quiet time after something hard")), h, error);
}

bool is_typed(const Error& error) { return error.fault == Fault::invalid || error.fault == Fault::conflict; }

template <class Rule>
Response save(Ctx& ctx, const Error* Wrong::* form, Rule&& rule) {
    const auto group = ctx.param<GroupId>("group");
    if (!group) return http::error_page(ctx, group.error());
    const Done saved = ctx.write([&](db::Tx& tx) -> Done { return rule(tx, *group); });
    if (saved) return http::done(ctx, url::pace(*group));
    if (!is_typed(saved.error()) || ctx.wants_json()) return http::error_page(ctx, saved.error());
    Wrong wrong;
    wrong.*form = &saved.error();
    return pace_page(ctx, *group, wrong);
}

Response show_pace(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    return group ? pace_page(ctx, *group, {}) : http::error_page(ctx, group.error());
}

Response save_pace(Ctx& ctx) {
    return save(ctx, &Wrong::pace, [&](db::Tx& tx, GroupId group) {
        return set_pace(tx, ctx.actor(), group, ThreadId(), typed_pace(ctx));
    });
}

Response show_memorial(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    return group ? memorial_page(ctx, *group, nullptr) : http::error_page(ctx, group.error());
}

Done save_memorial_typed(db::Tx& tx, const Ctx& ctx, GroupId group) {
    const auto day = text::parse_date(ctx.form().get("look_at"));
    if (const auto look = from_word<Look>(ctx.form().get("look")))
        return look_at_memorial(tx, ctx.actor(), group, *look, day);
    const PaceForm typed = typed_pace(ctx);
    return begin_memorial(tx, ctx.actor(), group,
                          {.words = typed.words,
                           .reason = typed.reason,
                           .slow_minutes = ctx.form().has("slow") ? typed.pace.slow_minutes : 30,
                           .look_at = day});
}

Response save_memorial(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    if (!group) return http::error_page(ctx, group.error());
    const Done saved = ctx.write([&](db::Tx& tx) { return save_memorial_typed(tx, ctx, *group); });
    if (saved) return http::done(ctx, url::memorial(*group));
    if (!is_typed(saved.error()) || ctx.wants_json()) return http::error_page(ctx, saved.error());
    return memorial_page(ctx, *group, &saved.error());
}

Response save_choices(Ctx& ctx) {
    return save(ctx, &Wrong::choices, [&](db::Tx& tx, GroupId group) -> Done {
        const auto cover = from_word<Cover>(ctx.form().get("cover"));
        if (!cover) return invalid("Please choose one of these.", "cover");
        return set_choices(tx, ctx.actor(), group, {posts_typed(ctx), *cover});
    });
}

}  // namespace

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out["ask_about_memorials"] = {[&services](const std::string&) {
                                      const Done asked = services.db.write([](db::Tx& tx) -> Done {
                                          ask_about_memorials(tx);
                                          forget_looked_before(tx, tx.now() + -keep_ms);
                                          return {};
                                      });
                                      CHECK(asked);
                                  },
                                  day_ms};
    return out;
}

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/groups/{group}/pace", gate::member, show_pace},
        {Method::post, "/groups/{group}/pace", gate::member, save_pace},
        {Method::get, "/groups/{group}/pace/memorial", gate::member, show_memorial},
        {Method::post, "/groups/{group}/pace/memorial", gate::member, save_memorial},
        {Method::post, "/groups/{group}/pace/choices", gate::member, save_choices},
        {Method::get, "/admin/newcomers", gate::host, show_newcomers},
        {Method::post, "/admin/newcomers", gate::host, save_newcomers},
    };
}

}  // namespace kith::pacing

#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/http/saved.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "platform/text/visible_text.hpp"
#include "safeguarding/pages.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;

// ---- the queue -------------------------------------------------------------------------------------------

struct View {
    Queue queue;
    Names names;
    std::unordered_map<GroupId, std::string> groups;
    std::unordered_map<CaseId, std::string> excerpts;
};

constexpr std::size_t excerpt_most = 160;

Result<View> load_queue(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<View> {
        View out{.queue = TRY(queue(tx, ctx.actor()))};
        std::vector<PersonaId> people;
        std::vector<GroupId> groups;
        for (const QueueRow& row : out.queue.rows) {
            const Case& one = row.safety_case;
            if (one.claimed_by) people.push_back(*one.claimed_by);
            groups.push_back(one.group);
            const auto post = one.post ? conversation::visible_post(tx, ctx.actor(), one.post)
                                       : Result<conversation::Post>(not_found());
            if (post && !post->has_note())
                out.excerpts.emplace(one.id, text::first(text::visible_text(post->html), excerpt_most));
        }
        out.names = identity::names_of(tx, people);
        out.groups = groups::names_of(tx, groups);
        return out;
    });
}

std::string_view group_name(const View& view, GroupId id) {
    const auto found = view.groups.find(id);
    return found == view.groups.end() ? std::string_view() : std::string_view(found->second);
}

void queue_card(Html& h, const Ctx& ctx, const View& view, const QueueRow& row) {
    const Case& one = row.safety_case;
    h << "<li class=\"card\"><p>";
    badge(h, ctx, one.urgency);
    if (row.has_appeal) h << " <span class=\"badge\">" << ctx.t("another look is asked for") << "</span>";
    if (one.waits_for_second())
        h << " <span class=\"badge\">" << ctx.t("a second person must read it") << "</span>";
    h << "</p><h2><a href=\"" << url::safety_case(one.id) << "\">"
      << ctx.t(words_of(row.reasons.empty() ? Reason::other : row.reasons.front())) << "</a></h2>";
    if (const auto excerpt = view.excerpts.find(one.id); excerpt != view.excerpts.end())
        h << "<p dir=\"auto\">" << excerpt->second << "</p>";
    h << "<p class=\"meta\"><bdi>" << group_name(view, one.group) << "</bdi>, "
      << text::ago(ctx.words, one.opened_at, ctx.now());
    const std::string clock = clock_words(ctx, one, row.due_at);
    if (!clock.empty()) h << ", " << clock;
    if (one.is_claimed(ctx.now()))
        h << ". " << ctx.f("%1 works on it.", name_of(ctx, view.names, *one.claimed_by));
    h << "</p>";
    if (!one.decided_at && !one.is_claimed(ctx.now())) {
        http::open_form(h, ctx, url::case_claim(one.id));
        h << "<button class=\"button quiet\">" << ctx.t("I take this on") << "</button></form>";
    }
    h << "</li>";
}

Response queue_json(const View& view) {
    JsonWriter j;
    j.object().member("are_all", view.queue.are_all).array("cases");
    for (const QueueRow& row : view.queue.rows) {
        j.object();
        case_members(j, row.safety_case, row.due_at);
        j.member("has_appeal", row.has_appeal)
            .member("waits_for_second", row.safety_case.waits_for_second())
            .array("reasons");
        for (const Reason reason : row.reasons) j.value(to_word(reason));
        j.end().end();
    }
    j.end().end();
    return http::json(j);
}

// ---- how long reports may wait ---------------------------------------------------------------------------

void number_field(Html& h, const Ctx& ctx, std::string_view name, std::string_view label, std::int64_t number,
                  const Error* error) {
    const std::string shown = error ? std::string(ctx.form().get(name)) : std::to_string(number);
    http::field(h, ctx, {.name = name, .label = label, .value = shown, .type = "number"}, error);
}

struct Triage {
    Targets targets;
    std::vector<std::int64_t> ladder;
};

Response triage_json(const Triage& triage) {
    const Targets& now = triage.targets;
    JsonWriter j;
    j.object()
        .member("crisis", now.crisis)
        .member("red", now.red)
        .member("amber", now.amber)
        .member("hide_after", now.hide_after)
        .member("pause_after", now.pause_after)
        .array("ladder");
    for (const std::int64_t days : triage.ladder) j.value(days);
    j.end().end();
    return http::json(j);
}

void ladder_field(Html& h, const Ctx& ctx, const Triage& triage, const Error* error) {
    std::string steps;
    for (const std::int64_t days : triage.ladder) steps += (steps.empty() ? "" : ", ") + std::to_string(days);
    http::field(
        h, ctx,
        {.name = "ladder",
         .label = ctx.t("For how many days is an account on hold?"),
         .hint = ctx.t("The first time, the second time, and so on, with commas between. 0: for good."),
         .value = error ? ctx.form().get("ladder") : std::string_view(steps)},
        error);
}

Response triage_page(Ctx& ctx, const Error* error) {
    const auto triage = ctx.read([&](db::ReadTx& tx) { return Triage{targets(tx), ladder(tx)}; });
    if (ctx.wants_json() && !error) return triage_json(triage);
    const Targets& now = triage.targets;
    Html h;
    h << "<p>"
      << ctx.t(
             "How many minutes a report may wait until somebody looks at it. The list of reports is in this "
             "order, so "
             "that nothing waits longer.")
      << "</p>";
    http::open_form(h, ctx, url::triage());
    number_field(h, ctx, "crisis", ctx.t("Somebody may be in danger"), now.crisis, error);
    number_field(h, ctx, "red", ctx.t("Unkind or threatening words, broken trust"), now.red, error);
    number_field(h, ctx, "amber", ctx.t("Everything else"), now.amber, error);
    number_field(
        h, ctx, "hide_after",
        ctx.t("How many members must report a post until it is hidden, before anybody has looked? 0: never"),
        now.hide_after, error);
    number_field(
        h, ctx, "pause_after",
        ctx.t(
            "How many posts under one name must be reported, by at least 3 members, until the account is on "
            "hold, before anybody has looked? 0: never"),
        now.pause_after, error);
    ladder_field(h, ctx, triage, error);
    http::close_form(h, ctx.t("Save"));
    const std::string heading(ctx.t("How long reports may wait"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

}  // namespace

Response show_queue(Ctx& ctx) {
    const auto view = load_queue(ctx);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return queue_json(*view);
    Html h;
    if (view->queue.rows.empty()) {
        h << "<p class=\"empty\">" << ctx.t("Nothing waits. Thank you for looking.") << "</p>";
    } else {
        h << "<ul class=\"cards\">";
        for (const QueueRow& row : view->queue.rows) queue_card(h, ctx, *view, row);
        h << "</ul>";
    }
    if (!view->queue.are_all)
        h << "<p>" << ctx.t("There are more. They come here when these are done.") << "</p>";
    if (ctx.session->host || ctx.session->is_moderator_somewhere())
        h << "<p><a href=\"" << url::learning() << "\">" << ctx.t("Read a few posts") << "</a></p>";
    if (ctx.comfort.keys)
        h << "<p class=\"hint\">" << ctx.t("With a keyboard: j and k go down and up, o opens, c takes it on.")
          << " <a href=\"" << url::comfort().fragment("keys") << "\">" << ctx.t("Turn this off")
          << "</a></p>";
    h << "<p class=\"hint\"><a href=\"" << url::me_debriefs() << "\">"
      << ctx.t("How are you? Your notes after hard cases") << "</a></p>";
    const std::string heading(ctx.t("Reports"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("Home")), url::home()}}},
        h);
}

Response show_triage(Ctx& ctx) { return triage_page(ctx, nullptr); }

Response save_triage(Ctx& ctx) {
    constexpr std::int64_t no_number = -1;
    const Done saved = ctx.write([&](db::Tx& tx) -> Done {
        TRY(set_targets(tx, ctx.actor(),
                        {.amber = ctx.form().number("amber").value_or(no_number),
                         .red = ctx.form().number("red").value_or(no_number),
                         .crisis = ctx.form().number("crisis").value_or(no_number),
                         .hide_after = ctx.form().number("hide_after").value_or(no_number),
                         .pause_after = ctx.form().has("pause_after")
                                            ? ctx.form().number("pause_after").value_or(no_number)
                                            : targets(tx).pause_after}));
        return ctx.form().has("ladder") ? set_ladder(tx, ctx.actor(), ctx.form().get("ladder")) : Done();
    });
    if (saved) return http::saved(ctx, url::triage());
    if (saved.error().field.empty() || ctx.wants_json()) return http::error_page(ctx, saved.error());
    return triage_page(ctx, &saved.error());
}

}  // namespace kith::safeguarding::pages

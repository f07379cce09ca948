#include <algorithm>

#include "crises/pages.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"

namespace kith::crises::pages {
namespace {

using http::Ctx;
using http::Response;

struct View {
    Timeline timeline;
    Names names;
};

Result<View> load(Ctx& ctx, CaseId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<View> {
        View out{TRY(timeline(tx, ctx.actor(), id)), {}};
        out.names = identity::names_of(tx, people_in(out.timeline));
        return out;
    });
}

std::string escalation_words(const Words& words, const Escalation& one, const std::string& who) {
    std::string out = words.f("%1 told a service outside: %2.", who, one.service);
    if (!one.reference.empty()) out += " " + words.f("Their number for it: %1.", one.reference);
    return out;
}

Response as_json(const Ctx& ctx, const View& view) {
    const Timeline& all = view.timeline;
    JsonWriter j;
    j.object()
        .member("case", all.dossier.safety_case.id)
        .member("owner", all.owner ? std::optional(name_of(ctx.words, view.names, *all.owner)) : std::nullopt)
        .array("attempts");
    for (const Attempt& one : all.attempts)
        j.object()
            .member("way", one.way)
            .member("reached", one.reached)
            .member("words", one.words)
            .member("at", one.at)
            .end();
    j.end().array("escalations");
    for (const Escalation& one : all.escalations) {
        j.object();
        escalation_members(j, one);
        j.end();
    }
    j.end().array("entries");
    for (const Entry& entry : entries_of(ctx.words, all, view.names))
        j.object().member("at", entry.at).member("words", entry.words).member("quote", entry.quote).end();
    j.end().end();
    return http::json(j);
}

void owner(Html& h, const Ctx& ctx, const View& view) {
    const Timeline& all = view.timeline;
    const safeguarding::Case& one = all.dossier.safety_case;
    h << "<p class=\"notice\">";
    if (!all.owner) {
        h << ctx.t("Nobody has it in hand yet.");
    } else if (one.decided_at || one.is_claimed(ctx.now())) {
        h << ctx.f("%1 has it in hand.", name_of(ctx.words, view.names, *all.owner));
    } else {
        h << ctx.f("%1 took it on last, and that time is over. Perhaps somebody else should take it on.",
                   name_of(ctx.words, view.names, *all.owner));
    }
    if (one.waits_for_second()) h << " " << ctx.t("It is decided, and waits for a second person to read it.");
    h << "</p>";
}

void ways_to_help(Html& h, const Ctx& ctx, CaseId id, const Timeline& all) {
    if (all.opening && all.opening->state == Opening::State::asked && !all.opening->is_part)
        h << "<p class=\"notice\">" << ctx.t("Somebody asks you to open the contact details with them.")
          << "</p>";
    h << "<p class=\"row\"><a class=\"button quiet\" href=\"" << url::case_escalations(id) << "\">"
      << ctx.t("Tell a service outside") << "</a>";
    if (all.opening)
        h << "<a class=\"button quiet\" href=\"" << url::case_contact(id) << "\">"
          << ctx.t("How to reach them in an emergency") << "</a>";
    if (ctx.session->host)
        h << "<a class=\"button quiet\" href=\"" << url::case_export(id) << "\">"
          << ctx.t("A file for an authority") << "</a>";
    h << "</p>";
}

void attempt_form(Html& h, const Ctx& ctx, CaseId id, const Error* error) {
    h << "<h2>" << ctx.t("I tried to reach them") << "</h2>";
    http::open_form(h, ctx, url::case_attempts(id));
    std::vector<http::Option> ways;
    for (const Way way : all_of<Way>()) ways.push_back({to_word(way), ctx.t(words_of(way))});
    http::choices(h, ctx, {"way", ctx.t("How?"), typed(ctx, "way", error)}, ways, error);
    const http::Option reached[] = {{"yes", ctx.t("Yes")}, {"no", ctx.t("Not yet")}};
    http::choices(h, ctx, {"reached", ctx.t("Did you reach them?"), typed(ctx, "reached", error)}, reached,
                  error);
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("What was said, in a few words"),
                 .hint = ctx.t("You can leave this empty. The person does not see it."),
                 .value = typed(ctx, "words", error),
                 .rows = 3},
                error);
    http::close_form(h, ctx.t("Write it down"));
}

void entries(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("From the beginning until now") << "</h2>";
    const std::vector<Entry> all = entries_of(ctx.words, view.timeline, view.names);
    if (all.empty()) h << "<p>" << ctx.t("Nothing so far.") << "</p>";
    h << "<ol class=\"timeline\">";
    for (const Entry& entry : all) {
        h << "<li><span class=\"meta\">" << text::exact(ctx.words, entry.at) << "</span> " << entry.words;
        if (!entry.quote.empty()) h << "<blockquote dir=\"auto\">" << entry.quote << "</blockquote>";
        h << "</li>";
    }
    h << "</ol>";
}

Response timeline_page(Ctx& ctx, CaseId id, const Error* error) {
    const auto view = load(ctx, id);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return as_json(ctx, *view);
    Html h;
    owner(h, ctx, *view);
    ways_to_help(h, ctx, id, view->timeline);
    attempt_form(h, ctx, id, error);
    entries(h, ctx, *view);
    const std::string heading(ctx.t("What was tried and done"));
    auto path = crumbs(ctx, id);
    path.pop_back();
    return http::form_page(ctx, {.title = heading, .heading = heading, .crumbs = path}, h, error);
}

}  // namespace

std::string_view words_of(Way way) {
    switch (way) {
        case Way::here:
            return t_later("By writing to them here");
        case Way::phone:
            return t_later("By telephone");
        case Way::facilitator:
            return t_later("Through somebody who leads the group");
        case Way::other:
            return t_later("In another way");
    }
    return {};
}

void escalation_members(JsonWriter& j, const Escalation& one) {
    j.member("id", one.id)
        .member("service", one.service)
        .member("told_at", one.told_at)
        .member("said", one.said)
        .member("reference", one.reference)
        .member("outcome", one.outcome)
        .member("outcome_at", one.outcome_at);
}

std::vector<PersonaId> people_in(const Timeline& timeline) {
    std::vector<PersonaId> out;
    const auto add = [&](std::optional<PersonaId> id) {
        if (id) out.push_back(*id);
    };
    add(timeline.owner);
    for (const safeguarding::Event& event : timeline.dossier.events) add(event.actor);
    for (const Attempt& one : timeline.attempts) add(one.by);
    for (const Escalation& one : timeline.escalations) {
        add(one.by);
        add(one.outcome_by);
    }
    return out;
}

std::vector<Entry> entries_of(const Words& words, const Timeline& timeline, const Names& names) {
    const auto name = [&](std::optional<PersonaId> id) {
        return id ? name_of(words, names, *id) : std::string();
    };
    std::vector<Entry> out;
    for (const safeguarding::Event& event : timeline.dossier.events)
        out.push_back({event.at, safeguarding::sentence(words, event, name(event.actor)),
                       event.step == safeguarding::Step::note ? event.words : std::string()});
    for (const Attempt& one : timeline.attempts)
        out.push_back({one.at,
                       words.f("%1 tried to reach them. %2: %3.", name(one.by), words.t(words_of(one.way)),
                               one.reached ? words.t("reached") : words.t("not reached")),
                       one.words});
    for (const Escalation& one : timeline.escalations) {
        out.push_back({one.told_at, escalation_words(words, one, name(one.by)), one.said});
        if (one.outcome_at)
            out.push_back({*one.outcome_at,
                           words.f("%1 noted what came of telling %2:", name(one.outcome_by), one.service),
                           one.outcome});
    }
    std::ranges::stable_sort(out, {}, &Entry::at);
    return out;
}

Response show_timeline(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    return id ? timeline_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response save_attempt(Ctx& ctx) {
    return act(
        ctx,
        [&](db::Tx& tx, CaseId id) {
            return note_attempt(
                tx, ctx.actor(), id,
                {from_word<Way>(ctx.form().get("way")), from_word<Reached>(ctx.form().get("reached")),
                 std::string(ctx.form().get("words"))});
        },
        url::case_timeline, [&](CaseId id, const Error& error) { return timeline_page(ctx, id, &error); });
}

}  // namespace kith::crises::pages

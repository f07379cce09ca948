#include <algorithm>

#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "safeguarding/pages.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;

// ---- a case ----------------------------------------------------------------------------------------------

struct View {
    Dossier dossier;
    Targets targets;
    std::string group;
    std::string title;
    std::string text;                       // of the post, as rules read it
    std::vector<conversation::Post> posts;  // some before the one that is reported, and that one
    std::vector<content_notes::Note> note_list;
    Names names;
    bool is_own_decision = false;  // of the actor
};

// What stands right before it, so that it is understood.
constexpr std::int64_t posts_before = 2;

void load_posts(db::ReadTx& tx, const Actor& actor, View& out) {
    const PostId post = out.dossier.safety_case.post;
    const auto thread = conversation::visible_thread(tx, actor, post.thread());
    if (thread) out.title = thread->title;
    for (std::int64_t number = std::max<std::int64_t>(1, post.number() - posts_before);
         number <= post.number(); ++number)
        if (auto one = conversation::visible_post(tx, actor, PostId(post.thread(), number)))
            out.posts.push_back(*std::move(one));
    out.text = words_of_post(tx, post);
}

Result<View> load_case(Ctx& ctx, CaseId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<View> {
        View out{.dossier = TRY(dossier(tx, ctx.actor(), id)), .targets = targets(tx)};
        const Case& one = out.dossier.safety_case;
        const GroupId group[] = {one.group};
        for (auto& [key, name] : groups::names_of(tx, group)) out.group = name;
        if (one.post) load_posts(tx, ctx.actor(), out);
        out.note_list = content_notes::list(tx);
        std::vector<PersonaId> people;
        for (const conversation::Post& post : out.posts) people.push_back(post.author);
        for (const Event& event : out.dossier.events)
            if (event.actor) people.push_back(*event.actor);
        if (one.claimed_by) people.push_back(*one.claimed_by);
        if (one.decided_by) {
            people.push_back(*one.decided_by);
            out.is_own_decision = identity::member_of(tx, *one.decided_by) == ctx.session->member;
        }
        out.names = identity::names_of(tx, people);
        return out;
    });
}

void button(Html& h, const Ctx& ctx, const Url& action, std::string_view words, std::string_view undo = {}) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
    if (!undo.empty()) h << "<input type=\"hidden\" name=\"undo\" value=\"" << undo << "\">";
    h << "<button class=\"button quiet\">" << words << "</button></form>";
}

void state(Html& h, const Ctx& ctx, const View& view) {
    const Case& one = view.dossier.safety_case;
    h << "<p>";
    badge(h, ctx, one.urgency);
    h << " <bdi>" << view.group << "</bdi>, " << text::ago(ctx.words, one.opened_at, ctx.now());
    const std::string clock = clock_words(ctx, one, view.targets);
    if (!clock.empty()) h << ", " << clock;
    h << "</p>";
    if (one.is_claimed(ctx.now()))
        h << "<p class=\"notice\">"
          << ctx.f("%1 works on this until %2.", name_of(ctx, view.names, *one.claimed_by),
                   text::exact(ctx.words, *one.claimed_until))
          << "</p>";
    if (one.decided_at)
        h << "<p class=\"notice\">"
          << ctx.f("%1 decided on %2: %3.", name_of(ctx, view.names, *one.decided_by),
                   text::exact(ctx.words, *one.decided_at), ctx.t(words_of(*one.outcome)))
          << "</p>";
    if (!one.words.empty())
        h << "<p>" << ctx.t("In these words to the author:") << "</p><blockquote dir=\"auto\">" << one.words
          << "</blockquote>";
}

void posts(Html& h, const Ctx& ctx, const View& view) {
    const Case& one = view.dossier.safety_case;
    h << "<h2>" << ctx.t("What it is about") << "</h2>";
    if (!one.post) {
        h << "<p><a href=\"" << url::group(one.group) << "\">" << ctx.f("The group %1", view.group)
          << "</a></p>";
        return;
    }
    h << "<p><a dir=\"auto\" href=\"" << url::post_in_thread(one.post) << "\">"
      << conversation::shown_title(view.title, ctx.words) << "</a> · <a href=\""
      << url::post_history(one.post) << "\">" << ctx.t("Earlier texts") << "</a></p>";
    for (const conversation::Post& post : view.posts) {
        const bool is_it = post.id == one.post;
        h << (is_it ? Markup("<article class=\"card reported\"><h3>")
                    : Markup("<article class=\"card\"><h3>"))
          << (is_it ? ctx.f("Reported: %1", name_of(ctx, view.names, post.author))
                    : name_of(ctx, view.names, post.author))
          << "</h3>";
        conversation::careful_text(h, post, view.note_list, ctx.words);
        h << "</article>";
    }
}

std::string step_words(const Ctx& ctx, const View& view, const Event& event) {
    const std::string who = event.actor ? name_of(ctx, view.names, *event.actor) : std::string();
    switch (event.step) {
        case Step::hidden:
            return std::string(
                ctx.t("Several people reported it, so it was hidden until somebody has looked."));
        case Step::paged:
            return std::string(event.words.empty()
                                   ? ctx.t("Nobody had taken it on yet. Those who can act were told again.")
                                   : ctx.t("Nobody had taken it on yet, and nobody is here who could act."));
        case Step::paused:
            return std::string(
                ctx.t("Several posts under this name were reported, so the account is on hold until "
                      "somebody has looked."));
        case Step::claimed:
            return ctx.f("%1 took it on.", who);
        case Step::released:
            return ctx.f("%1 gave it back.", who);
        case Step::urgency:
            return ctx.f("%1 changed how urgent it is: %2.", who,
                         ctx.t(words_of(from_word<Urgency>(event.words).value_or(Urgency::amber))));
        case Step::note:
            return ctx.f("%1 noted:", who);
        case Step::decided:
            return ctx.f("%1 decided: %2.", who,
                         ctx.t(words_of(from_word<Outcome>(event.words).value_or(Outcome::nothing))));
        case Step::second:
            return ctx.f("%1 read it as the second person.", who);
        case Step::reopened:
            return ctx.f("%1 read it as the second person, and opened it again.", who);
        case Step::appealed:
            return std::string(ctx.t("The author asked for another look."));
        case Step::reviewed:
            return ctx.f("%1 looked at it again: %2.", who,
                         event.words == to_word(Review::overturned) ? ctx.t("the decision was changed")
                                                                    : ctx.t("the decision stands"));
    }
    return {};
}

void timeline(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("What has been done") << "</h2>";
    if (view.dossier.events.empty()) h << "<p>" << ctx.t("Nothing so far.") << "</p>";
    h << "<ol class=\"timeline\">";
    for (const Event& event : view.dossier.events) {
        h << "<li><span class=\"meta\">" << text::exact(ctx.words, event.at) << "</span> "
          << step_words(ctx, view, event);
        if (event.step == Step::note) h << "<blockquote dir=\"auto\">" << event.words << "</blockquote>";
        h << "</li>";
    }
    h << "</ol>";
}

void words_field(Html& h, const Ctx& ctx, std::string_view label, std::string_view hint, const Error* error) {
    http::field(h, ctx,
                {.name = "words",
                 .label = label,
                 .hint = hint,
                 .value = error ? ctx.form().get("words") : std::string_view(),
                 .rows = 4},
                error);
}

std::string_view words_to_choose(const Case& one, Outcome outcome) {
    switch (outcome) {
        case Outcome::nothing:
            return t_later("Leave it as it is: no rule was broken");
        case Outcome::talked:
            return one.post ? t_later("Write to the author, and leave the post")
                            : t_later("I have talked with those who look after the group");
        case Outcome::warned:
            return t_later("Warn the author, and leave the post");
        case Outcome::closed:
            return t_later("Close the thread");
        case Outcome::removed:
            return t_later("Remove the post");
        case Outcome::suspended:
            return t_later(
                "Remove the post, and put its author's account on hold: the next step of the ladder");
    }
    return {};
}

void decision_form(Html& h, const Ctx& ctx, const Case& one, const Error* error) {
    h << "<h2>" << ctx.t("Decide") << "</h2>";
    std::vector<http::Option> options;
    for (const Outcome outcome : all_of<Outcome>()) {
        if (!one.post && outcome != Outcome::nothing && outcome != Outcome::talked) continue;
        options.push_back({to_word(outcome), ctx.t(words_to_choose(one, outcome))});
    }
    http::open_form(h, ctx, url::case_decision(one.id));
    http::choices(
        h, ctx,
        {"outcome", ctx.t("What do you decide?"), error ? ctx.form().get("outcome") : std::string_view()},
        options, error);
    words_field(
        h, ctx, ctx.t("Your words to the author"),
        ctx.t("Which rule it is about, what happens now, and that they still belong here. They can ask "
              "somebody else for another look."),
        error);
    http::close_form(h, ctx.t("Decide this"));
}

void work_forms(Html& h, const Ctx& ctx, const View& view, const Error* error, std::string_view at) {
    const Case& one = view.dossier.safety_case;
    if (!one.decided_at) {
        h << "<div class=\"row\">";
        button(h, ctx, url::case_claim(one.id), ctx.t("I take this on"));
        if (one.is_claimed(ctx.now())) button(h, ctx, url::case_claim(one.id), ctx.t("Give it back"), "yes");
        h << "</div>";
        decision_form(h, ctx, one, at == "decision" ? error : nullptr);
        h << "<h2>" << ctx.t("How urgent is it?") << "</h2>";
        std::vector<http::Option> options;
        for (const Urgency urgency : all_of<Urgency>())
            options.push_back({to_word(urgency), ctx.t(words_of(urgency))});
        http::open_form(h, ctx, url::case_urgency(one.id));
        http::choices(h, ctx, {"urgency", ctx.t("Somebody looks at it:"), to_word(one.urgency)}, options,
                      nullptr);
        http::close_form(h, ctx.t("Change how urgent it is"));
    }
    if (one.waits_for_second()) {
        h << "<h2>" << ctx.t("A second person must read this") << "</h2><p>"
          << ctx.t("Somebody may have been in danger. Two people should be sure that nothing was missed.")
          << "</p>";
        if (view.is_own_decision) {
            h << "<p>" << ctx.t("You decided this. A second person must read it.") << "</p>";
        } else {
            h << "<div class=\"row\">";
            button(h, ctx, url::case_second_reading(one.id), ctx.t("I have read it, and agree"));
            button(h, ctx, url::case_second_reading(one.id), ctx.t("I do not agree. Open it again"), "yes");
            h << "</div>";
        }
    }
    h << "<h2>" << ctx.t("A note for the others who work on this") << "</h2>";
    http::open_form(h, ctx, url::case_notes(one.id));
    const Error* const note_error = at == "notes" ? error : nullptr;
    http::field(h, ctx,
                {.name = "note",
                 .label = ctx.t("Your note"),
                 .hint = ctx.t("The author and those who reported do not see it."),
                 .value = note_error ? ctx.form().get("note") : std::string_view(),
                 .rows = 3},
                note_error);
    http::close_form(h, ctx.t("Add the note"));
}

void appeal_part(Html& h, const Ctx& ctx, const View& view, const Error* error) {
    const auto& appeal = view.dossier.appeal;
    if (!appeal) return;
    h << "<h2>" << ctx.t("The author asks for another look") << "</h2><blockquote dir=\"auto\">"
      << appeal->words << "</blockquote>";
    if (appeal->outcome) {
        h << "<p>" << ctx.t("This was answered:") << "</p><blockquote dir=\"auto\">" << appeal->answer
          << "</blockquote>";
        return;
    }
    if (view.is_own_decision) {
        h << "<p>" << ctx.t("You decided this. Somebody else must look at it again.") << "</p>";
        return;
    }
    const http::Option options[] = {{"upheld", ctx.t("The decision stands")},
                                    {"overturned", ctx.t("The decision is taken back")}};
    http::open_form(h, ctx, url::case_review(view.dossier.safety_case.id));
    http::choices(
        h, ctx,
        {"outcome", ctx.t("What do you decide?"), error ? ctx.form().get("outcome") : std::string_view()},
        options, error);
    words_field(h, ctx, ctx.t("Your words to the author"), {}, error);
    http::close_form(h, ctx.t("Answer the author"));
}

Response case_json(const View& view) {
    const Case& one = view.dossier.safety_case;
    JsonWriter j;
    j.object();
    case_members(j, one, view.targets);
    j.member("outcome", one.outcome)
        .member("words", one.words)
        .member("decided_at", one.decided_at)
        .member("closed_at", one.closed_at)
        .array("reports");
    for (const Report& report : view.dossier.reports)
        j.object()
            .member("reason", report.reason)
            .member("words", report.words)
            .member("filed_at", report.filed_at)
            .member("by_member", report.by_member)
            .member("rule", report.rule)
            .end();
    j.end().array("events");
    for (const Event& event : view.dossier.events)
        j.object().member("step", event.step).member("words", event.words).member("at", event.at).end();
    j.end()
        .member("appeal", view.dossier.appeal ? std::optional(view.dossier.appeal->words) : std::nullopt)
        .end();
    return http::json(j);
}

// The form that they were typed into is gone: somebody was quicker.
void unsent_words(Html& h, const Ctx& ctx, const View& view, const Error* error, std::string_view at) {
    const bool is_gone = (at == "decision" && view.dossier.safety_case.decided_at) ||
                         (at == "review" && view.dossier.appeal && view.dossier.appeal->outcome);
    const std::string_view words = ctx.form().get("words");
    if (!error || !is_gone || words.empty()) return;
    h << "<p>" << ctx.t("This is what you wrote. It was not sent; you can keep it as a note.")
      << "</p><blockquote dir=\"auto\">" << words << "</blockquote>";
}

Reason gravest(const Dossier& dossier) {
    const auto found = std::ranges::max_element(
        dossier.reports, {}, [](const Report& report) { return urgency_of(report.reason); });
    return found == dossier.reports.end() ? Reason::other : found->reason;
}

// `at`: the last part of the address of the form that was not right.
Response case_page(Ctx& ctx, CaseId id, const Error* error, std::string_view at) {
    const auto view = load_case(ctx, id);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json() && !error) return case_json(*view);
    Html h;
    unsent_words(h, ctx, *view, error, at);
    state(h, ctx, *view);
    posts(h, ctx, *view);
    reports_part(h, ctx, view->dossier, view->text);
    appeal_part(h, ctx, *view, at == "review" ? error : nullptr);
    work_forms(h, ctx, *view, error, at);
    timeline(h, ctx, *view);
    h << "<p class=\"hint\">"
      << ctx.t(
             "Is this hard to read? Take a break, and give it to somebody else. You do not have to carry it "
             "alone.")
      << " <a href=\"" << url::help_now() << "\">" << ctx.t("Need help now?") << "</a></p>";
    const std::string heading = ctx.f("Report: %1", ctx.t(words_of(gravest(view->dossier))));
    return http::form_page(
        ctx,
        {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("Reports")), url::cases()}}}, h,
        error);
}

// Runs a rule about one case and comes back to its page.
template <class Rule>
Response act(Ctx& ctx, std::string_view at, Rule&& rule) {
    const auto id = ctx.param<CaseId>("case");
    if (!id) return http::error_page(ctx, id.error());
    const Done done = ctx.write([&](db::Tx& tx) -> Done { return rule(tx, *id); });
    if (done) return http::done(ctx, url::safety_case(*id));
    const Fault fault = done.error().fault;
    if (ctx.wants_json() || (fault != Fault::invalid && fault != Fault::conflict))
        return http::error_page(ctx, done.error());
    return case_page(ctx, *id, &done.error(), at);
}

}  // namespace

Response show_case(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    return id ? case_page(ctx, *id, nullptr, {}) : http::error_page(ctx, id.error());
}

Response take_case(Ctx& ctx) {
    return act(ctx, "claim", [&](db::Tx& tx, CaseId id) {
        return ctx.form().get("undo") == "yes" ? release(tx, ctx.actor(), id) : claim(tx, ctx.actor(), id);
    });
}

Response save_urgency(Ctx& ctx) {
    return act(ctx, "urgency", [&](db::Tx& tx, CaseId id) -> Done {
        const auto urgency = from_word<Urgency>(ctx.form().get("urgency"));
        if (!urgency) return invalid("Please choose how urgent it is.", "urgency");
        return set_urgency(tx, ctx.actor(), id, *urgency);
    });
}

Response save_note(Ctx& ctx) {
    return act(ctx, "notes",
               [&](db::Tx& tx, CaseId id) { return add_note(tx, ctx.actor(), id, ctx.form().get("note")); });
}

Response save_decision(Ctx& ctx) {
    return act(ctx, "decision", [&](db::Tx& tx, CaseId id) {
        return decide(tx, ctx.actor(), id,
                      {from_word<Outcome>(ctx.form().get("outcome")), std::string(ctx.form().get("words"))});
    });
}

Response save_second_reading(Ctx& ctx) {
    const Second second = ctx.form().get("undo") == "yes" ? Second::open_again : Second::agreed;
    return act(ctx, "second-reading",
               [&](db::Tx& tx, CaseId id) { return read_second(tx, ctx.actor(), id, second); });
}

Response save_review(Ctx& ctx) {
    return act(ctx, "review", [&](db::Tx& tx, CaseId id) {
        return review_appeal(
            tx, ctx.actor(), id,
            {from_word<Review>(ctx.form().get("outcome")), std::string(ctx.form().get("words"))});
    });
}

}  // namespace kith::safeguarding::pages

#include <algorithm>

#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "safeguarding/case_view.hpp"
#include "training/training.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;

// What stands right before it, so that it is understood.
constexpr std::int64_t posts_before = 2;

void load_posts(db::ReadTx& tx, const Actor& actor, CaseView& out) {
    const PostId post = out.dossier.safety_case.post;
    const auto thread = conversation::visible_thread(tx, actor, post.thread());
    if (thread) out.title = thread->title;
    for (std::int64_t number = std::max<std::int64_t>(1, post.number() - posts_before);
         number <= post.number(); ++number)
        if (auto one = conversation::visible_post(tx, actor, PostId(post.thread(), number)))
            out.posts.push_back(*std::move(one));
    if (const auto typed = conversation::typed(tx, post)) out.text = words_of_post(*typed);
}

Result<CaseView> load_case(Ctx& ctx, CaseId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<CaseView> {
        CaseView out{.dossier = TRY(dossier(tx, ctx.actor(), id))};
        const Case& one = out.dossier.safety_case;
        const GroupId group[] = {one.group};
        for (auto& [key, name] : groups::names_of(tx, group)) out.group = name;
        if (one.post) load_posts(tx, ctx.actor(), out);
        out.is_trained = training::is_trained(tx, ctx.actor());
        out.is_with_another = one.is_claimed(tx.now()) &&
                              identity::member_of(tx, *one.claimed_by) != ctx.session->member;
        const bool is_free = !one.is_claimed(tx.now()) ||
                             (out.is_with_another && one.urgency == Urgency::crisis);
        out.needs_rest = one.urgency >= Urgency::red && is_free &&
                         rota::is_too_much(tx, ctx.session->member, id);
        out.hides_author = identity::is_alias(tx, one.author);
        if (out.needs_rest && !out.hides_author)
            for (const rota::OnShift& other : who_can_take_over(tx, one, ctx.session->member))
                out.on_shift.push_back(other.name);
        if (one.decided_at) out.next = next_case(tx, ctx.actor(), id);
        out.told = told_of(tx, ctx.words, out);
        out.note_list = content_notes::list(tx);
        out.read_first = pacing::standing_read_first(tx, id);
        out.replies = replies::list(tx);
        if (one.post && !one.decided_at) out.rules = rules_for(tx, ctx.actor(), one.group);
        std::vector<PersonaId> people = out.on_shift;
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

bool is_taken_back(const Dossier& dossier) {
    const auto last = std::ranges::find(dossier.events.rbegin(), dossier.events.rend(), Step::decided,
                                        &Event::step);
    return last != dossier.events.rend() && last->words == decided_back;
}

void state(Html& h, const Ctx& ctx, const CaseView& view) {
    const Case& one = view.dossier.safety_case;
    h << "<p>";
    badge(h, ctx, one.urgency);
    h << " <bdi>" << view.group << "</bdi>, " << text::ago(ctx.words, one.opened_at, ctx.now());
    const std::string clock = clock_words(ctx, one, view.dossier.due_at);
    if (!clock.empty()) h << ", " << clock;
    h << "</p>";
    if (one.is_claimed(ctx.now())) {
        const std::string until = text::exact(ctx.words, *one.claimed_until);
        h << "<p class=\"notice\">"
          << (view.is_with_another
                  ? ctx.f("%1 works on this until %2.", name_of(ctx, view.names, *one.claimed_by), until)
                  : ctx.f("You work on this until %1.", until))
          << "</p>";
    }
    if (one.decided_at)
        h << "<p class=\"notice\">"
          << (is_taken_back(view.dossier)
                  ? ctx.f("%1 took back on %2 what was decided. Nothing stands against the author.",
                          name_of(ctx, view.names, *one.decided_by), text::exact(ctx.words, *one.decided_at))
                  : ctx.f("%1 decided on %2: %3.", name_of(ctx, view.names, *one.decided_by),
                          text::exact(ctx.words, *one.decided_at), ctx.t(words_of(*one.outcome))))
          << "</p>";
    if (view.next)
        h << "<p><a class=\"button\" href=\"" << url::safety_case(*view.next) << "\">" << ctx.t("Next report")
          << "</a></p>";
    if (!one.rule.empty()) h << "<p dir=\"auto\">" << ctx.f("It is about this rule: %1", one.rule) << "</p>";
    if (!one.words.empty())
        h << "<p>" << ctx.t("In these words to the author:") << "</p><blockquote dir=\"auto\">" << one.words
          << "</blockquote>";
    if (const auto& next = view.read_first)
        h << "<p>"
          << (next->until ? ctx.f("What they write next under this name waits for a look, until %1.",
                                  text::exact(ctx.words, *next->until))
                          : ctx.n("What they write next under this name waits for a look: %d more post.",
                                  "What they write next under this name waits for a look: %d more posts.",
                                  static_cast<long>(next->posts_left.value_or(0))))
          << "</p>";
}

void posts(Html& h, const Ctx& ctx, const CaseView& view) {
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
    h << "<p><a href=\"" << url::post_label(one.post) << "\">" << ctx.t("What does this post need?")
      << "</a></p>";
}

void timeline(Html& h, const Ctx& ctx, const CaseView& view) {
    h << "<h2>" << ctx.t("What has been done") << "</h2>";
    if (view.dossier.events.empty()) h << "<p>" << ctx.t("Nothing so far.") << "</p>";
    h << "<ol class=\"timeline\">";
    for (const Event& event : view.dossier.events) {
        h << "<li><span class=\"meta\">" << text::exact(ctx.words, event.at) << "</span> "
          << sentence(ctx.words, event, event.actor ? name_of(ctx, view.names, *event.actor) : std::string());
        if (event.step == Step::note) h << "<blockquote dir=\"auto\">" << event.words << "</blockquote>";
        h << "</li>";
    }
    h << "</ol><p><a href=\"" << url::case_timeline(view.dossier.safety_case.id) << "\">"
      << ctx.t("Contact, services outside, and all that was tried") << "</a></p>";
}

Response case_json(const CaseView& view) {
    const Case& one = view.dossier.safety_case;
    JsonWriter j;
    j.object();
    case_members(j, one, view.dossier.due_at);
    j.member("outcome", one.outcome)
        .member("words", one.words)
        .member("rule", one.rule)
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
            .member("picture", report.picture)
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
void unsent_words(Html& h, const Ctx& ctx, const CaseView& view, const Error* error, std::string_view at) {
    const Case& one = view.dossier.safety_case;
    const bool is_undo = ctx.form().get("undo") == "yes";
    const bool is_gone = (at == "decision" && is_undo && !can_take_back(one, view.dossier.appeal)) ||
                         (at == "decision" && !is_undo && one.decided_at) ||
                         (at == "review" && view.dossier.appeal && view.dossier.appeal->outcome);
    const std::string_view words = ctx.form().get(is_undo ? "reason" : "words");
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
    reports_part(h, ctx, *view);
    appeal_part(h, ctx, *view, {error, at});
    work_forms(h, ctx, *view, {error, at});
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
    const Done done = act_on_case(
        ctx, *id, [&] { return ctx.write([&](db::Tx& tx) -> Done { return rule(tx, *id); }); });
    if (done) return http::done(ctx, url::safety_case(*id));
    const Fault fault = done.error().fault;
    if (ctx.wants_json() || (fault != Fault::invalid && fault != Fault::conflict))
        return http::error_page(ctx, done.error());
    return case_page(ctx, *id, &done.error(), at);
}

// "posts-10", "days-14": one of those that the form offers.
std::int64_t read_first_typed(const Ctx& ctx, std::string_view unit) {
    const std::string_view typed = ctx.form().get("read_first");
    if (std::ranges::find(read_first_choices, typed) == std::end(read_first_choices)) return 0;
    if (!typed.starts_with(unit)) return 0;
    return http::Form::parse("n=" + std::string(typed.substr(unit.size()))).number("n").value_or(0);
}

}  // namespace

Response show_case(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    return id ? case_page(ctx, *id, nullptr, {}) : http::error_page(ctx, id.error());
}

Response take_case(Ctx& ctx) {
    return act(ctx, "claim", [&](db::Tx& tx, CaseId id) {
        if (ctx.form().get("undo") == "yes") return release(tx, ctx.actor(), id);
        if (ctx.form().checked("leave")) return leave_to_others(tx, ctx.actor(), id);
        const bool is_alone = ctx.form().checked("alone");
        return claim(tx, ctx.actor(), id, is_alone ? rota::Company::alone : rota::Company::others);
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
        if (ctx.form().get("undo") == "yes") return take_back(tx, ctx.actor(), id, ctx.form().get("reason"));
        return decide(tx, ctx.actor(), id,
                      {.outcome = from_word<Outcome>(ctx.form().get("outcome")),
                       .words = std::string(ctx.form().get("words")),
                       .read_first_posts = read_first_typed(ctx, "posts-"),
                       .read_first_days = read_first_typed(ctx, "days-"),
                       .rule = std::string(ctx.form().get("rule"))});
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

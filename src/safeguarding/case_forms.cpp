#include <algorithm>

#include "platform/http/forms.hpp"
#include "platform/text/list_words.hpp"
#include "safeguarding/case_view.hpp"
#include "training/training.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;

void button(Html& h, const Ctx& ctx, const Url& action, std::string_view words, std::string_view undo = {}) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
    if (!undo.empty()) h << "<input type=\"hidden\" name=\"undo\" value=\"" << undo << "\">";
    h << "<button class=\"button quiet\">" << words << "</button></form>";
}

void words_field(Html& h, const Ctx& ctx, std::string_view label, std::string_view hint, const Error* error,
                 std::string_view otherwise = {}) {
    http::field(h, ctx,
                {.name = "words",
                 .label = label,
                 .hint = hint,
                 .value = error ? ctx.form().get("words") : otherwise,
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

void rule_field(Html& h, const Ctx& ctx, const CaseView& view, const Error* error) {
    if (view.rules.empty()) return;
    const std::string_view chosen = error ? ctx.form().get("rule") : std::string_view();
    http::open_selection(h, ctx, {"rule", ctx.t("Which rule is it about?"), chosen}, error);
    http::option(h, "", ctx.t("None of these"), chosen);
    for (const std::string& rule : view.rules) http::option(h, rule, rule, chosen);
    http::close_selection(h);
}

void read_first_field(Html& h, const Ctx& ctx, const Error* error) {
    const std::string_view chosen = error ? ctx.form().get("read_first") : std::string_view();
    http::open_selection(
        h, ctx, {"read_first", ctx.t("What they write next under this name in this group"), chosen}, nullptr);
    http::option(h, "", ctx.t("Stands there at once"), chosen);
    http::option(h, read_first_choices[0],
                 ctx.n("Waits for a look: %d post", "Waits for a look: %d posts", 3), chosen);
    http::option(h, read_first_choices[1],
                 ctx.n("Waits for a look: %d post", "Waits for a look: %d posts", 10), chosen);
    http::option(h, read_first_choices[2],
                 ctx.n("Waits for a look: for %d day", "Waits for a look: for %d days", 14), chosen);
    http::option(h, read_first_choices[3],
                 ctx.n("Waits for a look: for %d day", "Waits for a look: for %d days", 30), chosen);
    http::close_selection(h);
}

// Words of the house to begin with; without a script they come with the page.
std::string_view chosen_words(const Ctx& ctx, const CaseView& view) {
    const auto at = std::ranges::find(view.replies, ctx.query().number("reply").value_or(0),
                                      &replies::Reply::id);
    return at == view.replies.end() ? std::string_view() : std::string_view(at->words);
}

void reply_links(Html& h, const Ctx& ctx, const CaseView& view) {
    if (view.replies.empty()) return;
    h << "<p>" << ctx.t("Begin with words of the house, and make them your own:") << "</p><ul>";
    for (const replies::Reply& reply : view.replies)
        h << "<li><a dir=\"auto\" href=\""
          << url::safety_case(view.dossier.safety_case.id)
                 .query("reply", std::to_string(reply.id))
                 .fragment("decide")
          << "\">" << reply.name << "</a></li>";
    h << "</ul>";
}

void decision_form(Html& h, const Ctx& ctx, const CaseView& view, const Error* error) {
    const Case& one = view.dossier.safety_case;
    h << "<h2 id=\"decide\">" << ctx.t("Decide") << "</h2>";
    reply_links(h, ctx, view);
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
    rule_field(h, ctx, view, error);
    words_field(
        h, ctx, ctx.t("Your words to the author"),
        ctx.t("Which rule it is about, what happens now, and that they still belong here. They can ask "
              "somebody else for another look."),
        error, chosen_words(ctx, view));
    if (one.post) read_first_field(h, ctx, error);
    http::close_form(h, ctx.t("Decide this"));
}

void rest_part(Html& h, const Ctx& ctx, const CaseView& view) {
    h << "<p class=\"notice\">"
      << ctx.t("You have carried a lot in these days. Please leave this to somebody else, and rest.");
    std::vector<std::string> names;
    for (const PersonaId other : view.on_shift) names.emplace_back(name_of(ctx, view.names, other));
    const bool is_alone = names.empty();
    if (!is_alone) h << " " << ctx.f("On shift now: %1.", text::listed(ctx.words, names));
    h << "</p><div class=\"row\">";
    const auto choice = [&](std::string_view name, std::string_view words) {
        http::open_form(h, ctx, url::case_claim(view.dossier.safety_case.id));
        h << "<button class=\"button quiet\" name=\"" << name << "\" value=\"yes\">" << words
          << "</button></form>";
    };
    if (!is_alone || view.hides_author) choice("leave", ctx.t("Tell them once more that it waits"));
    if (is_alone)
        choice("alone", view.is_with_another ? ctx.t("I take this over")
                                             : ctx.t("Nobody else is there: I take it on"));
    h << "</div>";
}

void claim_part(Html& h, const Ctx& ctx, const CaseView& view) {
    const Case& one = view.dossier.safety_case;
    if (view.needs_rest) return rest_part(h, ctx, view);
    if (view.is_with_another && one.urgency != Urgency::crisis) return;
    const bool is_mine = one.is_claimed(ctx.now()) && !view.is_with_another;
    h << "<div class=\"row\">";
    button(h, ctx, url::case_claim(one.id),
           is_mine                ? ctx.t("I need more time")
           : view.is_with_another ? ctx.t("I take this over")
                                  : ctx.t("I take this on"));
    if (is_mine) button(h, ctx, url::case_claim(one.id), ctx.t("Give it back"), "yes");
    h << "</div>";
}

void urgency_form(Html& h, const Ctx& ctx, const Case& one) {
    h << "<h2>" << ctx.t("How urgent is it?") << "</h2>";
    std::vector<http::Option> options;
    for (const Urgency urgency : all_of<Urgency>())
        options.push_back({to_word(urgency), ctx.t(words_of(urgency))});
    http::open_form(h, ctx, url::case_urgency(one.id));
    http::choices(h, ctx, {"urgency", ctx.t("Somebody looks at it:"), to_word(one.urgency)}, options,
                  nullptr);
    http::close_form(h, ctx.t("Change how urgent it is"));
}

void second_part(Html& h, const Ctx& ctx, const CaseView& view) {
    const Case& one = view.dossier.safety_case;
    h << "<h2>" << ctx.t("A second person must read this") << "</h2><p>"
      << ctx.t("Somebody may have been in danger. Two people should be sure that nothing was missed.")
      << "</p>";
    if (view.is_own_decision) {
        h << "<p>" << ctx.t("You decided this. A second person must read it.") << "</p>";
        return;
    }
    h << "<div class=\"row\">";
    button(h, ctx, url::case_second_reading(one.id), ctx.t("I have read it, and agree"));
    button(h, ctx, url::case_second_reading(one.id), ctx.t("I do not agree. Open it again"), "yes");
    h << "</div>";
}

void take_back_form(Html& h, const Ctx& ctx, const CaseView& view, const Error* error) {
    const Case& one = view.dossier.safety_case;
    if (!can_take_back(one, view.dossier.appeal)) return;
    h << "<h2>" << ctx.t("Was it wrong?") << "</h2>";
    http::open_form(h, ctx, url::case_decision(one.id));
    h << "<input type=\"hidden\" name=\"undo\" value=\"yes\">";
    http::field(
        h, ctx,
        {.name = "reason",
         .label = ctx.t("Why do you take the decision back?"),
         .hint = ctx.t("What it did is undone, and the author is told. Your reason stays here as a note."),
         .value = error ? ctx.form().get("reason") : std::string_view(),
         .rows = 3},
        error);
    http::close_form(h, ctx.t("Take the decision back"));
}

void note_form(Html& h, const Ctx& ctx, const Case& one, const Error* error) {
    h << "<h2>" << ctx.t("A note for the others who work on this") << "</h2>";
    http::open_form(h, ctx, url::case_notes(one.id));
    http::field(h, ctx,
                {.name = "note",
                 .label = ctx.t("Your note"),
                 .hint = ctx.t("The author and those who reported do not see it."),
                 .value = error ? ctx.form().get("note") : std::string_view(),
                 .rows = 3},
                error);
    http::close_form(h, ctx.t("Add the note"));
}

}  // namespace

void work_forms(Html& h, const Ctx& ctx, const CaseView& view, const Refused& refused) {
    const Case& one = view.dossier.safety_case;
    if (!view.is_trained) {
        training::ask_first(h, ctx);
        return note_form(h, ctx, one, refused.of("notes"));
    }
    if (!one.decided_at) {
        claim_part(h, ctx, view);
        if (!view.needs_rest) decision_form(h, ctx, view, refused.of("decision"));
        if (!view.needs_rest) urgency_form(h, ctx, one);
    }
    if (one.waits_for_second()) second_part(h, ctx, view);
    take_back_form(h, ctx, view, refused.of("decision"));
    note_form(h, ctx, one, refused.of("notes"));
}

void appeal_part(Html& h, const Ctx& ctx, const CaseView& view, const Refused& refused) {
    const Error* const error = refused.of("review");
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
    if (!view.is_trained) return;
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

}  // namespace kith::safeguarding::pages

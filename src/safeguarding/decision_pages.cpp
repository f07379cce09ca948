#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "safeguarding/closings.hpp"
#include "safeguarding/pages.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;

std::string_view what_happened(Outcome outcome) {
    switch (outcome) {
        case Outcome::warned:
            return t_later("This was a warning");
        case Outcome::closed:
            return t_later("The thread was closed");
        case Outcome::removed:
            return t_later("Your post was removed");
        case Outcome::suspended:
            return t_later("Your post was removed, and your account put on hold");
        default:
            return t_later("Somebody wrote to you about your post");
    }
}

Response as_json(const std::vector<OwnDecision>& decisions) {
    JsonWriter j;
    j.object().array("decisions");
    for (const OwnDecision& one : decisions) {
        j.object()
            .member("id", one.id)
            .member("post", one.post)
            .member("outcome", one.outcome)
            .member("words", one.words)
            .member("rule", one.rule)
            .member("decided_at", one.decided_at)
            .member("is_on_hold", one.hold.has_value())
            .member("on_hold_until", one.hold ? one.hold->until : std::nullopt)
            .member("appealed", one.appeal.has_value())
            .member("review", one.appeal ? one.appeal->outcome : std::nullopt)
            .member("answer", one.appeal ? one.appeal->answer : std::string())
            .end();
    }
    j.end().end();
    return http::json(j);
}

// Several stand on the page.
std::string field_of(CaseId id) { return "words_" + std::to_string(id.value()); }

void appeal_part(Html& h, const Ctx& ctx, const OwnDecision& one, const Error* error) {
    if (!one.appeal) {
        const std::string name = field_of(one.id);
        http::open_form(h, ctx, url::me_appeal(one.id));
        http::field(
            h, ctx,
            {.name = name,
             .label = ctx.t("Do you see it differently? Say how, and somebody else looks at it again."),
             .value = error ? ctx.form().get(name) : std::string_view(),
             .rows = 3},
            error);
        http::close_form(h, ctx.t("Ask for another look"));
        return;
    }
    h << "<p>" << ctx.t("You asked for another look:") << "</p><blockquote dir=\"auto\">" << one.appeal->words
      << "</blockquote>";
    if (!one.appeal->outcome) {
        h << "<p>" << ctx.t("Somebody else will look at it.") << "</p>";
        return;
    }
    h << "<p>"
      << (*one.appeal->outcome == Review::overturned
              ? ctx.t("Somebody else has looked again, and changed the decision:")
              : ctx.t("Somebody else has looked again, and decided the same:"))
      << "</p><blockquote dir=\"auto\">" << one.appeal->answer << "</blockquote>";
}

Response decisions_page(Ctx& ctx, CaseId at, const Error* error) {
    const auto decisions = ctx.read([&](db::ReadTx& tx) { return decisions_on(tx, ctx.session->member); });
    if (ctx.wants_json() && !error) return as_json(decisions);
    Html h;
    h << "<p>"
      << ctx.t(
             "What those who look after your groups decided about what you wrote. You still belong here. "
             "Only you "
             "and they can see it.")
      << "</p>";
    if (decisions.empty()) h << "<p class=\"empty\">" << ctx.t("Nothing.") << "</p>";
    for (const OwnDecision& one : decisions)
        decision_card(h, ctx, one, error && at == one.id ? error : nullptr);
    const std::string heading(ctx.t("Decisions about my posts"));
    return http::form_page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
        h, error);
}

}  // namespace

void decision_card(Html& h, const Ctx& ctx, const OwnDecision& one, const Error* error) {
    h << "<section class=\"card\"><h2>" << ctx.t(what_happened(one.outcome)) << "</h2><p class=\"meta\">";
    if (ctx.now() >= ctx.session->held_until)
        h << "<a href=\"" << url::post_options(one.post) << "\">" << ctx.t("The post") << "</a>, ";
    h << text::exact(ctx.words, one.decided_at) << "</p>";
    if (one.hold) end_of_hold(h, ctx, *one.hold);
    if (!one.rule.empty()) h << "<p dir=\"auto\">" << ctx.f("It is about this rule: %1", one.rule) << "</p>";
    if (!one.words.empty()) h << "<blockquote dir=\"auto\">" << one.words << "</blockquote>";
    appeal_part(h, ctx, one, error);
    h << "</section>";
}

Response show_my_decisions(Ctx& ctx) { return decisions_page(ctx, {}, nullptr); }

Response send_appeal(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    if (!id) return http::error_page(ctx, id.error());
    const std::string field = ctx.form().has("words") ? "words" : field_of(*id);
    Done filed = ctx.write(
        [&](db::Tx& tx) { return file_appeal(tx, ctx.actor(), *id, ctx.form().get(field)); });
    if (filed) return http::done(ctx, url::me_decisions());
    if (filed.error().fault != Fault::invalid || ctx.wants_json())
        return http::error_page(ctx, filed.error());
    filed.error().field = field_of(*id);
    return decisions_page(ctx, *id, &filed.error());
}

namespace {

Response removal_appeal_page(Ctx& ctx, PostId id, const Error* error) {
    const auto removal = ctx.read([&](db::ReadTx& tx) { return removal_to_appeal(tx, ctx.actor(), id); });
    if (!removal) return http::error_page(ctx, removal.error());
    Html h;
    h << "<p>" << ctx.t("Somebody else than the one who removed it looks again, and answers you.")
      << "</p><blockquote dir=\"auto\">" << removal->reason << "</blockquote>";
    http::open_form(h, ctx, url::post_appeal(id));
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("How do you see it?"),
                 .value = error ? ctx.form().get("words") : std::string_view(),
                 .rows = 4},
                error);
    http::close_form(h, ctx.t("Ask for another look"));
    const std::string heading(ctx.t("Ask for another look"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("The post")), url::post_options(id)}}},
                           h, error);
}

}  // namespace

Response show_removal_appeal(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    return id ? removal_appeal_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response send_removal_appeal(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const Done filed = ctx.write(
        [&](db::Tx& tx) { return file_removal_appeal(tx, ctx.actor(), *id, ctx.form().get("words")); });
    if (filed) return http::done(ctx, url::me_decisions());
    if (filed.error().fault != Fault::invalid || ctx.wants_json())
        return http::error_page(ctx, filed.error());
    return removal_appeal_page(ctx, *id, &filed.error());
}

Response save_closing(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const Done saved = ctx.write([&](db::Tx& tx) {
        return ctx.form().checked("undo") ? reopen_thread(tx, ctx.actor(), *id)
                                          : close_thread(tx, ctx.actor(), *id);
    });
    return saved ? http::done(ctx, url::thread(*id)) : http::error_page(ctx, saved.error());
}

}  // namespace kith::safeguarding::pages

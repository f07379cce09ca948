#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "policies/pages.hpp"
#include "url.hpp"

// What waits for a member's yes or no. Whoever says no is told what they can do; nothing is taken from them.
namespace kith::policies {
namespace {

using http::Ctx;
using http::Response;

struct Asked {
    Open open;
    std::optional<Version> agreed;  // the one that they agreed to before
};

std::vector<Asked> load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        std::vector<Asked> out;
        for (Open& open : open_for(tx, ctx.session->member)) {
            std::optional<Version> agreed;
            if (auto found = find_version(tx, open.current.policy.id, open.agreed_before)) agreed = *found;
            out.push_back({std::move(open), std::move(agreed)});
        }
        return out;
    });
}

Response asked_json(const std::vector<Asked>& all) {
    JsonWriter j;
    j.object().array("waiting");
    for (const Asked& one : all)
        j.object()
            .member("policy", one.open.current.policy.id)
            .member("version", one.open.current.policy.number)
            .member("title", one.open.current.version.title)
            .member("changes", one.open.current.version.changes)
            .member("said", one.open.said)
            .member("writes_until", one.open.writes_until)
            .end();
    j.end().end();
    return http::json(j);
}

void button(Html& h, std::string_view value, std::string_view words, std::string_view title, bool is_quiet) {
    h << "<button class=\"button";
    if (is_quiet) h << " quiet";
    h << "\" name=\"answer\" value=\"" << value << "\">" << words
      << "<span class=\"visually-hidden\">: " << title << "</span></button> ";
}

void buttons(Html& h, const Ctx& ctx, const Asked& one) {
    const Current& current = one.open.current;
    http::open_form(h, ctx, url::agreement());
    h << "<input type=\"hidden\" name=\"policy\" value=\"" << current.policy.id.value()
      << "\"><input type=\"hidden\" name=\"version\" value=\"" << current.policy.number
      << "\"><p class=\"row\">";
    button(h, "agreed", ctx.t("Yes, I agree"), current.version.title, false);
    if (!one.open.said) button(h, "later", ctx.t("Later"), current.version.title, true);
    if (one.open.said != Answer::declined) button(h, "declined", ctx.t("No"), current.version.title, true);
    h << "</p></form>";
}

void until_when(Html& h, const Ctx& ctx, const Open& open) {
    h << "<p class=\"hint\">";
    if (open.said == Answer::declined) {
        h << ctx.t("You said no. You can change your mind at any time.");
    } else if (ctx.now() < open.writes_until) {
        h << ctx.f(
            "You can read and write as before until %1. After that, writing waits for your answer; reading "
            "never does.",
            text::date(ctx.words, open.writes_until));
    } else {
        h << ctx.t("You can read as before. Writing waits for your answer.");
    }
    h << "</p>";
}

void after_no(Html& h, const Ctx& ctx) {
    h << "<div class=\"notice\"><p>"
      << ctx.t(
             "That is all right. You can go on reading here, and urgent help stays open to you. If you would "
             "rather go:")
      << "</p><ul><li><a href=\"" << url::me_data() << "\">" << ctx.t("Take a copy of my data")
      << "</a></li><li><a href=\"" << url::me_agreements() << "\">" << ctx.t("Leave a group")
      << "</a></li><li><a href=\"" << url::me_closure() << "\">" << ctx.t("Close my account")
      << "</a></li><li><a href=\"" << url::me_erasure() << "\">" << ctx.t("Have all about me erased")
      << "</a></li></ul></div>";
}

void asked(Html& h, const Ctx& ctx, const Asked& one) {
    const Version& version = one.open.current.version;
    h << "<section class=\"card\"><h2 dir=\"auto\">" << version.title << "</h2>";
    dated(h, ctx, version);
    until_when(h, ctx, one.open);
    h << "<details><summary>" << ctx.t("Read the text") << "</summary><div dir=\"auto\">"
      << text::announce_hidden(text::render_markdown(version.markdown), ctx.t("Hidden text"))
      << "</div></details>";
    if (one.agreed) {
        h << "<details><summary>" << ctx.t("What is different from what you agreed to") << "</summary>";
        differences(h, ctx, *one.agreed, version);
        h << "</details>";
    }
    buttons(h, ctx, one);
    h << "</section>";
}

Response agreement_page(Ctx& ctx, const Error* error) {
    const std::vector<Asked> all = load(ctx);
    if (ctx.wants_json() && !error) return asked_json(all);
    Html h;
    if (all.empty())
        h << "<div class=\"empty\"><p>" << ctx.t("Nothing waits for you. Thank you.") << "</p><p><a href=\""
          << url::me_agreements() << "\">" << ctx.t("What I agreed to") << "</a></p></div>";
    bool said_no = false;
    for (const Asked& one : all) said_no = said_no || one.open.said == Answer::declined;
    if (said_no) after_no(h, ctx);
    for (const Asked& one : all) asked(h, ctx, one);
    const std::string title(ctx.t("Do you agree?"));
    return http::form_page(
        ctx, {.title = title, .heading = title, .crumbs = {{std::string(ctx.t("Home")), url::home()}}}, h,
        error);
}

Response get_agreement(Ctx& ctx) { return agreement_page(ctx, nullptr); }

Done answer_typed(db::Tx& tx, const Ctx& ctx) {
    const auto said = from_word<Answer>(ctx.form().get("answer"));
    if (!said) return invalid("Please press one of the buttons.");
    return answer(tx, ctx.actor(), PolicyId(ctx.form().number("policy").value_or(0)),
                  ctx.form().number("version").value_or(0), *said);
}

Response post_agreement(Ctx& ctx) {
    const Done done = ctx.write([&](db::Tx& tx) { return answer_typed(tx, ctx); });
    if (!done && done.error().fault == Fault::not_found) return http::error_page(ctx, done.error());
    if (!done) return agreement_page(ctx, &done.error());
    const bool is_no = ctx.form().get("answer") == to_word(Answer::declined);
    const bool is_more = is_no || ctx.read([&](db::ReadTx& tx) {
        const auto from = asked_from(tx, ctx.session->member);
        return from && *from <= tx.now();
    });
    return http::done(ctx, is_more ? url::agreement() : url::home());
}

}  // namespace

std::vector<http::Route> agreement_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/agreement", gate::member, get_agreement},
            {Method::post, "/agreement", gate::member, post_agreement}};
}

}  // namespace kith::policies

#include "platform/http/page.hpp"

#include "platform/html/asset.hpp"
#include "platform/http/saved.hpp"
#include "url.hpp"

namespace kith::http {
namespace {

void skip_links(Html& h, const Ctx& ctx, const Frame& frame) {
    h << "<nav class=\"skips\" aria-label=\"" << ctx.t("Skip") << "\"><a href=\"#main\">"
      << ctx.t("To the text") << "</a>";
    if (frame.first_unread > 0)
        h << "<a href=\"#p" << frame.first_unread << "\">" << ctx.t("First unread") << "</a>";
    if (ctx.site->quick_exit)
        h << "<a href=\"" << url::leave() << "\">" << ctx.t("Leave this site") << "</a>";
    h << "</nav>";
}

void sign_out_form(Html& h, const Ctx& ctx) {
    h << "<form method=\"post\" action=\"" << url::sign_out()
      << "\"><input type=\"hidden\" name=\"form_token\" value=\"" << ctx.session->form_token
      << "\"><button class=\"button quiet\">" << ctx.t("Sign out") << "</button></form>";
}

void menu(Html& h, const Ctx& ctx) {
    h << "<details class=\"menu\"><summary>" << ctx.t("Menu") << "</summary><div class=\"menu-body\">"
      << "<a href=\"" << url::groups() << "\">" << ctx.t("Find a group") << "</a>";
    if (ctx.signed_in()) {
        h << "<a href=\"" << url::me() << "\">" << ctx.t("My space") << "</a>";
        if (ctx.session->host || ctx.session->coordinator)
            h << "<a href=\"" << url::admin() << "\">" << ctx.t("Look after the site") << "</a>";
    }
    h << "<a href=\"" << url::comfort() << "\">" << ctx.t("Reading comfort") << "</a>";
    if (ctx.signed_in()) sign_out_form(h, ctx);
    h << "</div></details>";
}

void bar(Html& h, const Ctx& ctx) {
    h << "<header class=\"bar\"><a class=\"brand\" href=\"" << url::home() << "\">" << ctx.site->name
      << "</a><nav class=\"bar-links\" aria-label=\"" << ctx.t("Main") << "\">";
    if (ctx.signed_in()) {
        h << "<a href=\"" << url::search() << "\">" << ctx.t("Search") << "</a><a id=\"notices\" data-new=\""
          << ctx.t("New notices") << "\" href=\"" << url::notices() << "\">"
          << (ctx.session->has_notices ? ctx.t("New notices") : ctx.t("Notices")) << "</a>";
    } else if (ctx.knows_visitor) {
        h << "<a href=\"" << url::sign_in() << "\">" << ctx.t("Sign in") << "</a>";
    }
    menu(h, ctx);
    h << "</nav><a class=\"help-now\" href=\"" << url::help_now() << "\">" << ctx.t("Need help now?")
      << "</a>";
    if (ctx.site->quick_exit)
        h << "<a class=\"quick-exit\" rel=\"nofollow noreferrer\" href=\"" << url::leave() << "\">"
          << ctx.t("Leave this site") << "</a>";
    h << "</header>";
}

// Calm, and never in the way of help, which stands above it.
void question(Html& h, const Ctx& ctx) {
    const bool is_asked = ctx.session && ctx.session->asked_from && *ctx.session->asked_from <= ctx.now();
    if (!is_asked || ctx.request.path == url::agreement().text()) return;
    h << "<aside class=\"notice question\" aria-label=\"" << ctx.t("A question for you") << "\"><a href=\""
      << url::agreement() << "\">"
      << ctx.t("Something that we agreed on has changed. Have a look when you have a moment.")
      << "</a></aside>";
}

void crumbs(Html& h, const Ctx& ctx, const Frame& frame) {
    if (frame.crumbs.empty()) return;
    h << "<nav class=\"crumbs\" aria-label=\"" << ctx.t("Where you are") << "\"><ol>";
    for (const Crumb& crumb : frame.crumbs)
        h << "<li><a dir=\"auto\" href=\"" << crumb.url << "\">" << crumb.words << "</a></li>";
    h << "</ol></nav>";
}

void head(Html& h, Ctx& ctx, const Frame& frame) {
    h << "<!doctype html><html lang=\"" << to_word(ctx.comfort.language) << "\" dir=\""
      << direction(ctx.comfort.language) << "\" data-theme=\"" << to_word(ctx.comfort.theme)
      << "\" data-view=\"" << to_word(ctx.comfort.view) << "\"";
    if (ctx.comfort.keys) h << " data-keys=\"on\"";
    h << "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\"><title>"
      << frame.title << "</title><link rel=\"stylesheet\" href=\"" << asset("app.css")
      << "\"><link rel=\"icon\" href=\"" << asset("favicon.svg") << "\"><script type=\"module\" src=\""
      << asset("app.js") << "\"></script>";
    // On a home screen of those who come back.
    if (ctx.signed_in())
        h << "<link rel=\"manifest\" href=\"" << url::web_manifest()
          << "\"><link rel=\"apple-touch-icon\" href=\"" << asset("home-180.png") << "\">";
    if (!frame.style.empty())
        h << "<style nonce=\"" << ctx.style_nonce() << "\">" << Safe::from_renderer(frame.style)
          << "</style>";
    h << "</head><body>";
}

void act_forms(Html& h, const Ctx& ctx) {
    for (const std::string_view id : {std::string_view("act"), std::string_view("reply")}) {
        h << "<form id=\"" << id << "\" method=\"post\" data-writer=\"" << ctx.session->name
          << "\"><input type=\"hidden\" name=\"form_token\" value=\"" << ctx.session->form_token
          << "\"><input type=\"hidden\" name=\"form_key\" value=\"" << ctx.services.random.token(12)
          << "\"></form>";
    }
}

// Everything in front of the content.
Html opening(Ctx& ctx, const Frame& frame) {
    Html h(4096);
    head(h, ctx, frame);
    skip_links(h, ctx, frame);
    bar(h, ctx);
    if (frame.has_act_form && ctx.signed_in()) act_forms(h, ctx);
    question(h, ctx);
    crumbs(h, ctx, frame);
    h << "<main id=\"main\" tabindex=\"-1\"";
    if (!frame.main_class.empty()) h << " class=\"" << frame.main_class << "\"";
    if (!frame.live.empty())
        h << " data-live=\"" << frame.live << "?after=" << ctx.services.event_ids.id_of(ctx.as_of) << "\"";
    if (!frame.arrival_words.empty()) h << " data-arrival=\"" << frame.arrival_words << "\"";
    h << ">";
    if (!frame.heading.empty()) h << "<h1 dir=\"auto\">" << frame.heading << "</h1>";
    return h;
}

void closing(Html& h, const Site& site, const Words& words) {
    h << "</main><footer class=\"foot\"><p>";
    if (!site.run_by.empty()) h << words.f("Run by %1.", site.run_by) << " ";
    if (!site.moderated.empty()) h << words.f("Looked after %1.", site.moderated);
    h << "</p><nav aria-label=\"" << words.t("About this site") << "\"><a href=\"" << url::about() << "\">"
      << words.t("About") << "</a><a href=\"" << url::rules() << "\">" << words.t("Rules") << "</a><a href=\""
      << url::privacy() << "\">" << words.t("Privacy") << "</a><a href=\"" << url::policies() << "\">"
      << words.t("What we agreed on") << "</a><a href=\"" << url::accessibility() << "\">"
      << words.t("Accessibility") << "</a><a href=\"" << url::safety() << "\">" << words.t("Staying safe")
      << "</a><a href=\"" << url::comfort() << "\">" << words.t("Language and reading comfort")
      << "</a></nav></footer></body></html>\n";
}

// A page that repeats what was typed beside the form token is not compressed: its length would tell of the
// token (the BREACH attack).
Response finish(Ctx& ctx, Response response) {
    response.compress = !ctx.session || (ctx.request.method == Method::get && ctx.request.query.empty());
    if (ctx.has_style_nonce()) response.with("csp-nonce", ctx.style_nonce());
    response.with("content-language", std::string(to_word(ctx.comfort.language)));
    return response;
}

void error_line(Html& h, const Ctx& ctx, const Error& error) {
    h << "<p>";
    if (error.field.empty()) {
        h << ctx.words.say(error);
    } else {
        h << "<a href=\"#" << error.field << "\">" << ctx.words.say(error) << "</a>";
    }
    h << "</p>";
}

// Also in the title: screen readers read that first, and often not a status that came with the page.
Response saved_page(Ctx& ctx, Frame frame, const Html& content) {
    frame.title = ctx.f("Saved: %1", frame.title);
    Html h = opening(ctx, frame);
    h << "<p class=\"notice\" role=\"status\">" << ctx.t("Saved.") << "</p>" << content;
    closing(h, *ctx.site, ctx.words);
    return finish(ctx, Response::html(std::move(h))).with("set-cookie", forget_saved(*ctx.site));
}

}  // namespace

Response page(Ctx& ctx, const Frame& frame, const Html& content, int status) {
    if (status == 200 && says_saved(ctx)) return saved_page(ctx, frame, content);
    Html h = opening(ctx, frame);
    h << content;
    closing(h, *ctx.site, ctx.words);
    return finish(ctx, Response::html(std::move(h), status));
}

Response page(Ctx& ctx, const Frame& frame, const Html& personal, FragmentPtr shared) {
    Html h = opening(ctx, frame);
    h << personal;
    Response response = Response::html(std::move(h));
    response.fragment = std::move(shared);
    return finish(ctx, std::move(response));
}

FragmentPtr shared_part(const Site& site, const Words& words, Html content, Time expires) {
    closing(content, site, words);
    return std::make_shared<const Fragment>(content.take(), expires);
}

JsonWriter error_body(const Error& error) {
    const Words& english = Words::of(Language::en);
    JsonWriter j;
    j.object().object("error").member("fault", name(error.fault)).member("message", english.say(error));
    if (!error.field.empty()) j.member("field", error.field);
    if (!error.more.empty()) j.array("more");
    for (const Error& one : error.more)
        j.object().member("message", english.say(one)).member("field", one.field).end();
    if (!error.more.empty()) j.end();
    j.end().end();
    return j;
}

Response json(const JsonWriter& body, int status) { return Response::json(body.str(), status); }

Response done(Ctx& ctx, const Url& to, int json_status) {
    if (!ctx.wants_json()) return Response::redirect(to);
    JsonWriter j;
    j.object().member("location", to.text()).end();
    return json(j, json_status).with("location", to.text());
}

void error_summary(Html& h, const Ctx& ctx, const Error& error) {
    h << "<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\"><h2>" << ctx.t("There is a problem")
      << "</h2>";
    error_line(h, ctx, error);
    for (const Error& one : error.more) error_line(h, ctx, one);
    h << "</div>";
}

void token_field(Html& h, const Ctx& ctx) {
    if (ctx.session)
        h << "<input type=\"hidden\" name=\"form_token\" value=\"" << ctx.session->form_token << "\">";
}

}  // namespace kith::http

#include <array>

#include "identity/identity.hpp"
#include "own_data/own_data.hpp"
#include "platform/http/page.hpp"
#include "platform/zip/zip.hpp"
#include "url.hpp"

namespace kith::own_data {
namespace {

using http::Ctx;
using http::Response;

// ---- forms -------------------------------------------------------------------------------------------

void open_form(Html& h, Ctx& ctx, const Url& action) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
}

void password_field(Html& h, const Ctx& ctx, const Error* error) {
    const Error* const wrong = error ? error->about("current") : nullptr;
    h << "<div class=\"field\"><label for=\"current\">" << ctx.t("Present password")
      << "</label><p class=\"hint\" id=\"current-hint\">" << ctx.t("So that nobody else can do this for you.")
      << "</p>";
    if (wrong) h << "<p class=\"error\" id=\"current-error\">" << ctx.t(wrong->message) << "</p>";
    h << "<input type=\"password\" required id=\"current\" name=\"current\" "
         "autocomplete=\"current-password\" data-show=\""
      << ctx.t("Show") << "\" data-hide=\"" << ctx.t("Hide") << "\"";
    if (wrong) h << " aria-invalid=\"true\"";
    h << " aria-describedby=\"current-hint";
    if (wrong) h << " current-error";
    h << "\"></div>";
}

Response form_page(Ctx& ctx, std::string_view title, const Html& body, const Error* error) {
    if (ctx.wants_json()) {
        if (error) return http::error_page(ctx, *error);
        JsonWriter j;
        j.object().member("title", title).end();
        return http::json(j);
    }
    Html h;
    if (error) http::error_summary(h, ctx, *error);
    h << body;
    http::Frame frame{.title = std::string(title), .heading = std::string(title)};
    if (error) frame.title = ctx.f("Error: %1", title);
    const int status = !error ? 200 : error->fault == Fault::conflict ? 422 : http::status_of(error->fault);
    return http::page(ctx, frame, h, status);
}

// ---- a copy ------------------------------------------------------------------------------------------

Response data_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>" << ctx.t("You can take a copy of all that is kept about you here.") << "</p><h2>"
      << ctx.t("Take a copy") << "</h2><p>"
      << ctx.t(
             "You get one ZIP file. In it, index.html is for reading and data.json for other programs. It "
             "holds your account, names, groups, posts, support and settings. Names of other people are "
             "left out.")
      << "</p><p class=\"notice\">"
      << ctx.t("Anybody who opens the file can read it. On a shared device, do not leave it there.")
      << "</p>";
    open_form(h, ctx, url::me_data());
    password_field(h, ctx, error);
    h << "<p><button class=\"button\">" << ctx.t("Take a copy") << "</button></p></form><h2>"
      << ctx.t("Have it erased") << "</h2><p>"
      << ctx.t("You can also leave for good and have all about you erased.") << " <a href=\""
      << url::me_erasure() << "\">" << ctx.t("How that goes") << "</a></p>";
    return form_page(ctx, ctx.t("My data"), h, error);
}

Response get_data(Ctx& ctx) { return data_page(ctx, nullptr); }

Response post_data(Ctx& ctx) {
    const auto copy = copy_for(ctx.services, ctx.actor(), ctx.form().get("current"), ctx.words);
    if (!copy) return data_page(ctx, &copy.error());
    if (ctx.wants_json()) return Response::json(copy->json);
    const std::array<ZipFile, 2> files{{{"index.html", copy->html}, {"data.json", copy->json}}};
    Response response;
    response.type = "application/zip";
    response.head = make_zip(files, ctx.now());
    response.compress = false;
    return std::move(response.with("content-disposition", "attachment; filename=\"my-data.zip\""));
}

// ---- erasure -----------------------------------------------------------------------------------------

void choice(Html& h, std::string_view value, std::string_view words, std::string_view chosen) {
    h << "<label class=\"choice\"><input type=\"radio\" required name=\"words\" value=\"" << value << "\"";
    if (value == chosen) h << " checked";
    h << "><span>" << words << "</span></label>";
}

void choices(Html& h, const Ctx& ctx, const Error* error) {
    const Error* const wrong = error ? error->about("words") : nullptr;
    const std::string_view chosen = ctx.form().get("words");
    h << "<fieldset class=\"choices\" id=\"words\"";
    if (wrong) h << " aria-describedby=\"words-error\"";
    h << "><legend>" << ctx.t("What shall happen to your words?") << "</legend>";
    if (wrong) h << "<p class=\"error\" id=\"words-error\">" << ctx.t(wrong->message) << "</p>";
    choice(h, "keep", ctx.t("Keep my words under no name. Answers to them still make sense."), chosen);
    choice(h, "take", ctx.t("Take my words away too. Others see that a post was removed."), chosen);
    h << "</fieldset>";
}

Response erasure_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.n("Then you are signed out everywhere. After %d day all about you is erased for good.",
               "Then you are signed out everywhere. After %d days all about you is erased for good.",
               days_to_undo)
      << " " << ctx.t("If you change your mind, sign in before that: then nothing is erased.") << "</p><p>"
      << ctx.t(
             "Your names, groups, read marks, notices and settings go, and nobody else can take your "
             "names. What others wrote stays, also where they quote you or write your name.")
      << "</p><p><a href=\"" << url::me_data() << "\">" << ctx.t("Take a copy first") << "</a></p>";
    open_form(h, ctx, url::me_erasure());
    choices(h, ctx, error);
    password_field(h, ctx, error);
    h << "<p><button class=\"button danger\">" << ctx.t("Erase all about me")
      << "</button></p></form><p><a href=\"" << url::me() << "\">" << ctx.t("No, I want to stay")
      << "</a></p>";
    return form_page(ctx, ctx.t("Have all about me erased"), h, error);
}

Response get_erasure(Ctx& ctx) { return erasure_page(ctx, nullptr); }

Done ask(Ctx& ctx) {
    const auto words = from_word<OwnWords>(ctx.form().get("words"));
    if (!words) return invalid("Please choose what shall happen to your words.", "words");
    return ask_erasure(ctx.services, ctx.actor(), {*words, std::string(ctx.form().get("current"))});
}

Response post_erasure(Ctx& ctx) {
    const Done asked = ask(ctx);
    if (!asked) return erasure_page(ctx, &asked.error());
    Response response = http::done(ctx, url::home());
    return std::move(identity::forget_all(ctx, response));
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/data", gate::member, get_data},
        {Method::post, "/me/data", gate::member, post_data},
        {Method::get, "/me/erasure", gate::member, get_erasure},
        {Method::post, "/me/erasure", gate::member, post_erasure},
    };
}

}  // namespace kith::own_data

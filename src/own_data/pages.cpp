#include <array>

#include "identity/identity.hpp"
#include "own_data/own_data.hpp"
#include "platform/http/forms.hpp"
#include "platform/zip/zip.hpp"
#include "url.hpp"

namespace kith::own_data {
namespace {

using http::Ctx;
using http::Response;

Response page_of(Ctx& ctx, std::string_view title, const Html& body, const Error* error) {
    return http::form_page(ctx, {.title = std::string(title), .heading = std::string(title)}, body, error);
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
    http::open_form(h, ctx, url::me_data());
    identity::current_password_field(h, ctx, error);
    h << "<p><button class=\"button\">" << ctx.t("Take a copy") << "</button></p></form><h2>"
      << ctx.t("Have it erased") << "</h2><p>"
      << ctx.t("You can also leave for good and have all about you erased.") << " <a href=\""
      << url::me_erasure() << "\">" << ctx.t("How that goes") << "</a></p>";
    return page_of(ctx, ctx.t("My data"), h, error);
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

void choices(Html& h, const Ctx& ctx, const Error* error) {
    const std::array options{
        http::Option{"keep", ctx.t("Keep my words under no name. Answers to them still make sense.")},
        http::Option{"take", ctx.t("Take my words away too. Others see that a post was removed.")}};
    const http::Choices words{.name = "words",
                              .label = ctx.t("What shall happen to your words?"),
                              .chosen = ctx.form().get("words"),
                              .required = true};
    http::choices(h, ctx, words, options, error);
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
    http::open_form(h, ctx, url::me_erasure());
    choices(h, ctx, error);
    identity::current_password_field(h, ctx, error);
    h << "<p><button class=\"button danger\">" << ctx.t("Erase all about me")
      << "</button></p></form><p><a href=\"" << url::me() << "\">" << ctx.t("No, I want to stay")
      << "</a></p>";
    return page_of(ctx, ctx.t("Have all about me erased"), h, error);
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

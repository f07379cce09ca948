#include "platform/crypto/crypto.hpp"
#include "platform/http/token.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

// Set once before serving, then only read.
std::string& setup_code() {
    static std::string code;
    return code;
}

constexpr std::string_view example_helplines =
    "Emergency | 112 | day and night\n"
    "Samaritans | 116 123 | day and night | GB\n";

SetUpForm typed(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    return {std::string(form.get("site_name")),
            std::string(form.get("helplines")),
            std::string(form.get("name")),
            std::string(form.get("password")),
            typed_language(form, ctx.comfort.language),
            form.checked("roles_need_factor")};
}

void community_fields(Html& h, const Ctx& ctx, const SetUpForm& form, const Error* error) {
    h << "<h2>" << ctx.t("The community") << "</h2>";
    field(h, ctx,
          {.name = "site_name",
           .label = ctx.t("Name of the community"),
           .hint = ctx.t("Kind and neutral is best: it shows in the window's title."),
           .value = form.site_name},
          error);
    const bool sent = ctx.form().has("helplines");
    helplines_field(h, ctx, sent ? std::string_view(form.helplines) : example_helplines, error);
    language_choice(h, ctx, form.language);
}

void host_fields(Html& h, const Ctx& ctx, const SetUpForm& form, const Error* error) {
    h << "<h2>" << ctx.t("Your own account") << "</h2><p>"
      << ctx.t("You will be the host: the one who looks after this place.") << "</p>";
    identity::name_field(h, ctx,
                         {.name = "name",
                          .label = ctx.t("Name"),
                          .hint = ctx.t("Others will see it. It need not be your real name."),
                          .value = form.host_name,
                          .autocomplete = "username"},
                         error);
    field(h, ctx,
          {.name = "password",
           .label = ctx.t("Password"),
           .hint = ctx.t("At least 8 characters. A few words in a row are easy to keep in mind."),
           .type = "password",
           .autocomplete = "new-password"},
          error);
    const bool sent = ctx.request.method == http::Method::post;
    check_box(h, ctx,
              {.name = "roles_need_factor",
               .label = ctx.t("Whoever looks after something needs a passkey or a second step to sign in"),
               .hint = ctx.t(
                   "That keeps the place safe, even if somebody finds out a password. You set it up next."),
               .checked = !sent || form.roles_need_factor});
    if (setup_code().empty()) return;
    field(h, ctx,
          {.name = "code",
           .label = ctx.t("Set-up code"),
           .hint = ctx.t("The terminal in which the server was started shows it."),
           .value = ctx.form().get("code")},
          error);
}

Response setup_page(Ctx& ctx, const Error* error) {
    SetUpForm form = typed(ctx);
    Html h;
    h << "<p>" << ctx.t("A few answers, and your community is open. You can change all of them later.")
      << "</p>";
    identity::connection_note(h, ctx);
    open_form(h, ctx, url::setup());
    community_fields(h, ctx, form, error);
    host_fields(h, ctx, form, error);
    close_form(h, ctx.t("Open my community"));
    const std::string title(ctx.t("Welcome. Let us set up your community"));
    return form_page(ctx, {.title = title, .heading = title}, h, error);
}

Done check_code(const Ctx& ctx) {
    if (setup_code().empty() || http::equal_tokens(ctx.form().get("code"), setup_code())) return {};
    return invalid("This is not the set-up code. The terminal of the server shows the right one.", "code");
}

Done check_all(const Ctx& ctx, const SetUpForm& form) {
    Mistakes mistakes;
    mistakes.note(check_set_up(form));
    mistakes.note(identity::check_looks(ctx.form()));
    mistakes.note(check_code(ctx));
    return mistakes.done();
}

struct Opened {
    identity::NewAccount account;
    std::string cookie;
};

Result<Opened> open_site(db::Tx& tx, const SetUpForm& form, std::string_view hash, Random& random) {
    identity::NewAccount account = TRY(set_up(tx, form, hash, random));
    std::string cookie = TRY(identity::start_session(tx, account.member, "", random));
    return Opened{std::move(account), std::move(cookie)};
}

// The one time that the host's recovery codes are shown.
Response opened_page(Ctx& ctx, const Opened& opened) {
    const std::string title(ctx.t("Welcome"));
    const std::string words =
        std::string(ctx.t("Your community is open, and you are signed in.")) + " " +
        std::string(ctx.t("If you ever lose your password, one of these codes lets you in. Each works "
                          "once. Write them down or print them now: we cannot show them again, and "
                          "without them we cannot tell that it is you."));
    return shown_once_page(ctx, {.title = title, .heading = title},
                           {.heading = ctx.t("Your recovery codes"),
                            .words = words,
                            .codes = opened.account.recovery_codes,
                            .button = ctx.t("I have kept them safe"),
                            .onward = ctx.site->roles_need_factor ? url::me_security() : url::home(),
                            .also = ctx.t("Next, say who is there, at what hours, and how to reach you:"),
                            .also_button = ctx.t("Look after the site"),
                            .also_onward = url::admin_site()});
}

Response get_setup(Ctx& ctx) {
    if (ctx.site->ready) return Response::redirect(url::home());
    return setup_page(ctx, nullptr);
}

Response post_setup(Ctx& ctx) {
    const SetUpForm form = typed(ctx);
    // Before the hashing, which takes time: a site that is open already hashes nothing for strangers.
    if (ctx.site->ready) return Response::redirect(url::home());
    if (const Done right = check_all(ctx, form); !right) return setup_page(ctx, &right.error());
    const std::string hash = crypto::hash_password(form.password);
    const auto opened = ctx.write([&](db::Tx& tx) { return open_site(tx, form, hash, ctx.services.random); });
    if (!opened) return setup_page(ctx, &opened.error());
    Ctx inside(ctx.services, ctx.request, nullptr, ctx.comfort, ctx.as_of);  // with the new name of the site
    Response response = opened_page(inside, *opened);
    return response.with("set-cookie", identity::kept_cookie(*ctx.site, opened->cookie));
}

}  // namespace

void use_setup_code(std::string code) { setup_code() = std::move(code); }

std::vector<http::Route> setup_routes() {
    return {{http::Method::get, "/setup", http::gate::open, get_setup},
            {http::Method::post, "/setup", http::gate::open, post_setup}};
}

std::vector<http::Route> routes() {
    std::vector<http::Route> all;
    for (const auto& more :
         {setup_routes(), help_now_routes(), help_routes(), offline_routes(), file_routes(), admin_routes(),
          member_routes(), look_up_routes(), record_routes(), design_routes()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace kith::site

#include "identity/forms.hpp"

#include "identity/second_step.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

constexpr std::string_view keep_name = "keep_name";

// Back to the page, where the password is not asked for any more.
void other_ways_to_confirm(Html& h, const http::Ctx& ctx, std::string_view page) {
    const bool has_other = ctx.session && ctx.services.db.read([&](db::ReadTx& tx) {
        return has_second_factor(tx, ctx.session->member);
    });
    if (!has_other) return;
    h << "<p class=\"hint\"><a href=\"" << url::me_confirm().query("next", page) << "\">"
      << ctx.t("Use a passkey or a code of your app instead") << "</a></p>";
}

std::string_view typed_next(const http::Ctx& ctx) {
    const std::string_view typed = ctx.form().get("next");
    return typed.empty() ? ctx.query().get("next") : typed;
}

}  // namespace

void open_form_onward(Html& h, http::Ctx& ctx, const Url& action) {
    http::open_form(h, ctx, action);
    next_field(h, ctx);
}

void next_field(Html& h, const http::Ctx& ctx) {
    if (const std::string_view next = typed_next(ctx); !next.empty())
        h << "<input type=\"hidden\" name=\"next\" value=\"" << next << "\">";
}

void press(Html& h, http::Ctx& ctx, const Url& action, std::string_view button) {
    http::open_form(h, ctx, action);
    h << "<button class=\"button quiet\">" << button << "</button></form>";
}

Url onward(const http::Ctx& ctx, const Url& otherwise) {
    const std::string_view next = typed_next(ctx);
    return next.empty() ? otherwise : Url::local(next);
}

Url with_next(const http::Ctx& ctx, const Url& to) {
    const std::string_view next = typed_next(ctx);
    return next.empty() ? to : to.query("next", next);
}

http::Response form_page(http::Ctx& ctx, std::string_view title, const Html& body, const Error* error) {
    return http::form_page(ctx, {.title = std::string(title), .heading = std::string(title)}, body, error);
}

// ---- for every feature ---------------------------------------------------------------------------------

void current_password_field(Html& h, const http::Ctx& ctx, const Error* error,
                            const std::optional<Url>& page) {
    if (is_confirmed(ctx)) return;
    http::field(h, ctx,
                {.name = "current",
                 .label = ctx.t("Present password"),
                 .hint = ctx.t("So that nobody else can do this for you."),
                 .type = "password",
                 .autocomplete = "current-password"},
                error);
    other_ways_to_confirm(h, ctx, page ? page->text() : ctx.request.path);
}

Done check_looks(const http::Form& form) {
    if (form.checked(keep_name)) return {};
    const auto warning = text::pseudonym_warning(text::one_line(form.get("name")));
    if (warning) return invalid(*warning, keep_name);
    return {};
}

void name_field(Html& h, const http::Ctx& ctx, const http::Field& name, const Error* error) {
    http::field(h, ctx, name, error);
    if (!ctx.form().has(keep_name) && !(error && error->about(keep_name))) return;
    http::check_box(h, ctx,
                    {.name = keep_name,
                     .label = ctx.t("I know, and I want to keep this name."),
                     .checked = ctx.form().checked(keep_name)},
                    error);
}

}  // namespace kith::identity

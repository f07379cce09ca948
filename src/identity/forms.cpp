#include "identity/forms.hpp"

#include "identity/identity.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr std::string_view keep_name = "keep_name";

bool is_about(const Error* error, std::string_view name) { return error && error->about(name); }

void error_words(Html& h, const http::Ctx& ctx, std::string_view name, const Error* error) {
    if (is_about(error, name))
        h << "<p class=\"error\" id=\"" << name << "-error\">" << ctx.t(error->about(name)->message)
          << "</p>";
}

void point_to_error(Html& h, std::string_view name, const Error* error) {
    if (is_about(error, name)) h << " aria-describedby=\"" << name << "-error\"";
}

void label_and_remarks(Html& h, const http::Ctx& ctx, const Field& field, const Error* error) {
    h << "<label for=\"" << field.name << "\">" << field.label << "</label>";
    if (!field.hint.empty())
        h << "<p class=\"hint\" id=\"" << field.name << "-hint\">" << field.hint << "</p>";
    error_words(h, ctx, field.name, error);
}

// The attributes that tie an input to its label, hint and error.
void names(Html& h, const Field& field, const Error* error) {
    const bool wrong = is_about(error, field.name);
    h << " id=\"" << field.name << "\" name=\"" << field.name << "\" autocomplete=\"" << field.autocomplete
      << "\"";
    if (wrong) h << " aria-invalid=\"true\"";
    if (field.hint.empty() && !wrong) return;
    h << " aria-describedby=\"";
    if (!field.hint.empty()) h << field.name << "-hint ";
    if (wrong) h << field.name << "-error";
    h << "\"";
}

std::string_view typed_next(const http::Ctx& ctx) {
    const std::string_view typed = ctx.form().get("next");
    return typed.empty() ? ctx.query().get("next") : typed;
}

// A conflict or a limit is shown in the form as well; who may not come in keeps that status.
int status_of_form(const Error& error) {
    return error.fault == Fault::conflict ? 422 : http::status_of(error.fault);
}

http::Response title_as_json(std::string_view title) {
    JsonWriter j;
    j.object().member("title", title).end();
    return http::json(j);
}

}  // namespace

void field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error) {
    h << "<div class=\"field\">";
    label_and_remarks(h, ctx, field, error);
    h << "<input type=\"" << field.type << "\"";
    names(h, field, error);
    h << " value=\"" << field.value << "\"></div>";
}

void password_field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error) {
    h << "<div class=\"field\">";
    label_and_remarks(h, ctx, field, error);
    h << "<input type=\"password\" required data-show=\"" << ctx.t("Show") << "\" data-hide=\""
      << ctx.t("Hide") << "\"";
    names(h, field, error);
    h << "></div>";
}

void choices(Html& h, const http::Ctx& ctx, const Choices& choices, std::span<const Option> options,
             const Error* error) {
    h << "<fieldset class=\"choices\" id=\"" << choices.name << "\"";
    point_to_error(h, choices.name, error);
    h << "><legend>" << choices.legend << "</legend>";
    error_words(h, ctx, choices.name, error);
    for (const Option& option : options) {
        h << "<label class=\"choice\"><input type=\"radio\" name=\"" << choices.name << "\" value=\""
          << option.value << "\"";
        if (option.value == choices.chosen) h << " checked";
        h << "><span>" << option.words << "</span></label>";
    }
    h << "</fieldset>";
}

void check_box(Html& h, const http::Ctx& ctx, std::string_view name, std::string_view words,
               const Error* error) {
    error_words(h, ctx, name, error);
    h << "<label class=\"choice\"><input type=\"checkbox\" id=\"" << name << "\" name=\"" << name
      << "\" value=\"yes\"";
    if (is_about(error, name)) h << " aria-invalid=\"true\"";
    point_to_error(h, name, error);
    h << "><span>" << words << "</span></label>";
}

void current_password_field(Html& h, const http::Ctx& ctx, const Error* error) {
    if (is_confirmed(ctx)) return;
    password_field(h, ctx,
                   {.name = "current",
                    .label = ctx.t("Present password"),
                    .hint = ctx.t("So that nobody else can do this for you."),
                    .autocomplete = "current-password"},
                   error);
}

void open_form(Html& h, http::Ctx& ctx, const Url& action) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
    next_field(h, ctx);
}

void next_field(Html& h, const http::Ctx& ctx) {
    if (const std::string_view next = typed_next(ctx); !next.empty())
        h << "<input type=\"hidden\" name=\"next\" value=\"" << next << "\">";
}

void close_form(Html& h, std::string_view button) {
    h << "<p><button class=\"button\">" << button << "</button></p></form>";
}

void press(Html& h, http::Ctx& ctx, const Url& action, std::string_view button) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
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
    if (ctx.wants_json()) return error ? http::error_page(ctx, *error) : title_as_json(title);
    Html h;
    const bool wrong = error && !is_about(error, keep_name);
    if (wrong) http::error_summary(h, ctx, *error);
    h << body;
    http::Frame frame{.title = std::string(title), .heading = std::string(title)};
    if (wrong) frame.title = ctx.f("Error: %1", title);
    return http::page(ctx, frame, h, error ? status_of_form(*error) : 200);
}

// ---- names that look real ------------------------------------------------------------------------------

std::optional<Error> name_warning(const http::Form& form) {
    if (form.checked(keep_name)) return std::nullopt;
    const auto warning = text::pseudonym_warning(text::one_line(form.get("name")));
    if (!warning) return std::nullopt;
    return Error{Fault::invalid, std::string(*warning), std::string(keep_name)};
}

void name_field(Html& h, const http::Ctx& ctx, const Field& name, const Error* error) {
    const bool warned = is_about(error, keep_name);
    if (warned) h << "<p class=\"notice\" role=\"status\">" << ctx.t(error->message) << "</p>";
    field(h, ctx, name, error);
    if (!warned && !ctx.form().has(keep_name)) return;
    h << "<label class=\"choice\"><input type=\"checkbox\" id=\"keep_name\" name=\"keep_name\" value=\"yes\"";
    if (!warned) h << " checked";
    h << "><span>" << ctx.t("I know, and I want to keep this name.") << "</span></label>";
}

}  // namespace kith::identity

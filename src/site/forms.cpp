#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

bool is_about(const Error* error, std::string_view name) { return error && error->about(name); }

void label_and_remarks(Html& h, const http::Ctx& ctx, const Field& field, const Error* error) {
    h << "<label for=\"" << field.name << "\">" << field.label << "</label>";
    if (!field.hint.empty())
        h << "<p class=\"hint\" id=\"" << field.name << "-hint\">" << field.hint << "</p>";
    if (is_about(error, field.name))
        h << "<p class=\"error\" id=\"" << field.name << "-error\">"
          << ctx.t(error->about(field.name)->message) << "</p>";
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

}  // namespace

void field(Html& h, const http::Ctx& ctx, const Field& field, const Error* error) {
    h << "<div class=\"field\">";
    label_and_remarks(h, ctx, field, error);
    if (field.rows > 0) {
        h << "<textarea rows=\"" << field.rows << "\"";
        names(h, field, error);
        // A browser drops the first line break of a text area.
        h << ">\n" << field.value << "</textarea></div>";
        return;
    }
    h << "<input type=\"" << field.type << "\"";
    names(h, field, error);
    if (field.type == "password") {
        h << " required data-show=\"" << ctx.t("Show") << "\" data-hide=\"" << ctx.t("Hide") << "\"></div>";
    } else {
        h << " value=\"" << field.value << "\"></div>";
    }
}

void check_box(Html& h, std::string_view name, std::string_view words, bool checked) {
    h << "<label class=\"choice\"><input type=\"checkbox\" id=\"" << name << "\" name=\"" << name
      << "\" value=\"yes\"";
    if (checked) h << " checked";
    h << "><span>" << words << "</span></label>";
}

void check_box(Html& h, const http::Ctx& ctx, std::string_view name, std::string_view words,
               const Error* error) {
    if (!is_about(error, name)) return check_box(h, name, words, false);
    h << "<p class=\"error\" id=\"" << name << "-error\">" << ctx.t(error->about(name)->message)
      << "</p><label class=\"choice\"><input type=\"checkbox\" id=\"" << name << "\" name=\"" << name
      << "\" value=\"yes\" aria-invalid=\"true\" aria-describedby=\"" << name << "-error\"><span>" << words
      << "</span></label>";
}

void current_password_field(Html& h, const http::Ctx& ctx, const Error* error) {
    if (identity::is_confirmed(ctx)) return;
    field(h, ctx,
          {.name = "current",
           .label = ctx.t("Present password"),
           .hint = ctx.t("So that nobody else can do this for you."),
           .type = "password",
           .autocomplete = "current-password"},
          error);
}

void radio(Html& h, std::string_view name, std::string_view value, std::string_view words, bool checked) {
    h << "<label class=\"choice\"><input type=\"radio\" name=\"" << name << "\" value=\"" << value << "\"";
    if (checked) h << " checked";
    h << "><span>" << words << "</span></label>";
}

void language_choice(Html& h, const http::Ctx& ctx, Language chosen) {
    h << "<fieldset class=\"choices\" id=\"language\"><legend>" << ctx.t("Language of the community")
      << "</legend>";
    // Each language in its own words.
    radio(h, "language", "en", std::string_view("English"), chosen == Language::en);
    radio(h, "language", "es", std::string_view("Español"), chosen == Language::es);
    h << "</fieldset>";
}

Language typed_language(const http::Form& form, Language otherwise) {
    return from_word<Language>(form.get("language")).value_or(otherwise);
}

void open_form(Html& h, const http::Ctx& ctx, const Url& action) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
}

void close_form(Html& h, std::string_view button) {
    h << "<p><button class=\"button\">" << button << "</button></p></form>";
}

http::Response form_page(http::Ctx& ctx, const http::Frame& frame, const Html& content, const Error* error) {
    if (!error) return http::page(ctx, frame, content);
    if (ctx.wants_json()) return http::error_page(ctx, *error);
    Html h;
    http::error_summary(h, ctx, *error);
    h << content;
    const bool about_form = error->fault == Fault::conflict || error->fault == Fault::invalid;
    http::Frame wrong = frame;
    wrong.title = ctx.f("Error: %1", frame.title);
    return http::page(ctx, wrong, h, about_form ? 422 : http::status_of(error->fault));
}

http::Response shown_once_page(http::Ctx& ctx, const http::Frame& frame, const ShownOnce& shown) {
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("location", shown.onward.text()).array("shown_once");
        for (const std::string& code : shown.codes) j.value(code);
        j.end().end();
        return http::json(j, 201);
    }
    Html h;
    if (!shown.heading.empty()) h << "<h2>" << shown.heading << "</h2>";
    h << "<p>" << shown.words << "</p><ul class=\"codes\">";
    for (const std::string& code : shown.codes) h << "<li><code>" << code << "</code></li>";
    h << "</ul><p><a class=\"button\" href=\"" << shown.onward << "\">" << shown.button << "</a></p>";
    if (!shown.also.empty())
        h << "<p>" << shown.also << " <a href=\"" << shown.also_onward << "\">" << shown.also_button
          << "</a></p>";
    return http::page(ctx, frame, h);
}

http::Frame admin_frame(const http::Ctx& ctx, std::string_view title) {
    return {.title = std::string(title),
            .heading = std::string(title),
            .crumbs = {{std::string(ctx.t("Home")), url::home()},
                       {std::string(ctx.t("Look after the site")), url::admin()}}};
}

}  // namespace kith::site

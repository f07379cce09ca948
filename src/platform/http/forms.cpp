#include "platform/http/forms.hpp"

#include "url.hpp"

namespace kith::http {
namespace {

const Error* about(const Error* error, std::string_view name) { return error ? error->about(name) : nullptr; }

void remarks(Html& h, const Ctx& ctx, std::string_view name, std::string_view hint, const Error* error) {
    if (!hint.empty()) h << "<p class=\"hint\" id=\"" << name << "-hint\">" << hint << "</p>";
    if (const Error* const wrong = about(error, name))
        h << "<p class=\"error\" id=\"" << name << "-error\">" << ctx.words.say(*wrong) << "</p>";
}

// What ties a control to its hint and its error.
void describe(Html& h, std::string_view name, std::string_view hint, const Error* error) {
    const bool wrong = about(error, name);
    if (wrong) h << " aria-invalid=\"true\"";
    if (hint.empty() && !wrong) return;
    h << " aria-describedby=\"";
    if (!hint.empty()) h << name << "-hint ";
    if (wrong) h << name << "-error";
    h << "\"";
}

void names(Html& h, const Field& field, const Error* error) {
    h << " id=\"" << field.name << "\" name=\"" << field.name << "\" autocomplete=\"" << field.autocomplete
      << "\"";
    describe(h, field.name, field.hint, error);
}

Response title_as_json(const Frame& frame) {
    JsonWriter j;
    j.object().member("title", frame.title).end();
    return json(j);
}

// A conflict is shown in the form as well; who may not come in keeps that status.
int status_of_form(const Error& error) {
    return error.fault == Fault::conflict ? 422 : status_of(error.fault);
}

}  // namespace

void field(Html& h, const Ctx& ctx, const Field& field, const Error* error) {
    h << "<div class=\"field\"><label for=\"" << field.name << "\">" << field.label << "</label>";
    remarks(h, ctx, field.name, field.hint, error);
    if (field.rows > 0) {
        h << "<textarea dir=\"auto\" rows=\"" << field.rows << "\"";
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
        if (field.type == "text") h << " dir=\"auto\"";
        h << " value=\"" << field.value << "\"></div>";
    }
}

void choices(Html& h, const Ctx& ctx, const Choices& choices, std::span<const Option> options,
             const Error* error) {
    h << "<fieldset class=\"choices\" id=\"" << choices.name << "\"";
    if (about(error, choices.name)) h << " aria-describedby=\"" << choices.name << "-error\"";
    h << "><legend>" << choices.label << "</legend>";
    remarks(h, ctx, choices.name, {}, error);
    for (const Option& option : options) {
        h << "<label class=\"choice\"><input type=\"radio\" name=\"" << choices.name << "\" value=\""
          << option.value << "\"";
        if (option.value == choices.chosen) h << " checked";
        if (choices.required) h << " required";
        h << "><span>" << option.words << "</span></label>";
    }
    h << "</fieldset>";
}

void open_selection(Html& h, const Ctx& ctx, const Choices& choices, const Error* error) {
    h << "<div class=\"field\"><label for=\"" << choices.name << "\">" << choices.label << "</label>";
    remarks(h, ctx, choices.name, {}, error);
    h << "<select id=\"" << choices.name << "\" name=\"" << choices.name << "\"";
    describe(h, choices.name, {}, error);
    h << ">";
}

void option(Html& h, std::string_view value, std::string_view words, std::string_view chosen) {
    h << "<option value=\"" << value << "\"";
    if (value == chosen) h << " selected";
    h << ">" << words << "</option>";
}

void close_selection(Html& h) { h << "</select></div>"; }

void check_box(Html& h, const Ctx& ctx, const Box& box, const Error* error) {
    remarks(h, ctx, box.name, box.hint, error);
    h << "<label class=\"choice\"><input type=\"checkbox\" id=\"" << box.name << "\" name=\"" << box.name
      << "\" value=\"yes\"";
    if (box.checked) h << " checked";
    describe(h, box.name, box.hint, error);
    h << "><span>" << box.label << "</span></label>";
}

void open_form(Html& h, const Ctx& ctx, const Url& action) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    token_field(h, ctx);
}

void close_form(Html& h, std::string_view button) {
    h << "<p><button class=\"button\">" << button << "</button></p></form>";
}

Frame admin_frame(const Ctx& ctx, std::string_view title, std::optional<Crumb> below) {
    Frame frame{.title = std::string(title),
                .heading = std::string(title),
                .crumbs = {{std::string(ctx.t("Home")), url::home()},
                           {std::string(ctx.t("Look after the site")), url::admin()}}};
    if (below) frame.crumbs.push_back(*std::move(below));
    return frame;
}

bool belongs_to_form(const Error& error) {
    return error.fault == Fault::invalid || error.fault == Fault::conflict;
}

Response form_again(Ctx& ctx, const Error& error, Response (*page)(Ctx& ctx, const Error* error)) {
    return belongs_to_form(error) ? page(ctx, &error) : error_page(ctx, error);
}

Response form_page(Ctx& ctx, const Frame& frame, const Html& content, const Error* error) {
    if (ctx.wants_json()) return error ? error_page(ctx, *error) : title_as_json(frame);
    if (!error) return page(ctx, frame, content);
    Html h;
    error_summary(h, ctx, *error);
    h << content;
    Frame wrong = frame;
    wrong.title = ctx.f("Error: %1", frame.title);
    return page(ctx, wrong, h, status_of_form(*error));
}

}  // namespace kith::http

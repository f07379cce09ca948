#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

void how_to_write_helplines(Html& h, const http::Ctx& ctx) {
    h << "<details><summary>" << ctx.t("How to write a line, with examples")
      << "</summary><div><ul><li><code>"
      << ctx.t("Lantern Line | 020 7946 0123, sms:07700 900123 HELLO | day and night | GB")
      << "</code></li><li><code>" << ctx.t("Harbour Chat | https://chat.example.org | every evening")
      << "</code></li></ul><ul><li>"
      << ctx.t(
             "A number alone is for calling. With sms: before it, it is for text messages; a word that must "
             "be sent there stands behind it. Chats and pages begin with https://.")
      << "</li><li>" << ctx.t("If there are several ways, put commas between them.") << "</li><li>"
      << ctx.t(
             "A country is two letters, such as IE, or its name. Lines without a country are for everybody.")
      << "</li><li>" << ctx.t("Hours and country can be left out.") << "</li></ul></div></details>";
}

}  // namespace

void helplines_field(Html& h, const http::Ctx& ctx, std::string_view value, const Error* error) {
    field(
        h, ctx,
        {.name = "helplines",
         .label = ctx.t("Who can help at once?"),
         .hint = ctx.t("A line each: name | numbers or web addresses | hours | country. They stand on every "
                       "page under \"Need help now?\". Please check each number."),
         .value = value,
         .rows = 6},
        error);
    how_to_write_helplines(h, ctx);
}

void language_choice(Html& h, const http::Ctx& ctx, Language chosen) {
    // Each language in its own words.
    constexpr http::Option languages[] = {{"en", "English"}, {"es", "Español"}};
    http::choices(h, ctx, {"language", ctx.t("Language of the community"), to_word(chosen)}, languages,
                  nullptr);
}

Language typed_language(const http::Form& form, Language otherwise) {
    return from_word<Language>(form.get("language")).value_or(otherwise);
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

}  // namespace kith::site

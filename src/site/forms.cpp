#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
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

http::Frame admin_frame(const http::Ctx& ctx, std::string_view title) {
    return {.title = std::string(title),
            .heading = std::string(title),
            .crumbs = {{std::string(ctx.t("Home")), url::home()},
                       {std::string(ctx.t("Look after the site")), url::admin()}}};
}

}  // namespace kith::site

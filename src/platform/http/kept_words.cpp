#include "platform/http/kept_words.hpp"

#include <algorithm>

#include "platform/http/page.hpp"
#include "platform/http/token.hpp"
#include "url.hpp"

namespace kith::http {
namespace {

struct Field {
    std::string_view name, value;
};

// A form as it came, in three parts; its token is left out.
struct Kept {
    std::vector<Field> words;   // typed by a person
    std::vector<Field> hidden;  // numbers, keys, ticks: needed to send it again
    bool has_secret = false;
};

bool is_secret(std::string_view name) {
    return name.find("password") != std::string_view::npos || name == "current" || name == "code" ||
           name == "credential_id" || name == "client_data" || name == "authenticator_data" ||
           name == "signature" || name == "user_handle";
}

bool is_words(const Field& field) {
    for (const std::string_view name : {"title", "text", "note", "reason"})
        if (field.name == name) return !field.value.empty();
    return field.value.find_first_of(" \n") != std::string_view::npos;
}

Kept kept_of(const Form& form) {
    Kept kept;
    for (const auto& [name, value] : form.values()) {
        const Field field{name, value};
        if (name == "form_token") continue;
        if (is_secret(name)) {
            kept.has_secret = true;
        } else {
            (is_words(field) ? kept.words : kept.hidden).push_back(field);
        }
    }
    return kept;
}

std::string_view label_of(std::string_view name) {
    if (name == "title") return t_later("Title");
    if (name == "text") return t_later("Your words");
    if (name == "note") return t_later("Content note");
    return t_later("What you wrote");
}

// Rows for its lines, a long line taking several.
std::size_t rows_for(std::string_view text) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    return std::clamp<std::size_t>(lines + text.size() / 60 + 1, 1, 16);
}

void word_fields(Html& h, const Ctx& ctx, const std::vector<Field>& words, bool can_send) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        h << "<div class=\"field\"><label for=\"kept-" << i << "\">" << ctx.t(label_of(words[i].name))
          << "</label><textarea dir=\"auto\" id=\"kept-" << i << "\" name=\"" << words[i].name << "\" rows=\""
          << rows_for(words[i].value) << "\"";
        if (!can_send) h << " readonly";
        h << ">\n" << words[i].value << "</textarea></div>";
    }
}

void how_to_go_on(Html& h, const Ctx& ctx, Again again) {
    h << "<p>";
    switch (again) {
        case Again::no:
            h << ctx.t("What you wrote is still here. Copy it if you want to keep it.");
            break;
        case Again::at_once:
            h << ctx.t("Nothing is lost. Look at it once more, then press Send again.");
            break;
        case Again::later:
            h << ctx.t("What you wrote is still here. Wait a moment, then press Send again.");
            break;
        case Again::after_sign_in:
            h << ctx.t("What you wrote is still here.")
              << "</p><p><a class=\"button\" target=\"_blank\" rel=\"noopener\" href=\"" << url::sign_in()
              << "\">" << ctx.t("Sign in (in a new tab)") << "</a></p><p>"
              << ctx.t("Come back to this page, then press Send again.");
            break;
    }
    h << "</p>";
}

void sending_form(Html& h, const Ctx& ctx, const Kept& kept) {
    h << "<form class=\"composer\" method=\"post\" action=\"" << Url::local(ctx.request.target) << "\">";
    token_field(h, ctx);
    for (const Field& field : kept.hidden)
        h << "<input type=\"hidden\" name=\"" << field.name << "\" value=\"" << field.value << "\">";
    word_fields(h, ctx, kept.words, true);
    h << "<button class=\"button\" data-sending=\"" << ctx.t("Sending") << "\">" << ctx.t("Send again")
      << "</button></form>";
}

void sign_in_link(Html& h, const Ctx& ctx) {
    h << "<p><a class=\"button\" href=\"" << url::sign_in() << "\">" << ctx.t("Sign in") << "</a></p>";
}

}  // namespace

void kept_words(Html& h, const Ctx& ctx, Again again) {
    const Sender sender = sender_of(ctx.request);
    const Kept kept = kept_of(ctx.form());
    if (kept.words.empty() && again == Again::after_sign_in) return sign_in_link(h, ctx);
    if (ctx.request.method != Method::post || sender == Sender::elsewhere) return;
    const bool can_send = again != Again::no && sender == Sender::ours && !kept.has_secret;
    if (kept.words.empty() && !can_send) return;
    how_to_go_on(h, ctx, can_send ? again : Again::no);
    if (can_send) {
        sending_form(h, ctx, kept);
    } else {
        word_fields(h, ctx, kept.words, false);
    }
}

}  // namespace kith::http

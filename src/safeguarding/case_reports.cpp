#include <algorithm>

#include "assist/assist.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "safeguarding/case_view.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using Hits = std::vector<assist::Hit>;

std::string_view reason_of(const Ctx& ctx, std::string_view rule) {
    if (rule == "same-words") return ctx.t("The same words came several times from people who are new here");
    if (rule == "first-links") return ctx.t("Somebody who is new here put a link or a contact into a post");
    const assist::Rule* const found = assist::find_rule(rule);
    if (!found) return ctx.t("Words that may need an answer");
    return ctx.words.language() == Language::es ? found->reason_es : found->reason;
}

// The words with a little of what stands around them, cut between words.
void excerpt(Html& h, std::string_view text, assist::Span at) {
    constexpr std::size_t around = 80;
    const auto is_space = [](char c) { return text::ascii::is_space(c); };
    std::size_t begin = at.begin > around ? at.begin - around : 0;
    while (begin > 0 && begin < at.begin && !is_space(text[begin])) ++begin;
    std::size_t end = std::min(text.size(), at.end + around);
    while (end < text.size() && end > at.end && !is_space(text[end])) --end;
    h << "<blockquote dir=\"auto\">" << std::string_view(begin > 0 ? "… " : "")
      << text.substr(begin, at.begin - begin) << "<mark>" << text.substr(at.begin, at.end - at.begin)
      << "</mark>" << text.substr(at.end, end - at.end) << std::string_view(end < text.size() ? " …" : "")
      << "</blockquote>";
}

void noticed(Html& h, const Ctx& ctx, const Report& report, std::string_view text, const Hits& all) {
    h << ctx.f("Noticed by a rule: %1", reason_of(ctx, report.rule)) << " <span class=\"meta\">"
      << text::ago(ctx.words, report.filed_at, ctx.now()) << "</span>";
    const auto here = std::ranges::find(all, report.rule,
                                        [](const assist::Hit& hit) { return hit.rule->id; });
    if (here != all.end()) {
        excerpt(h, text, {here->begin, here->end});
    } else if (assist::find_rule(report.rule)) {  // others read no words: links, or how often it came
        h << "<p class=\"meta\">" << ctx.t("These words are in an earlier text, not in this one.") << "</p>";
    }
}

void told(Html& h, const Ctx& ctx, const Report& report, std::string_view text, const Told& told) {
    h << told.words << " <span class=\"meta\">" << text::ago(ctx.words, report.filed_at, ctx.now())
      << "</span>";
    if (told.spans.empty()) return;
    h << "<blockquote dir=\"auto\">";
    std::size_t at = 0;
    for (const assist::Span span : told.spans) {
        h << text.substr(at, span.begin - at) << "<mark>" << text.substr(span.begin, span.end - span.begin)
          << "</mark>";
        at = span.end;
    }
    h << text.substr(at) << "</blockquote>";
}

void picture(Html& h, const Ctx& ctx, const Report& report, std::string_view text) {
    if (report.picture.empty()) return;
    const auto all = text::pictures_in(text);
    const auto here = std::ranges::find(all, report.picture, &text::PictureIn::key);
    h << "<p>" << ctx.t("It is about this picture:") << "</p>";
    careful_picture(
        h, report.picture,
        here == all.end() ? ctx.t("A picture of an earlier text") : std::string_view(here->words));
}

void reported(Html& h, const Ctx& ctx, const Report& report, std::string_view text) {
    h << ctx.t(words_of(report.reason)) << " <span class=\"meta\">"
      << text::ago(ctx.words, report.filed_at, ctx.now());
    if (!report.by_member) h << ", " << ctx.t("without an account");
    h << "</span>";
    if (!report.words.empty()) h << "<blockquote dir=\"auto\">" << report.words << "</blockquote>";
    picture(h, ctx, report, text);
}

bool is_by_rule(const Report& report) { return !report.rule.empty(); }

void earlier_cases(Html& h, const Ctx& ctx, const std::vector<Case>& earlier) {
    if (earlier.empty()) return;
    h << "<h2>" << ctx.t("Earlier, about the same name") << "</h2><ul>";
    for (const Case& one : earlier)
        h << "<li><a href=\"" << url::safety_case(one.id) << "\">" << text::exact(ctx.words, one.opened_at)
          << "</a>: " << ctx.t(words_of(one.outcome.value_or(Outcome::nothing))) << "</li>";
    h << "</ul>";
}

Teller teller = nullptr;

}  // namespace

std::map<std::string, Told> told_of(db::ReadTx& tx, const Words& words, const CaseView& view) {
    std::map<std::string, Told> out;
    if (!teller) return out;
    for (const Report& report : view.dossier.reports)
        if (is_by_rule(report) && !assist::find_rule(report.rule))
            if (auto told = teller(tx, words, report.rule, view.text)) out[report.rule] = *std::move(told);
    return out;
}

void reports_part(Html& h, const Ctx& ctx, const CaseView& view) {
    const Dossier& dossier = view.dossier;
    const Hits all = assist::read_by_rules(view.text);
    h << "<h2>" << ctx.t("Why it is here") << "</h2><ul>";
    for (const Report& report : dossier.reports) {
        h << "<li>";
        if (const auto known = view.told.find(report.rule); known != view.told.end()) {
            told(h, ctx, report, view.text, known->second);
        } else if (is_by_rule(report)) {
            noticed(h, ctx, report, view.text, all);
        } else {
            reported(h, ctx, report, view.text);
        }
        h << "</li>";
    }
    h << "</ul>";
    if (std::ranges::any_of(dossier.reports, is_by_rule))
        h << "<p class=\"hint\">"
          << ctx.t("A rule knows words, not people. It can be wrong; it only asks you to read this.")
          << "</p>";
    earlier_cases(h, ctx, dossier.earlier);
}

}  // namespace kith::safeguarding::pages

namespace kith::safeguarding {

void use_teller(Teller told) { pages::teller = told; }

}  // namespace kith::safeguarding

#include "crises/exports.hpp"
#include "crises/pages.hpp"
#include "platform/html/html.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/time_words.hpp"

namespace kith::crises {
namespace {

using pages::name_of;
using safeguarding::Case;
using safeguarding::Report;

std::string_view rest_words(const Words& words) {
    return words.t(
        "Not in this file: contact details that members left sealed, notes of those who worked on the case "
        "to themselves, who wrote anonymously, and pictures.");
}

// ---- JSON ------------------------------------------------------------------------------------------------

void reports_json(JsonWriter& j, const Material& all) {
    j.array("reports");
    for (std::size_t i = 0; i < all.timeline.dossier.reports.size(); ++i) {
        const Report& report = all.timeline.dossier.reports[i];
        j.object()
            .member("reason", report.reason)
            .member("words", report.words)
            .member("filed_at", report.filed_at)
            .member("by_member", report.by_member)
            .member("rule", report.rule)
            .member("reporter", i < all.reporters.size() ? all.reporters[i] : std::string())
            .end();
    }
    j.end();
}

void versions_json(JsonWriter& j, const Material& all) {
    j.array("versions");
    for (const conversation::Version& one : all.versions)
        j.object()
            .member("version", one.version)
            .member("written_at", one.written_at)
            .member("note", one.note)
            .member("text", one.markdown)
            .end();
    j.end();
}

// ---- HTML ------------------------------------------------------------------------------------------------

void fact(Html& h, std::string_view label, std::string_view words) {
    if (!words.empty()) h << "<dt>" << label << "</dt><dd dir=\"auto\">" << words << "</dd>";
}

void request_part(Html& h, const Words& words, const Material& all) {
    h << "<dl>";
    fact(h, words.t("Made"), text::exact(words, all.made_at));
    fact(h, words.t("For"), all.form.requester);
    fact(h, words.t("Their reference"), all.form.reference);
    fact(h, words.t("Reason"), all.form.reason);
    fact(h, words.t("Why with the names of those who reported"),
         all.form.with_reporters ? all.form.reporters_reason : std::string());
    h << "</dl>";
}

void case_part(Html& h, const Words& words, const Material& all) {
    const Case& one = all.timeline.dossier.safety_case;
    h << "<h2>" << words.t("The case") << "</h2><dl>";
    fact(h, words.t("Group"), all.group);
    fact(h, words.t("Thread"), all.title);
    if (one.post) fact(h, words.t("Name of the author"), name_of(words, all.names, one.author));
    fact(h, words.t("Opened"), text::exact(words, one.opened_at));
    fact(h, words.t("How urgent it was"), words.t(words_of(one.worst)));
    if (one.decided_at) {
        fact(h, words.t("Decided"), text::exact(words, *one.decided_at));
        fact(h, words.t("Decision"), words.t(words_of(*one.outcome)));
        fact(h, words.t("Rule"), one.rule);
        fact(h, words.t("In these words to the author:"), one.words);
    }
    if (const auto& appeal = all.timeline.dossier.appeal) {
        fact(h, words.t("The author asks for another look"), appeal->words);
        fact(h, words.t("This was answered:"), appeal->answer);
    }
    h << "</dl>";
}

void reports_part(Html& h, const Words& words, const Material& all) {
    h << "<h2>" << words.t("Reports") << "</h2>";
    for (std::size_t i = 0; i < all.timeline.dossier.reports.size(); ++i) {
        const Report& report = all.timeline.dossier.reports[i];
        h << "<dl>";
        fact(h, words.t("When"), text::exact(words, report.filed_at));
        fact(h, words.t("Reason"), words.t(words_of(report.reason)));
        fact(h, words.t("Noticed by a rule"), report.rule);
        fact(h, words.t("Text"), report.words);
        fact(h, words.t("Reported by"), i < all.reporters.size() ? all.reporters[i] : std::string());
        h << "</dl>";
    }
}

void versions_part(Html& h, const Words& words, const Material& all) {
    if (all.versions.empty()) return;
    h << "<h2>" << words.t("The post, and its earlier texts") << "</h2>";
    for (const conversation::Version& one : all.versions) {
        h << "<dl>";
        fact(h, words.t("Written"), text::exact(words, one.written_at));
        fact(h, words.t("Content note"), one.note);
        fact(h, words.t("Text"), one.markdown);
        h << "</dl>";
    }
}

void entries_part(Html& h, const Words& words, const Material& all) {
    h << "<h2>" << words.t("What was tried and done") << "</h2><ol>";
    for (const pages::Entry& entry : pages::entries_of(words, all.timeline, all.names)) {
        h << "<li>" << text::exact(words, entry.at) << " " << entry.words;
        if (!entry.quote.empty()) h << "<blockquote dir=\"auto\">" << entry.quote << "</blockquote>";
        h << "</li>";
    }
    h << "</ol>";
}

}  // namespace

std::string as_json(const Material& all, const Words& words) {
    const Case& one = all.timeline.dossier.safety_case;
    JsonWriter j;
    j.object()
        .member("made_at", all.made_at)
        .member("requester", all.form.requester)
        .member("reference", all.form.reference)
        .member("reason", all.form.reason)
        .member("case", one.id)
        .member("group", all.group)
        .member("thread", all.title)
        .member("author", one.post ? name_of(words, all.names, one.author) : std::string())
        .member("urgency", one.worst)
        .member("opened_at", one.opened_at)
        .member("outcome", one.outcome)
        .member("words", one.words)
        .member("rule", one.rule)
        .member("decided_at", one.decided_at)
        .member("closed_at", one.closed_at)
        .member("appeal", all.timeline.dossier.appeal ? all.timeline.dossier.appeal->words : std::string())
        .member("answer", all.timeline.dossier.appeal ? all.timeline.dossier.appeal->answer : std::string());
    reports_json(j, all);
    versions_json(j, all);
    j.array("entries");
    for (const pages::Entry& entry : pages::entries_of(words, all.timeline, all.names))
        j.object().member("at", entry.at).member("words", entry.words).member("quote", entry.quote).end();
    j.end().end();
    return j.str();
}

std::string as_html(const Material& all, const Words& words) {
    const std::string heading = words.f("Case %1",
                                        std::to_string(all.timeline.dossier.safety_case.id.value()));
    Html h(64 * 1024);
    h << "<!doctype html><html lang=\"" << to_word(words.language()) << "\" dir=\""
      << std::string_view(direction(words.language()))
      << "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta name=\"viewport\" "
         "content=\"width=device-width\"><title>"
      << heading
      << "</title><style>body{max-width:45em;margin:2em auto;padding:0 1em;font:1.1em/1.5 sans-serif}"
         "dl{border-top:1px solid;padding-top:.7em}dt{font-weight:bold}"
         "dd{margin:0 0 .5em;white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body><h1>"
      << heading << "</h1>";
    request_part(h, words, all);
    case_part(h, words, all);
    versions_part(h, words, all);
    reports_part(h, words, all);
    entries_part(h, words, all);
    h << "<p>" << rest_words(words) << "</p></body></html>\n";
    return h.take();
}

}  // namespace kith::crises

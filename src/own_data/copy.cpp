#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "own_data/own_data.hpp"
#include "own_data/sections.hpp"
#include "own_data/store.hpp"
#include "platform/html/html.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/time_words.hpp"

namespace kith::own_data {
namespace {

// ---- JSON --------------------------------------------------------------------------------------------

void write(JsonWriter& j, std::string_view key, const Cell& cell) {
    std::visit(
        [&]<class T>(const T& value) {
            if constexpr (std::same_as<T, std::monostate>) {
                j.member(key, std::optional<bool>());
            } else {
                j.member(key, value);
            }
        },
        cell);
}

std::string as_json(std::span<const Filled> all, Time now) {
    JsonWriter j;
    j.object().member("made_at", now);
    for (const Filled& filled : all) {
        j.array(filled.section->key);
        for (const Line& line : filled.lines) {
            j.object();
            for (std::size_t i = 0; i < line.size(); ++i) write(j, filled.section->columns[i].key, line[i]);
            j.end();
        }
        j.end();
    }
    j.end();
    return j.str();
}

// ---- HTML --------------------------------------------------------------------------------------------

std::string in_words(const Words& words, const Cell& cell) {
    return std::visit(
        [&]<class T>(const T& value) -> std::string {
            if constexpr (std::same_as<T, std::monostate>) {
                return {};
            } else if constexpr (std::same_as<T, Time>) {
                return text::exact(words, value);
            } else if constexpr (std::same_as<T, bool>) {
                return std::string(value ? words.t("yes") : words.t("no"));
            } else if constexpr (std::same_as<T, std::string>) {
                return value;
            } else {
                return std::to_string(value);
            }
        },
        cell);
}

void write(Html& h, const Words& words, const Section& section, const Line& line) {
    h << "<dl>";
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string value = in_words(words, line[i]);
        if (!value.empty())
            h << "<dt>" << words.t(section.columns[i].label) << "</dt><dd dir=\"auto\">" << value << "</dd>";
    }
    h << "</dl>";
}

void write(Html& h, const Words& words, const Filled& filled) {
    h << "<h2 id=\"" << filled.section->key << "\">" << words.t(filled.section->heading) << "</h2>";
    if (filled.lines.empty()) h << "<p>" << words.t("Nothing.") << "</p>";
    for (const Line& line : filled.lines) write(h, words, *filled.section, line);
}

void contents(Html& h, const Words& words, std::span<const Filled> all) {
    h << "<ul>";
    for (const Filled& filled : all)
        h << "<li><a href=\"#" << filled.section->key << "\">" << words.t(filled.section->heading) << "</a> ("
          << filled.lines.size() << ")</li>";
    h << "</ul>";
}

std::string as_html(std::span<const Filled> all, Time now, const Words& words) {
    Html h(64 * 1024);
    h << "<!doctype html><html lang=\"" << to_word(words.language()) << "\" dir=\""
      << std::string_view(direction(words.language()))
      << "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta name=\"viewport\" "
         "content=\"width=device-width\"><title>"
      << words.t("My data")
      << "</title><style>body{max-width:45em;margin:2em auto;padding:0 1em;font:1.1em/1.5 sans-serif}"
         "dl{border-top:1px solid;padding-top:.7em}dt{font-weight:bold}"
         "dd{margin:0 0 .5em;white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body><h1>"
      << words.t("My data") << "</h1><p>"
      << words.f("This is all that was kept about you on %1. Names of other people are left out.",
                 text::exact(words, now))
      << "</p><p>" << words.t("Keep this file where only you can read it.") << "</p>";
    contents(h, words, all);
    for (const Filled& filled : all) write(h, words, filled);
    h << "</body></html>\n";
    return h.take();
}

}  // namespace

Result<Copy> copy_for(Services& services, const Actor& actor, std::string_view current, const Words& words) {
    const MemberId member = TRY(identity::proven(services, actor, current));
    TRY(services.db.write([&](db::Tx& tx) -> Done {
        audit::record(tx, actor, "member.data_taken", "member", member.value());
        return {};
    }));
    std::vector<Copy::File> pictures;
    const auto all = services.db.read([&](db::ReadTx& tx) {
        pictures = store::pictures_of(tx, member);
        return fill(tx, member);
    });
    const Time now = services.clock.now();
    return Copy{as_json(all, now), as_html(all, now, words), std::move(pictures)};
}

}  // namespace kith::own_data

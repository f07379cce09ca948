#include "transparency/files.hpp"

#include "platform/json/writer.hpp"
#include "platform/pdf/pdf.hpp"
#include "platform/text/time_words.hpp"

namespace kith::transparency {
namespace {

// RFC 4180; a cell that begins like a formula gets an apostrophe in front (OWASP, CSV injection).
std::string cell(std::string_view text) {
    constexpr std::string_view begins = "=+-@\t\r", needs_quotes = "\",\r\n";
    std::string out;
    if (!text.empty() && begins.find(text[0]) != std::string_view::npos) out += '\'';
    out += text;
    if (out.find_first_of(needs_quotes) == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char c : out) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

bool is_time(std::string_view key) { return key.ends_with(".median") || key.ends_with(".p90"); }

}  // namespace

std::string day(Time time) { return text::iso(time).substr(0, 10); }

std::string as_csv(const Report& report) {
    std::string out = "from,to,figure,shown,value,unit,fewer_than\r\n";
    for (const Figure& figure : report.figures) {
        const bool is_exact = figure.shown == Shown::exact;
        const std::string cells[] = {day(report.period.from),
                                     day(report.period.last_day()),
                                     figure.key,
                                     std::string(to_word(figure.shown)),
                                     is_exact ? std::to_string(figure.value) : std::string(),
                                     is_time(figure.key) ? "minutes" : "count",
                                     std::to_string(report.least)};
        for (const std::string& one : cells) out += cell(one) + (&one == &cells[6] ? "\r\n" : ",");
    }
    return out;
}

void as_json(JsonWriter& j, const Report& report) {
    j.object()
        .member("from", day(report.period.from))
        .member("to", day(report.period.last_day()))
        .member("fewer_than", report.least)
        .array("figures");
    for (const Figure& figure : report.figures)
        j.object()
            .member("figure", figure.key)
            .member("shown", figure.shown)
            .member("value", figure.shown == Shown::exact ? std::optional(figure.value) : std::nullopt)
            .member("unit", is_time(figure.key) ? "minutes" : "count")
            .end();
    j.end().end();
}

std::string as_text(const Document& document) {
    std::string out = document.title + "\n" + document.period + "\n";
    for (const std::string& words : document.front) out += "\n" + words + "\n";
    for (const Section& section : document.sections) {
        out += "\n" + section.heading + "\n" + section.words + "\n";
        for (const Row& row : section.rows) {
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                out += (i == 0   ? "  "
                        : i == 1 ? ": "
                                 : ", ") +
                       (i > 1 ? section.heads[i] + " " + row.cells[i] : row.cells[i]);
            out += "\n";
        }
        for (const std::string& note : section.notes) out += "  " + note + "\n";
    }
    return out;
}

std::string as_pdf(const Document& document, const Words& words, Time made_at) {
    pdf::Writer out({.title = document.title + ", " + document.period,
                     .language = std::string(to_word(words.language())),
                     .made_at = made_at,
                     .page_words = std::string(words.t("Page %1"))});
    out.heading(1, document.title);
    out.paragraph(document.period);
    for (const std::string& one : document.front) out.paragraph(one);
    for (const Section& section : document.sections) {
        out.heading(2, section.heading);
        out.paragraph(section.words);
        std::vector<pdf::Row> rows;
        for (const Row& row : section.rows) rows.push_back({row.cells, row.bar});
        if (!rows.empty()) out.table(section.heads, rows);
        for (const std::string& note : section.notes) out.paragraph(note);
    }
    return std::move(out).take();
}

}  // namespace kith::transparency

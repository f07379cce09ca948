#include "transparency/views.hpp"

#include <algorithm>
#include <cmath>

namespace kith::transparency {
namespace {

// Beside its number, which says the same: hidden from screen readers.
void bar(Html& h, double share) {
    const auto width = static_cast<int>(std::lround(100 * std::clamp(share, 0.0, 1.0)));
    h << "<svg class=\"bar-chart\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" "
         "focusable=\"false\"><rect width=\""
      << width << "\" height=\"10\" rx=\"1\"/></svg>";
}

void row(Html& h, const Section& section, const Row& one) {
    h << "<tr><th scope=\"row\">" << one.cells[0] << "</th>";
    for (std::size_t i = 1; i < one.cells.size(); ++i) {
        h << "<td data-label=\"" << section.heads[i] << "\">";
        if (i == 1 && one.bar.value_or(0) > 0) bar(h, *one.bar);
        h << one.cells[i] << "</td>";
    }
    h << "</tr>";
}

void table(Html& h, const Section& section) {
    h << "<table class=\"reflow\"><caption class=\"visually-hidden\">" << section.heading
      << "</caption><thead><tr>";
    for (const std::string& head : section.heads) h << "<th scope=\"col\">" << head << "</th>";
    h << "</tr></thead><tbody>";
    for (const Row& one : section.rows) row(h, section, one);
    h << "</tbody></table>";
}

}  // namespace

void show(Html& h, const Document& document) {
    h << "<p class=\"period\">" << document.period << "</p>";
    for (const std::string& words : document.front)
        h << "<p class=\"as-typed\" dir=\"auto\">" << words << "</p>";
    for (const Section& section : document.sections) {
        h << "<section><h2>" << section.heading << "</h2><p>" << section.words << "</p>";
        if (!section.rows.empty()) table(h, section);
        for (const std::string& note : section.notes) h << "<p>" << note << "</p>";
        h << "</section>";
    }
}

}  // namespace kith::transparency

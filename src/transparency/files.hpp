#pragma once

#include <string>

#include "transparency/document.hpp"

// A report as files.
namespace kith::transparency {

// "2026-01-31"
std::string day(Time time);
// A line for each figure: "from,to,figure,shown,value,unit"; docs/operators/transparency.md says what each is. No cell
// begins with what a spreadsheet takes for a formula.
std::string as_csv(const Report& report);
void as_json(JsonWriter& j, const Report& report);
// For a terminal.
std::string as_text(const Document& document);
// A4, tagged, with its text and the language of `words`.
std::string as_pdf(const Document& document, const Words& words, Time made_at);

}  // namespace kith::transparency

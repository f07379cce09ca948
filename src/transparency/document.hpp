#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/words/words.hpp"
#include "transparency/transparency.hpp"

// A report in the words of a reader, for the page and for the PDF.
namespace kith::transparency {

struct Row {
    std::vector<std::string> cells;  // the first one says what it is
    std::optional<double> bar = {};  // 0 to 1, beside the numbers
};
struct Section {
    std::string heading;
    std::string words;               // what is counted
    std::vector<std::string> heads;  // of the columns
    std::vector<Row> rows;
    std::vector<std::string> notes = {};  // below the table
};
struct Document {
    std::string title;
    std::string period;
    std::vector<std::string> front;  // paragraphs above the sections
    std::vector<Section> sections;
};

struct Told {
    std::string community;
    std::string by_host = {};  // what the host says to it
    std::optional<Time> published_at = {};
};
Document in_words(const Report& report, const Told& told, const Words& words);

// "12 January to 30 June 2026", both days included.
std::string period_in_words(const Period& period, const Words& words);

}  // namespace kith::transparency

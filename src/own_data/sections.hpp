#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/db/db.hpp"

// What is kept about a member, a section for each kind of row.
namespace kith::own_data {

enum class Shape { number, text, time, yes };

struct Column {
    std::string_view key;    // in JSON
    std::string_view label;  // for people; a translation key
    Shape shape = Shape::text;
};

struct Section {
    std::string_view key;
    std::string_view heading;  // a translation key
    db::Sql sql;               // $1 is the member; its columns are `columns`
    std::span<const Column> columns;
};
// All of them, in the order of the page. Each part stands in a file of its own.
std::span<const Section> sections();
std::span<const Section> account_sections();  // and groups
std::span<const Section> word_sections();     // what was written, and how one reads
std::span<const Section> task_sections();     // reports, shifts, the door
std::span<const Section> sign_in_sections();  // devices, ways in, the log

// A column of a row; nothing where nothing is known.
using Cell = std::variant<std::monostate, std::int64_t, std::string, Time, bool>;
using Line = std::vector<Cell>;
struct Filled {
    const Section* section = nullptr;
    std::vector<Line> lines;
};
std::vector<Filled> fill(db::ReadTx& tx, MemberId member);

}  // namespace kith::own_data

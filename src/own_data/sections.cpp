#include "own_data/sections.hpp"

namespace kith::own_data {
namespace {

using enum Shape;

Cell cell(const db::Row& row, int at, Shape shape) {
    const auto known = [](auto value) { return value ? Cell(*std::move(value)) : Cell(); };
    switch (shape) {
        case number:
            return known(row.get<std::optional<std::int64_t>>(at));
        case text:
            return known(row.get<std::optional<std::string>>(at));
        case time:
            return known(row.get<std::optional<Time>>(at));
        case yes:
            return known(row.get<std::optional<bool>>(at));
    }
    return {};
}

}  // namespace

std::span<const Section> sections() {
    static const std::vector<Section> all = [] {
        std::vector<Section> out;
        for (const auto part : {account_sections(), word_sections(), task_sections(), sign_in_sections()})
            out.insert(out.end(), part.begin(), part.end());
        return out;
    }();
    return all;
}

std::vector<Filled> fill(db::ReadTx& tx, MemberId member) {
    std::vector<Filled> out;
    for (const Section& section : sections()) {
        Filled filled{&section, {}};
        for (const db::Row& row : tx.query(section.sql, member)) {
            Line& line = filled.lines.emplace_back();
            for (const Column& column : section.columns)
                line.push_back(cell(row, static_cast<int>(line.size()), column.shape));
        }
        out.push_back(std::move(filled));
    }
    return out;
}

}  // namespace kith::own_data

#pragma once

#include <optional>
#include <vector>

#include "risks/risks.hpp"

// All SQL of risks: rows in, rows out, no decisions.
namespace kith::risks::store {

struct Row {
    RiskId id;
    std::int64_t number = 0;
    std::optional<Time> retired_at;
};
std::vector<Row> standing(db::ReadTx& tx);
// Those whose day of review has come, and of which nobody was told since `told_before`.
std::vector<RiskId> due(db::ReadTx& tx, Time told_before);
std::optional<Row> find(db::ReadTx& tx, RiskId id);
RiskId insert(db::Tx& tx, Time review_at);
void set_number(db::Tx& tx, RiskId id, std::int64_t number, Time review_at);
void set_reminded(db::Tx& tx, RiskId id);
void set_retired(db::Tx& tx, RiskId id);

std::optional<Version> version(db::ReadTx& tx, RiskId id, std::int64_t number);
std::vector<Version> versions(db::ReadTx& tx, RiskId id);
void insert_version(db::Tx& tx, RiskId id, const Version& version);

}  // namespace kith::risks::store

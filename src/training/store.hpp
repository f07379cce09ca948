#pragma once

#include <optional>
#include <vector>

#include "training/training.hpp"

// All SQL of training: rows in, rows out, no decisions.
namespace kith::training::store {

std::vector<Module> modules(db::ReadTx& tx);
std::optional<Module> find_module(db::ReadTx& tx, ModuleId id);
ModuleId insert_module(db::Tx& tx, const Module& module);
void set_module(db::Tx& tx, const Module& module);
void set_retired(db::Tx& tx, ModuleId id, std::optional<Time> at);

struct Need {
    identity::Role role = identity::Role::moderator;
    ModuleId module;
    Time from;
};
std::vector<Need> needs(db::ReadTx& tx);
// One that is there keeps its time.
void put_need(db::Tx& tx, const Need& need);
void remove_need(db::Tx& tx, identity::Role role, ModuleId module);

struct Finished {
    ModuleId module;
    Time at;
    std::optional<Time> expires_at;
};
std::vector<Finished> finished_by(db::ReadTx& tx, MemberId member);
void put_finished(db::Tx& tx, MemberId member, const Finished& finished);

struct Due {
    MemberId member;
    ModuleId module;
};
// Those that run out before `time`, and nobody was reminded of.
std::vector<Due> due_before(db::ReadTx& tx, Time time);
void set_reminded(db::Tx& tx, const Due& due);

}  // namespace kith::training::store

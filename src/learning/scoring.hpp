#pragma once

#include <memory>

#include "learning/learning.hpp"

// Models at work; private to learning.
namespace kith::learning {

// What stands in place of a rule where a model, or somebody who reads posts, asks: "model.crisis", "audit".
inline constexpr std::string_view model_source = "model.", audit_source = "audit";
std::string source_of(Flag flag);
std::optional<Flag> flag_of(std::string_view source);
safeguarding::Reason reason_of(Flag flag);
// Never more than what words said outright bring.
Urgency urgency_of(Flag flag);

// A model that can read now.
struct Active {
    Flag flag;
    Standing standing;
    assist::Reader reader;
    double threshold = 1;  // what is above it asks
};
// The one of a flag; nothing where rules alone read, or what is wrong with it.
struct Loaded {
    std::optional<Active> model;
    Trouble before = Trouble::none, now = Trouble::none;
};
Loaded load_model(db::ReadTx& tx, Flag flag);
std::vector<Active> load_models(db::ReadTx& tx);  // all that can be read

// The chance, or what is wrong with the model.
struct Reading {
    double chance = 0;
    Trouble trouble = Trouble::none;
};
Reading read(const Active& model, std::string_view text);

// A job once somebody has labelled a post: what models say of it is written beside.
inline constexpr std::string_view label_job = "post_labelled";
void score_label(Services& services, const std::string& payload);

// What the place of a post says, apart from its words: links in a first post, the same text in other threads. Sources
// as of rules.
std::vector<std::string_view> structure_of(db::ReadTx& tx, PostId post);

// What whoever reads a post sees of it.
std::string words_of(std::string_view title, std::string_view note, std::string_view markdown);

}  // namespace kith::learning

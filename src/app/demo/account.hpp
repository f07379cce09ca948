#pragma once

#include <map>
#include <span>
#include <string_view>

#include "policies/policies.hpp"
#include "risks/risks.hpp"

// What the host of the demo community gives account of: policies, risks, and a published report of made-up numbers.
namespace kith::app {

struct PolicyText {
    policies::Kind kind = policies::Kind::other;
    std::string_view title, text;
    std::string_view later;    // the version that holds now; empty: the first
    std::string_view changes;  // between the two
};
struct RiskText {
    std::string_view title, words;
    risks::Likelihood likelihood = risks::Likelihood::possible;
    risks::Severity severity = risks::Severity::serious;
    std::string_view measures, owner;
    int review_in_days = 90;
};
std::span<const PolicyText> demo_policies();
std::span<const RiskText> demo_risks();

// By the host among `members`. All have agreed to it but the member of the sign-ins, who has not read what is new.
Done give_account(db::Tx& tx, const std::map<std::string_view, MemberId>& members);

}  // namespace kith::app

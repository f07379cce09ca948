#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "identity/identity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"

// What those who look after something have to know: short texts with questions, or a statement to agree to, which hold
// for some months. Whoever lacks one reads on, but decides nothing.
namespace kith::training {

using ModuleId = Id<struct ModuleTag>;

inline constexpr std::int64_t remind_ms = 31 * day_ms;  // before it runs out
inline constexpr std::int64_t grace_ms = 14 * day_ms;   // until a role needs one that it did not need before
inline constexpr std::size_t title_most = 80, words_most = 20'000, questions_most = 10;  // code points, lines

struct Module {
    ModuleId id;
    std::string title;
    std::string words;      // Markdown
    std::string questions;  // as typed
    std::string statement;  // may be empty
    std::int64_t months = 12;
    std::optional<Time> retired_at;
};
struct Question {
    std::string words;
    std::string right;
    std::vector<std::string> answers;  // the right one among them, in an order that tells nothing
};
std::vector<Question> questions_of(const Module& module);

// ---- for whoever has a role ------------------------------------------------------------------------------

enum class State { done, soon, expired, missing };
constexpr auto enum_words(State) {
    return std::to_array<std::string_view>({"done", "soon", "expired", "missing"});
}
struct Own {
    Module module;
    bool is_needed = false;           // for a role of theirs
    std::optional<Time> needed_from;  // lies ahead: until then they decide without it
    std::optional<Time> expires_at;
    State state = State::missing;

    // Whether they can decide nothing without it.
    bool stops(Time now) const {
        const bool counts = is_needed && (!needed_from || *needed_from <= now);
        return counts && (state == State::expired || state == State::missing);
    }
};
// What is there, what they need first. Fault `not_found` for who has no role.
Result<std::vector<Own>> own_training(db::ReadTx& tx, const Actor& actor);
Result<Own> own_module(db::ReadTx& tx, const Actor& actor, ModuleId id);
// Whether something that a role of theirs needs is to be done, or runs out soon.
bool training_waits(db::ReadTx& tx, const Actor& actor);
// Fault `forbidden` with what to do, for whoever lacks something that a role of theirs needs. The one gate.
Done require_trained(db::ReadTx& tx, const Actor& actor);
bool is_trained(db::ReadTx& tx, const Actor& actor);  // the same, for pages

// What such a page says in place of its forms.
void ask_first(Html& h, const http::Ctx& ctx);

struct Answers {
    std::vector<std::string> chosen;  // of each question
    bool agreed = false;
};
// Faults: `invalid` with fields "q1", "q2" ..., "agreed": what is not right yet; `not_found`.
Done finish(db::Tx& tx, const Actor& actor, ModuleId id, const Answers& answers);

// ---- for hosts -------------------------------------------------------------------------------------------

struct Plan {
    Module module;
    std::set<identity::Role> roles;  // that need it
};
// Each by a host; audited. Faults: `forbidden`, `not_found`.
Result<std::vector<Plan>> plans(db::ReadTx& tx, const Actor& actor);
Result<Plan> plan(db::ReadTx& tx, const Actor& actor, ModuleId id);
// Besides, `invalid`: fields "title", "words", "questions" (a line without two answers, or more than 10), "statement"
// (neither that nor questions), "months" (0 to 60).
Result<ModuleId> add_module(db::Tx& tx, const Actor& actor, const Plan& typed);
// Who has done it keeps that.
Done change_module(db::Tx& tx, const Actor& actor, const Plan& typed);
enum class Offer { yes, no };
Done offer_module(db::Tx& tx, const Actor& actor, ModuleId id, Offer offer);

std::vector<http::Route> routes();
// Reminds once, a month before something runs out.
jobs::Handlers handlers(Services& services);

}  // namespace kith::training

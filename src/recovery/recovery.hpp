#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"
#include "platform/http/router.hpp"
#include "platform/services.hpp"

// A way back for members who have lost password, device and recovery codes: a code that somebody they trust keeps for
// them. Whoever keeps it needs no account and cannot tell from it what it is for.
namespace kith::recovery {

inline constexpr std::size_t helpers_most = 3;        // of one member
inline constexpr std::int64_t wait_ms = 3 * day_ms;   // from the code to the new password: time to say no
inline constexpr std::int64_t open_ms = 14 * day_ms;  // how long the new password can be set after that

using HelperId = Id<struct HelperTag>;
struct Helper {
    HelperId id;
    MemberId member;
    std::string name;  // the member's own word for them
    Time made_at;
    std::optional<Time> begun_at;
};
std::vector<Helper> helpers_of(db::ReadTx& tx, MemberId member);
std::optional<Helper> find_helper(db::ReadTx& tx, MemberId member, HelperId id);

// Makes a code for one more, shown this once; only its digest is kept. By a person who has confirmed that it is them.
// Faults: `invalid`, field "name" or "current"; `conflict` above `helpers_most`, and for who has a role. Audited.
Result<std::string> make_helper(db::Tx& tx, const Actor& actor, std::string_view name, Random& random);
// The code works no more. By the same, also on hold. Faults: `not_found`; `invalid`, field "current". Audited.
Done end_helper(db::Tx& tx, const Actor& actor, HelperId id);

// Somebody has typed a code with the name, and waits.
struct Wait {
    Time begun_at;
    Time opens_at() const { return begun_at + wait_ms; }
    Time closes_at() const { return opens_at() + open_ms; }  // then it lapses
};
// The one that stands and was begun first.
std::optional<Wait> standing_wait(db::ReadTx& tx, MemberId member);
// It is not them: every wait that stands ends, and its code with it. By a person, also on hold; nothing else is asked,
// so that one press is enough. Audited.
Done stop(db::Tx& tx, const Actor& actor);

// What somebody types who cannot come in.
struct Typed {
    std::string name;  // to sign in with
    std::string code;
    std::string network;
};
// Begins a wait and tells the member by every way, or says how long the one that stands lasts. One answer for a wrong
// code, an unknown name, a closed account and one with a role: fault `invalid`, field "name". `too_many` as for
// recovery codes. Audited. Outside any transaction.
Result<Wait> ask(Services& services, const Typed& typed);
// Once the wait is over: the new password; sessions, tokens, second factors, old recovery codes and this code end.
// Returns ten recovery codes, shown this once. Faults as above, `invalid` with field "password", and `conflict` while
// nothing is open. Audited; the member is told. Outside any transaction.
Result<std::vector<std::string>> come_back(Services& services, const Typed& typed, std::string_view password);

// That somebody waits, with one press to stop it; nothing where nobody does. For pages of a person who is signed in.
void warn(Html& h, http::Ctx& ctx);
// What the page of the ways to sign in says of helpers.
void part_of_security(Html& h, http::Ctx& ctx);

std::vector<http::Route> routes();

}  // namespace kith::recovery

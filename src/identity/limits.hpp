#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"

// How often something may be tried. Tries are rows of the table attempt, found again by a digest.
namespace kith::identity {

struct Limit {
    std::string digest;
    std::string digest_before;  // with yesterday's key; the same where there is none
    int most = 0;
    std::int64_t window_ms = 0;
    std::string_view message;
    // Beyond `most` it is not closed: it rests after each further try, a second first, a minute in the end.
    bool rests = false;
};
using Limits = std::vector<Limit>;

// The keys of the digests of names and networks: a new one each day, the same for every node, forgotten after two days.
// Then nobody can tell whose tries they were.
struct DailyKeys {
    std::string today;
    std::string yesterday;  // empty: there was none
};
DailyKeys keys_for_limits(db::Tx& tx, Random& random);
DailyKeys keys_for_limits(Services& services);  // writes the first time of a day alone

// A password or a code of a name, tried from a network.
Limits sign_in_limits(std::string_view name, std::string_view network, const DailyKeys& keys);
Limits code_limits(std::string_view name, std::string_view network, const DailyKeys& keys);
Limits claim_limits(std::string_view network, const DailyKeys& keys);
Limits sign_up_limits(std::string_view network, const DailyKeys& keys, int most);
Limits guest_report_limits(std::string_view network, const DailyKeys& keys);
// Challenges for passkeys, and passkeys that do not fit.
Limits passkey_limits(std::string_view network, const DailyKeys& keys);
// The present password of a member, and the names they try to take.
Limits password_limits(MemberId member);
// The codes of a member's app.
Limits code_app_limits(MemberId member);
Limits name_limits(MemberId member);
// Addresses that a member has a link sent to.
Limits email_limits(MemberId member);

// Fault `too_many`.
Done check_limits(db::ReadTx& tx, const Limits& limits);
// True when one of them was reached just now.
bool count_try(db::Tx& tx, const Limits& limits);

}  // namespace kith::identity

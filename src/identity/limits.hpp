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
    int most = 0;
    std::int64_t window_ms = 0;
    std::string_view message;
    // Beyond `most` it is not closed: it rests after each further try, a second first, a minute in the end.
    bool rests = false;
};
using Limits = std::vector<Limit>;

// A password or a code of a name, tried from a network. The random source makes, once, the key of the digests.
Limits sign_in_limits(std::string_view name, std::string_view network, Random& random);
Limits code_limits(std::string_view name, std::string_view network, Random& random);
Limits claim_limits(std::string_view network, Random& random);
Limits sign_up_limits(std::string_view network, Random& random);
// The present password of a member, and the names they try to take.
Limits password_limits(MemberId member);
Limits name_limits(MemberId member);
// Addresses that a member has a link sent to.
Limits email_limits(MemberId member);

// Fault `too_many`.
Done check_limits(db::ReadTx& tx, const Limits& limits);
// True when one of them was reached just now.
bool count_try(db::Tx& tx, const Limits& limits);

}  // namespace kith::identity

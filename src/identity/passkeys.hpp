#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"
#include "platform/crypto/passkey.hpp"

// Passkeys: a device recognises its person and signs. One counts as both steps of signing in.
namespace kith::identity {

inline constexpr std::int64_t challenge_ms = 5 * minute_ms;
inline constexpr std::size_t most_passkeys = 20;

struct Passkey {
    PasskeyId id;
    std::string name;
    Time created_at;
    std::optional<Time> used_at;
};
std::vector<Passkey> passkeys(db::ReadTx& tx, MemberId member);

// What the device of somebody who signs in, or confirms that it is them, has to sign: good once, for five minutes. It
// counts for the network. Fault `too_many`. Outside any transaction.
Result<std::string> make_challenge(Services& services, std::string_view network);

// For a new passkey. By a person who has confirmed that it is them. Fault `conflict`: more than twenty.
struct Enrolment {
    std::string challenge;
    std::string user_handle;         // base64url
    std::string name;                // main name
    std::vector<std::string> known;  // credentials that are here already
};
Result<Enrolment> begin_passkey(db::Tx& tx, const Actor& actor, Random& random);
struct NewPasskey {
    std::string name;         // that its owner gives it; empty: the device's words
    std::string client_data;  // as the browser sent them, in base64url
    std::string authenticator_data;
};
// Within five minutes. Faults: `invalid`, `conflict` (there already). This session counts as come in with a second
// factor. Audited.
Done add_passkey(db::Tx& tx, const Actor& actor, const crypto::PasskeyHome& home, const NewPasskey& passkey);
// By a person. Fault `invalid`, field "name"; `not_found`.
Done rename_passkey(db::Tx& tx, const Actor& actor, PasskeyId passkey, std::string_view name);
// By a person who has confirmed that it is them. Fault `not_found`. Audited.
Done end_passkey(db::Tx& tx, const Actor& actor, PasskeyId passkey);

// What the device signed, in base64url.
struct Assertion {
    std::string credential_id;
    std::string client_data;
    std::string authenticator_data;
    std::string signature;
    std::string user_handle;  // may be empty
};
// The cookie of a session. Faults: `invalid`: no such passkey, not signed by it for this site, too old a challenge, or
// a counter that went back, as that of a copy does; `too_many`. Audited.
Result<std::string> sign_in_with_passkey(Services& services, const crypto::PasskeyHome& home,
                                         const Assertion& assertion, const Device& device);
// Instead of the present password, see `confirm`. The session counts as come in with a second factor from now on.
Done confirm_with_passkey(Services& services, const Actor& actor, const crypto::PasskeyHome& home,
                          const Assertion& assertion, std::string_view network);

}  // namespace kith::identity

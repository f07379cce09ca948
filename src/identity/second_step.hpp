#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "identity/identity.hpp"

// The second step of signing in: a code of an app after the password, or a recovery code where the app is lost.
namespace kith::identity {

inline constexpr std::int64_t half_session_ms = 10 * minute_ms;
inline constexpr std::int64_t code_app_pending_ms = 30 * minute_ms;

// What there is: nothing, an app whose first code is still to come, or one that counts. The secret is told while it
// is pending, and never again.
enum class CodeAppState { off, pending, on };
constexpr auto enum_words(CodeAppState) { return std::to_array<std::string_view>({"off", "pending", "on"}); }
struct CodeApp {
    CodeAppState state = CodeAppState::off;
    std::string secret;  // base32
    Time since;
};
CodeApp code_app_of(db::ReadTx& tx, MemberId member);

// Makes a secret for an app. By a person who has confirmed that it is them. Fault `conflict` while one is on.
Done begin_code_app(db::Tx& tx, const Actor& actor, Random& random);
// The first code: from now on one is asked for. This session counts as come in with one. Faults: `invalid`, field
// "code"; `conflict` when none is pending; `too_many`. Audited. Outside any transaction.
Done prove_code_app(Services& services, const Actor& actor, std::string_view code);
// By a person who has confirmed that it is them. Fault `not_found`. Audited.
Done end_code_app(db::Tx& tx, const Actor& actor);

// Instead of the present password, see `confirm`. The session counts as come in with a second factor from now on.
// Faults: `invalid`, field "code"; `too_many`. Outside any transaction.
Done confirm_with_code(Services& services, const Actor& actor, std::string_view code);

// Whether there is a passkey or an app that counts.
bool has_second_factor(db::ReadTx& tx, MemberId member);
// Whether signing in with the password alone leaves a half session.
bool needs_code(db::ReadTx& tx, MemberId member);
// Makes a half session: the value of its cookie.
std::string start_half(db::Tx& tx, MemberId member, const Device& device, Random& random);
// Whether the cookie is that of a half session that still stands.
bool is_half_in(db::ReadTx& tx, std::string_view cookie);
// The session, once the code was right. Faults: `unauthenticated` when the half session is over (after ten minutes or
// five wrong codes); `invalid`, field "code"; `too_many`: 10 wrong codes of the account in 15 minutes or more than
// 50 in
// a day and the last one just before. Audited. Outside any transaction.
Result<std::string> finish_sign_in(Services& services, std::string_view cookie, std::string_view code,
                                   const Device& device);

// No second factor is left: sessions and tokens that came in with one no longer count as that.
void settle_second_factors(db::Tx& tx, MemberId member);

}  // namespace kith::identity

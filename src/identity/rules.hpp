#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.hpp"

// What the rules of identity share.
namespace kith::identity {

// The same words whether a name is taken or looks like one that is.
inline tl::unexpected<Error> name_taken() { return conflict("Please choose another name.", "name"); }

// Names with the same key are the same name.
std::string key_of(std::string_view name);
// The name as it will be kept. Fault `invalid`, field "name".
Result<std::string> valid_name(std::string_view typed);
Result<PersonaId> add_main_persona(db::Tx& tx, MemberId member, std::string_view name);
std::string main_name(db::ReadTx& tx, MemberId member);

// Neither suspended nor closed.
bool is_active(db::ReadTx& tx, MemberId member);
// Fault `conflict` if nobody but the member looks after the site.
Done keep_a_host(db::ReadTx& tx, MemberId member);
// `forbidden` unless the actor is host, coordinator or the system.
Done require_staff(db::ReadTx& tx, const Actor& actor);

// "k7m2-p9xq-4hd3", and the digest that is kept of what was typed. A digest for one member fits no other.
std::string make_code(Random& random);
std::string recovery_digest(MemberId member, std::string_view typed);
std::string claim_digest(std::string_view typed);
// Replaces all recovery codes.
std::vector<std::string> make_recovery_codes(db::Tx& tx, MemberId member, Random& random);

// A new session in place of the one before; a closed account is open again.
Result<std::string> let_in(db::Tx& tx, MemberId member, const Device& device, Random& random);

// Tells the caches that something about the member changed.
void announce(db::Tx& tx, MemberId member);
// Who did it, for columns; nothing for the system.
std::optional<MemberId> who(const Actor& actor);

}  // namespace kith::identity

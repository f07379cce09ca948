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

Door& the_door();  // as use_door set it

// Names with the same key are the same name.
std::string key_of(std::string_view name);
// The name as it will be kept. Fault `invalid`, field "name".
Result<std::string> valid_name(std::string_view typed);
// A member and their main persona; nothing where the name is taken.
struct NewMember {
    MemberId member;
    PersonaId persona;
};
Result<NewMember> add_member(db::Tx& tx, Language language, std::string_view name);
std::string main_name(db::ReadTx& tx, MemberId member);

// Neither suspended nor closed.
bool is_active(db::ReadTx& tx, MemberId member);
// Fault `conflict` if nobody but the member looks after the site.
Done keep_a_host(db::ReadTx& tx, MemberId member);
// `forbidden` unless the actor is host, coordinator or the system.
Done require_staff(db::ReadTx& tx, const Actor& actor);

// Of a code (platform/text/code.hpp), and the digest that is kept of what was typed. A digest for one member fits no
// other. 12 of 31 letters are 59 bits.
inline constexpr int code_fours = 3;
std::string recovery_digest(MemberId member, std::string_view typed);
std::string claim_digest(std::string_view typed);
// Replaces all recovery codes.
std::vector<std::string> make_recovery_codes(db::Tx& tx, MemberId member, Random& random);

// Ends every session but `keep` and every token.
void replace_password(db::Tx& tx, MemberId member, std::string_view hash, SessionId keep);
// A new session in place of the one before; a closed account is open again.
Result<std::string> let_in(db::Tx& tx, MemberId member, const Device& device, Random& random,
                           bool second_factor = false);

// The person in this session has shown that it is them, see confirm.
void note_confirmed(db::Tx& tx, const Actor& actor);

// Tells the caches that something about the member changed.
void announce(db::Tx& tx, MemberId member);
// The same when they go or come back (called while they are here): groups name other people among those with a task.
void announce_standing(db::Tx& tx, MemberId member);
// Who did it, for columns; nothing for the system.
std::optional<MemberId> who(const Actor& actor);
// Whether roles of the actor have to wait for a second factor.
bool roles_wait(db::ReadTx& tx, const Actor& actor);

}  // namespace kith::identity

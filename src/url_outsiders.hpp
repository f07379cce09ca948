#pragma once

#include "url.hpp"

// The pages of the door (src/doors).
namespace kith::url {

inline Url admin_door() { return Url("/admin/door"); }
inline Url admin_flood(std::int64_t flood) { return admin_door() / "floods" / flood; }
inline Url admin_door_invitation(InvitationId id) { return admin_door() / "invitations" / id.value(); }

}  // namespace kith::url

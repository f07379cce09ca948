#pragma once

#include "url.hpp"

// Addresses of pacing; see url.hpp.
namespace kith::url {

inline Url pace(GroupId id) { return group(id) / "pace"; }  // how fast people write there
inline Url memorial(GroupId id) { return pace(id) / "memorial"; }
inline Url pace_choices(GroupId id) { return pace(id) / "choices"; }  // newcomers, nobody on shift
inline Url thread_pace(ThreadId id) { return thread(id) / "pace"; }
inline Url waiting(GroupId id) { return group(id) / "waiting"; }  // posts that somebody must look at
inline Url waiting_post(std::int64_t id) { return Url("/waiting") / id; }
inline Url me_waiting() { return Url("/me/waiting"); }
inline Url admin_newcomers() { return Url("/admin/newcomers"); }

}  // namespace kith::url

#pragma once

#include "url.hpp"

// The addresses of the way back with a helper.
namespace kith::url {

inline Url helped() { return recovery() / "helper"; }           // for who has nothing but a helper's code
inline Url helped_password() { return helped() / "password"; }  // once the wait is over
inline Url me_helpers() { return Url("/me/helpers"); }          // who keeps a code for me
inline Url me_helper(std::int64_t helper) { return me_helpers() / helper; }
inline Url me_helper_end(std::int64_t helper) { return me_helper(helper) / "end"; }
inline Url me_helpers_stop() { return me_helpers() / "stop"; }  // it is not me who comes back

}  // namespace kith::url

#pragma once

#include <string_view>

#include "url.hpp"

namespace kith::url {

inline Url learning() { return Url("/learning"); }               // read a few posts, one after the other
inline Url post_label(PostId id) { return post(id) / "label"; }  // what a post needs, by who moderates
inline Url admin_learning() { return Url("/admin/learning"); }   // what was learned, for hosts
inline Url admin_learned(std::string_view flag) { return admin_learning() / flag; }
inline Url admin_learning_report() { return admin_learning() / "report"; }  // how it has done, week by week

}  // namespace kith::url

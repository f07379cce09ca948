#pragma once

#include <map>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"

namespace kith::app {

// A week of shifts with a gap in one group, a handover note, a room for those who look after groups, and their
// training.
Done fill_demo_rota(db::Tx& tx, const std::map<std::string_view, MemberId>& members, GroupId group);

}  // namespace kith::app

#pragma once

#include <span>
#include <vector>

#include "paging/paging.hpp"
#include "platform/html/html.hpp"
#include "platform/json/writer.hpp"

// What waking people for a case and for words that wait have in common; private to paging.
namespace kith::paging {

inline constexpr std::int64_t rounds_in_time = 3;  // before it is overdue

// How long until the next turn.
std::int64_t wait_ms(const safeguarding::Targets& limits, std::int64_t round);
void add(std::vector<MemberId>& out, std::span<const MemberId> more);  // those who are not in it yet
std::string pager_address(const Url& url);
// The program of the host's, where there is one; throws if it does not take the call.
void call_pager(Services& services, const JsonWriter& message);
jobs::Handlers waiting_handlers(Services& services);

}  // namespace kith::paging

#pragma once

#include "platform/hook/hook.hpp"
#include "platform/jobs/jobs.hpp"
#include "safeguarding/safeguarding.hpp"

// While nobody looks at a crisis, those who can act are told again, three times in the minutes that it may wait, and
// hosts and coordinators with them once it is overdue; then less often, until somebody looks. Each time a program of
// the host's is called as well, which can ring a phone.
namespace kith::paging {

// Set before serving; `public_url`: what the address begins with.
struct Pager {
    hook::Hook hook;
    std::string public_url;
};
void use_pager(Pager pager);
// Begins from safeguarding::crisis_waits_job and, for words that wait, from pacing::danger_job.
jobs::Handlers handlers(Services& services);

}  // namespace kith::paging

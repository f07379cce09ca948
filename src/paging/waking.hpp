#pragma once

#include <optional>
#include <vector>

#include "notices/notices.hpp"
#include "paging/paging.hpp"

// Waking people for whatever waits until somebody looks; private to paging.
namespace kith::paging {

// What still waits.
struct Waits {
    Time since;
    std::int64_t times_paged = 0;       // since then
    std::optional<Time> claimed_until;  // somebody works on it
    notices::About about;
    Url address;
};

// A kind of what waits: rows with a number. Staff: who can act on one and is here, without whoever wrote it.
struct Matter {
    std::string_view begin_job, turn_job,
        hook_job;                     // begin_job: the number, and since when people could know
    std::string_view event, id_name;  // what a program of the host's is told
    notices::Kind notice;
    std::optional<Waits> (*find)(db::ReadTx& tx, std::int64_t id);  // nothing: nobody needs to be woken
    std::vector<MemberId> (*staff)(db::ReadTx& tx, std::int64_t id);
    std::vector<MemberId> (*hosts)(db::ReadTx& tx, std::int64_t id, safeguarding::Breaks breaks);
    void (*note_paged)(db::Tx& tx, std::int64_t id, bool is_nobody_there);
};
// `matter` outlives them.
jobs::Handlers handlers_of(Services& services, const Matter& matter);

jobs::Handlers crisis_handlers(Services& services);
jobs::Handlers danger_handlers(Services& services);

}  // namespace kith::paging

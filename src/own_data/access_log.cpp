#include "own_data/access_log.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "own_data/store.hpp"

namespace kith::own_data {
namespace {

// Whoever did it stands there by the name that they have in the group, or on the whole site.
constexpr db::Sql look_ups_sql = R"(
    select l.at_ms, 'looked_up', p.name, l.reason,
           (select nullif(min(h.name), '')
            from persona h
            where h.member_id = l.looked_up_by and h.group_id is null and h.thread_id is null),
           null
    from look_up l
    join persona p on p.id = l.persona_id
    where l.persona_id = $1 and l.at_ms <= $2 and l.looked_up_by is distinct from $3)";

constexpr db::Sql unmaskings_sql = R"(
    select u.agreed_at_ms, 'unmasked', p.name, u.reason,
           coalesce((select nullif(min(a.name), '')
                     from persona a
                     where a.member_id = u.asked_by and a.group_id = t.group_id and a.thread_id is null),
                    (select nullif(min(a.name), '')
                     from persona a
                     where a.member_id = u.asked_by and a.group_id is null and a.thread_id is null)),
           coalesce((select nullif(min(b.name), '')
                     from persona b
                     where b.member_id = u.agreed_by and b.group_id = t.group_id and b.thread_id is null),
                    (select nullif(min(b.name), '')
                     from persona b
                     where b.member_id = u.agreed_by and b.group_id is null and b.thread_id is null))
    from unmasking u
    join persona p on p.id = u.persona_id
    join thread t on t.id = p.thread_id
    where u.persona_id = $1 and u.agreed_at_ms <= $2)";

constexpr db::Sql openings_sql = R"(
    select o.opened_at_ms, 'reached', p.name, o.reason, nullif(a.name, ''), nullif(b.name, '')
    from contact_opening o
    join persona p on p.id = o.author_id
    left join persona a on a.id = o.asked_by
    left join persona b on b.id = o.agreed_by
    where o.author_id = $1 and o.opened_at_ms <= $2)";

constexpr db::Sql exports_sql = R"(
    select x.made_at_ms, 'exported', p.name, x.requester || ': ' || x.reason, nullif(h.name, ''), null
    from safety_case c
    join case_export x on x.case_id = c.id
    join persona p on p.id = c.author_id
    left join persona h on h.id = x.by_id
    where c.author_id = $1 and x.made_at_ms <= $2 and x.is_silent = 0)";

constexpr db::Sql namings_sql = R"(
    select x.made_at_ms, 'named', null, x.requester || ': ' || x.reason, nullif(h.name, ''), null
    from report r
    join case_export x on x.case_id = r.case_id
    left join persona h on h.id = x.by_id
    where r.member_id = $1 and x.made_at_ms <= $2 and x.with_reporters = 1 and x.is_silent = 0)";

constexpr db::Sql changes_sql = R"(
    select e.at_ms,
           case e.verb when 'member.suspended' then 'held'
                       when 'member.suspension_lifted' then 'hold_lifted'
                       when 'reset_code.made' then 'reset_code'
                       else 'factors_ended' end,
           null, null,
           (select nullif(min(h.name), '')
            from persona h
            where h.member_id = e.member_id and h.group_id is null and h.thread_id is null),
           null
    from audit_entry e
    where e.subject = 'member' and e.subject_id = $1 and e.member_id is distinct from $1
      and e.verb in ('member.suspended', 'member.suspension_lifted', 'reset_code.made', 'second_factors.ended'))";

}  // namespace

// Name by name: a member has few, and each has few entries.
std::vector<Opening> access_log(db::ReadTx& tx, MemberId member, std::size_t limit) {
    const Time seen_until = tx.now() + -days_unseen * day_ms;
    std::vector<Opening> out = tx.all<Opening>(changes_sql, member);
    std::ranges::move(tx.all<Opening>(namings_sql, member, seen_until), std::back_inserter(out));
    for (const PersonaId name : store::personas_of(tx, member)) {
        std::ranges::move(tx.all<Opening>(look_ups_sql, name, seen_until, member), std::back_inserter(out));
        for (const db::Sql sql : {unmaskings_sql, openings_sql, exports_sql})
            std::ranges::move(tx.all<Opening>(sql, name, seen_until), std::back_inserter(out));
    }
    std::ranges::stable_sort(out, std::greater(), &Opening::at);
    if (out.size() > limit) out.resize(limit);
    return out;
}

}  // namespace kith::own_data

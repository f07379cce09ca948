#include "platform/live/changes.hpp"

namespace kith {
namespace {

constexpr db::Sql changes_of_group_sql = R"(
    select kind, group_id, thread_id, number, member_id, sequence
    from change
    where group_id = $1 and sequence > $2 and (thread_id = $3 or $3 = 0)
    order by sequence
    limit $4)";

constexpr db::Sql changes_of_member_sql = R"(
    select kind, group_id, thread_id, number, member_id, sequence
    from change
    where member_id = $1 and member_id > 0 and sequence > $2 and kind = 'notice'
    order by sequence
    limit $3)";

constexpr db::Sql forget_sql = R"(
    delete from change
    where at_ms < $1)";

}  // namespace

std::vector<Change> changes_after(db::ReadTx& tx, std::int64_t sequence, GroupId group, ThreadId thread,
                                  MemberId member, int limit) {
    return group ? tx.all<Change>(changes_of_group_sql, group, sequence, thread, limit)
                 : tx.all<Change>(changes_of_member_sql, member, sequence, limit);
}

void forget_changes_before(db::Tx& tx, Time time) { tx.run(forget_sql, time); }

}  // namespace kith

#include "platform/live/changes.hpp"

#include <algorithm>

namespace kith {
namespace {

// Of the changes up to `sequence`, those that may have been committed after it.
constexpr std::int64_t look_back = 1000;
constexpr std::int64_t look_back_ms = 15 * second_ms;

// SQLite commits in the order of the numbers.
std::int64_t looked_at_from(const db::ReadTx& tx, std::int64_t sequence) {
    return tx.engine() == db::Engine::sqlite ? sequence : sequence - look_back;
}

constexpr db::Sql changes_of_group_sql = R"(
    select kind, group_id, thread_id, number, member_id, sequence
    from change
    where group_id = $1 and kind in ('post', 'post_edited', 'thread') and (thread_id = $2 or $2 = 0)
      and sequence > $3 and (sequence > $4 or at_ms > $5)
    order by sequence
    limit $6)";

std::vector<Change> changes_of_group(db::ReadTx& tx, std::int64_t sequence, GroupId group, ThreadId thread,
                                     int limit) {
    return tx.all<Change>(changes_of_group_sql, group, thread, looked_at_from(tx, sequence), sequence,
                          tx.now() + -look_back_ms, limit);
}

constexpr db::Sql notices_of_member_sql = R"(
    select kind, group_id, thread_id, number, member_id, sequence
    from change
    where member_id = $1 and member_id > 0 and kind = 'notice'
      and sequence > $2 and (sequence > $3 or at_ms > $4)
    order by sequence
    limit $5)";

constexpr db::Sql first_sequence_sql = R"(
    select coalesce(min(sequence), 0)
    from change)";

constexpr db::Sql last_sequence_sql = R"(
    select coalesce(max(sequence), 0)
    from change)";

constexpr db::Sql oldest_sql = R"(
    select min(sequence)
    from change)";

// The newest stays: who comes back after a quiet time can tell that something was forgotten.
constexpr db::Sql forget_sql = R"(
    delete from change
    where sequence >= $1
      and sequence < $2
      and at_ms < $3
      and sequence < (select max(sequence) from change))";

}  // namespace

std::vector<Change> changes_after(db::ReadTx& tx, std::int64_t sequence, GroupId group, ThreadId thread,
                                  MemberId member, int limit) {
    std::vector<Change> out;
    if (group) out = changes_of_group(tx, sequence, group, thread, limit);
    if (!member) return out;
    const std::vector<Change> news = tx.all<Change>(notices_of_member_sql, member,
                                                    looked_at_from(tx, sequence), sequence,
                                                    tx.now() + -look_back_ms, limit);
    out.insert(out.end(), news.begin(), news.end());
    std::ranges::sort(out, {}, &Change::sequence);
    if (out.size() > static_cast<std::size_t>(limit)) out.resize(static_cast<std::size_t>(limit));
    return out;
}

std::int64_t first_sequence(db::ReadTx& tx) { return tx.one<std::int64_t>(first_sequence_sql); }
std::int64_t last_sequence(db::ReadTx& tx) { return tx.one<std::int64_t>(last_sequence_sql); }

// By the number and not the time, which has no index: each post would pay for it.
bool forget_changes_before(db::Tx& tx, Time time, int most) {
    const auto oldest = tx.one<std::optional<std::int64_t>>(oldest_sql);
    return oldest && tx.run(forget_sql, *oldest, *oldest + most, time) > 0;
}

}  // namespace kith

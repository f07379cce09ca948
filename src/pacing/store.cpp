#include "pacing/store.hpp"

namespace kith::pacing::store {
namespace {

Setting setting_in(const db::Row& row) {
    return {.id = row.get<std::int64_t>(0),
            .group = row.get<GroupId>(1),
            .thread = row.get<ThreadId>(2),
            .kind = row.get<Kind>(3),
            .pace = {row.get<std::int64_t>(4), row.get<bool>(5), row.get<bool>(6), row.get<bool>(7)},
            .words = row.get<std::string>(8),
            .reason = row.get<std::string>(9),
            .set_by = row.get<std::optional<PersonaId>>(10),
            .set_at = row.get<Time>(11),
            .until = row.get<std::optional<Time>>(12),
            .look_at = row.get<std::optional<Time>>(13),
            .ended_at = row.get<std::optional<Time>>(14)};
}

std::vector<Setting> settings_in(db::Rows rows) {
    std::vector<Setting> out;
    for (const db::Row row : rows) out.push_back(setting_in(row));
    return out;
}

}  // namespace

// ---- the pace of a place -----------------------------------------------------------------------------------

constexpr db::Sql standing_sql = R"(
    select id, group_id, thread_id, kind, slow_minutes, held_first, read_only, flags_hide, words, reason, set_by,
           set_at_ms, until_ms, look_at_ms, ended_at_ms
    from pace
    where group_id = $1 and thread_id in (0, $2) and ended_at_ms is null and (until_ms is null or until_ms > $3))";

std::vector<Setting> standing(db::ReadTx& tx, GroupId group, ThreadId thread) {
    return settings_in(tx.query(standing_sql, group, thread, tx.now()));
}

constexpr db::Sql history_sql = R"(
    select id, group_id, thread_id, kind, slow_minutes, held_first, read_only, flags_hide, words, reason, set_by,
           set_at_ms, until_ms, look_at_ms, ended_at_ms
    from pace
    where group_id = $1
    order by id desc
    limit $2)";

std::vector<Setting> history(db::ReadTx& tx, GroupId group, int most) {
    return settings_in(tx.query(history_sql, group, most));
}

constexpr db::Sql insert_setting_sql = R"(
    insert into pace (group_id, thread_id, kind, slow_minutes, held_first, read_only, flags_hide, words, reason,
                      set_by, set_at_ms, until_ms, look_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))";

void insert_setting(db::Tx& tx, const Setting& one) {
    tx.run(insert_setting_sql, one.group, one.thread, one.kind, one.pace.slow_minutes, one.pace.held_first,
           one.pace.read_only, one.pace.flags_hide, one.words, one.reason, one.set_by, one.set_at, one.until,
           one.look_at);
}

constexpr db::Sql end_setting_sql = R"(
    update pace
    set ended_at_ms = $5,
        ended_by = $4
    where group_id = $1 and thread_id = $2 and kind = $3 and ended_at_ms is null)";

bool end_setting(db::Tx& tx, GroupId group, ThreadId thread, Kind kind, std::optional<PersonaId> by) {
    return tx.run(end_setting_sql, group, thread, kind, by, tx.now()) > 0;
}

constexpr db::Sql set_look_sql = R"(
    update pace
    set look_at_ms = $2,
        until_ms = $3
    where id = $1)";

void set_look(db::Tx& tx, std::int64_t id, std::optional<Time> look_at, std::optional<Time> until) {
    tx.run(set_look_sql, id, look_at, until);
}

constexpr db::Sql to_look_at_sql = R"(
    select id, group_id, thread_id, kind, slow_minutes, held_first, read_only, flags_hide, words, reason, set_by,
           set_at_ms, until_ms, look_at_ms, ended_at_ms
    from pace
    where look_at_ms <= $1 and ended_at_ms is null and look_at_ms is not null)";

std::vector<Setting> to_look_at(db::ReadTx& tx) { return settings_in(tx.query(to_look_at_sql, tx.now())); }

// ---- turns -------------------------------------------------------------------------------------------------

constexpr db::Sql last_turn_sql = R"(
    select written_at_ms
    from pace_turn
    where member_id = $1 and group_id = $2 and thread_id = $3)";

Time last_turn(db::ReadTx& tx, MemberId member, GroupId group, ThreadId thread) {
    return tx.first<Time>(last_turn_sql, member, group, thread).value_or(Time());
}

constexpr db::Sql put_turn_sql = R"(
    insert into pace_turn (member_id, group_id, thread_id, written_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id, group_id, thread_id) do update
    set written_at_ms = excluded.written_at_ms)";

void put_turn(db::Tx& tx, MemberId member, GroupId group, ThreadId thread) {
    tx.run(put_turn_sql, member, group, thread, tx.now());
}

// ---- what waits --------------------------------------------------------------------------------------------

constexpr db::Sql insert_waiting_sql = R"(
    insert into waiting_post (group_id, kind, place_id, member_id, voice, title, markdown, note, notes, reply_to,
                              form_key, cause, is_danger, written_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    returning id)";

std::int64_t insert_waiting(db::Tx& tx, const Waiting& w) {
    return tx.one<std::int64_t>(insert_waiting_sql, w.group, w.kind, w.place, w.member, w.voice, w.title,
                                w.markdown, w.note, w.notes, w.reply_to, w.form_key, w.cause, w.is_danger,
                                tx.now());
}

constexpr db::Sql is_waiting_sql = R"(
    select 1
    from waiting_post
    where member_id = $1 and form_key = $2 and looked_at_ms is null
    limit 1)";

bool is_waiting(db::ReadTx& tx, MemberId member, std::string_view key) {
    return tx.exists(is_waiting_sql, member, key);
}

constexpr db::Sql find_waiting_sql = R"(
    select id, group_id, kind, place_id, member_id, voice, title, markdown, note, notes, reply_to, form_key, cause,
           is_danger, written_at_ms, looked_at_ms, outcome, words, times_paged, case_id
    from waiting_post
    where id = $1)";

std::optional<Waiting> find_waiting(db::ReadTx& tx, std::int64_t id) {
    return tx.first<Waiting>(find_waiting_sql, id);
}

constexpr db::Sql waiting_in_sql = R"(
    select id, group_id, kind, place_id, member_id, voice, title, markdown, note, notes, reply_to, form_key, cause,
           is_danger, written_at_ms, looked_at_ms, outcome, words, times_paged, case_id
    from waiting_post
    where group_id = $1 and looked_at_ms is null
    order by id
    limit $2)";

std::vector<Waiting> waiting_in(db::ReadTx& tx, GroupId group, int most) {
    return tx.all<Waiting>(waiting_in_sql, group, most);
}

constexpr db::Sql anything_waits_sql = R"(
    select 1
    from waiting_post
    where group_id = $1 and looked_at_ms is null
    limit 1)";

bool anything_waits(db::ReadTx& tx, GroupId group) { return tx.exists(anything_waits_sql, group); }

constexpr db::Sql waiting_of_sql = R"(
    select id, group_id, kind, place_id, member_id, voice, title, markdown, note, notes, reply_to, form_key, cause,
           is_danger, written_at_ms, looked_at_ms, outcome, words, times_paged, case_id
    from waiting_post
    where member_id = $1
    order by id desc
    limit $2)";

std::vector<Waiting> waiting_of(db::ReadTx& tx, MemberId member, int most) {
    return tx.all<Waiting>(waiting_of_sql, member, most);
}

constexpr db::Sql own_in_sql = R"(
    select id, group_id, kind, place_id, member_id, voice, title, markdown, note, notes, reply_to, form_key, cause,
           is_danger, written_at_ms, looked_at_ms, outcome, words, times_paged, case_id
    from waiting_post
    where member_id = $1 and group_id = $2 and looked_at_ms is null
    order by id desc)";

std::vector<Waiting> own_in(db::ReadTx& tx, MemberId member, GroupId group) {
    return tx.all<Waiting>(own_in_sql, member, group);
}

constexpr db::Sql waiting_change_sql = R"(
    select id, group_id, kind, place_id, member_id, voice, title, markdown, note, notes, reply_to, form_key, cause,
           is_danger, written_at_ms, looked_at_ms, outcome, words, times_paged, case_id
    from waiting_post
    where member_id = $1 and kind = 'change' and place_id = $2 and looked_at_ms is null)";

std::optional<Waiting> waiting_change(db::ReadTx& tx, MemberId member, PostId post) {
    return tx.first<Waiting>(waiting_change_sql, member, post);
}

constexpr db::Sql load_sql = R"(
    select count(case when is_danger = 0 then 1 end), count(case when is_danger = 1 then 1 end)
    from waiting_post
    where member_id = $1 and group_id = $2 and looked_at_ms is null)";

Load load_of(db::ReadTx& tx, MemberId member, GroupId group) { return tx.one<Load>(load_sql, member, group); }

constexpr db::Sql first_danger_sql = R"(
    select id
    from waiting_post
    where member_id = $1 and group_id = $2 and is_danger = 1 and looked_at_ms is null
    order by id
    limit 1)";

std::optional<std::int64_t> first_danger(db::ReadTx& tx, MemberId member, GroupId group) {
    return tx.first<std::int64_t>(first_danger_sql, member, group);
}

constexpr db::Sql count_paging_sql = R"(
    update waiting_post
    set times_paged = times_paged + 1
    where id = $1)";

void count_paging(db::Tx& tx, std::int64_t id) { tx.run(count_paging_sql, id); }

constexpr db::Sql set_case_sql = R"(
    update waiting_post
    set case_id = $2
    where id = $1)";

void set_case(db::Tx& tx, std::int64_t id, CaseId left) { tx.run(set_case_sql, id, left); }

constexpr db::Sql set_outcome_sql = R"(
    update waiting_post
    set outcome = $2,
        looked_by = $3,
        words = $4,
        looked_at_ms = $5
    where id = $1 and looked_at_ms is null)";

bool set_outcome(db::Tx& tx, std::int64_t id, Outcome outcome, std::optional<PersonaId> by,
                 std::string_view words) {
    return tx.run(set_outcome_sql, id, outcome, by, words, tx.now()) > 0;
}

constexpr db::Sql forget_words_sql = R"(
    update waiting_post
    set member_id = null,
        voice = '',
        title = '',
        markdown = '',
        note = '',
        place_id = 0,
        form_key = ''
    where id = $1)";

void forget_words(db::Tx& tx, std::int64_t id) { tx.run(forget_words_sql, id); }

constexpr db::Sql delete_looked_sql = R"(
    delete from waiting_post
    where looked_at_ms < $1 and looked_at_ms is not null)";

void delete_looked_before(db::Tx& tx, Time time) { tx.run(delete_looked_sql, time); }

constexpr db::Sql counts_sql = R"(
    select count(*), coalesce(sum(case when outcome = 'let_through' then 1 else 0 end), 0),
           coalesce(sum(case when outcome = 'sent_back' then 1 else 0 end), 0),
           coalesce(sum(case when outcome = 'taken_back' then 1 else 0 end), 0),
           count(case when is_danger = 1 then 1 end)
    from waiting_post
    where group_id = $1 and written_at_ms >= $2)";

Counts counts_since(db::ReadTx& tx, GroupId group, Time since) {
    return tx.one<Counts>(counts_sql, group, since);
}

// ---- choices and newcomers ---------------------------------------------------------------------------------

constexpr db::Sql choice_sql = R"(
    select newcomer_posts, cover
    from pace_choice
    where group_id = $1)";

Choice choice(db::ReadTx& tx, GroupId group) {
    return tx.first<Choice>(choice_sql, group).value_or(Choice());
}

constexpr db::Sql put_choice_sql = R"(
    insert into pace_choice (group_id, newcomer_posts, cover)
    values ($1, $2, $3)
    on conflict (group_id) do update
    set newcomer_posts = excluded.newcomer_posts,
        cover = excluded.cover)";

void put_choice(db::Tx& tx, GroupId group, const Choice& choice) {
    tx.run(put_choice_sql, group, choice.newcomer_posts, choice.cover);
}

constexpr db::Sql first_posts_sql = R"(
    select coalesce((select newcomer_posts
                     from pace_choice
                     where group_id = $1),
                    (select newcomer_posts
                     from pace_choice
                     where group_id = 0),
                    0))";

std::int64_t first_posts(db::ReadTx& tx, GroupId group) {
    return tx.one<std::int64_t>(first_posts_sql, group);
}

constexpr db::Sql newcomer_sql = R"(
    select posts
    from newcomer
    where member_id = $1 and group_id = $2)";

std::optional<std::int64_t> newcomer_posts(db::ReadTx& tx, MemberId member, GroupId group) {
    return tx.first<std::int64_t>(newcomer_sql, member, group);
}

constexpr db::Sql count_newcomer_sql = R"(
    insert into newcomer (member_id, group_id, posts)
    values ($1, $2, 1)
    on conflict (member_id, group_id) do update
    set posts = newcomer.posts + 1)";

void count_newcomer(db::Tx& tx, MemberId member, GroupId group) { tx.run(count_newcomer_sql, member, group); }

// ---- by a case ---------------------------------------------------------------------------------------------

constexpr db::Sql put_read_first_sql = R"(
    insert into read_first (case_id, member_id, group_id, alias_id, posts_left, until_ms, decided_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (case_id) do update
    set posts_left = excluded.posts_left,
        until_ms = excluded.until_ms,
        decided_at_ms = excluded.decided_at_ms,
        ended_at_ms = null)";

void put_read_first(db::Tx& tx, CaseId by_case, const ReadFirst& what, std::optional<Time> until) {
    const std::optional<std::int64_t> posts = until ? std::nullopt : std::optional(what.posts);
    tx.run(put_read_first_sql, by_case, what.member, what.group, what.alias, posts, until, tx.now());
}

constexpr db::Sql end_read_first_sql = R"(
    update read_first
    set ended_at_ms = $2
    where case_id = $1 and ended_at_ms is null)";

void end_read_first(db::Tx& tx, CaseId by_case) { tx.run(end_read_first_sql, by_case, tx.now()); }

constexpr db::Sql read_first_of_sql = R"(
    select case_id, alias_id, posts_left
    from read_first
    where member_id = $1 and group_id = $2 and ended_at_ms is null and (until_ms is null or until_ms > $3))";

std::vector<ReadFirstRow> read_first_of(db::ReadTx& tx, MemberId member, GroupId group) {
    return tx.all<ReadFirstRow>(read_first_of_sql, member, group, tx.now());
}

constexpr db::Sql standing_read_first_sql = R"(
    select posts_left, until_ms
    from read_first
    where case_id = $1 and ended_at_ms is null and (until_ms is null or until_ms > $2))";

std::optional<Measure> standing_read_first(db::ReadTx& tx, CaseId by_case) {
    return tx.first<Measure>(standing_read_first_sql, by_case, tx.now());
}

constexpr db::Sql count_read_sql = R"(
    update read_first
    set posts_left = posts_left - 1,
        ended_at_ms = case when posts_left <= 1 then $2 else ended_at_ms end
    where case_id = $1 and posts_left is not null and ended_at_ms is null)";

void count_read(db::Tx& tx, CaseId by_case) { tx.run(count_read_sql, by_case, tx.now()); }

}  // namespace kith::pacing::store

#include "learning/store.hpp"

namespace kith::learning::store {

// ---- labels ----------------------------------------------------------------------------------------------

Verdict Label::of(Flag flag) const {
    switch (flag) {
        case Flag::crisis:
            return crisis;
        case Flag::hostile:
            return hostile;
        case Flag::spam:
            return spam;
        case Flag::advice:
            return advice;
    }
    return Verdict::unsaid;
}

constexpr db::Sql forget_scores_sql = R"(
    delete from label_score
    where label_id in (select id
                       from post_label
                       where post_id = $1 and case_id = $2 and persona_id = $3))";
constexpr db::Sql put_label_sql = R"(
    insert into post_label (post_id, case_id, persona_id, said_at_ms, urgency, crisis, hostile, spam, advice,
                            why, chance, saw_score)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (post_id, case_id, persona_id) do update
    set said_at_ms = excluded.said_at_ms,
        urgency = excluded.urgency,
        crisis = excluded.crisis,
        hostile = excluded.hostile,
        spam = excluded.spam,
        advice = excluded.advice
    returning id)";

std::int64_t put_label(db::Tx& tx, const Label& one) {
    tx.run(forget_scores_sql, one.post, one.from, one.by);
    return tx.one<std::int64_t>(put_label_sql, one.post, one.from, one.by, one.said_at, one.urgency,
                                one.crisis, one.hostile, one.spam, one.advice, one.why, one.chance,
                                one.saw_score);
}

constexpr db::Sql forget_scores_of_case_sql = R"(
    delete from label_score
    where label_id in (select id from post_label where case_id = $1 and case_id > 0))";
constexpr db::Sql remove_label_sql = R"(
    delete from post_label
    where case_id = $1 and case_id > 0)";

void remove_label_of_case(db::Tx& tx, CaseId id) {
    tx.run(forget_scores_of_case_sql, id);
    tx.run(remove_label_sql, id);
}

constexpr db::Sql labels_sql = R"(
    select post_id, case_id, persona_id, said_at_ms, urgency, crisis, hostile, spam, advice, why, chance,
           saw_score
    from post_label
    where said_at_ms >= $1
    order by id desc
    limit $2)";

std::vector<Label> labels_since(db::ReadTx& tx, Time since, int most) {
    return tx.all<Label>(labels_sql, since, most);
}

constexpr db::Sql labelled_post_sql = R"(
    select post_id
    from post_label
    where id = $1)";

std::optional<PostId> labelled_post(db::ReadTx& tx, std::int64_t label) {
    return tx.first<PostId>(labelled_post_sql, label);
}

constexpr db::Sql put_score_sql = R"(
    insert into label_score (label_id, flag, model_id, chance)
    values ($1, $2, $3, $4)
    on conflict (label_id, flag) do nothing)";

void put_score(db::Tx& tx, std::int64_t label, Flag flag, std::int64_t model, double chance) {
    tx.run(put_score_sql, label, flag, model, chance);
}

constexpr db::Sql foretold_sql = R"(
    select s.chance, case $1 when 'crisis' then l.crisis
                             when 'hostile' then l.hostile
                             when 'spam' then l.spam
                             else l.advice end
    from post_label l
    join label_score s on s.label_id = l.id and s.flag = $1 and s.model_id = $2
    where l.said_at_ms >= $3 and l.why = 'audit'
    order by l.id desc
    limit 20000)";

std::vector<Foretold> foretold(db::ReadTx& tx, Flag flag, std::int64_t model, Time since) {
    return tx.all<Foretold>(foretold_sql, flag, model, since);
}

constexpr db::Sql forget_withdrawn_scores_sql = R"(
    delete from label_score
    where label_id in (select l.id
                       from post_label l
                       where exists (select 1
                                     from post_removal r
                                     where r.post_id = l.post_id and r.restored_at_ms is null and r.own = 1)))";
constexpr db::Sql forget_withdrawn_sql = R"(
    delete from post_label
    where exists (select 1
                  from post_removal r
                  where r.post_id = post_label.post_id and r.restored_at_ms is null and r.own = 1))";

void forget_withdrawn(db::Tx& tx) {
    tx.run(forget_withdrawn_scores_sql);
    tx.run(forget_withdrawn_sql);
}

constexpr db::Sql has_labelled_sql = R"(
    select 1
    from post_label
    where post_id = $1 and persona_id = $2 and case_id = 0)";

bool has_labelled(db::ReadTx& tx, PostId post, PersonaId by) { return tx.exists(has_labelled_sql, post, by); }

constexpr db::Sql count_labels_sql = R"(
    select count(distinct post_id)
    from post_label
    where case $1 when 'crisis' then crisis
                  when 'hostile' then hostile
                  when 'spam' then spam
                  else advice end in ('yes', $2))";

std::int64_t count_labels(db::ReadTx& tx, Flag flag, bool positive) {
    return tx.one<std::int64_t>(count_labels_sql, flag, positive ? Verdict::yes : Verdict::no);
}

// ---- what was decided ------------------------------------------------------------------------------------

constexpr db::Sql judged_sql = R"(
    select c.post_id, c.decided_by, c.decided_at_ms, c.urgency,
           case when a.outcome = 'overturned' then 'nothing' else c.outcome end
    from safety_case c
    left join appeal a on a.case_id = c.id
    where c.id = $1 and c.decided_at_ms is not null and c.post_id > 0)";

std::optional<Judged> judged(db::ReadTx& tx, CaseId id) { return tx.first<Judged>(judged_sql, id); }

constexpr db::Sql said_in_sql = R"(
    select reason, rule
    from report
    where case_id = $1
    order by id
    limit 100)";

std::vector<Said> said_in(db::ReadTx& tx, CaseId id) { return tx.all<Said>(said_in_sql, id); }

constexpr db::Sql has_set_urgency_sql = R"(
    select 1
    from case_event
    where case_id = $1 and kind = 'urgency')";

bool has_set_urgency(db::ReadTx& tx, CaseId id) { return tx.exists(has_set_urgency_sql, id); }

constexpr db::Sql first_said_sql = R"(
    select reason, rule
    from report
    where case_id = (select min(id) from safety_case where post_id = $1 and post_id > 0)
    order by id
    limit 1)";

std::optional<Said> first_said(db::ReadTx& tx, PostId post) { return tx.first<Said>(first_said_sql, post); }

// ---- lots ------------------------------------------------------------------------------------------------

constexpr db::Sql insert_pick_sql = R"(
    insert into audit_pick (post_id, picked_at_ms, chance, readers)
    values ($1, $2, $3, $4)
    on conflict (post_id) do nothing)";

void insert_pick(db::Tx& tx, PostId post, double chance, std::int64_t readers) {
    tx.run(insert_pick_sql, post, tx.now(), chance, readers);
}

constexpr db::Sql open_pick_sql = R"(
    select post_id, chance, readers
    from audit_pick
    where post_id = $1 and done_at_ms is null)";

std::optional<Pick> open_pick(db::ReadTx& tx, PostId post) { return tx.first<Pick>(open_pick_sql, post); }

constexpr db::Sql open_picks_sql = R"(
    select a.post_id, t.group_id
    from audit_pick a
    join thread t on t.id = a.post_id >> 20
    where a.done_at_ms is null and a.picked_at_ms >= $1
    order by a.picked_at_ms, a.post_id
    limit $2)";

std::vector<OpenPick> open_picks(db::ReadTx& tx, Time since, int most) {
    return tx.all<OpenPick>(open_picks_sql, since, most);
}

constexpr db::Sql note_reader_sql = R"(
    update audit_pick
    set readers = readers - 1,
        done_at_ms = case when readers <= 1 then $2 else done_at_ms end
    where post_id = $1 and done_at_ms is null)";

void note_reader(db::Tx& tx, PostId post) { tx.run(note_reader_sql, post, tx.now()); }

constexpr db::Sql forget_picks_sql = R"(
    delete from audit_pick
    where picked_at_ms < $1)";

void forget_picks_before(db::Tx& tx, Time time) { tx.run(forget_picks_sql, time); }

constexpr db::Sql begin_day_sql = R"(
    update learning_wish
    set drawn_day_ms = $1
    where drawn_day_ms < $1)";

bool begin_day(db::Tx& tx, Time day) { return tx.run(begin_day_sql, day) > 0; }

constexpr db::Sql audit_percent_sql = R"(
    select audit_percent
    from learning_wish)";

std::int64_t audit_percent(db::ReadTx& tx) { return tx.one<std::int64_t>(audit_percent_sql); }

constexpr db::Sql set_audit_percent_sql = R"(
    update learning_wish
    set audit_percent = $1)";

void set_audit_percent(db::Tx& tx, std::int64_t percent) { tx.run(set_audit_percent_sql, percent); }

// ---- posts -----------------------------------------------------------------------------------------------

constexpr db::Sql posts_between_sql = R"(
    select p.id
    from search_entry e
    join post p on p.id = e.post_id
    join thread t on t.id = p.id >> 20
    where e.id >= $1 and e.id < $2 and p.removed_at_ms is null and t.group_id <> $4
    order by e.id desc
    limit $3)";

std::vector<PostId> posts_between(db::ReadTx& tx, Time from, Time until, GroupId without, int most) {
    constexpr std::int64_t ids_a_day = 1 << 26;  // as conversation numbers them
    return tx.all<PostId>(posts_between_sql, from.ms / day_ms * ids_a_day,
                          (until.ms / day_ms + 1) * ids_a_day, most, without);
}

constexpr db::Sql text_sql = R"(
    select t.group_id, p.author_id, case when p.id & 1048575 = 1 then t.title else '' end, p.note, v.markdown,
           v.written_at_ms, p.created_at_ms
    from post p
    join thread t on t.id = p.id >> 20
    join post_version v on v.post_id = p.id and v.version = (select w.version
                                                             from post_version w
                                                             where w.post_id = $1
                                                             order by w.version desc
                                                             limit 1)
    where p.id = $1
      and not exists (select 1
                      from post_removal r
                      where r.post_id = $1 and r.restored_at_ms is null and r.own = 1))";

std::optional<Text> text_of(db::ReadTx& tx, PostId post) { return tx.first<Text>(text_sql, post); }

constexpr db::Sql earlier_by_sql = R"(
    select 1
    from post
    where author_id = $1 and id <> $2)";

bool is_first_of(db::ReadTx& tx, PersonaId author, PostId post) {
    return !tx.exists(earlier_by_sql, author, post);
}

constexpr db::Sql others_by_sql = R"(
    select v.markdown
    from (select id
          from post
          where author_id = $1 and id >> 20 <> $2 and created_at_ms >= $3 and removed_at_ms is null
          order by id desc
          limit 10) o
    join post_version v on v.post_id = o.id and v.version = (select max(w.version)
                                                             from post_version w
                                                             where w.post_id = o.id))";

std::vector<std::string> others_by(db::ReadTx& tx, PersonaId author, PostId post, Time since) {
    return tx.all<std::string>(others_by_sql, author, post.thread(), since);
}

}  // namespace kith::learning::store

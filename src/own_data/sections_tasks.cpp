#include "own_data/sections.hpp"
#include "platform/words/words.hpp"

namespace kith::own_data {
namespace {

using enum Shape;

constexpr std::string_view group_label = t_later("Group"), post_label = t_later("Post number"),
                           since_label = t_later("Since"), text_label = t_later("Text"),
                           written_label = t_later("Written"), ended_label = t_later("Ended");

// ---- reports and decisions ---------------------------------------------------------------------------

constexpr db::Sql reports_sql = R"(
    select r.reason, r.words, r.filed_at_ms
    from report r
    where r.member_id = $1)";
constexpr Column reports_columns[] = {
    {"reason", t_later("What it is about")},
    {"words", text_label},
    {"filed_at", written_label, time},
};

constexpr db::Sql decisions_sql = R"(
    select c.outcome, c.words, c.rule, c.decided_at_ms, a.words, a.outcome, a.answer
    from persona p
    join safety_case c on c.author_id = p.id
    left join appeal a on a.case_id = c.id
    where p.member_id = $1 and c.outcome <> 'nothing')";
constexpr Column decisions_columns[] = {
    {"outcome", t_later("What was decided")},
    {"words", text_label},
    {"rule", t_later("The rule that it is about")},
    {"decided_at", written_label, time},
    {"appeal", t_later("Why you asked for another look")},
    {"review", t_later("What came of it")},
    {"answer", t_later("The answer to it")},
};

// ---- looking after groups ----------------------------------------------------------------------------

constexpr db::Sql shifts_sql = R"(
    select g.name, s.begins_at_ms, s.ends_at_ms, s.offered_at_ms, s.removed_at_ms
    from shift s
    left join peer_group g on g.id = s.group_id
    where s.member_id = $1)";
constexpr Column shifts_columns[] = {
    {"group", group_label},
    {"begins_at", t_later("From"), time},
    {"ends_at", t_later("Until"), time},
    {"offered_at", t_later("Offered to others"), time},
    {"removed_at", t_later("Taken off the rota"), time},
};

constexpr db::Sql shift_patterns_sql = R"(
    select g.name, p.weekday, p.from_minute, p.until_minute, p.ended_at_ms
    from shift_pattern p
    left join peer_group g on g.id = p.group_id
    where p.member_id = $1)";
constexpr Column shift_patterns_columns[] = {
    {"group", group_label},
    {"weekday", t_later("Day of the week"), number},
    {"from_minute", t_later("From, in minutes of the day"), number},
    {"until_minute", t_later("Until, in minutes of the day"), number},
    {"ended_at", ended_label, time},
};

constexpr db::Sql handovers_sql = R"(
    select g.name, h.words, h.written_at_ms
    from persona p
    join handover h on h.author_id = p.id
    left join peer_group g on g.id = h.group_id
    where p.member_id = $1)";
constexpr Column handovers_columns[] = {
    {"group", group_label},
    {"words", text_label},
    {"written_at", written_label, time},
};

constexpr db::Sql taken_cases_sql = R"(
    select taken_at_ms, is_alone
    from taken_case
    where member_id = $1)";
constexpr Column taken_cases_columns[] = {
    {"taken_at", t_later("When"), time},
    {"is_alone", t_later("Past the limit, because nobody else was there"), yes},
};

// Never what a model said of it.
constexpr db::Sql labels_sql = R"(
    select l.post_id >> 20, l.post_id & 1048575, l.urgency, l.said_at_ms
    from persona p
    join post_label l on l.persona_id = p.id
    where p.member_id = $1 and l.case_id = 0)";
constexpr Column labels_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"number", post_label, number},
    {"urgency", t_later("How soon somebody should look")},
    {"said_at", written_label, time},
};

// ---- at the door -------------------------------------------------------------------------------------

constexpr db::Sql door_newcomer_sql = R"(
    select at_ms, begins
    from newcomer_post
    where member_id = $1)";
constexpr Column door_newcomer_columns[] = {
    {"written_at", written_label, time},
    {"begins_a_thread", t_later("Begins a thread"), yes},
};

constexpr db::Sql reading_sql = R"(
    select opened, began_at_ms, last_at_ms
    from reading_alarm
    where member_id = $1)";
constexpr Column reading_columns[] = {
    {"opened", t_later("At least so many threads"), number},
    {"since", since_label, time},
    {"until", t_later("Until"), time},
};

constexpr db::Sql held_network_sql = R"(
    select until_ms
    from held_network
    where member_id = $1)";
constexpr Column held_network_columns[] = {
    {"kept_until", t_later("Kept until"), time},
};

constexpr db::Sql door_hint_sql = R"(
    select at_ms
    from door_hint
    where member_id = $1)";
constexpr Column door_hint_columns[] = {
    {"at", t_later("When"), time},
};

constexpr db::Sql training_sql = R"(
    select m.title, d.done_at_ms, d.expires_at_ms
    from training_done d
    join training_module m on m.id = d.module_id
    where d.member_id = $1)";
constexpr Column training_columns[] = {
    {"title", t_later("Title")},
    {"done_at", t_later("When"), time},
    {"expires_at", t_later("Until"), time},
};

constexpr Section tasks_all[] = {
    {"reports", t_later("What you reported"), reports_sql, reports_columns},
    {"decisions", t_later("What was decided about your posts"), decisions_sql, decisions_columns},
    {"shifts", t_later("Your shifts"), shifts_sql, shifts_columns},
    {"shift_patterns", t_later("Your shifts of every week"), shift_patterns_sql, shift_patterns_columns},
    {"handovers", t_later("Handover notes you wrote"), handovers_sql, handovers_columns},
    {"urgent_reports", t_later("Urgent reports you took on"), taken_cases_sql, taken_cases_columns},
    {"labels", t_later("What you said that posts need"), labels_sql, labels_columns},
    {"newcomer", t_later("That your account is new: what counts for its first days"), door_newcomer_sql,
     door_newcomer_columns},
    {"reading", t_later("That you opened very many threads"), reading_sql, reading_columns},
    {"held_network",
     t_later(
         "While your account is on hold: a hash of your network, so that hosts notice another account from "
         "there (never the address)"),
     held_network_sql, held_network_columns},
    {"door_hint",
     t_later("That your account was opened from a network of an account on hold, which says little"),
     door_hint_sql, door_hint_columns},
    {"training", t_later("Your training"), training_sql, training_columns},
};

}  // namespace

std::span<const Section> task_sections() { return tasks_all; }

}  // namespace kith::own_data

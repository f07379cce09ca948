#include "own_data/sections.hpp"

#include "platform/words/words.hpp"

namespace kith::own_data {
namespace {

using enum Shape;

constexpr std::string_view group_label = t_later("Group"), thread_label = t_later("Thread"),
                           post_label = t_later("Post number"), since_label = t_later("Since"),
                           name_label = t_later("Name"), text_label = t_later("Text"),
                           note_label = t_later("Content note"), written_label = t_later("Written"),
                           ended_label = t_later("Ended");

// ---- the account -------------------------------------------------------------------------------------

constexpr db::Sql account_sql = R"(
    select m.created_at_ms, m.language, m.theme, m.view, m.keys, m.country, a.email,
           a.email_confirmed_at_ms, a.email_paused_at_ms, a.changed_at_ms
    from member m
    left join account a on a.member_id = m.id
    where m.id = $1)";
constexpr Column account_columns[] = {
    {"created_at", t_later("Here since"), time},
    {"language", t_later("Language")},
    {"theme", t_later("Colours")},
    {"view", t_later("View")},
    {"keys", t_later("Keyboard shortcuts"), yes},
    {"country", t_later("Country for helplines")},
    {"email", t_later("E-mail address")},
    {"email_confirmed_at", t_later("Address confirmed"), time},
    {"email_paused_at", t_later("Address paused"), time},
    {"changed_at", t_later("Last changed"), time},
};

constexpr db::Sql names_sql = R"(
    select p.name, g.name, p.created_at_ms
    from persona p
    left join peer_group g on g.id = p.group_id
    where p.member_id = $1)";
constexpr Column names_columns[] = {
    {"name", name_label},
    {"group", group_label},
    {"since", since_label, time},
};

constexpr db::Sql earlier_names_sql = R"(
    select r.name, r.retired_at_ms
    from persona p
    join retired_name r on r.persona_id = p.id
    where p.member_id = $1)";
constexpr Column earlier_names_columns[] = {
    {"name", name_label},
    {"until", t_later("Until"), time},
};

constexpr db::Sql sessions_sql = R"(
    select device, created_at_ms, seen_at_ms, ended_at_ms
    from session
    where member_id = $1)";
constexpr Column sessions_columns[] = {
    {"device", t_later("Device")},
    {"created_at", t_later("Signed in"), time},
    {"seen_at", t_later("Last used"), time},
    {"ended_at", ended_label, time},
};

constexpr db::Sql tokens_sql = R"(
    select name, scope, created_at_ms, expires_at_ms, ended_at_ms
    from api_token
    where member_id = $1)";
constexpr Column tokens_columns[] = {
    {"name", name_label},
    {"scope", t_later("Allowed to")},
    {"created_at", since_label, time},
    {"expires_at", t_later("Works until"), time},
    {"ended_at", ended_label, time},
};

constexpr db::Sql passkeys_sql = R"(
    select name, created_at_ms, used_at_ms
    from passkey
    where member_id = $1)";
constexpr Column passkeys_columns[] = {
    {"name", name_label},
    {"created_at", since_label, time},
    {"used_at", t_later("Last used"), time},
};

constexpr db::Sql code_app_sql = R"(
    select created_at_ms, confirmed_at_ms
    from code_app
    where member_id = $1)";
constexpr Column code_app_columns[] = {
    {"created_at", since_label, time},
    {"confirmed_at", t_later("Confirmed"), time},
};

constexpr db::Sql recovery_codes_sql = R"(
    select created_at_ms, used_at_ms
    from recovery_code
    where member_id = $1)";
constexpr Column recovery_codes_columns[] = {
    {"created_at", since_label, time},
    {"used_at", t_later("Used"), time},
};

constexpr db::Sql helpers_sql = R"(
    select name, made_at_ms, begun_at_ms
    from helper
    where member_id = $1)";
constexpr Column helpers_columns[] = {
    {"name", name_label},
    {"made_at", since_label, time},
    {"begun_at", t_later("Last used"), time},
};

constexpr db::Sql roles_sql = R"(
    select r.role, g.name, r.granted_at_ms, r.ended_at_ms
    from role_grant r
    left join peer_group g on g.id = r.group_id
    where r.member_id = $1)";
constexpr Column roles_columns[] = {
    {"role", t_later("Role")},
    {"group", group_label},
    {"since", since_label, time},
    {"ended_at", ended_label, time},
};

constexpr db::Sql pause_sql = R"(
    select since_ms, until_ms
    from pause
    where member_id = $1)";
constexpr Column pause_columns[] = {
    {"since", since_label, time},
    {"until", t_later("Until"), time},
};

constexpr db::Sql policies_sql = R"(
    select v.title, a.number, a.answer, a.answered_at_ms
    from policy_answer a
    join policy_version v on v.policy_id = a.policy_id and v.number = a.number
    where a.member_id = $1)";
constexpr Column policies_columns[] = {
    {"title", t_later("What you were asked about")},
    {"version", t_later("Version"), number},
    {"answer", t_later("What you said")},
    {"answered_at", t_later("When"), time},
};

constexpr db::Sql holds_sql = R"(
    select from_ms, until_ms, lifted_at_ms, case when case_id is null then 0 else 1 end
    from suspension
    where member_id = $1)";
constexpr Column holds_columns[] = {
    {"from", since_label, time},
    {"until", t_later("Until"), time},
    {"lifted_at", ended_label, time},
    {"by_a_decision", t_later("By a decision about a post"), yes},
};

// ---- groups ------------------------------------------------------------------------------------------

constexpr db::Sql groups_sql = R"(
    select g.name, p.name, x.joined_at_ms, x.rules_agreed_at_ms,
           nullif(x.first_post_at_ms, x.joined_at_ms), x.left_at_ms, x.left_reason
    from membership x
    join peer_group g on g.id = x.group_id
    join persona p on p.id = x.persona_id
    where x.member_id = $1)";
constexpr Column groups_columns[] = {
    {"group", group_label},
    {"name", t_later("Name there")},
    {"joined_at", t_later("Joined"), time},
    {"rules_agreed_at", t_later("Agreed to the rules"), time},
    {"first_post_at", t_later("First wrote"), time},
    {"left_at", t_later("Left"), time},
    {"left_reason", t_later("Why it ended")},
};

constexpr db::Sql requests_sql = R"(
    select g.name, r.words, r.created_at_ms, r.decided_at_ms, r.accepted
    from join_request r
    join peer_group g on g.id = r.group_id
    where r.member_id = $1)";
constexpr Column requests_columns[] = {
    {"group", group_label},
    {"text", text_label},
    {"created_at", written_label, time},
    {"decided_at", t_later("Decided"), time},
    {"accepted", t_later("Let in"), yes},
};

// ---- words -------------------------------------------------------------------------------------------

// A title of somebody else is shown where it may be read today.
constexpr db::Sql posts_sql = R"(
    select g.name,
           case when s.author_id = t.author_id or (s.removed_at_ms is null and x.id is not null)
                then s.title else '' end,
           t.id & 1048575, t.created_at_ms, nullif(t.reply_to, 0), v.markdown, v.note, t.edited_at_ms,
           t.removed_at_ms
    from persona p
    join post t on t.author_id = p.id
    join thread s on s.id = t.id >> 20
    join peer_group g on g.id = s.group_id
    left join membership x on x.group_id = s.group_id and x.member_id = $1 and x.left_at_ms is null
    join post_version v on v.post_id = t.id and v.version = (select w.version
                                                             from post_version w
                                                             where w.post_id = t.id
                                                             order by w.version desc
                                                             limit 1)
    where p.member_id = $1)";
constexpr Column posts_columns[] = {
    {"group", group_label},
    {"thread", thread_label},
    {"number", post_label, number},
    {"written_at", written_label, time},
    {"reply_to", t_later("Answers post number (by somebody)"), number},
    {"text", text_label},
    {"note", note_label},
    {"edited_at", t_later("Changed"), time},
    {"removed_at", t_later("Removed"), time},
};

constexpr db::Sql versions_sql = R"(
    select t.id >> 20, t.id & 1048575, v.version, v.written_at_ms, v.markdown, v.note, nullif(v.notes, 0)
    from persona p
    join post t on t.author_id = p.id
    join post_version v on v.post_id = t.id
    where p.member_id = $1
      and exists (select 1 from post_version w where w.post_id = t.id and w.version = 2))";
constexpr Column versions_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"number", post_label, number},
    {"version", t_later("Version"), number},
    {"written_at", written_label, time},
    {"text", text_label},
    {"note", note_label},
    {"notes", t_later("Content notes as one number: bit n - 1 stands for note n"), number},
};

constexpr db::Sql drafts_sql = R"(
    select kind, title, markdown, note, notes, saved_at_ms
    from draft
    where member_id = $1)";
constexpr Column drafts_columns[] = {
    {"kind", t_later("What for")},
    {"title", t_later("Title")},
    {"text", text_label},
    {"note", note_label},
    {"notes", t_later("Content notes, by their numbers")},
    {"saved_at", t_later("Saved"), time},
};

constexpr db::Sql waiting_sql = R"(
    select kind, title, markdown, note, written_at_ms, outcome, words
    from waiting_post
    where member_id = $1)";
constexpr Column waiting_columns[] = {
    {"kind", t_later("What for")},
    {"title", t_later("Title")},
    {"text", text_label},
    {"note", note_label},
    {"written_at", written_label, time},
    {"outcome", t_later("What came of it")},
    {"words", t_later("What somebody wrote to you about it")},
};

// Turns where it was slow, and how many first posts were let through.
constexpr db::Sql turns_sql = R"(
    select g.name, t.written_at_ms
    from pace_turn t
    join peer_group g on g.id = t.group_id
    where t.member_id = $1)";
constexpr Column turns_columns[] = {
    {"group", group_label},
    {"written_at", written_label, time},
};

constexpr db::Sql newcomer_sql = R"(
    select g.name, n.posts
    from newcomer n
    join peer_group g on g.id = n.group_id
    where n.member_id = $1)";
constexpr Column newcomer_columns[] = {
    {"group", group_label},
    {"posts", t_later("First posts that were looked at"), number},
};

constexpr db::Sql read_first_sql = R"(
    select g.name, r.decided_at_ms, r.posts_left, r.until_ms, r.ended_at_ms
    from read_first r
    join peer_group g on g.id = r.group_id
    where r.member_id = $1)";
constexpr Column read_first_columns[] = {
    {"group", group_label},
    {"since", since_label, time},
    {"posts_left", t_later("Posts left"), number},
    {"until", t_later("Until"), time},
    {"ended_at", ended_label, time},
};

constexpr db::Sql removals_sql = R"(
    select t.id >> 20, t.id & 1048575, r.own, r.reason, r.removed_at_ms, r.restored_at_ms
    from persona p
    join post t on t.author_id = p.id and t.removed_at_ms is not null
    join post_removal r on r.post_id = t.id
    where p.member_id = $1)";
constexpr Column removals_columns[] = {
    {"thread", t_later("Thread number"), number}, {"number", post_label, number},
    {"own", t_later("Removed by yourself"), yes}, {"reason", t_later("Why")},
    {"removed_at", t_later("Removed"), time},     {"restored_at", t_later("Brought back"), time},
};

constexpr db::Sql supports_sql = R"(
    select post_id >> 20, post_id & 1048575, kind, given_at_ms
    from support
    where member_id = $1)";
constexpr Column supports_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"number", post_label, number},
    {"kind", t_later("Support")},
    {"given_at", t_later("Given"), time},
};

constexpr db::Sql read_marks_sql = R"(
    select thread_id, number, read_at_ms
    from read_mark
    where member_id = $1)";
constexpr Column read_marks_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"number", t_later("Read up to post number"), number},
    {"read_at", t_later("Read"), time},
};

constexpr db::Sql muted_threads_sql = R"(
    select thread_id, since_ms
    from muted_thread
    where member_id = $1)";
constexpr Column muted_threads_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"since", since_label, time},
};

constexpr db::Sql muted_people_sql = R"(
    select g.name, m.since_ms
    from mute m
    left join peer_group g on g.id = m.group_id
    where m.member_id = $1)";
constexpr Column muted_people_columns[] = {
    {"group", t_later("Somebody in the group")},
    {"since", since_label, time},
};

constexpr db::Sql post_notes_sql = R"(
    select t.id >> 20, t.id & 1048575, n.words
    from persona p
    join post t on t.author_id = p.id and t.notes <> 0
    join content_note n on (t.notes >> cast(n.id - 1 as integer)) & 1 = 1
    where p.member_id = $1)";
constexpr Column post_notes_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"number", post_label, number},
    {"note", note_label},
};

constexpr db::Sql unanswered_sql = R"(
    select t.id >> 20, t.id & 1048575, u.is_first, u.written_at_ms, u.answered_at_ms
    from persona p
    join post t on t.author_id = p.id
    join unanswered u on u.post_id = t.id
    where p.member_id = $1)";
constexpr Column unanswered_columns[] = {
    {"thread", t_later("Thread number"), number},
    {"number", post_label, number},
    {"is_first", t_later("Your first post in the group"), yes},
    {"written_at", written_label, time},
    {"answered_at", t_later("Answered"), time},
};

constexpr db::Sql emergency_contact_sql = R"(
    select left_at_ms
    from emergency_contact
    where member_id = $1)";
constexpr Column emergency_contact_columns[] = {{"left_at", t_later("When"), time}};

constexpr db::Sql debriefs_sql = R"(
    select asked_at_ms, hard, help, share, talked_at_ms
    from debrief
    where member_id = $1)";
constexpr Column debriefs_columns[] = {
    {"asked_at", t_later("When"), time},    {"hard", t_later("What was hard")},
    {"help", t_later("What would help")},   {"share", t_later("Shared with coordinators")},
    {"talked_at", t_later("Talked"), time},
};

constexpr db::Sql note_choices_sql = R"(
    select n.words, c.choice, c.chosen_at_ms
    from note_choice c
    join content_note n on n.id = c.note_id
    where c.member_id = $1)";
constexpr Column note_choices_columns[] = {
    {"note", note_label},
    {"choice", t_later("What you chose")},
    {"chosen_at", t_later("When"), time},
};

constexpr db::Sql about_me_sql = R"(
    select since, stage, hopes, tone, said_at_ms
    from about_me
    where member_id = $1)";
constexpr Column about_me_columns[] = {
    {"since", t_later("How long")},          {"stage", t_later("Where you are with it")},
    {"hopes", t_later("What you hope for")}, {"tone", t_later("How you like people to talk")},
    {"said_at", t_later("When"), time},
};

constexpr db::Sql about_me_topics_sql = R"(
    select t.name
    from about_me_topic a
    join topic t on t.id = a.topic_id
    where a.member_id = $1)";
constexpr Column about_me_topics_columns[] = {{"topic", t_later("Topic")}};

constexpr db::Sql fits_sql = R"(
    select g.name, f.answer, f.reason, f.answered_at_ms
    from fit f
    join peer_group g on g.id = f.group_id
    where f.member_id = $1)";
constexpr Column fits_columns[] = {
    {"group", group_label},
    {"answer", t_later("Right for you")},
    {"reason", t_later("Why")},
    {"answered_at", t_later("When"), time},
};

constexpr db::Sql notices_sql = R"(
    select n.kind, g.name, n.created_at_ms, n.read_at_ms
    from notice n
    left join peer_group g on g.id = n.group_id
    where n.member_id = $1)";
constexpr Column notices_columns[] = {
    {"kind", t_later("What")},
    {"group", group_label},
    {"created_at", t_later("When"), time},
    {"read_at", t_later("Read"), time},
};

constexpr db::Sql pictures_sql = R"(
    select i.picture_key, t.id >> 20, t.id & 1048575, i.width, i.height, i.added_at_ms
    from persona p
    join post t on t.author_id = p.id
    join picture i on i.post_id = t.id
    where p.member_id = $1
    union all
    select i.picture_key, null, null, i.width, i.height, i.added_at_ms
    from picture i
    where i.member_id = $1)";
constexpr Column pictures_columns[] = {
    {"file", t_later("File (in the folder pictures, .webp)")},
    {"thread", t_later("Thread number"), number},
    {"number", post_label, number},
    {"width", t_later("Width"), number},
    {"height", t_later("Height"), number},
    {"added_at", t_later("Added"), time},
};

constexpr db::Sql feed_sql = R"(
    select made_at_ms
    from feed_key
    where member_id = $1)";
constexpr Column feed_columns[] = {{"made_at", t_later("Made"), time}};

constexpr db::Sql push_devices_sql = R"(
    select device, added_at_ms
    from push_device
    where member_id = $1)";
constexpr Column push_devices_columns[] = {
    {"device", t_later("Device")},
    {"added_at", since_label, time},
};

constexpr db::Sql wish_sql = R"(
    select way, hour, weekday, quiet_from, quiet_until, zone, tells_more, answers
    from notice_wish
    where member_id = $1)";
constexpr Column wish_columns[] = {
    {"way", t_later("How you hear of news")},
    {"hour", t_later("Hour of the daily or weekly mail"), number},
    {"weekday", t_later("Day of the weekly mail"), number},
    {"quiet_from", t_later("Quiet hours begin"), number},
    {"quiet_until", t_later("Quiet hours end"), number},
    {"zone", t_later("Whose clock")},
    {"tells_more", t_later("Mails may name the site and groups"), yes},
    {"answers", t_later("Mails may show words of replies"), yes},
};

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
    select c.outcome, c.words, c.decided_at_ms, a.words, a.outcome, a.answer
    from persona p
    join safety_case c on c.author_id = p.id
    left join appeal a on a.case_id = c.id
    where p.member_id = $1 and c.outcome <> 'nothing')";
constexpr Column decisions_columns[] = {
    {"outcome", t_later("What was decided")}, {"words", text_label},
    {"decided_at", written_label, time},      {"appeal", t_later("Why you asked for another look")},
    {"review", t_later("What came of it")},   {"answer", t_later("The answer to it")},
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

// ---- the log -----------------------------------------------------------------------------------------

constexpr db::Sql audit_sql = R"(
    select at_ms, verb, case when member_id = $1 then 1 else 0 end
    from audit_entry
    where subject = 'member' and subject_id = $1)";
constexpr Column audit_columns[] = {
    {"at", t_later("When"), time},
    {"what", t_later("What")},
    {"by_yourself", t_later("By yourself"), yes},
};

constexpr Section all_sections[] = {
    {"account", t_later("Your account"), account_sql, account_columns},
    {"names", t_later("Your names"), names_sql, names_columns},
    {"earlier_names", t_later("Names you had before"), earlier_names_sql, earlier_names_columns},
    {"groups", t_later("Your groups"), groups_sql, groups_columns},
    {"requests", t_later("Groups you asked to join"), requests_sql, requests_columns},
    {"roles", t_later("Your roles"), roles_sql, roles_columns},
    {"break", t_later("Your break"), pause_sql, pause_columns},
    {"holds", t_later("When your account was on hold"), holds_sql, holds_columns},
    {"policies", t_later("What you agreed to, or not"), policies_sql, policies_columns},
    {"posts", t_later("What you wrote"), posts_sql, posts_columns},
    {"versions", t_later("All texts of posts that you changed"), versions_sql, versions_columns},
    {"pictures", t_later("Your pictures"), pictures_sql, pictures_columns},
    {"post_notes", t_later("Content notes on your posts"), post_notes_sql, post_notes_columns},
    {"unanswered", t_later("Posts of yours that somebody shall answer"), unanswered_sql, unanswered_columns},
    {"drafts", t_later("What you have begun to write"), drafts_sql, drafts_columns},
    {"waiting", t_later("Posts of yours that waited for a look"), waiting_sql, waiting_columns},
    {"turns", t_later("When you last wrote where it is slow"), turns_sql, turns_columns},
    {"first_posts", t_later("Your first posts in groups"), newcomer_sql, newcomer_columns},
    {"read_first", t_later("When your posts waited after a decision"), read_first_sql, read_first_columns},
    {"removals", t_later("Posts of yours that were removed"), removals_sql, removals_columns},
    {"supports", t_later("Support you gave"), supports_sql, supports_columns},
    {"read_marks", t_later("How far you have read"), read_marks_sql, read_marks_columns},
    {"muted_threads", t_later("Threads you have muted"), muted_threads_sql, muted_threads_columns},
    {"muted_people", t_later("People you have hidden"), muted_people_sql, muted_people_columns},
    {"note_choices", t_later("What you would rather not read"), note_choices_sql, note_choices_columns},
    {"about_me", t_later("What you said about yourself"), about_me_sql, about_me_columns},
    {"about_me_topics", t_later("What it is about for you"), about_me_topics_sql, about_me_topics_columns},
    {"fits", t_later("Whether groups are right for you"), fits_sql, fits_columns},
    {"emergency_contact", t_later("That you left how to reach you (what it says is on its page alone)"),
     emergency_contact_sql, emergency_contact_columns},
    {"debriefs", t_later("Your notes after hard cases"), debriefs_sql, debriefs_columns},
    {"notices", t_later("Your notices"), notices_sql, notices_columns},
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
    {"notice_wish", t_later("What you chose for notices"), wish_sql, wish_columns},
    {"push_devices", t_later("Devices that get signals"), push_devices_sql, push_devices_columns},
    {"feed", t_later("Your feed (never its address)"), feed_sql, feed_columns},
    {"sessions", t_later("Where you signed in"), sessions_sql, sessions_columns},
    {"tokens", t_later("Access of other programs"), tokens_sql, tokens_columns},
    {"passkeys", t_later("Your passkeys (their names alone)"), passkeys_sql, passkeys_columns},
    {"code_app", t_later("Your app that shows codes"), code_app_sql, code_app_columns},
    {"recovery_codes", t_later("Your recovery codes (never the codes themselves)"), recovery_codes_sql,
     recovery_codes_columns},
    {"helpers", t_later("Who keeps a code for you (never the codes themselves)"), helpers_sql,
     helpers_columns},
    {"log", t_later("What the log says about your account"), audit_sql, audit_columns},
};

Cell cell(const db::Row& row, int at, Shape shape) {
    const auto known = [](auto value) { return value ? Cell(*std::move(value)) : Cell(); };
    switch (shape) {
        case number:
            return known(row.get<std::optional<std::int64_t>>(at));
        case text:
            return known(row.get<std::optional<std::string>>(at));
        case time:
            return known(row.get<std::optional<Time>>(at));
        case yes:
            return known(row.get<std::optional<bool>>(at));
    }
    return {};
}

}  // namespace

std::span<const Section> sections() { return all_sections; }

std::vector<Filled> fill(db::ReadTx& tx, MemberId member) {
    std::vector<Filled> out;
    for (const Section& section : all_sections) {
        Filled filled{&section, {}};
        for (const db::Row& row : tx.query(section.sql, member)) {
            Line& line = filled.lines.emplace_back();
            for (const Column& column : section.columns)
                line.push_back(cell(row, static_cast<int>(line.size()), column.shape));
        }
        out.push_back(std::move(filled));
    }
    return out;
}

}  // namespace kith::own_data

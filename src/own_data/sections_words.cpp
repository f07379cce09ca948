#include "own_data/sections.hpp"
#include "platform/words/words.hpp"

namespace kith::own_data {
namespace {

using enum Shape;

constexpr std::string_view group_label = t_later("Group"), thread_label = t_later("Thread"),
                           post_label = t_later("Post number"), since_label = t_later("Since"),
                           text_label = t_later("Text"), note_label = t_later("Content note"),
                           written_label = t_later("Written"), ended_label = t_later("Ended");

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

constexpr Section words_all[] = {
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
    {"notice_wish", t_later("What you chose for notices"), wish_sql, wish_columns},
    {"push_devices", t_later("Devices that get signals"), push_devices_sql, push_devices_columns},
    {"feed", t_later("Your feed (never its address)"), feed_sql, feed_columns},
};

}  // namespace

std::span<const Section> word_sections() { return words_all; }

}  // namespace kith::own_data

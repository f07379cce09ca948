#include "own_data/store.hpp"

#include "identity/identity.hpp"

namespace kith::own_data::store {

constexpr db::Sql insert_erasure_sql = R"(
    insert into erasure (member_id, words, asked_at_ms, due_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id) do update
    set words = excluded.words,
        asked_at_ms = excluded.asked_at_ms,
        due_at_ms = excluded.due_at_ms)";

void insert_erasure(db::Tx& tx, MemberId member, OwnWords words, Time due) {
    tx.run(insert_erasure_sql, member, words, tx.now(), due);
}

constexpr db::Sql due_erasure_sql = R"(
    select member_id, words
    from erasure
    where due_at_ms <= $1
    order by due_at_ms
    limit 1)";
constexpr db::Sql old_closure_sql = R"(
    select c.member_id, 'keep'
    from closure c
    where c.closed_at_ms <= $1
      and not exists (select 1 from erasure e where e.member_id = c.member_id)
      and not exists (select 1 from former_member f where f.member_id = c.member_id)
    order by c.closed_at_ms
    limit 1)";

std::optional<Erasure> due_erasure(db::ReadTx& tx) {
    if (auto asked = tx.first<Erasure>(due_erasure_sql, tx.now())) return asked;
    return tx.first<Erasure>(old_closure_sql, tx.now() + -identity::days_to_reopen * day_ms);
}

// ---- the account -------------------------------------------------------------------------------------

constexpr db::Sql delete_account_sql = R"(
    delete from account
    where member_id = $1)";
constexpr db::Sql delete_recovery_codes_sql = R"(
    delete from recovery_code
    where member_id = $1)";
constexpr db::Sql delete_sessions_sql = R"(
    delete from session
    where member_id = $1)";
constexpr db::Sql delete_tokens_sql = R"(
    delete from api_token
    where member_id = $1)";
constexpr db::Sql delete_push_devices_sql = R"(
    delete from push_device
    where member_id = $1)";
constexpr db::Sql delete_push_wish_sql = R"(
    delete from push_wish
    where member_id = $1)";
constexpr db::Sql delete_feed_key_sql = R"(
    delete from feed_key
    where member_id = $1)";
constexpr db::Sql delete_helpers_sql = R"(
    delete from helper
    where member_id = $1)";
constexpr db::Sql delete_claim_codes_sql = R"(
    delete from claim_code
    where member_id = $1)";

constexpr db::Sql delete_code_app_sql = R"(
    delete from code_app
    where member_id = $1)";
constexpr db::Sql delete_half_sessions_sql = R"(
    delete from half_session
    where member_id = $1)";
constexpr db::Sql delete_passkeys_sql = R"(
    delete from passkey
    where member_id = $1)";

void delete_account(db::Tx& tx, MemberId member) {
    tx.run(delete_account_sql, member);
    tx.run(delete_code_app_sql, member);
    tx.run(delete_half_sessions_sql, member);
    tx.run(delete_passkeys_sql, member);
    tx.run(delete_recovery_codes_sql, member);
    tx.run(delete_sessions_sql, member);
    tx.run(delete_tokens_sql, member);
    tx.run(delete_claim_codes_sql, member);
    tx.run(delete_helpers_sql, member);
    tx.run(delete_feed_key_sql, member);
    tx.run(delete_push_devices_sql, member);
    tx.run(delete_push_wish_sql, member);
}

// ---- pictures ------------------------------------------------------------------------------------------

constexpr db::Sql pictures_of_sql = R"(
    select 'pictures/' || i.picture_key || '.webp', i.webp
    from persona p
    join post t on t.author_id = p.id
    join picture i on i.post_id = t.id
    where p.member_id = $1
    union all
    select 'pictures/' || i.picture_key || '.webp', i.webp
    from picture i
    where i.member_id = $1)";

std::vector<Copy::File> pictures_of(db::ReadTx& tx, MemberId member) {
    return tx.all<Copy::File>(pictures_of_sql, member);
}

// ---- words -------------------------------------------------------------------------------------------

constexpr db::Sql personas_of_sql = R"(
    select id
    from persona
    where member_id = $1)";

std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member) {
    return tx.all<PersonaId>(personas_of_sql, member);
}

constexpr db::Sql posts_after_sql = R"(
    select id
    from post
    where author_id = $1
      and id > $2
    order by id
    limit $3)";

std::vector<PostId> posts_after(db::ReadTx& tx, PersonaId author, PostId after, int most) {
    return tx.all<PostId>(posts_after_sql, author, after, most);
}

constexpr db::Sql empty_post_sql = R"(
    update post
    set html = '',
        note = '',
        notes = 0,
        removed_at_ms = coalesce(removed_at_ms, $2)
    where id = $1)";
constexpr db::Sql empty_versions_sql = R"(
    update post_version
    set markdown = '',
        note = '',
        notes = 0
    where post_id = $1)";
constexpr db::Sql end_removals_by_staff_sql = R"(
    update post_removal
    set reason = '',
        restored_at_ms = case when own = 1 then restored_at_ms else coalesce(restored_at_ms, $2) end
    where post_id = $1)";
constexpr db::Sql remove_post_sql = R"(
    insert into post_removal (post_id, removed_by, own, reason, removed_at_ms)
    select p.id, p.author_id, 1, '', $2
    from post p
    where p.id = $1
      and not exists (select 1 from post_removal r where r.post_id = p.id and r.restored_at_ms is null))";
constexpr db::Sql let_search_forget_sql = R"(
    update search_entry
    set waiting = 1
    where id = (select search_id from post where id = $1))";
constexpr db::Sql empty_title_sql = R"(
    update thread
    set title = '',
        notes = 0,
        removed_at_ms = coalesce(removed_at_ms, $2)
    where id = $1)";
constexpr db::Sql empty_titles_before_sql = R"(
    update thread_renaming
    set old_title = '',
        reason = ''
    where thread_id = $1)";

constexpr db::Sql delete_staff_note_sql = R"(
    delete from staff_note
    where post_id = $1)";

constexpr db::Sql delete_unanswered_sql = R"(
    delete from unanswered
    where post_id = $1)";

// What it taught goes with it; the next night learns without it.
constexpr db::Sql delete_label_scores_sql = R"(
    delete from label_score
    where label_id in (select id from post_label where post_id = $1))";
constexpr db::Sql delete_labels_sql = R"(
    delete from post_label
    where post_id = $1)";
constexpr db::Sql delete_audit_pick_sql = R"(
    delete from audit_pick
    where post_id = $1)";

constexpr db::Sql delete_pictures_of_post_sql = R"(
    delete from picture
    where post_id = $1)";

void empty_post(db::Tx& tx, PostId post) {
    tx.run(delete_pictures_of_post_sql, post);
    tx.run(delete_label_scores_sql, post);
    tx.run(delete_labels_sql, post);
    tx.run(delete_audit_pick_sql, post);
    tx.run(delete_staff_note_sql, post);
    tx.run(delete_unanswered_sql, post);
    tx.run(empty_post_sql, post, tx.now());
    tx.run(empty_versions_sql, post);
    tx.run(end_removals_by_staff_sql, post, tx.now());
    tx.run(remove_post_sql, post, tx.now());
    tx.run(let_search_forget_sql, post);
    if (post.number() != 1) return;
    tx.run(empty_title_sql, post.thread(), tx.now());
    tx.run(empty_titles_before_sql, post.thread());
}

constexpr db::Sql group_of_sql = R"(
    select group_id
    from thread
    where id = $1)";

GroupId group_of(db::ReadTx& tx, ThreadId thread) { return tx.one<GroupId>(group_of_sql, thread); }

// ---- the person --------------------------------------------------------------------------------------

constexpr db::Sql name_keys_sql = R"(
    select name_key
    from persona
    where member_id = $1
    union all
    select r.name_key
    from persona p
    join retired_name r on r.persona_id = p.id
    where p.member_id = $1)";

std::vector<std::string> name_keys(db::ReadTx& tx, MemberId member) {
    return tx.all<std::string>(name_keys_sql, member);
}

constexpr db::Sql insert_erased_name_sql = R"(
    insert into erased_name (name_digest)
    values ($1)
    on conflict do nothing)";

void insert_erased_name(db::Tx& tx, std::string_view digest) {
    tx.run(insert_erased_name_sql, db::Blob{digest});
}

constexpr db::Sql groups_of_sql = R"(
    select distinct group_id
    from membership
    where member_id = $1)";

std::vector<GroupId> groups_of(db::ReadTx& tx, MemberId member) {
    return tx.all<GroupId>(groups_of_sql, member);
}

namespace {

constexpr db::Sql former_member_sql = R"(
    select member_id
    from former_member)";
constexpr db::Sql insert_member_sql = R"(
    insert into member (created_at_ms)
    values (0)
    returning id)";
constexpr db::Sql insert_former_member_sql = R"(
    insert into former_member (id, member_id)
    values (1, $1))";
constexpr db::Sql close_sql = R"(
    insert into closure (member_id, closed_at_ms)
    values ($1, 0))";

// One who is never there: nobody is told anything.
MemberId former_member(db::Tx& tx) {
    if (const auto known = tx.first<MemberId>(former_member_sql)) return *known;
    const auto made = tx.one<MemberId>(insert_member_sql);
    tx.run(insert_former_member_sql, made);
    tx.run(close_sql, made);
    return made;
}

constexpr db::Sql delete_retired_names_sql = R"(
    delete from retired_name
    where persona_id in (select id from persona where member_id = $1))";
constexpr db::Sql delete_group_names_sql = R"(
    delete from group_name
    where group_id in (select group_id from membership where member_id = $1)
      and persona_id in (select id from persona where member_id = $1))";
constexpr db::Sql delete_look_ups_sql = R"(
    delete from look_up
    where persona_id in (select id from persona where member_id = $1))";
constexpr db::Sql delete_unmaskings_sql = R"(
    delete from unmasking
    where persona_id in (select id from persona where member_id = $1)
       or asked_by = $1
       or agreed_by = $1)";
constexpr db::Sql delete_voices_sql = R"(
    delete from thread_voice
    where member_id = $1)";
constexpr db::Sql delete_imported_author_sql = R"(
    delete from imported
    where kind = 'author'
      and id in (select id from persona where member_id = $1))";
constexpr db::Sql delete_imported_person_sql = R"(
    delete from imported_person
    where member_id = $1)";
constexpr db::Sql delete_notices_sql = R"(
    delete from notice
    where member_id = $1)";
constexpr db::Sql delete_notice_wish_sql = R"(
    delete from notice_wish
    where member_id = $1)";
constexpr db::Sql delete_answer_addresses_sql = R"(
    delete from answer_address
    where member_id = $1)";
constexpr db::Sql delete_answered_mails_sql = R"(
    delete from answered_mail
    where member_id = $1)";
// A report stays with its case, without its writer. Its words too: those who read them before would see by what is
// missing who wrote it.
constexpr db::Sql forget_reports_sql = R"(
    update report
    set member_id = null
    where member_id = $1)";
constexpr db::Sql forget_appeals_sql = R"(
    update appeal
    set member_id = null,
        words = ''
    where member_id = $1)";
constexpr db::Sql delete_contact_sql = R"(
    delete from emergency_contact
    where member_id = $1)";
constexpr db::Sql delete_debriefs_sql = R"(
    delete from debrief
    where member_id = $1)";
constexpr db::Sql delete_openings_sql = R"(
    delete from contact_opening
    where author_id in (select id from persona where member_id = $1))";
// What was planned stays, for somebody else.
constexpr db::Sql leave_shifts_sql = R"(
    update shift
    set member_id = null,
        offered_at_ms = null
    where member_id = $1)";
constexpr db::Sql leave_shift_patterns_sql = R"(
    update shift_pattern
    set member_id = null
    where member_id = $1)";
constexpr db::Sql delete_handovers_sql = R"(
    delete from handover
    where author_id in (
        select id
        from persona
        where member_id = $1))";
constexpr db::Sql delete_handover_read_sql = R"(
    delete from handover_read
    where member_id = $1)";
constexpr db::Sql delete_room_member_sql = R"(
    delete from room_member
    where member_id = $1)";
constexpr db::Sql delete_taken_cases_sql = R"(
    delete from taken_case
    where member_id = $1)";
constexpr db::Sql delete_newcomer_posts_sql = R"(
    delete from newcomer_post
    where member_id = $1)";
constexpr db::Sql delete_newcomer_words_sql = R"(
    delete from newcomer_words
    where member_id = $1)";
constexpr db::Sql delete_stopped_sql = R"(
    delete from stopped_member
    where member_id = $1)";
constexpr db::Sql delete_reading_alarms_sql = R"(
    delete from reading_alarm
    where member_id = $1)";
constexpr db::Sql delete_held_networks_sql = R"(
    delete from held_network
    where member_id = $1)";
constexpr db::Sql delete_door_hint_sql = R"(
    delete from door_hint
    where member_id = $1)";
constexpr db::Sql delete_training_sql = R"(
    delete from training_done
    where member_id = $1)";
constexpr db::Sql delete_mutes_sql = R"(
    delete from mute
    where member_id = $1)";
constexpr db::Sql delete_read_marks_sql = R"(
    delete from read_mark
    where member_id = $1)";
constexpr db::Sql delete_muted_threads_sql = R"(
    delete from muted_thread
    where member_id = $1)";
constexpr db::Sql delete_policy_answers_sql = R"(
    delete from policy_answer
    where member_id = $1)";
constexpr db::Sql delete_note_choices_sql = R"(
    delete from note_choice
    where member_id = $1)";
constexpr db::Sql delete_about_me_topics_sql = R"(
    delete from about_me_topic
    where member_id = $1)";
constexpr db::Sql delete_about_me_sql = R"(
    delete from about_me
    where member_id = $1)";
constexpr db::Sql delete_fits_sql = R"(
    delete from fit
    where member_id = $1)";
constexpr db::Sql delete_waiting_pictures_sql = R"(
    delete from picture
    where member_id = $1)";
constexpr db::Sql delete_pause_sql = R"(
    delete from pause
    where member_id = $1)";
constexpr db::Sql delete_drafts_sql = R"(
    delete from draft
    where member_id = $1)";
constexpr db::Sql delete_waiting_posts_sql = R"(
    delete from waiting_post
    where member_id = $1)";
constexpr db::Sql delete_turns_sql = R"(
    delete from pace_turn
    where member_id = $1)";
constexpr db::Sql delete_newcomer_sql = R"(
    delete from newcomer
    where member_id = $1)";
constexpr db::Sql delete_read_first_sql = R"(
    delete from read_first
    where member_id = $1)";
constexpr db::Sql delete_sent_forms_sql = R"(
    delete from sent_form
    where member_id = $1)";
constexpr db::Sql delete_supports_sql = R"(
    delete from support
    where member_id = $1)";
constexpr db::Sql delete_join_requests_sql = R"(
    delete from join_request
    where member_id = $1)";
constexpr db::Sql delete_memberships_sql = R"(
    delete from membership
    where member_id = $1)";
constexpr db::Sql delete_roles_sql = R"(
    delete from role_grant
    where member_id = $1)";
constexpr db::Sql delete_suspensions_sql = R"(
    delete from suspension
    where member_id = $1)";
constexpr db::Sql delete_closure_sql = R"(
    delete from closure
    where member_id = $1)";
constexpr db::Sql delete_erasure_sql = R"(
    delete from erasure
    where member_id = $1)";
// No name has a "#" in it.
constexpr db::Sql hand_over_personas_sql = R"(
    update persona
    set member_id = $2,
        group_id = 0,
        thread_id = null,
        name = '',
        name_key = '#' || cast(id as text),
        created_at_ms = 0
    where member_id = $1)";
constexpr db::Sql delete_member_sql = R"(
    delete from member
    where id = $1)";

}  // namespace

// How many supports a post has stays; who gave them does not.
void delete_traces(db::Tx& tx, MemberId member) {
    constexpr db::Sql by_persona[] = {
        delete_retired_names_sql, delete_group_names_sql,     delete_look_ups_sql,
        delete_unmaskings_sql,    delete_imported_author_sql, delete_openings_sql,
        delete_contact_sql,       delete_handovers_sql,       delete_debriefs_sql};
    constexpr db::Sql by_member[] = {delete_imported_person_sql,
                                     delete_notices_sql,
                                     delete_notice_wish_sql,
                                     delete_mutes_sql,
                                     delete_read_marks_sql,
                                     delete_muted_threads_sql,
                                     delete_sent_forms_sql,
                                     delete_supports_sql,
                                     delete_join_requests_sql,
                                     delete_memberships_sql,
                                     delete_roles_sql,
                                     delete_suspensions_sql,
                                     delete_closure_sql,
                                     delete_erasure_sql,
                                     delete_voices_sql,
                                     delete_drafts_sql,
                                     delete_waiting_posts_sql,
                                     delete_turns_sql,
                                     delete_newcomer_sql,
                                     delete_read_first_sql,
                                     delete_pause_sql,
                                     delete_policy_answers_sql,
                                     delete_note_choices_sql,
                                     delete_about_me_topics_sql,
                                     delete_about_me_sql,
                                     delete_fits_sql,
                                     delete_waiting_pictures_sql,
                                     delete_answer_addresses_sql,
                                     delete_answered_mails_sql,
                                     leave_shifts_sql,
                                     leave_shift_patterns_sql,
                                     delete_handover_read_sql,
                                     delete_room_member_sql,
                                     delete_taken_cases_sql,
                                     delete_newcomer_posts_sql,
                                     delete_newcomer_words_sql,
                                     delete_stopped_sql,
                                     delete_reading_alarms_sql,
                                     delete_held_networks_sql,
                                     delete_door_hint_sql,
                                     delete_training_sql,
                                     forget_reports_sql,
                                     forget_appeals_sql};
    for (const db::Sql& sql : by_persona) tx.run(sql, member);
    for (const db::Sql& sql : by_member) tx.run(sql, member);
    tx.run(hand_over_personas_sql, member, former_member(tx));
    tx.run(delete_member_sql, member);
}

}  // namespace kith::own_data::store

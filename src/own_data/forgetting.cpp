#include "own_data/forgetting.hpp"

#include <vector>

namespace kith::own_data {
namespace {

constexpr db::Sql account[] = {
    "delete from account where member_id = $1",           "delete from code_app where member_id = $1",
    "delete from half_session where member_id = $1",      "delete from passkey where member_id = $1",
    "delete from passkey_challenge where member_id = $1", "delete from recovery_code where member_id = $1",
    "delete from session where member_id = $1",           "delete from api_token where member_id = $1",
    "delete from claim_code where member_id = $1",        "delete from helper where member_id = $1",
    "delete from feed_key where member_id = $1",          "delete from push_device where member_id = $1",
    "delete from push_wish where member_id = $1",
};

constexpr db::Sql post[] = {
    "delete from picture where post_id = $1",
    // What it taught goes with it; the next night learns without it.
    "delete from label_score where label_id in (select id from post_label where post_id = $1)",
    "delete from post_label where post_id = $1",
    "delete from audit_pick where post_id = $1",
    "delete from staff_note where post_id = $1",
    "delete from unanswered where post_id = $1",
};

// Whoever asked and whoever agreed is forgotten, and what the other person can read about it stays.
constexpr db::Sql names[] = {
    "delete from retired_name where persona_id in (select id from persona where member_id = $1)",
    R"(
    delete from group_name
    where group_id in (select group_id from membership where member_id = $1)
      and persona_id in (select id from persona where member_id = $1))",
    "delete from look_up where persona_id in (select id from persona where member_id = $1)",
    "update look_up set looked_up_by = null where looked_up_by = $1",
    "delete from unmasking where persona_id in (select id from persona where member_id = $1)",
    "update unmasking set asked_by = (select member_id from former_member) where asked_by = $1",
    "update unmasking set agreed_by = (select member_id from former_member) where agreed_by = $1",
    "delete from thread_voice where member_id = $1",
    "delete from imported where kind = 'author' and id in (select id from persona where member_id = $1)",
    "delete from imported_person where member_id = $1",
};

constexpr db::Sql notices[] = {
    "delete from notice where member_id = $1",
    "delete from notice_wish where member_id = $1",
    "delete from answer_address where member_id = $1",
    "delete from answered_mail where member_id = $1",
};

// How many supports a post has stays; who gave them does not.
constexpr db::Sql reading_and_writing[] = {
    "delete from mute where member_id = $1",
    "delete from read_mark where member_id = $1",
    "delete from muted_thread where member_id = $1",
    "delete from sent_form where member_id = $1",
    "delete from support where member_id = $1",
    "delete from draft where member_id = $1",
    "delete from waiting_post where member_id = $1",
    "delete from picture where member_id = $1",
    "delete from pace_turn where member_id = $1",
    "delete from newcomer where member_id = $1",
    "delete from read_first where member_id = $1",
    "delete from note_choice where member_id = $1",
    "delete from about_me_topic where member_id = $1",
    "delete from about_me where member_id = $1",
    "delete from fit where member_id = $1",
};

// A report stays with its case, without its writer. Its words too: those who read them before would see by what is
// missing who wrote it.
constexpr db::Sql cases[] = {
    "update report set member_id = null where member_id = $1",
    "update appeal set member_id = null, words = '' where member_id = $1",
    "delete from contact_opening where author_id in (select id from persona where member_id = $1)",
    "delete from emergency_contact where member_id = $1",
    "delete from debrief where member_id = $1",
    "delete from taken_case where member_id = $1",
};

// What was planned stays, for somebody else.
constexpr db::Sql tasks[] = {
    "update shift set member_id = null, offered_at_ms = null where member_id = $1",
    "update shift_pattern set member_id = null where member_id = $1",
    "delete from handover where author_id in (select id from persona where member_id = $1)",
    "delete from handover_read where member_id = $1",
    "delete from room_member where member_id = $1",
    "delete from training_done where member_id = $1",
};

constexpr db::Sql door[] = {
    "delete from newcomer_post where member_id = $1",  "delete from newcomer_words where member_id = $1",
    "delete from stopped_member where member_id = $1", "delete from reading_alarm where member_id = $1",
    "delete from held_network where member_id = $1",   "delete from door_hint where member_id = $1",
};

constexpr db::Sql belonging[] = {
    "delete from join_request where member_id = $1", "delete from membership where member_id = $1",
    "delete from role_grant where member_id = $1",   "delete from suspension where member_id = $1",
    "delete from pause where member_id = $1",        "delete from policy_answer where member_id = $1",
    "delete from closure where member_id = $1",      "delete from erasure where member_id = $1",
};

}  // namespace

std::span<const db::Sql> ways_in() { return account; }

std::span<const db::Sql> beside_a_post() { return post; }

std::span<const db::Sql> traces() {
    using Part = std::span<const db::Sql>;
    static const std::vector<db::Sql> all = [] {
        std::vector<db::Sql> out;
        for (const Part part : {Part(names), Part(notices), Part(reading_and_writing), Part(cases),
                                Part(tasks), Part(door), Part(belonging)})
            out.insert(out.end(), part.begin(), part.end());
        return out;
    }();
    return all;
}

}  // namespace kith::own_data

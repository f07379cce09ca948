#include "own_data/sections.hpp"
#include "platform/words/words.hpp"

namespace kith::own_data {
namespace {

using enum Shape;

constexpr std::string_view group_label = t_later("Group"), since_label = t_later("Since"),
                           name_label = t_later("Name"), text_label = t_later("Text"),
                           written_label = t_later("Written"), ended_label = t_later("Ended");

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

constexpr Section account_all[] = {
    {"account", t_later("Your account"), account_sql, account_columns},
    {"names", t_later("Your names"), names_sql, names_columns},
    {"earlier_names", t_later("Names you had before"), earlier_names_sql, earlier_names_columns},
    {"groups", t_later("Your groups"), groups_sql, groups_columns},
    {"requests", t_later("Groups you asked to join"), requests_sql, requests_columns},
    {"roles", t_later("Your roles"), roles_sql, roles_columns},
    {"break", t_later("Your break"), pause_sql, pause_columns},
    {"holds", t_later("When your account was on hold"), holds_sql, holds_columns},
    {"policies", t_later("What you agreed to, or not"), policies_sql, policies_columns},
};

constexpr Section entry_all[] = {
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

}  // namespace

std::span<const Section> account_sections() { return account_all; }
std::span<const Section> sign_in_sections() { return entry_all; }

}  // namespace kith::own_data

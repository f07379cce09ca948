#pragma once

#include "base/ids.hpp"
#include "platform/html/html.hpp"

// Every address of the site; the site map.
namespace kith::url {

inline Url home() { return Url("/"); }
inline Url setup() { return Url("/setup"); }
inline Url help_now() { return Url("/help-now"); }  // urgent help, open to everybody
inline Url leave() { return Url("/leave"); }        // quick exit: ends the session here, then goes elsewhere
inline Url safety() { return Url("/safety"); }      // what quick exit does and does not do
inline Url rules() { return Url("/rules"); }
inline Url privacy() { return Url("/privacy"); }
inline Url accessibility() { return Url("/accessibility"); }
inline Url about() { return Url("/about"); }
inline Url comfort() { return Url("/comfort"); }              // language, theme, low-energy view
inline Url offline() { return Url("/offline"); }              // shown when the network is away
inline Url offline_unsent() { return offline() / "unsent"; }  // the same with a form that was on its way
inline Url web_manifest() { return Url("/site.webmanifest"); }
inline Url design() { return Url("/design"); }

inline Url sign_up() { return Url("/sign-up"); }
inline Url sign_in() { return Url("/sign-in"); }
inline Url sign_out() { return Url("/sign-out"); }
inline Url sign_in_code() { return sign_in() / "code"; }        // the second step, after the password
inline Url sign_in_passkey() { return sign_in() / "passkey"; }  // a POST of the script
inline Url passkey_challenge() { return Url("/passkeys/challenge"); }
inline Url recovery() { return Url("/recovery"); }  // sign in with a recovery code
inline Url claim() { return Url("/claim"); }        // take over a placeholder account with a code
inline Url me() { return Url("/me"); }              // my space
inline Url me_name() { return Url("/me/name"); }
inline Url me_password() { return Url("/me/password"); }
inline Url me_recovery_codes() { return Url("/me/recovery-codes"); }
inline Url me_security() { return Url("/me/security"); }  // how I sign in
inline Url me_code_app() { return me_security() / "code-app"; }
inline Url me_passkeys() { return me_security() / "passkeys"; }
inline Url new_passkey() { return me_passkeys() / "new"; }
inline Url me_passkey(PasskeyId id) { return me_passkeys() / id.value(); }
inline Url me_confirm() { return Url("/me/confirm"); }  // make sure that it is really them
inline Url me_confirm_passkey() { return me_confirm() / "passkey"; }
inline Url me_sessions() { return Url("/me/sessions"); }
inline Url me_session(SessionId id) { return me_sessions() / id.value(); }
inline Url me_tokens() { return Url("/me/tokens"); }
inline Url me_token(TokenId id) { return me_tokens() / id.value(); }
inline Url me_closure() { return Url("/me/closure"); }
inline Url me_pause() { return Url("/me/break"); }  // a time away, hidden and silent
inline Url me_pause_end() { return me_pause() / "end"; }
inline Url me_hold() { return Url("/me/hold"); }              // why, until when, and what can be done
inline Url me_data() { return Url("/me/data"); }              // all that is kept about oneself
inline Url me_access_log() { return Url("/me/access-log"); }  // who has opened it, and why
inline Url me_agreements() { return Url("/me/agreements"); }  // to take them back
inline Url me_erasure() { return Url("/me/erasure"); }        // to have it erased
inline Url goodbye() { return Url("/goodbye"); }              // after that, signed out
inline Url me_reports() { return Url("/me/reports"); }        // what I reported, and what came of it
inline Url me_decisions() { return Url("/me/decisions"); }    // about what I wrote
inline Url me_appeal(CaseId id) { return me_decisions() / id.value() / "appeal"; }
inline Url me_notices() { return Url("/me/notices"); }  // how to hear of notices
inline Url me_push() { return Url("/me/push"); }        // signals on devices
inline Url me_push_device(std::int64_t device) { return me_push() / device; }
inline Url me_feed() { return Url("/me/feed"); }  // its secret address
inline Url feed(std::string_view key) { return Url("/feeds") / key; }
inline Url me_muted() { return Url("/me/muted"); }
inline Url me_content_notes() { return Url("/me/content-notes"); }  // what I would rather not read
inline Url me_anonymous() { return Url("/me/anonymous"); }          // where I wrote without my name
inline Url me_drafts() { return Url("/me/drafts"); }                // what I have begun to write
// What is begun of a new thread in a group, a reply in a thread, a change of a post.
inline Url draft(std::string_view kind, std::int64_t place) { return Url("/drafts") / kind / place; }
inline Url draft_removal(std::string_view kind, std::int64_t place) { return draft(kind, place) / "removal"; }
// Links in mails; they work without signing in.
inline Url mail_confirming(std::string_view link) { return Url("/mail/confirming") / link; }
inline Url mail_stopping(std::string_view link) { return Url("/mail/stopping") / link; }
inline Url notices() { return Url("/notices"); }
inline Url search() { return Url("/search"); }

inline Url picture(std::string_view key) { return Url("/pictures") / key; }

inline Url groups() { return Url("/groups"); }                  // find a group
inline Url people_like_me() { return Url("/people-like-me"); }  // a few questions, and what fits
inline Url new_group() { return Url("/groups/new"); }
inline Url group(GroupId id) { return groups() / id.value(); }
inline Url group_settings(GroupId id) { return group(id) / "settings"; }
inline Url membership(GroupId id) { return group(id) / "membership"; }   // join, leave
inline Url leaving(GroupId id) { return membership(id) / "leaving"; }    // without scripts: a POST
inline Url group_name(GroupId id) { return membership(id) / "name"; }    // another pseudonym there
inline Url group_rules(GroupId id) { return membership(id) / "rules"; }  // to agree to them
inline Url group_members(GroupId id) { return group(id) / "members"; }   // where leaders end a membership
inline Url fit(GroupId id) { return group(id) / "fit"; }                 // is it right for me?
inline Url requests(GroupId id) { return group(id) / "requests"; }
inline Url request(GroupId group_id, RequestId id) { return requests(group_id) / id.value(); }
inline Url unanswered(GroupId id) { return group(id) / "unanswered"; }  // who waits for an answer
inline Url invitations(GroupId id) { return group(id) / "invitations"; }
inline Url invitation(GroupId group_id, InvitationId id) { return invitations(group_id) / id.value(); }
inline Url invited() { return Url("/invited"); }  // for a code to be typed
inline Url invited(std::string_view code) { return invited() / code; }
inline Url leaders(GroupId id) { return group(id) / "leaders"; }
inline Url topics() { return Url("/topics"); }

inline Url group_report(GroupId id) { return group(id) / "report"; }
inline Url reported() { return Url("/reported"); }  // thanks, and what happens now
inline Url cases() { return Url("/cases"); }        // reports, for those who look after groups
inline Url safety_case(CaseId id) { return cases() / id.value(); }
inline Url case_claim(CaseId id) { return safety_case(id) / "claim"; }
inline Url case_urgency(CaseId id) { return safety_case(id) / "urgency"; }
inline Url case_notes(CaseId id) { return safety_case(id) / "notes"; }
inline Url case_decision(CaseId id) { return safety_case(id) / "decision"; }
inline Url case_second_reading(CaseId id) { return safety_case(id) / "second-reading"; }
inline Url case_review(CaseId id) { return safety_case(id) / "review"; }  // of an appeal
inline Url triage() { return Url("/admin/triage"); }                      // how long reports may wait
inline Url group_events(GroupId id) { return group(id) / "events"; }
inline Url threads(GroupId id) { return group(id) / "threads"; }
inline Url new_thread(GroupId id) { return threads(id) / "new"; }
inline Url thread(ThreadId id) { return Url("/threads") / id.value(); }
inline Url thread_page(ThreadId id, std::int64_t page) {
    return page <= 1 ? thread(id) : thread(id).query("page", std::to_string(page));
}
inline Url thread_events(ThreadId id) { return thread(id) / "events"; }
inline Url thread_muting(ThreadId id) { return thread(id) / "muting"; }
inline Url thread_title(ThreadId id) { return thread(id) / "title"; }
inline Url thread_unread(ThreadId id) { return thread(id) / "unread"; }    // leads to the first unread post
inline Url thread_reading(ThreadId id) { return thread(id) / "reading"; }  // how far one has read
inline Url thread_closing(ThreadId id) { return thread(id) / "closing"; }
inline Url replies(ThreadId id) { return thread(id) / "posts"; }
inline Url post(PostId id) { return Url("/posts") / id.value(); }
inline Url post_options(PostId id) { return post(id) / "options"; }  // what the reader may do with it
inline Url post_editing(PostId id) { return post(id) / "editing"; }
inline Url post_history(PostId id) { return post(id) / "history"; }
inline Url post_notes(PostId id) { return post(id) / "content-notes"; }  // by who looks after the group
inline Url post_settling(PostId id) { return post(id) / "settling"; }    // it needs no answer
inline Url post_report(PostId id) { return post(id) / "report"; }        // by anybody who can see it
inline Url post_appeal(PostId id) { return post(id) / "appeal"; }        // another look at its removal
inline Url post_care(PostId id) { return post(id) / "care"; }            // help first, for its author
inline Url post_removal(PostId id) { return post(id) / "removal"; }
inline Url post_restoring(PostId id) { return post(id) / "restoring"; }
inline Url new_reply(ThreadId id) { return replies(id) / "new"; }
inline Url new_reply(ThreadId id, std::int64_t to) { return new_reply(id).query("to", std::to_string(to)); }
inline Url post_support(PostId id, std::string_view kind) { return post(id) / "supports" / kind; }
inline Url post_author_muting(PostId id) { return post(id) / "author-muting"; }
inline Url post_unmasking(PostId id) {
    return post(id) / "unmasking";
}  // finding out who wrote it, by two people
inline Url post_unmasking_agreement(PostId id) { return post_unmasking(id) / "agreement"; }
inline Url post_unmasking_name(PostId id) { return post_unmasking(id) / "name"; }
// Where a post stands in its thread: the right page, at the post.
inline Url post_in_thread(PostId id) {
    return thread_page(id.thread(), (id.number() + 19) / 20).fragment("p" + std::to_string(id.number()));
}
inline Url preview() { return Url("/preview"); }
inline Url my_events() { return Url("/events"); }

inline Url admin() { return Url("/admin"); }
inline Url admin_site() { return Url("/admin/site"); }
inline Url admin_members() { return Url("/admin/members"); }
inline Url admin_member(PersonaId id) { return admin_members() / id.value(); }
inline Url admin_look_ups() { return Url("/admin/look-ups"); }      // who writes under a name
inline Url admin_unmaskings() { return Url("/admin/unmaskings"); }  // who found out who wrote anonymously
inline Url admin_content_notes() { return Url("/admin/content-notes"); }  // their list
inline Url admin_jobs() { return Url("/admin/jobs"); }
inline Url admin_audit() { return Url("/admin/audit"); }

inline Url policies() { return Url("/policies"); }
inline Url policy(std::int64_t id) { return policies() / id; }
inline Url policy_history(std::int64_t id) { return policy(id) / "history"; }
inline Url policy_version(std::int64_t id, std::int64_t number) { return policy(id) / "versions" / number; }
inline Url policy_changes(std::int64_t id, std::int64_t number) {
    return policy_version(id, number) / "changes";  // since the version before
}
inline Url agreement() { return Url("/agreement"); }  // what waits for a yes or no
inline Url admin_policies() { return Url("/admin/policies"); }
inline Url new_policy() { return admin_policies() / "new"; }
inline Url admin_policy(std::int64_t id) { return admin_policies() / id; }  // its next version
inline Url policy_retirement(std::int64_t id) { return admin_policy(id) / "retirement"; }

inline Url risks() { return Url("/admin/risks"); }
inline Url new_risk() { return risks() / "new"; }
inline Url risk(std::int64_t id) { return risks() / id; }
inline Url risk_change(std::int64_t id) { return risk(id) / "change"; }

inline Url transparency() { return Url("/transparency"); }  // reports that the host published
inline Url published_report(std::int64_t id) { return transparency() / id; }
inline Url published_csv(std::int64_t id) { return published_report(id) / "csv"; }
inline Url published_pdf(std::int64_t id) { return published_report(id) / "pdf"; }
inline Url transparency_desk() { return Url("/admin/transparency"); }  // for any period
inline Url transparency_csv() { return transparency_desk() / "csv"; }
inline Url transparency_pdf() { return transparency_desk() / "pdf"; }

inline Url case_timeline(CaseId id) { return safety_case(id) / "timeline"; }  // all that was tried and done
inline Url case_attempts(CaseId id) { return safety_case(id) / "attempts"; }  // to reach the person
inline Url case_escalations(CaseId id) { return safety_case(id) / "escalations"; }  // to services outside
inline Url case_escalation_outcome(CaseId id, std::int64_t escalation) {
    return case_escalations(id) / escalation / "outcome";
}
inline Url case_contact(CaseId id) { return safety_case(id) / "contact"; }  // sealed details of the person
inline Url case_contact_agreement(CaseId id) { return case_contact(id) / "agreement"; }
inline Url case_contact_opening(CaseId id) { return case_contact(id) / "opening"; }
inline Url case_export(CaseId id) { return safety_case(id) / "export"; }  // for an authority
inline Url me_emergency_contact() { return Url("/me/emergency-contact"); }
inline Url me_debriefs() { return Url("/me/debriefs"); }  // notes to oneself after a crisis
inline Url me_debrief(std::int64_t debrief) { return me_debriefs() / debrief; }
inline Url debriefs() { return Url("/debriefs"); }  // those that were shared, for coordinators
inline Url debrief_talk(std::int64_t debrief) { return debriefs() / debrief / "talk"; }
inline Url admin_replies() { return Url("/admin/replies"); }    // words for decisions
inline Url admin_services() { return Url("/admin/services"); }  // the host's list of services outside

inline Url learning() { return Url("/learning"); }               // read a few posts, one after the other
inline Url post_label(PostId id) { return post(id) / "label"; }  // what a post needs, by who moderates
inline Url admin_learning() { return Url("/admin/learning"); }   // what was learned, for hosts
inline Url admin_learned(std::string_view flag) { return admin_learning() / flag; }
inline Url admin_learning_report() { return admin_learning() / "report"; }  // how it has done, week by week

inline Url admin_door() { return Url("/admin/door"); }
inline Url admin_flood(std::int64_t flood) { return admin_door() / "floods" / flood; }
inline Url admin_door_invitation(InvitationId id) { return admin_door() / "invitations" / id.value(); }

inline Url pace(GroupId id) { return group(id) / "pace"; }  // how fast people write there
inline Url memorial(GroupId id) { return pace(id) / "memorial"; }
inline Url pace_choices(GroupId id) { return pace(id) / "choices"; }  // newcomers, nobody on shift
inline Url thread_pace(ThreadId id) { return thread(id) / "pace"; }
inline Url waiting(GroupId id) { return group(id) / "waiting"; }  // posts that somebody must look at
inline Url waiting_post(std::int64_t id) { return Url("/waiting") / id; }
inline Url me_waiting() { return Url("/me/waiting"); }
inline Url admin_newcomers() { return Url("/admin/newcomers"); }

inline Url helped() { return recovery() / "helper"; }           // for who has nothing but a helper's code
inline Url helped_password() { return helped() / "password"; }  // once the wait is over
inline Url me_helpers() { return Url("/me/helpers"); }          // who keeps a code for me
inline Url me_helper(std::int64_t helper) { return me_helpers() / helper; }
inline Url me_helper_end(std::int64_t helper) { return me_helper(helper) / "end"; }
inline Url me_helpers_stop() { return me_helpers() / "stop"; }  // it is not me who comes back

inline Url rota() { return Url("/rota"); }  // a week of shifts, for those who look after groups
inline Url rota_week(std::string_view monday) { return rota().query("week", monday); }
inline Url shifts() { return rota() / "shifts"; }
inline Url new_shift() { return shifts() / "new"; }
inline Url shift(std::int64_t id) { return shifts() / id; }
inline Url shift_pattern(std::int64_t id) { return rota() / "patterns" / id; }  // a POST that ends it
inline Url rota_ahead() { return rota() / "ahead"; }                            // gaps, and who needs rest
inline Url handovers() { return rota() / "handovers"; }
inline Url admin_rota() { return Url("/admin/rota"); }

inline Url training() { return Url("/training"); }  // one's own
inline Url training_module(std::int64_t id) { return training() / id; }
inline Url admin_training() { return Url("/admin/training"); }
inline Url new_training() { return admin_training() / "new"; }
inline Url admin_training_module(std::int64_t id) { return admin_training() / id; }

}  // namespace kith::url

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

}  // namespace kith::url

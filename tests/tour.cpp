#include "tests/tour.hpp"

#include "conversation/unmasking.hpp"
#include "crises/crises.hpp"
#include "doors/doors.hpp"
#include "drafts/drafts.hpp"
#include "feeds/feeds.hpp"
#include "identity/factor_store.hpp"
#include "pictures/pictures.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"
#include "policies/policies.hpp"
#include "recovery/recovery.hpp"
#include "risks/risks.hpp"
#include "rota/rota.hpp"
#include "safeguarding/safeguarding.hpp"
#include "tests/pictures.hpp"
#include "training/training.hpp"
#include "transparency/transparency.hpp"
#include "url.hpp"

namespace kith::test {
namespace {

using namespace conversation;

constexpr int posts = 45;

std::string group_number(GroupId group) { return std::to_string(group.value()); }

}  // namespace

Tour::Tour(World& world) : cast(world) {
    write_thread(world);
    garden = world.must([&](db::Tx& tx) {
        return groups::create_group(tx, as(cast.oz),
                                    {.name = "The garden",
                                     .purpose = "For some.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::request});
    });
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), cast.ada, identity::Role::facilitator, garden);
    });
    world.must([&](db::Tx& tx) {
        return groups::join(tx, as(cast.mo), garden, {.rules_agreed = true, .request_words = "Please."});
    });
    invitation_code_ = world
                           .must([&](db::Tx& tx) {
                               return groups::create_invitation(
                                   tx, as(cast.dee), cast.circle,
                                   {.label = "Clinic", .expires_at = tx.now() + 7 * day_ms, .uses = 3},
                                   world.random);
                           })
                           .code;
    leave_traces(world);
    let_a_newcomer_repeat(world);
    give_account(world);
    CHECK(identity::confirm(*world.services, as(cast.ada), Cast::password));
    const auto picture = pictures::bring(*world.services, as(cast.ada), cast.circle,
                                         picture_file("turned.jpg"));
    CHECK(picture.has_value());
    picture_key_ = picture->key;
    feed_key_ = world.must(
        [&](db::Tx& tx) { return feeds::make_key(tx, as(cast.ada), Language::en, world.random); });
    ada_persona_ = world.db().read([&](db::ReadTx& tx) { return identity::main_persona(tx, cast.ada); });
}

void Tour::write_thread(World& world) {
    for (int i = 0; i < threads_per_page; ++i)
        world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.bo), cast.circle, "Good days", {.markdown = "I slept well."});
        });
    thread = world.must([&](db::Tx& tx) {
        return start_thread(tx, as(cast.ada), cast.circle, "Bad nights", {.markdown = "I slept two hours."});
    });
    for (int number = 2; number <= posts; ++number) {
        world.clock.advance(second_ms);
        world.must([&](db::Tx& tx) {
            return write_post(
                tx, as(number % 2 == 0 ? cast.bo : cast.ada), thread,
                {.markdown = "Slept well, @Ada.", .note = number == 4 ? "sleep" : "", .reply_to = 1});
        });
    }
    world.must([&](db::Tx& tx) { return give_support(tx, as(cast.bo), PostId(thread, 1), Support::hug); });
    taken_down_ = PostId(thread, 6);
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.mo), taken_down_, "Rule 1"); });
    world.clock.advance(2 * edit_grace_ms);
    world.must(
        [&](db::Tx& tx) { return edit_post(tx, as(cast.ada), PostId(thread, 1), "I slept badly.", ""); });
}

// By the invitation: a flood of the same words.
void Tour::let_a_newcomer_repeat(World& world) {
    use_watch({doors::on_words, doors::opens_at_once, doors::opens});
    const MemberId newt = world
                              .must([&](db::Tx& tx) {
                                  return identity::add_account(
                                      tx, {.name = "Newt", .password = std::string(Cast::password)},
                                      "no hash", world.random);
                              })
                              .member;
    world.must([&](db::Tx& tx) {
        return groups::join(tx, as(newt), cast.circle,
                            {.rules_agreed = true, .invitation_code = invitation_code_});
    });
    for (int i = 0; i < 3; ++i)
        world.must([&](db::Tx& tx) {
            return start_thread(
                tx, as(newt), cast.circle, "A tea",
                {.markdown = "This tea helps against everything, and I sell it to all of you who "
                             "have been ill for a long time."});
        });
}

void Tour::leave_traces(World& world) {
    const auto write_veiled = [&] {
        return world.must([&](db::Tx& tx) {
            return start_thread(tx, as(cast.bo), cast.circle, "Quiet fears",
                                {.markdown = "I am afraid.", .voice = Voice::anonymous});
        });
    };
    const PostId asked_about(write_veiled(), 1);
    world.must(
        [&](db::Tx& tx) { return ask_unmasking(tx, as(cast.dee), asked_about, "Somebody is in danger."); });
    veiled = write_veiled();
    world.must([&](db::Tx& tx) {
        return drafts::save(tx, as(cast.ada), drafts::reply_in(thread), {.markdown = "I wanted to say"}, "");
    });
    const auto report = [&](std::int64_t number, safeguarding::Reason reason) {
        return world.must([&](db::Tx& tx) {
            return safeguarding::file_report(tx, as(cast.bo), PostId(thread, number),
                                             {reason, "It was said in trust."});
        });
    };
    world.must([&](db::Tx& tx) {
        return rota::plan_shift(
            tx, as(cast.dee), {.group = cast.circle, .day = "2026-02-04", .from = "08:00", .until = "12:00"});
    });
    world.must(
        [&](db::Tx& tx) { return rota::write_handover(tx, as(cast.mo), cast.circle, "All is calm."); });
    world.must([&](db::Tx& tx) {
        return training::add_module(
            tx, as(cast.oz),
            {.module = {.title = "Our role", .words = "We listen.", .statement = "I listen."},
             .roles = {identity::Role::facilitator}});
    });
    reported_ = report(3, safeguarding::Reason::confidentiality);
    const CaseId decided = report(5, safeguarding::Reason::hostile);
    world.must([&](db::Tx& tx) {
        return safeguarding::decide(tx, as(cast.mo), decided, {safeguarding::Outcome::warned, "Be gentle."});
    });
    world.must([&](db::Tx& tx) { return safeguarding::file_appeal(tx, as(cast.ada), decided, "I was."); });
    leave_a_debrief(world, report(9, safeguarding::Reason::danger));
    leave_a_crisis(world, report(7, safeguarding::Reason::danger));
    world.must([&](db::Tx& tx) { return mute_author(tx, as(cast.nia), PostId(thread, 2), true); });
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, as(cast.oz), cast.rae, "Unkind words.", tx.now() + day_ms);
    });
    helper_code_ = world.must(
        [&](db::Tx& tx) { return recovery::make_helper(tx, as(cast.bo), "my sister", world.random); });
    const auto token = identity::create_token(*world.services, as(cast.ada),
                                              {.name = "A program", .current = std::string(Cast::password)});
    CHECK(token.has_value());
    const auto gone = world.must([&](db::Tx& tx) {
        return identity::add_account(tx, {.name = "Gone", .password = std::string(Cast::password)}, "no hash",
                                     world.random);
    });
    world.must([&](db::Tx& tx) { return identity::close_account(tx, as(gone.member)); });
    world.must([&](db::Tx& tx) -> Done {
        identity::store::PasskeyRow passkey{.member = cast.ada, .name = "My phone", .algorithm = -8};
        identity::store::insert_passkey(tx, passkey);
        return {};
    });
    world.must([&](db::Tx& tx) -> Done {
        jobs::enqueue(tx, "nothing", "{}", tx.now());
        return {};
    });
}

// Mo decided a crisis, and Dee was the second person.
void Tour::leave_a_debrief(World& world, CaseId id) {
    world.must([&](db::Tx& tx) -> Done {
        TRY(safeguarding::decide(tx, as(cast.mo), id, {safeguarding::Outcome::nothing, ""}));
        return safeguarding::read_second(tx, as(cast.dee), id);
    });
    jobs::Runner runner(*world.services, crises::handlers(*world.services));
    while (runner.run_one()) {
    }
}

void Tour::leave_a_crisis(World& world, CaseId id) {
    crises::use_contact_key(std::string(crypto::seal_key_bytes, 'k'));
    crisis_ = id;
    world.must([&](db::Tx& tx) -> Done {
        TRY(crises::put_service(tx, as(cast.oz),
                                {.name = "Crisis team", .purpose = "Night and day", .contact = "555 0100"}));
        TRY(crises::note_attempt(tx, as(cast.mo), id, {crises::Way::here, crises::Reached::no, "I wrote."}));
        TRY(crises::ask_opening(tx, as(cast.nia), id, "They wrote goodbye."));
        return crises::note_escalation(tx, as(cast.mo), id, {"Crisis team", 5, "They call back.", "A-12"});
    });
}

void Tour::give_account(World& world) {
    using policies::Kind, policies::VersionForm;
    const VersionForm first{.title = "How we moderate", .markdown = "Be kind.", .changes = "", .asks = true};
    VersionForm second{
        .title = "How we moderate", .markdown = "Be kind, always.", .changes = "Always.", .asks = true};
    const auto id = world.must(
        [&](db::Tx& tx) { return write_policy(tx, as(cast.oz), Kind::moderation, first); });
    world.must([&](db::Tx& tx) { return answer(tx, as(cast.bo), id, 1, policies::Answer::agreed); });
    world.must([&](db::Tx& tx) { return write_version(tx, as(cast.oz), id, 1, second); });
    const risks::Form risk{.title = "Nobody answers",
                           .words = "Somebody writes and nobody replies.",
                           .measures = "A list of who waits.",
                           .owner = "The coordinator",
                           .changes = "",
                           .likelihood = risks::Likelihood::likely,
                           .severity = risks::Severity::slight,
                           .review_at = world.clock.now() + 30 * day_ms};
    world.must([&](db::Tx& tx) { return risks::add(tx, as(cast.oz), risk); });
    world.must([&](db::Tx& tx) {
        const auto january = transparency::period_of("2026-01-01", "2026-01-31", tx.now());
        return transparency::publish(tx, as(cast.oz), *january, "");
    });
}

std::vector<Tour::Stop> Tour::stops() const {
    const MemberId guest, ada = cast.ada, dee = cast.dee, oz = cast.oz;
    const PostId first(thread, 1);
    const std::string search = url::search().query("q", "slept").text();
    const std::string group = std::to_string(cast.circle.value());
    const auto text = [](const Url& url) { return url.text(); };
    return {
        {"/", "/", ada},
        {"/", "/", guest},
        {"/about", "/about", guest},
        {"/accessibility", "/accessibility", guest},
        {"/admin", "/admin", oz},
        {"/admin/audit", "/admin/audit", oz},
        {"/admin/audit", "/admin/audit?before=3", oz},
        {"/admin/content-notes", "/admin/content-notes", oz},
        {"/admin/door", "/admin/door", oz},
        {"/admin/door/invitations/{invitation}", text(url::admin_door_invitation(InvitationId(1))), oz},
        {"/admin/door/floods/{flood}", text(url::admin_flood(1)), oz},
        {"/admin/jobs", "/admin/jobs", oz},
        {"/admin/learning", "/admin/learning", oz},
        {"/admin/learning/report", "/admin/learning/report", oz},
        {"/admin/look-ups", "/admin/look-ups", oz},
        {"/admin/members", "/admin/members", oz},
        {"/admin/members/{persona}", text(url::admin_member(ada_persona_)), oz},
        {"/admin/members", "/admin/members?q=Ada", oz},
        {"/admin/replies", "/admin/replies", oz},
        {"/admin/services", "/admin/services", oz},
        {"/admin/rota", "/admin/rota", oz},
        {"/admin/newcomers", "/admin/newcomers", oz},
        {"/admin/policies", "/admin/policies", oz},
        {"/admin/policies/new", "/admin/policies/new", oz},
        {"/admin/policies/{policy}", "/admin/policies/1", oz},
        {"/admin/risks", "/admin/risks", oz},
        {"/admin/risks/new", "/admin/risks/new", oz},
        {"/admin/risks/{risk}", "/admin/risks/1", oz},
        {"/admin/risks/{risk}/change", "/admin/risks/1/change", oz},
        {"/admin/site", "/admin/site", oz},
        {"/admin/training", "/admin/training", oz},
        {"/admin/training/new", "/admin/training/new", oz},
        {"/admin/training/{module}", "/admin/training/1", oz},
        {"/admin/triage", "/admin/triage", oz},
        {"/admin/unmaskings", "/admin/unmaskings", oz},
        {"/admin/transparency", "/admin/transparency", oz},
        {"/admin/transparency/csv", "/admin/transparency/csv", oz},
        {"/admin/transparency/pdf", "/admin/transparency/pdf?from=2026-01-01&to=2026-02-28", oz},
        {"/agreement", "/agreement", cast.bo},
        {"/assets/{file}", "/assets/nothing.css", guest},
        {"/cases", "/cases", dee},
        {"/cases/{case}", text(url::safety_case(reported_)), dee},
        {"/cases/{case}/contact", text(url::case_contact(crisis_)), dee},
        {"/cases/{case}/escalations", text(url::case_escalations(crisis_)), dee},
        {"/cases/{case}/export", text(url::case_export(crisis_)), oz},
        {"/cases/{case}/timeline", text(url::case_timeline(crisis_)), dee},
        {"/claim", "/claim", guest},
        {"/comfort", "/comfort", ada},
        {"/debriefs", "/debriefs", oz},
        {"/design", "/design", oz},
        {"/drafts/{kind}/{place}", text(url::draft("reply", thread.value())), ada},
        {"/events", "/events", ada},
        {"/favicon.ico", "/favicon.ico", guest},
        {"/feeds/{key}", text(url::feed(feed_key_)), guest},
        {"/groups", "/groups", ada},
        {"/groups", "/groups?q=circle", guest},
        {"/groups/new", "/groups/new", oz},
        {"/groups/{group}", text(url::group(cast.circle)), ada},
        {"/groups/{group}", text(url::group(cast.square)), guest},
        {"/groups/{group}", text(url::group(cast.circle).query("page", "2")), ada},
        {"/groups/{group}/events", text(url::group(cast.circle) / "events"), ada},
        {"/groups/{group}/fit", text(url::fit(cast.circle)), ada},
        {"/groups/{group}/invitations", text(url::invitations(cast.circle)), dee},
        {"/groups/{group}/members", text(url::group_members(cast.circle)), dee},
        {"/groups/{group}/membership", text(url::membership(cast.square)), ada},
        {"/groups/{group}/report", text(url::group_report(cast.circle)), ada},
        {"/groups/{group}/pace", text(url::pace(cast.circle)), dee},
        {"/groups/{group}/pace/memorial", text(url::memorial(cast.circle)), dee},
        {"/groups/{group}/requests", text(url::requests(garden)), ada},
        {"/groups/{group}/settings", text(url::group(cast.circle) / "settings"), dee},
        {"/groups/{group}/threads/new", text(url::new_thread(cast.circle)), ada},
        {"/groups/{group}/unanswered", text(url::unanswered(cast.circle)), dee},
        {"/groups/{group}/waiting", text(url::waiting(garden)), ada},
        {"/healthz", "/healthz", guest},
        {"/help-now", "/help-now", guest},
        {"/invited", "/invited", cast.cy},
        {"/invited/{code}", text(Url("/invited") / invitation_code_), cast.cy},
        {"/learning", "/learning", cast.mo},
        {"/leave", "/leave", guest},
        {"/me", "/me", ada},
        {"/me/anonymous", "/me/anonymous", cast.bo},
        {"/me/closure", "/me/closure", ada},
        {"/me/confirm", "/me/confirm", ada},
        {"/me/access-log", "/me/access-log", ada},
        {"/me/agreements", "/me/agreements", ada},
        {"/me/break", "/me/break", ada},
        {"/me/data", "/me/data", ada},
        {"/me/decisions", "/me/decisions", ada},
        {"/me/drafts", "/me/drafts", ada},
        {"/me/debriefs", "/me/debriefs", dee},
        {"/me/debriefs/{debrief}", text(url::me_debrief(1)), cast.mo},
        {"/me/emergency-contact", "/me/emergency-contact", ada},
        {"/me/erasure", "/me/erasure", ada},
        {"/me/hold", "/me/hold", cast.rae},
        {"/mail/confirming/{link}", "/mail/confirming/abc", guest},
        {"/mail/stopping/{link}", "/mail/stopping/abc", guest},
        {"/me/content-notes", "/me/content-notes", ada},
        {"/me/feed", "/me/feed", ada},
        {"/me/helpers", "/me/helpers", cast.bo},
        {"/me/helpers/{helper}", text(url::me_helper(1)), cast.bo},
        {"/me/push", "/me/push", ada},
        {"/me/muted", "/me/muted", cast.nia},
        {"/me/notices", "/me/notices", ada},
        {"/me/name", "/me/name", ada},
        {"/me/password", "/me/password", ada},
        {"/me/recovery-codes", "/me/recovery-codes", ada},
        {"/me/reports", "/me/reports", cast.bo},
        {"/me/security", "/me/security", ada},
        {"/me/security/code-app", "/me/security/code-app", ada},
        {"/me/security/passkeys/new", "/me/security/passkeys/new", ada},
        {"/me/security/passkeys/{passkey}", "/me/security/passkeys/1", ada},
        {"/me/sessions", "/me/sessions", ada},
        {"/me/tokens", "/me/tokens", ada},
        {"/me/waiting", "/me/waiting", cast.mo},
        {"/notices", "/notices", ada},
        {"/notices", "/notices?before=20", ada},
        {"/posts/{post}", text(url::post(first)), ada},
        {"/posts/{post}/editing", text(url::post_editing(first)), ada},
        {"/posts/{post}/history", text(url::post_history(first)), ada},
        {"/posts/{post}/options", text(url::post_options(first)), ada},
        {"/posts/{post}/content-notes", text(url::post_notes(PostId(thread, 2))), dee},
        {"/posts/{post}/removal", text(url::post_removal(PostId(thread, 2))), dee},
        {"/posts/{post}/appeal", text(url::post_appeal(taken_down_)), cast.bo},
        {"/posts/{post}/care", text(url::post_care(first)), ada},
        {"/posts/{post}/label", text(url::post_label(PostId(thread, 7))), cast.mo},
        {"/posts/{post}/report", text(url::post_report(first)), cast.bo},
        {"/reported", "/reported", cast.bo},
        {"/posts/{post}/unmasking", text(url::post_unmasking(PostId(veiled, 1))), cast.mo},
        {"/offline", "/offline", guest},
        {"/offline/unsent", "/offline/unsent", guest},
        {"/people-like-me", "/people-like-me", ada},
        {"/people-like-me", "/people-like-me", guest},
        {"/policies", "/policies", guest},
        {"/policies/{policy}", "/policies/1", guest},
        {"/policies/{policy}/history", "/policies/1/history", ada},
        {"/policies/{policy}/versions/{version}", "/policies/1/versions/1", guest},
        {"/policies/{policy}/versions/{version}/changes", "/policies/1/versions/2/changes", guest},
        {"/pictures/{key}", text(url::picture(picture_key_)), ada},
        {"/privacy", "/privacy", guest},
        {"/goodbye", "/goodbye?words=take", guest},
        {"/readyz", "/readyz", guest},
        {"/recovery", "/recovery", guest},
        {"/recovery/helper", "/recovery/helper", guest},
        {"/robots.txt", "/robots.txt", guest},
        {"/rules", "/rules", guest},
        {"/safety", "/safety", guest},
        {"/rota", "/rota", dee},
        {"/rota", "/rota?week=2026-02-09", oz},
        {"/rota/ahead", "/rota/ahead", oz},
        {"/rota/handovers", "/rota/handovers", dee},
        {"/rota/shifts/new", "/rota/shifts/new", oz},
        {"/rota/shifts/{shift}", "/rota/shifts/1", dee},
        {"/search", "/search", ada},
        {"/search", search, ada},
        {"/search", search + "&group=" + group, ada},
        {"/search", search + "&before=9000000000000000", ada},
        {"/search", "/search?q=%22slept+well%22", guest},
        {"/setup", "/setup", guest},
        {"/sign-in", "/sign-in", guest},
        {"/site.webmanifest", "/site.webmanifest", ada},
        {"/sw.js", "/sw.js", ada},
        {"/sign-in/code", "/sign-in/code", guest},
        {"/sign-up", "/sign-up", guest},
        {"/threads/{thread}", text(url::thread(thread)), ada},
        {"/threads/{thread}", text(url::thread_page(thread, 3)), cast.nia},
        {"/threads/{thread}/events", text(url::thread_events(thread)), ada},
        {"/threads/{thread}/pace", text(url::thread_pace(thread)), cast.mo},
        {"/threads/{thread}/posts/new", text(url::new_reply(thread, 2)), ada},
        {"/threads/{thread}/title", text(url::thread_title(thread)), cast.mo},
        {"/threads/{thread}/unread", text(url::thread_unread(thread)), cast.nia},
        {"/topics", "/topics", oz},
        {"/training", "/training", dee},
        {"/training/{module}", "/training/1", dee},
        {"/transparency", "/transparency", guest},
        {"/transparency/{report}", "/transparency/1", guest},
        {"/transparency/{report}/csv", "/transparency/1/csv", guest},
        {"/transparency/{report}/pdf", "/transparency/1/pdf", guest},
    };
}

std::vector<Tour::Sent> Tour::forms() const {
    const MemberId ada = cast.ada, bo = cast.bo, dee = cast.dee, mo = cast.mo, nia = cast.nia;
    const PostId first(thread, 1), second(thread, 2);
    const auto text = [](const Url& url) { return url.text(); };
    return {
        {text(url::threads(cast.circle)),
         {{"title", "Mornings"}, {"text", "Hello."}, {"form_key", "a"}},
         ada},
        {text(url::replies(thread)), {{"text", "Hello, @Bo."}, {"reply_to", "2"}, {"form_key", "b"}}, ada},
        {text(url::post_support(first, "thank-you")), {}, bo},
        {text(url::post_support(first, "none")), {}, bo},
        {text(url::post_editing(first)), {{"text", "I slept three hours."}}, ada},
        {text(url::post_settling(first)), {}, mo},
        {text(url::post_notes(second)), {{"notes", "4"}}, mo},
        {"/me/content-notes", {{"note-1", "never"}, {"note-4", "open"}}, ada},
        {"/admin/content-notes", {{"words", "Surgery"}}, cast.oz},
        {"/agreement", {{"policy", "1"}, {"version", "2"}, {"answer", "later"}}, ada},
        {"/agreement", {{"policy", "1"}, {"version", "2"}, {"answer", "agreed"}}, bo},
        {"/admin/policies", {{"days", "10"}}, cast.oz},
        {"/admin/policies/new", {{"kind", "other"}, {"title", "Helpers"}, {"text", "Who helps."}}, cast.oz},
        {"/admin/policies/1",
         {{"seen", "2"}, {"title", "How we moderate"}, {"text", "Be gentle."}, {"changes", "A kinder word."}},
         cast.oz},
        {"/admin/policies/2/retirement", {}, cast.oz},
        {"/admin/risks/new",
         {{"title", "No sleep"},
          {"words", "Nobody rests."},
          {"measures", "A rota."},
          {"owner", "Oz"},
          {"likelihood", "rare"},
          {"severity", "grave"},
          {"review_at", "2026-08-01"}},
         cast.oz},
        {"/admin/risks/2/change", {{"do", "retire"}}, cast.oz},
        {"/admin/transparency",
         {{"do", "publish"}, {"from", "2025-12-01"}, {"to", "2025-12-31"}, {"words", "A quiet month."}},
         cast.oz},
        {"/admin/transparency", {{"do", "least"}, {"least", "7"}}, cast.oz},
        {text(url::post_removal(first)), {}, ada},
        {text(url::post_restoring(first)), {}, ada},
        {text(url::post_removal(second)), {{"reason", "Rule 2"}}, mo},
        {text(url::post_restoring(second)), {}, mo},
        {text(url::post_author_muting(first)), {}, bo},
        {text(url::post_author_muting(first)), {{"undo", "yes"}}, bo},
        {text(url::thread_muting(thread)), {}, bo},
        {text(url::thread_muting(thread)), {{"undo", "yes"}}, bo},
        {text(url::thread_reading(thread)), {{"number", "3"}}, nia},
        {text(url::thread_closing(thread)), {}, mo},
        {text(url::pace(cast.circle)), {{"slow", "30"}, {"hours", "1"}}, mo},
        {text(url::memorial(cast.circle)), {{"words", "We miss her."}, {"look_at", "2026-02-20"}}, mo},
        {text(url::memorial(cast.circle)), {{"look", "end"}}, mo},
        {text(url::pace_choices(cast.circle)), {{"cover", "slow"}, {"posts", "2"}}, mo},
        {"/admin/newcomers", {{"posts", "0"}}, cast.oz},
        {text(url::thread_closing(thread)), {{"undo", "yes"}}, mo},
        {text(url::thread_pace(thread)), {{"slow", "5"}, {"held_first", "yes"}}, mo},
        {text(url::replies(thread)), {{"text", "I wait."}, {"form_key", "w"}}, bo},
        {text(url::waiting_post(1)), {{"do", "let_through"}}, mo},
        {text(url::thread_pace(thread)), {}, mo},
        {text(url::thread_title(thread)), {{"title", "Better nights"}, {"reason", "No names"}}, mo},
        {text(url::replies(veiled)), {{"text", "I hear you."}, {"voice", "anonymous"}}, nia},
        {text(url::post_unmasking(PostId(veiled, 1))),
         {{"reason", "They may be in danger."}, {"current", std::string(Cast::password)}},
         dee},
        {text(url::post_unmasking_agreement(PostId(veiled, 1))),
         {{"current", std::string(Cast::password)}},
         mo},
        {text(url::post_unmasking_name(PostId(veiled, 1))), {}, dee},
        {text(url::draft("reply", thread.value())), {{"text", "I want"}}, bo},
        {text(url::draft_removal("thread", cast.circle.value())), {{"edition", "none"}}, ada},
        {"/preview", {{"text", "*Hello*"}}, ada},
        {text(url::membership(cast.square)), {{"rules_agreed", "yes"}}, bo},
        {text(url::group_name(cast.square)), {{"name", "Quiet Fox"}}, bo},
        {text(url::leaving(cast.square)), {}, bo},
        {text(url::invitations(cast.circle)), {{"label", "Ward"}, {"days", "7"}, {"uses", "3"}}, dee},
        {"/people-like-me",
         {{"topics", "1"}, {"since", "years"}, {"stage", "daily"}, {"hopes", "company"}, {"tone", "gentle"}},
         bo},
        {"/people-like-me", {{"do", "forget"}}, ada},
        {"/me/push", {{"endpoint", "https://updates.push.services.mozilla.com/wpush/v2/x"}}, bo},
        {"/me/push/1", {}, bo},
        {text(url::helped()), {{"name", "Bo"}, {"code", helper_code_}}, MemberId()},
        {text(url::me_helpers_stop()), {}, bo},
        {"/me/helpers", {{"name", "Tom"}, {"current", std::string(Cast::password)}}, bo},
        {text(url::me_helper_end(2)), {}, bo},
        {"/me/feed", {{"current", std::string(Cast::password)}}, bo},
        {text(url::fit(cast.circle)), {{"answer", "no"}}, ada},
        {text(url::fit(cast.circle)), {{"reason", "quiet"}}, ada},
        {"/comfort", {{"language", "en"}, {"theme", "dark"}, {"view", "calm"}, {"country", "IE"}}, ada},
        {"/me/name", {{"name", "Sea Otter"}}, ada},
        {"/me/tokens",
         {{"name", "Another"}, {"scope", "read"}, {"days", "3"}, {"current", std::string(Cast::password)}},
         ada},
        {"/notices", {}, ada},
        {"/passkeys/challenge", {}, MemberId()},
        {"/me/confirm", {{"current", std::string(Cast::password)}}, ada},
        {"/me/security/passkeys/new", {}, ada},
        {"/me/security/passkeys/1", {{"name", "Blue key"}}, ada},
        {"/me/security/passkeys/1", {{"act", "remove"}}, ada},
        {"/me/security/code-app", {{"act", "begin"}}, ada},
        {"/topics", {{"name", "Sleep"}}, cast.oz},
        {"/me/notices", {{"way", "important"}}, ada},
        {"/me/notices", {{"way", "site"}}, ada},
        {"/me", {{"email", "ada@example.org"}, {"current", std::string(Cast::password)}}, ada},
        {"/me/break", {{"length", "week"}}, ada},
        {"/me/break/end", {}, ada},
        {"/me/data", {{"current", std::string(Cast::password)}}, ada},
        {"/me/erasure", {{"words", "take"}, {"current", std::string(Cast::password)}}, bo},
        {text(url::post_report(second)), {{"reason", "hostile"}}, nia},
        {text(url::case_attempts(crisis_)), {{"way", "phone"}, {"reached", "yes"}}, dee},
        {text(url::case_escalations(crisis_)),
         {{"service", "Police"}, {"minutes_ago", "3"}, {"said", "They look."}},
         dee},
        {"/me/emergency-contact", {{"phone", "555 0101"}}, nia},
        {"/me/emergency-contact", {{"do", "delete"}}, ada},
        {text(url::me_debrief(1)), {{"hard", "The waiting."}, {"share", "call"}}, mo},
        {text(url::debrief_talk(1)), {}, cast.oz},
        {text(url::case_export(crisis_)),
         {{"requester", "A court"}, {"reason", "An order."}, {"current", std::string(Cast::password)}},
         cast.oz},
        {"/admin/replies", {{"name", "A number"}, {"words", "No numbers, please."}}, cast.oz},
        {text(url::case_contact_agreement(crisis_)), {{"current", std::string(Cast::password)}}, dee},
        {text(url::case_contact_opening(crisis_)), {}, dee},
        {text(url::case_escalation_outcome(crisis_, 1)), {{"outcome", "They are safe."}}, dee},
        {url::admin_services().text(),
         {{"name", "Police"}, {"purpose", "Danger now"}, {"contact", "112"}},
         cast.oz},
        {text(url::case_decision(CaseId(crisis_.value() + 1))),
         {{"outcome", "suspended"}, {"words", "Please rest."}},
         mo},
        {"/rota/shifts/new",
         {{"group", group_number(cast.circle)},
          {"day", "2026-02-05"},
          {"from", "20:00"},
          {"until", "00:00"},
          {"weekly", "yes"}},
         dee},
        {"/rota/shifts/1", {{"do", "offer"}}, dee},
        {"/rota/shifts/1", {{"do", "take"}}, mo},
        {"/rota/shifts/1", {{"do", "leave"}}, mo},
        {"/rota/shifts/2", {{"do", "remove"}}, cast.oz},
        {"/rota/patterns/1", {}, cast.oz},
        {"/rota/handovers", {{"group", group_number(cast.circle)}, {"words", "All is quiet."}}, dee},
        {"/rota/handovers", {{"do", "read"}, {"last", "1"}}, mo},
        {"/admin/rota",
         {{"zone", "Europe/Madrid"},
          {"shift_most", "4"},
          {"week_most", "12"},
          {"room", "0"},
          {"paired-0", "yes"}},
         cast.oz},
        {"/admin/door", {{"per_hour", "200"}, {"busy_from", "40"}, {"asking", "never"}}, cast.oz},
        {"/admin/door/floods/1", {{"do", "stop"}, {"words", "Please do not repeat this."}}, cast.oz},
        {"/admin/door/floods/1", {{"do", "clear"}}, cast.oz},
        {"/admin/door/invitations/1", {{"do", "stop"}, {"reason", "A flood."}}, cast.oz},
        {"/admin/door/invitations/1", {{"do", "again"}}, cast.oz},
        {"/admin/training/new",
         {{"title", "Rest"},
          {"words", "Rest."},
          {"statement", "I rest."},
          {"months", "6"},
          {"role-host", "yes"}},
         cast.oz},
        {"/admin/training/1",
         {{"title", "Our role"},
          {"words", "We listen."},
          {"questions", "What do we do? | Listen | Cure"},
          {"months", "12"},
          {"role-facilitator", "yes"}},
         cast.oz},
        {"/training/1", {{"q1", "Listen"}}, dee},
        {"/admin/training/1", {{"do", "retire"}}, cast.oz},
        {text(url::post_label(PostId(thread, 7))), {{"do", "nothing"}}, mo},
        {text(url::post_label(PostId(thread, 8))), {{"urgency", "amber"}, {"spam", "yes"}}, nia},
        {"/admin/learning", {{"audit_percent", "10"}}, cast.oz},
        {"/admin/learning/spam", {{"do", "load"}, {"load", "20"}}, cast.oz},
        {"/admin/triage",
         {{"crisis", "15"},
          {"red", "60"},
          {"amber", "720"},
          {"hide_after", "3"},
          {"pause_after", "5"},
          {"ladder", "7, 0"}},
         cast.oz},
    };
}

}  // namespace kith::test

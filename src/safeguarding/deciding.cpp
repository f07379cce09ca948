#include "safeguarding/deciding.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/pacing.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/unicode.hpp"
#include "safeguarding/closings.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/holds.hpp"
#include "safeguarding/resting.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/store.hpp"
#include "safeguarding/words.hpp"

namespace kith::safeguarding {
namespace {

bool removes_post(Outcome outcome) { return outcome == Outcome::removed || outcome == Outcome::suspended; }

// Whether there was anything left to do.
bool carries_out_anything(db::ReadTx& tx, const Case& one, Outcome outcome) {
    if (outcome == Outcome::closed) return !conversation::is_closed(tx, one.post.thread());
    if (!removes_post(outcome)) return false;
    const auto post = conversation::visible_post(tx, Actor::system(), one.post);
    return post && (!post->removed_at || conversation::is_held(tx, one.post));
}

bool has_reader(const Case& one, Outcome outcome) { return one.post && outcome != Outcome::nothing; }

Done carry_out(db::Tx& tx, const Actor& actor, const Case& one, Outcome outcome, std::string_view words) {
    const std::string_view reason = text::first(words, conversation::reason_most);
    end_hold(tx, actor, one);
    if (outcome == Outcome::suspended) TRY(hold_author(tx, actor, one));
    if (removes_post(outcome)) return conversation::remove_post(tx, actor, one.post, reason);
    // Looked at, and not removed: it can be seen again.
    if (one.post && conversation::is_held(tx, one.post)) TRY(conversation::restore_post(tx, actor, one.post));
    if (outcome == Outcome::closed) return conversation::close_thread(tx, actor, one.post.thread());
    return {};
}

// Under the name that the case is about, and no other: waiting tells nobody whose alias it is.
void read_first(db::Tx& tx, const Case& one, const Decision& decision) {
    if (!has_reader(one, *decision.outcome) || decision.read_first_posts + decision.read_first_days == 0)
        return;
    pacing::read_first(tx, one.id,
                       {.member = writer_of(tx, one),
                        .group = one.group,
                        .alias = identity::is_alias(tx, one.author) ? one.author : PersonaId(),
                        .posts = decision.read_first_posts,
                        .days = decision.read_first_days});
}

void tell_reporters(db::Tx& tx, const Case& one) {
    for (const MemberId reporter : store::reporters_of(tx, one.id))
        notices::tell(tx, reporter, notices::Kind::report_done, about(one));
}

void close(db::Tx& tx, const Case& one) {
    store::close_case(tx, one.id);
    tell_reporters(tx, one);
}

}  // namespace

Done undo(db::Tx& tx, const Actor& actor, const Case& one) {
    end_hold(tx, actor, one);
    pacing::end_read_first(tx, one.id);
    if (!one.did) return {};
    const Done undone = removes_post(*one.outcome) ? conversation::restore_post(tx, actor, one.post)
                                                   : reopen_thread(tx, actor, one.post.thread());
    if (!undone && undone.error().fault != Fault::not_found) return undone;
    return {};
}

void note_judged(db::Tx& tx, CaseId id) {
    jobs::enqueue(tx, case_judged_job, std::to_string(id.value()), tx.now());
}

namespace {

// What is decided in words, by somebody who may decide it.
Result<std::string> check(db::ReadTx& tx, const Actor& actor, const Case& one, const Decision& decision) {
    if (!decision.outcome) return invalid("Please choose what you decide.", "outcome");
    const bool is_for_groups = *decision.outcome == Outcome::nothing || *decision.outcome == Outcome::talked;
    if (!one.post && !is_for_groups) return invalid("That is only for a post.", "outcome");
    const Words words = has_reader(one, *decision.outcome) ? Words::needed : Words::may_be_empty;
    std::string checked = TRY(checked_words(decision.words, words));
    const bool is_known = decision.rule.empty() ||
                          std::ranges::count(rules_for(tx, actor, one.group), decision.rule) > 0;
    if (!is_known) return invalid("Please choose one of these rules, or none.", "rule");
    TRY(require_not_reported(tx, one, actor.member));
    return checked;
}

// Whoever was told of the reports is done, and the author and the next one hear of it.
void tell_of_decision(db::Tx& tx, const Case& one, Outcome outcome, MemberId decided) {
    notices::settle(tx, notices::Kind::report, about(one));
    notices::settle(tx, notices::Kind::crisis, about(one));
    if (has_reader(one, outcome)) notices::tell(tx, writer_of(tx, one), notices::Kind::decision, about(one));
    if (one.worst != Urgency::crisis) return close(tx, one);
    for (const MemberId member : others_for(tx, one, decided))
        notices::tell(tx, member, notices::Kind::second_reading, about(one));
}

}  // namespace

Done decide(db::Tx& tx, const Actor& actor, CaseId id, const Decision& decision) {
    const Desk at = TRY(free_desk(tx, actor, id));
    const Case& one = at.safety_case;
    const std::string words = TRY(check(tx, actor, one, decision));
    take_on_decided(tx, actor.member, one);
    const Outcome outcome = *decision.outcome;
    const bool did = carries_out_anything(tx, one, outcome);
    TRY(carry_out(tx, actor, one, outcome, words));
    read_first(tx, one, decision);
    const bool is_read = has_reader(one, outcome);
    const std::string_view to_author = is_read ? std::string_view(words) : std::string_view();
    const std::string_view rule = is_read ? std::string_view(decision.rule) : std::string_view();
    if (!store::set_decision(tx, id, {outcome, to_author, at.name, did, rule}))
        return conflict("Somebody has decided this already. What, who and when stands on its page.");
    if (!is_read && !words.empty()) store::insert_event(tx, id, Step::note, at.name, words);
    store::insert_event(tx, id, Step::decided, at.name, to_word(outcome));
    audit::record(tx, actor, "case.decided", "case", id.value());
    note_judged(tx, id);
    tell_of_decision(tx, one, outcome, actor.member);
    return {};
}

Result<CaseId> decide_about(db::Tx& tx, const Actor& actor, PostId post, const Decision& decision) {
    const conversation::Thread thread = TRY(conversation::visible_thread(tx, actor, post.thread()));
    const PersonaId author = TRY(conversation::visible_post(tx, actor, post)).author;
    const CaseId id = open_or_join(tx, {thread.group, post, author}, Urgency::amber).id;
    TRY(decide(tx, actor, id, decision));
    return id;
}

namespace {

Done require_no_newer(db::ReadTx& tx, const Case& one) {
    if (!store::open_case(tx, subject_of(one))) return {};
    return conflict("There is a newer report about the same. Please look at that one.");
}

// What the author was sent stays in the case, where it was read.
void reopen(db::Tx& tx, const Case& one) {
    if (!one.words.empty()) store::insert_event(tx, one.id, Step::note, one.decided_by, one.words);
    store::reopen(tx, one.id);
}

bool stands_again(db::ReadTx& tx, const Case& one) {
    if (!one.did || !removes_post(*one.outcome)) return false;
    const auto post = conversation::visible_post(tx, Actor::system(), one.post);
    return post && !post->removed_at;
}

// As if nothing had been decided, and nothing is.
Done give_back(db::Tx& tx, const Actor& actor, const Desk& at) {
    const Case& one = at.safety_case;
    if (!one.decided_at || one.outcome == Outcome::nothing)
        return conflict("There is nothing to take back here.");
    TRY(require_no_newer(tx, one));
    TRY(undo(tx, actor, one));
    reopen(tx, one);
    CHECK(store::set_decision(tx, one.id, {Outcome::nothing, "", at.name, false}));
    store::close_case(tx, one.id);
    store::insert_event(tx, one.id, Step::decided, at.name, decided_back);
    audit::record(tx, actor, "case.taken_back", "case", one.id.value());
    note_judged(tx, one.id);
    const auto kind = stands_again(tx, one) ? notices::Kind::let_through : notices::Kind::taken_back;
    if (one.post) notices::tell(tx, writer_of(tx, one), kind, about(one));
    return {};
}

}  // namespace

Done take_back(db::Tx& tx, const Actor& actor, CaseId id) {
    return give_back(tx, actor, TRY(desk(tx, actor, id)));
}

bool can_take_back(const Case& one, const std::optional<Appeal>& appeal) {
    return one.closed_at && one.outcome != Outcome::nothing && one.worst != Urgency::crisis && !appeal;
}

Done take_back(db::Tx& tx, const Actor& actor, CaseId id, std::string_view typed) {
    const Desk at = TRY(trained_desk(tx, actor, id));
    if (!can_take_back(at.safety_case, store::appeal_of(tx, id)))
        return conflict(
            "This cannot be taken back here. What was decided, and what is next, stands on its page.");
    TRY(require_not_reported(tx, at.safety_case, actor.member));
    const std::string reason = TRY(checked_words(typed, Words::needed, "reason"));
    store::insert_event(tx, id, Step::note, at.name, reason);
    return give_back(tx, actor, at);
}

Done read_second(db::Tx& tx, const Actor& actor, CaseId id, Second second) {
    const Desk at = TRY(trained_desk(tx, actor, id));
    const Case& one = at.safety_case;
    if (!one.waits_for_second()) return conflict("This does not wait for a second person.");
    if (is_same_person(tx, *one.decided_by, at.name))
        return conflict("You decided this. A second person must read it.");
    notices::settle(tx, notices::Kind::second_reading, about(one));
    if (second == Second::agreed) {
        store::insert_event(tx, id, Step::second, at.name, "");
        audit::record(tx, actor, "case.read_second", "case", id.value());
        const std::int64_t numbers[] = {id.value(), one.decided_by->value(), at.name.value()};
        jobs::enqueue(tx, crisis_closed_job, jobs::payload_of(numbers), tx.now());
        close(tx, one);
        return {};
    }
    TRY(require_no_newer(tx, one));
    TRY(undo(tx, actor, one));
    if (one.did && removes_post(*one.outcome)) conversation::hold_post(tx, one.post);
    reopen(tx, one);
    store::forget_appeal(tx, id);  // of the decision that is gone
    store::insert_event(tx, id, Step::reopened, at.name, "");
    if (one.urgency == Urgency::crisis) {
        for (const MemberId member : others_for(tx, one, actor.member))
            notices::tell_again(tx, member, notices::Kind::crisis, about(one));
        ask_to_page(tx, id);
    }
    audit::record(tx, actor, "case.reopened", "case", id.value());
    note_judged(tx, id);
    return {};
}

}  // namespace kith::safeguarding

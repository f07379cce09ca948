#include <algorithm>
#include <functional>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/pacing.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/unicode.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/holds.hpp"
#include "safeguarding/resting.hpp"
#include "safeguarding/rights.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"
#include "safeguarding/words.hpp"
#include "training/training.hpp"

namespace kith::safeguarding {

Result<std::string> checked_words(std::string_view typed, Words words, std::string_view field) {
    std::string out = text::trim(text::clean(typed));
    if (words == Words::needed && out.empty()) return invalid("Please write a few words.", field);
    if (text::length(out) > words_most)
        return invalid("Please say it in fewer words. You can add more later.", field);
    return out;
}

namespace {

constexpr int cases_shown = 20, cases_read = 500, earlier_most = 10;

std::vector<Reason> reasons_of(db::ReadTx& tx, CaseId id) {
    std::vector<Reason> out = store::reasons_of(tx, id);
    std::ranges::stable_sort(out);
    std::ranges::stable_sort(out, std::greater(), urgency_of);
    return out;
}

bool comes_before(const QueueRow& a, const QueueRow& b) {
    const auto key = [](const QueueRow& row) {
        const Case& one = row.safety_case;
        const bool is_first = one.urgency == Urgency::crisis && !one.decided_at;
        return std::pair(!is_first, row.due_at ? row.due_at->ms : INT64_MAX);
    };
    return key(a) < key(b);
}

std::vector<Case> cases_in(db::ReadTx& tx, const Reach& reach) {
    std::vector<Case> out = store::waiting_cases(tx, cases_read);
    std::erase_if(out, [&](const Case& one) { return !may_work_on(tx, reach, one); });
    return out;
}

// Of the groups of these cases, since the oldest of them began to wait.
rota::Cover cover_for(db::ReadTx& tx, std::span<const Case> cases) {
    std::vector<GroupId> groups;
    Time since = tx.now();
    for (const Case& one : cases) {
        groups.push_back(one.group);
        since = std::min(since, one.decided_at.value_or(one.urgent_since));
    }
    std::ranges::sort(groups);
    groups.erase(std::ranges::unique(groups).begin(), groups.end());
    return rota::cover_of(tx, groups, since);
}

// Whether it is for this person to go on.
bool is_next_for(db::ReadTx& tx, MemberId member, const Case& one) {
    const auto is_them = [&](PersonaId persona) { return identity::member_of(tx, persona) == member; };
    if (!one.decided_at) return !one.is_claimed(tx.now()) || is_them(*one.claimed_by);
    return !is_them(*one.decided_by);  // to be read by a second person, or an appeal
}

// By somebody who knows what their task needs: others read, and decide nothing.
Result<Desk> trained_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(desk(tx, actor, id));
    TRY(training::require_trained(tx, actor));
    return at;
}

}  // namespace

Result<Desk> free_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(trained_desk(tx, actor, id));
    const Case& one = at.safety_case;
    if (one.decided_at)
        return conflict("Somebody has decided this already. What, who and when stands on its page.");
    if (one.is_claimed(tx.now()) && !is_same_person(tx, *one.claimed_by, at.name))
        return conflict("Somebody else works on this now. Who, and until when, stands on its page.");
    return at;
}

namespace {

Subject subject_of(const Case& one) { return {one.group, one.post, one.author}; }

notices::About about(const Case& one) { return {one.group, one.post.thread(), one.post.number(), {}}; }

void tell_reporters(db::Tx& tx, const Case& one) {
    for (const MemberId reporter : store::reporters_of(tx, one.id))
        notices::tell(tx, reporter, notices::Kind::report_done, about(one));
}

// Who can act on it besides its author and somebody who has done their part.
std::vector<MemberId> others_for(db::ReadTx& tx, const Case& one, MemberId decided) {
    const MemberId but[] = {writer_of(tx, one), decided};
    return staff_for(tx, subject_of(one), but);
}

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
                       {.member = writer_of(tx, subject_of(one)),
                        .group = one.group,
                        .alias = identity::is_alias(tx, one.author) ? one.author : PersonaId(),
                        .posts = decision.read_first_posts,
                        .days = decision.read_first_days});
}

// What this decision did is undone. What is gone since (its author withdrew the post) needs no undoing.
Done undo(db::Tx& tx, const Actor& actor, const Case& one) {
    end_hold(tx, actor, one);
    pacing::end_read_first(tx, one.id);
    if (!one.did) return {};
    const Done undone = removes_post(*one.outcome)
                            ? conversation::restore_post(tx, actor, one.post)
                            : conversation::reopen_thread(tx, actor, one.post.thread());
    if (!undone && undone.error().fault != Fault::not_found) return undone;
    return {};
}

// Whoever learns from it hears of it once it is sure.
void note_judged(db::Tx& tx, CaseId id) {
    jobs::enqueue(tx, case_judged_job, std::to_string(id.value()), tx.now());
}

void close(db::Tx& tx, const Case& one) {
    store::close_case(tx, one.id);
    tell_reporters(tx, one);
}

}  // namespace

// ---- the queue -------------------------------------------------------------------------------------------

std::optional<Time> due_at(const Case& one, const Targets& targets, const rota::Cover& cover) {
    const auto after = [&](Time since, std::int64_t minutes) {
        return cover.after(one.group, since, minutes * minute_ms);
    };
    // A second reading is due as what is red.
    if (one.decided_at) return after(*one.decided_at, targets.red);
    switch (one.urgency) {
        case Urgency::crisis:
            return one.urgent_since + targets.crisis * minute_ms;
        case Urgency::red:
            return after(one.urgent_since, targets.red);
        case Urgency::amber:
            return after(one.urgent_since, targets.amber);
        case Urgency::green:
            return std::nullopt;
    }
    return std::nullopt;
}

namespace {

constexpr std::int64_t appeal_ms = 7 * day_ms;  // a complaint is decided in seven days

std::optional<Appeal> waiting_appeal(db::ReadTx& tx, const Case& one) {
    auto appeal = one.closed_at ? store::appeal_of(tx, one.id) : std::nullopt;
    return appeal && !appeal->outcome ? appeal : std::nullopt;
}

}  // namespace

Result<Queue> queue(db::ReadTx& tx, const Actor& actor) {
    const Reach reach = reach_of(tx, actor);
    if (reach.nowhere()) return not_found();
    const Targets limits = targets(tx);
    std::vector<Case> cases = cases_in(tx, reach);
    const rota::Cover cover = cover_for(tx, cases);
    Queue out{.are_all = cases.size() <= cases_shown};
    for (const Case& one : cases) {
        const auto appeal = waiting_appeal(tx, one);
        out.rows.push_back({.safety_case = one,
                            .reasons = {},
                            .due_at = appeal ? appeal->filed_at + appeal_ms : due_at(one, limits, cover),
                            .has_appeal = appeal.has_value()});
    }
    std::ranges::stable_sort(out.rows, comes_before);
    if (!out.are_all) out.rows.resize(cases_shown);
    for (QueueRow& row : out.rows) row.reasons = reasons_of(tx, row.safety_case.id);
    return out;
}

bool anything_waits(db::ReadTx& tx, const Actor& actor) {
    const Reach reach = reach_of(tx, actor);
    if (reach.nowhere()) return false;
    return std::ranges::any_of(cases_in(tx, reach),
                               [&](const Case& one) { return is_next_for(tx, reach.member, one); });
}

Result<Dossier> dossier(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(desk(tx, actor, id));
    Dossier out{.reports = store::reports_of(tx, id),
                .events = store::events_of(tx, id),
                .appeal = store::appeal_of(tx, id)};
    if (at.safety_case.post) out.earlier = store::decided_before(tx, at.safety_case, earlier_most);
    const Case cases[] = {at.safety_case};
    const auto appeal = waiting_appeal(tx, at.safety_case);
    out.due_at = appeal ? appeal->filed_at + appeal_ms
                        : due_at(at.safety_case, targets(tx), cover_for(tx, cases));
    out.safety_case = std::move(at.safety_case);
    return out;
}

Result<std::vector<std::optional<MemberId>>> reporters_of(db::ReadTx& tx, const Actor& actor, CaseId id) {
    TRY(desk(tx, actor, id));
    if (!identity::has_role(tx, actor, identity::Role::host)) return not_found();
    return store::members_of_reports(tx, id);
}

Targets targets(db::ReadTx& tx) { return store::targets(tx); }

std::optional<Case> find_case(db::ReadTx& tx, CaseId id) { return store::find_case(tx, id); }

void note_paged(db::Tx& tx, CaseId id, bool is_nobody_there) {
    store::insert_event(tx, id, Step::paged, std::nullopt, is_nobody_there ? "nobody" : "");
}

std::int64_t times_paged(db::ReadTx& tx, CaseId id, Time since) {
    return std::ranges::count_if(store::events_of(tx, id), [&](const Event& event) {
        return event.step == Step::paged && event.at >= since;
    });
}

Done set_targets(db::Tx& tx, const Actor& actor, const Targets& typed) {
    constexpr std::int64_t most = 30 * 24 * 60;
    constexpr auto range = t_later("Please write a number of minutes, from 1 to 43200.");
    TRY(identity::require_host(tx, actor));
    const auto is_right = [](std::int64_t minutes) { return minutes >= 1 && minutes <= most; };
    if (!is_right(typed.crisis)) return invalid(range, "crisis");
    if (!is_right(typed.red)) return invalid(range, "red");
    if (!is_right(typed.amber)) return invalid(range, "amber");
    constexpr auto order = t_later("What is more urgent must not wait longer.");
    if (typed.red < typed.crisis) return invalid(order, "red");
    if (typed.amber < typed.red) return invalid(order, "amber");
    constexpr auto many = t_later("Please write a number from 2 to 100, or 0 for never.");
    const auto is_many = [](std::int64_t number) { return number == 0 || (number >= 2 && number <= 100); };
    if (!is_many(typed.hide_after)) return invalid(many, "hide_after");
    if (!is_many(typed.pause_after)) return invalid(many, "pause_after");
    store::set_targets(tx, typed);
    audit::record(tx, actor, "triage.changed", "site", 0);
    return {};
}

// ---- working on a case -----------------------------------------------------------------------------------

Done claim(db::Tx& tx, const Actor& actor, CaseId id, rota::Company company) {
    const Desk at = TRY(free_desk(tx, actor, id));
    TRY(take_on(tx, actor, at.safety_case, company));
    store::set_claim(tx, id, at.name, tx.now() + claim_ms);
    store::insert_event(tx, id, Step::claimed, at.name, company == rota::Company::alone ? "alone" : "");
    return {};
}

Done release(db::Tx& tx, const Actor& actor, CaseId id) {
    const Desk at = TRY(free_desk(tx, actor, id));
    if (!at.safety_case.is_claimed(tx.now())) return {};
    store::end_claim(tx, id);
    store::insert_event(tx, id, Step::released, at.name, "");
    if (at.safety_case.urgency == Urgency::crisis) ask_to_page(tx, id);
    return {};
}

Done set_urgency(db::Tx& tx, const Actor& actor, CaseId id, Urgency urgency) {
    const Desk at = TRY(free_desk(tx, actor, id));
    const Case& one = at.safety_case;
    if (one.urgency == urgency) return {};
    store::set_urgency(tx, id, urgency, std::max(one.worst, urgency));
    if (urgency == Urgency::crisis) {
        for (const MemberId member : rota::first_to_tell(tx, one.group, others_for(tx, one, actor.member)))
            notices::tell(tx, member, notices::Kind::crisis, about(one));
        end_pauses(tx, subject_of(one));
        ask_to_page(tx, id);
    }
    store::insert_event(tx, id, Step::urgency, at.name, to_word(urgency));
    audit::record(tx, actor, "case.urgency", "case", id.value());
    return {};
}

Done add_note(db::Tx& tx, const Actor& actor, CaseId id, std::string_view typed) {
    const Desk at = TRY(desk(tx, actor, id));
    const std::string words = TRY(checked_words(typed, Words::needed, "note"));
    store::insert_event(tx, id, Step::note, at.name, words);
    return {};
}

namespace {

// What is decided in words, by somebody who may decide it.
Result<std::string> check(db::ReadTx& tx, MemberId member, const Case& one, const Decision& decision) {
    if (!decision.outcome) return invalid("Please choose what you decide.", "outcome");
    const bool is_for_groups = *decision.outcome == Outcome::nothing || *decision.outcome == Outcome::talked;
    if (!one.post && !is_for_groups) return invalid("That is only for a post.", "outcome");
    const Words words = has_reader(one, *decision.outcome) ? Words::needed : Words::may_be_empty;
    std::string checked = TRY(checked_words(decision.words, words));
    if (store::has_reported(tx, one.id, member) && !others_for(tx, one, member).empty())
        return conflict("You reported this yourself. Somebody else decides it.");
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
    const std::string words = TRY(check(tx, actor.member, one, decision));
    take_on_decided(tx, actor.member, one);
    const Outcome outcome = *decision.outcome;
    const bool did = carries_out_anything(tx, one, outcome);
    TRY(carry_out(tx, actor, one, outcome, words));
    read_first(tx, one, decision);
    const bool is_read = has_reader(one, outcome);
    const std::string_view to_author = is_read ? std::string_view(words) : std::string_view();
    if (!store::set_decision(tx, id, {outcome, to_author, at.name, did}))
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

Done take_back(db::Tx& tx, const Actor& actor, CaseId id) {
    const Desk at = TRY(desk(tx, actor, id));
    const Case& one = at.safety_case;
    if (!one.decided_at || one.outcome == Outcome::nothing || store::open_case(tx, subject_of(one)))
        return conflict("There is nothing to take back here.");
    TRY(undo(tx, actor, one));
    store::reopen(tx, id);
    CHECK(store::set_decision(tx, id, {Outcome::nothing, "", at.name, false}));
    store::close_case(tx, id);
    store::insert_event(tx, id, Step::decided, at.name, to_word(Outcome::nothing));
    audit::record(tx, actor, "case.taken_back", "case", id.value());
    if (one.post) notices::tell(tx, writer_of(tx, subject_of(one)), notices::Kind::appeal_done, about(one));
    return {};
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
    if (store::open_case(tx, subject_of(one)))
        return conflict("There is a newer report about the same. Please look at that one.");
    TRY(undo(tx, actor, one));
    if (one.did && removes_post(*one.outcome)) conversation::hold_post(tx, one.post);
    store::reopen(tx, id);
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

// ---- another look ----------------------------------------------------------------------------------------

namespace {

OwnDecision own_decision(db::ReadTx& tx, const Case& one) {
    return {one.id, one.post, *one.outcome, one.words, *one.decided_at, store::appeal_of(tx, one.id)};
}

// What keeps somebody out is there however old it is: they must be able to answer.
void add_holds(db::ReadTx& tx, MemberId member, std::vector<OwnDecision>& out) {
    for (identity::Hold& hold : identity::standing_holds(tx, member)) {
        auto found = std::ranges::find(out, hold.by_case, &OwnDecision::id);
        const auto one = found == out.end() ? store::find_case(tx, hold.by_case) : std::nullopt;
        if (one && one->outcome) found = out.insert(out.end(), own_decision(tx, *one));
        if (found != out.end()) found->hold = std::move(hold);
    }
}

}  // namespace

std::vector<OwnDecision> decisions_on(db::ReadTx& tx, MemberId member) {
    constexpr int most = 50;
    std::vector<OwnDecision> out;
    for (const PersonaId persona : identity::every_persona_of(tx, member))
        for (const Case& one : store::decided_about(tx, persona, most)) out.push_back(own_decision(tx, one));
    std::ranges::stable_sort(out, std::greater(), &OwnDecision::decided_at);
    if (out.size() > most) out.resize(most);
    add_holds(tx, member, out);
    return out;
}

Done file_appeal(db::Tx& tx, const Actor& actor, CaseId id, std::string_view typed) {
    const MemberId member = TRY(identity::present_member(tx, actor));
    const auto one = store::find_case(tx, id);
    if (!one || !one->post || !one->outcome || one->outcome == Outcome::nothing) return not_found();
    if (identity::member_of(tx, one->author) != member) return not_found();
    const std::string words = TRY(checked_words(typed, Words::needed));
    if (!store::insert_appeal(tx, id, member, words))
        return conflict("You have asked for another look at this already.");
    store::insert_event(tx, id, Step::appealed, std::nullopt, "");
    audit::record(tx, Actor::system(), "appeal.filed", "case", id.value());
    for (const MemberId staff : others_for(tx, *one, identity::member_of(tx, *one->decided_by)))
        notices::tell(tx, staff, notices::Kind::appeal, about(*one));
    return {};
}

Result<conversation::Removal> removal_to_appeal(db::ReadTx& tx, const Actor& actor, PostId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const PersonaId author = TRY(conversation::visible_post(tx, actor, id)).author;
    auto removal = TRY(conversation::options_for(tx, actor, id)).removal;
    if (identity::member_of(tx, author) != member || !removal || removal->own) return not_found();
    if (!removal->removed_by)
        return conflict("Nobody has decided anything yet. Somebody will look, and tell you.");
    return *std::move(removal);
}

Done file_removal_appeal(db::Tx& tx, const Actor& actor, PostId id, std::string_view words) {
    const conversation::Removal removal = TRY(removal_to_appeal(tx, actor, id));
    const Subject subject{TRY(conversation::visible_thread(tx, actor, id.thread())).group, id,
                          TRY(conversation::visible_post(tx, actor, id)).author};
    const auto known = store::removed_by_case(tx, subject, removal.removed_at);
    const store::Decided decided{Outcome::removed, removal.reason, removal.removed_by, true};
    return file_appeal(
        tx, actor, known ? *known : store::insert_decided(tx, subject, decided, removal.removed_at), words);
}

Done review_appeal(db::Tx& tx, const Actor& actor, CaseId id, const ReviewForm& form) {
    const Desk at = TRY(trained_desk(tx, actor, id));
    const Case& one = at.safety_case;
    const auto appeal = store::appeal_of(tx, id);
    if (!appeal || !one.decided_by) return not_found();
    if (is_same_person(tx, *one.decided_by, at.name))
        return conflict("You decided this. Somebody else must look at it again.");
    if (store::has_reported(tx, id, actor.member) && !others_for(tx, one, actor.member).empty())
        return conflict("You reported this yourself. Somebody else decides it.");
    if (!form.outcome) return invalid("Please choose what you decide.", "outcome");
    const std::string words = TRY(checked_words(form.words, Words::needed));
    if (!store::answer_appeal(tx, id, *form.outcome, words, at.name))
        return conflict("Somebody has answered this already.");
    if (*form.outcome == Review::overturned) TRY(undo(tx, actor, one));
    store::insert_event(tx, id, Step::reviewed, at.name, to_word(*form.outcome));
    audit::record(tx, actor, "appeal.decided", "case", id.value());
    note_judged(tx, id);
    notices::settle(tx, notices::Kind::appeal, about(one));
    notices::tell(tx, identity::member_of(tx, one.author), notices::Kind::appeal_done, about(one));
    return {};
}

}  // namespace kith::safeguarding

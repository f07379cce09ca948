#include <algorithm>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "learning/scoring.hpp"
#include "learning/store.hpp"
#include "rota/rota.hpp"

namespace kith::learning {
namespace {

using safeguarding::Outcome;
using safeguarding::Reason;
using store::Label;

// The name under which the actor moderates where the post stands.
Result<PersonaId> reader_of(db::ReadTx& tx, const Actor& actor, PostId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const auto post = TRY(conversation::visible_post(tx, actor, id));
    const GroupId group = TRY(conversation::visible_thread(tx, actor, id.thread())).group;
    const auto access = TRY(groups::access(tx, actor, group));
    if (!access.moderate || identity::member_of(tx, post.author) == member) return not_found();
    return access.persona;
}

Why why_of(const store::Said& said) {
    if (said.rule.empty()) return Why::report;
    if (said.rule == audit_source) return Why::audit;
    return said.rule.starts_with(model_source) ? Why::model : Why::rule;
}

Verdict verdict(bool is_so) { return is_so ? Verdict::yes : Verdict::no; }

Reason reason_of(const LabelForm& form) {
    if (form.crisis || form.urgency == Urgency::crisis) return Reason::danger;
    if (form.hostile) return Reason::hostile;
    if (form.advice) return Reason::advice;
    if (form.spam) return Reason::spam;
    return form.urgency == Urgency::red ? Reason::danger : Reason::other;
}

Urgency urgency_of(const LabelForm& form) {
    return form.crisis ? std::max(form.urgency, Urgency::red) : form.urgency;
}

bool is_among(std::span<const store::Said> said, Reason reason) {
    return std::ranges::find(said, reason, &store::Said::reason) != said.end();
}

// What was decided says something of what was reported; of the rest, that it is not so, where nothing was needed.
Verdict decided(bool was_reported, Outcome outcome) {
    if (outcome == Outcome::nothing) return Verdict::no;
    return was_reported ? Verdict::yes : Verdict::unsaid;
}

// That no rule was broken does not say that nobody is in danger.
Verdict danger(const store::Judged& judged, bool was_reported, bool has_set_urgency) {
    const bool is_urgent = judged.urgency >= Urgency::red;
    if (!was_reported) return is_urgent ? Verdict::unsaid : Verdict::no;
    if (has_set_urgency) return verdict(is_urgent);
    return is_urgent && judged.outcome != Outcome::nothing ? Verdict::yes : Verdict::unsaid;
}

}  // namespace

Done may_label(db::ReadTx& tx, const Actor& actor, PostId post) {
    TRY(reader_of(tx, actor, post));
    return {};
}

Result<std::optional<CaseId>> label(db::Tx& tx, const Actor& actor, PostId post, const LabelForm& form) {
    const PersonaId by = TRY(reader_of(tx, actor, post));
    const auto pick = store::open_pick(tx, post);
    const auto said = store::first_said(tx, post);
    const Why why = pick ? Why::audit : said ? why_of(*said) : Why::chosen;
    const Urgency urgency = urgency_of(form);
    const bool is_danger = form.crisis || urgency == Urgency::crisis;
    const std::int64_t id = store::put_label(tx, {.post = post,
                                                  .from = {},
                                                  .by = by,
                                                  .said_at = tx.now(),
                                                  .urgency = urgency,
                                                  .crisis = verdict(is_danger),
                                                  .hostile = verdict(form.hostile),
                                                  .spam = verdict(form.spam),
                                                  .advice = verdict(form.advice),
                                                  .why = why,
                                                  .chance = pick   ? std::optional(pick->chance)
                                                            : said ? std::optional(1.0)
                                                                   : std::nullopt,
                                                  .saw_score = why == Why::model});
    if (pick) store::note_reader(tx, post);
    jobs::enqueue(tx, label_job, std::to_string(id), tx.now());
    if (!form.says_anything()) return std::nullopt;
    return safeguarding::file_signs(tx, post, {{reason_of(form), urgency, audit_source}});
}

void learn_from_case(db::Tx& tx, CaseId id) {
    store::remove_label_of_case(tx, id);
    const auto judged = store::judged(tx, id);
    const std::vector<store::Said> said = store::said_in(tx, id);
    if (!judged || said.empty()) return;
    const Why why = why_of(said.front());
    if (why == Why::audit) return;  // whoever read it has said what it needs
    const bool has_set_urgency = store::has_set_urgency(tx, id);
    const bool is_sure = has_set_urgency || judged->outcome != Outcome::nothing;
    const bool misleads = is_among(said, Reason::advice) || is_among(said, Reason::misinformation);
    const std::int64_t label = store::put_label(
        tx, {.post = judged->post,
             .from = id,
             .by = judged->by,
             .said_at = judged->at,
             .urgency = is_sure ? judged->urgency : Urgency::green,
             .crisis = danger(*judged, is_among(said, Reason::danger), has_set_urgency),
             .hostile = decided(is_among(said, Reason::hostile), judged->outcome),
             .spam = decided(is_among(said, Reason::spam), judged->outcome),
             .advice = decided(misleads, judged->outcome),
             .why = why,
             .chance = 1.0,
             .saw_score = std::ranges::any_of(
                 said, [](const store::Said& one) { return why_of(one) == Why::model; })});
    jobs::enqueue(tx, label_job, std::to_string(label), tx.now());
}

LabelCounts count_labels(db::ReadTx& tx, Flag flag) {
    return {store::count_labels(tx, flag, false), store::count_labels(tx, flag, true)};
}

// ---- the random audit ------------------------------------------------------------------------------------

std::int64_t audit_percent(db::ReadTx& tx) { return store::audit_percent(tx); }

Done set_audit_percent(db::Tx& tx, const Actor& actor, std::int64_t percent) {
    TRY(identity::require_host(tx, actor));
    if (percent < 0 || percent > 50) return invalid("Please write a number from 0 to 50.", "audit_percent");
    store::set_audit_percent(tx, percent);
    audit::record(tx, actor, "learning.audit_changed", "site", 0);
    return {};
}

void draw_lots(db::Tx& tx, Random& random, Time time) {
    constexpr int most = 5000;
    constexpr std::int64_t kept_ms = 60 * day_ms;
    constexpr std::uint64_t second_readers = 10;  // of so many, one is read by two
    store::forget_picks_before(tx, tx.now() + -kept_ms);
    const auto percent = static_cast<std::uint64_t>(store::audit_percent(tx));
    const Time day{time.ms / day_ms * day_ms};
    if (percent == 0 || !store::begin_day(tx, day)) return;
    for (const PostId post : store::posts_between(tx, day, day, rota::settings(tx).room, most)) {
        if (random.below(100) >= percent || store::first_said(tx, post)) continue;
        const std::int64_t readers = random.below(second_readers) == 0 ? 2 : 1;
        store::insert_pick(tx, post, static_cast<double>(percent) / 100, readers);
    }
}

Result<std::optional<PostId>> next_to_read(db::ReadTx& tx, const Actor& actor, PostId left) {
    constexpr std::int64_t waits_ms = 30 * day_ms;
    constexpr int looked_at = 300;
    TRY(identity::acting_member(tx, actor));
    auto roles = identity::acting_roles(tx, actor);
    std::erase_if(roles, [](const identity::GroupRole& held) {
        using identity::Role;
        return held.role != Role::moderator && held.role != Role::facilitator && held.role != Role::host;
    });
    if (roles.empty()) return not_found();
    auto waiting = store::open_picks(tx, tx.now() + -waits_ms, looked_at);
    if (const auto at = std::ranges::find(waiting, left, &store::OpenPick::post); at != waiting.end())
        waiting.erase(waiting.begin(), at + 1);
    // What they do not look after is not asked for one by one.
    std::erase_if(waiting, [&](const store::OpenPick& one) {
        return std::ranges::none_of(
            roles, [&](const identity::GroupRole& held) { return !held.group || held.group == one.group; });
    });
    for (const auto& [post, group] : waiting) {
        const auto by = reader_of(tx, actor, post);
        if (by && conversation::typed(tx, post) && !store::has_labelled(tx, post, *by)) return post;
    }
    return std::nullopt;
}

}  // namespace kith::learning

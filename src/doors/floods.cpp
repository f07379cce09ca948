#include "doors/floods.hpp"
#include "audit/audit.hpp"
#include "doors/holds.hpp"
#include "doors/store.hpp"
#include "platform/text/unicode.hpp"
#include "safeguarding/safeguarding.hpp"
#include "training/training.hpp"

// One decision for the same words from many accounts, carried out by a job in small steps.
namespace kith::doors {
namespace {

using safeguarding::Outcome;

constexpr int posts_shown = 50, posts_at_once = 20;
constexpr CaseId left_to_others{0};

Result<Flood> flood_for(db::ReadTx& tx, const Actor& actor, FloodId id) {
    TRY(identity::require_host(tx, actor));
    auto flood = store::find_flood(tx, id);
    if (!flood) return not_found();
    return *std::move(flood);
}

void decide(db::Tx& tx, const Actor& actor, FloodId id, FloodOutcome outcome, std::string_view words) {
    store::decide_flood(tx, id, outcome, words, identity::main_persona(tx, actor.member));
    jobs::enqueue(tx, flood_job, std::to_string(id.value()), tx.now());
    audit::record(tx, actor, outcome == FloodOutcome::stopped ? "flood.stopped" : "flood.cleared", "flood",
                  id.value());
}

// Removed, and its account on hold; one that is on hold already goes no step further up the ladder.
CaseId stop_post(db::Tx& tx, const Actor& actor, PostId post, const std::string& words) {
    const auto written = conversation::visible_post(tx, Actor::system(), post);
    if (!written) return left_to_others;
    const MemberId author = identity::member_of(tx, written->author);
    const bool is_held = !identity::standing_holds(tx, author).empty();
    if (!is_held)
        if (const auto done = safeguarding::decide_about(tx, actor, post, {Outcome::suspended, words}))
            return *done;
    const auto removed = safeguarding::decide_about(tx, actor, post, {Outcome::removed, words});
    return removed ? *removed : left_to_others;
}

// What somebody else has changed since stays as it is.
void clear_post(db::Tx& tx, const Actor& actor, const store::FloodPost& one) {
    if (one.by_case && *one.by_case) static_cast<void>(safeguarding::take_back(tx, actor, *one.by_case));
    if (conversation::is_held(tx, one.post))
        static_cast<void>(conversation::restore_post(tx, actor, one.post));
}

void carry_out(db::Tx& tx, const Flood& flood, const Actor& actor, const store::FloodPost& one) {
    if (flood.outcome == FloodOutcome::cleared) {
        clear_post(tx, actor, one);
        store::set_case(tx, flood.id, one.post, std::nullopt);
    } else if (!one.by_case) {
        store::set_case(tx, flood.id, one.post, stop_post(tx, actor, one.post, flood.words));
    }
}

// The last post that it did; none: there are no more.
Result<PostId> step(db::Tx& tx, FloodId id, PostId after) {
    const auto flood = store::find_flood(tx, id);
    if (!flood || !flood->outcome) return PostId();
    const Actor actor = Actor::of(identity::member_of(tx, *flood->decided_by));
    PostId last;
    for (const store::FloodPost& one : store::posts_of(tx, id, after, posts_at_once)) {
        carry_out(tx, *flood, actor, one);
        last = one.post;
    }
    return last;
}

}  // namespace

std::vector<Flood> floods(db::ReadTx& tx) { return store::floods(tx, 20); }

Result<FloodFile> flood_file(db::ReadTx& tx, const Actor& actor, FloodId id) {
    FloodFile out{TRY(flood_for(tx, actor, id)), {}};
    for (const store::FloodPost& one : store::posts_of(tx, id, PostId(), posts_shown))
        out.posts.push_back(one.post);
    return out;
}

Done stop_flood(db::Tx& tx, const Actor& actor, FloodId id, std::string_view typed) {
    TRY(flood_for(tx, actor, id));
    TRY(training::require_trained(tx, actor));  // as for each of its decisions
    const std::string words = text::trim(text::clean(typed));
    if (words.empty())
        return invalid(
            "Please write a few words to those who wrote it. Somebody may be among them by mistake.",
            "words");
    if (text::length(words) > conversation::reason_most)
        return invalid("This is too long. Please use at most 300 letters.", "words");
    decide(tx, actor, id, FloodOutcome::stopped, words);
    return {};
}

Done clear_flood(db::Tx& tx, const Actor& actor, FloodId id) {
    TRY(flood_for(tx, actor, id));
    decide(tx, actor, id, FloodOutcome::cleared, "");
    return {};
}

void carry_out_flood(Services& services, FloodId id) {
    PostId last;
    do {
        last = *services.db.write([&](db::Tx& tx) { return step(tx, id, last); });
    } while (last);
}

}  // namespace kith::doors

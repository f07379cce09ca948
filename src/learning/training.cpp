#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "learning/lessons.hpp"
#include "learning/scoring.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"

namespace kith::learning {
namespace {

constexpr std::int64_t exam_ms = 56 * day_ms;

struct Material {
    std::vector<assist::Lesson> lessons;
    std::vector<Judged> exam;  // of the last weeks
    std::string digest;        // of the lessons
    Version card;              // the counts alone
};

Material material_of(std::vector<Judged> judged, Time now) {
    Material out;
    std::string all;
    for (Judged& one : judged) {
        out.card.labels += 1;
        out.card.positives += one.is_so;
        out.card.first_at = out.card.labels == 1 ? one.said_at : std::min(out.card.first_at, one.said_at);
        out.card.last_at = std::max(out.card.last_at, one.said_at);
        if (is_for_exam(one)) {
            if (one.said_at >= now + -exam_ms) out.exam.push_back(std::move(one));
            continue;
        }
        all += std::to_string(one.key) + (one.is_so ? "+" : "-") + std::to_string(one.stands_for) + " ";
        out.lessons.push_back({std::move(one.words), one.is_so, one.key / 5, one.stands_for});
    }
    out.digest = crypto::digest_hex(all);
    return out;
}

std::vector<double> chances_of(const assist::Reader& reader, const std::vector<std::string>& texts) {
    std::vector<double> out;
    for (const std::string& text : texts) out.push_back(reader.chance(text));
    return out;
}

// What is above the threshold is at most that share of recent posts.
AtLoad at_load(std::int64_t load, const std::vector<double>& recent, const assist::Learned& learned) {
    AtLoad out{.load = load, .threshold = 0.5};
    const auto room = static_cast<std::size_t>(load) * recent.size() / 100;
    if (!recent.empty()) out.threshold = recent[std::min(room, recent.size() - 1)];
    const auto above = std::ranges::find_if(recent, [&](double c) { return c <= out.threshold; });
    const auto read = static_cast<double>(above - recent.begin());
    if (read > 0) out.foretold = std::accumulate(recent.begin(), above, 0.0) / read;
    for (std::size_t i = 0; i < learned.truths.size(); ++i) {
        if (!learned.truths[i]) continue;
        ++out.positives;
        out.found += learned.chances[i] > out.threshold;
    }
    return out;
}

bool has_both(const std::vector<char>& truths) {
    return std::ranges::count(truths, 1) > 0 && std::ranges::count(truths, 0) > 0;
}

store::NewVersion version_of(const assist::Learned& learned, const assist::Reader& reader,
                             const Material& material, const std::vector<std::string>& posts) {
    store::NewVersion out{
        .card = material.card, .bytes = learned.bytes, .lessons = material.digest, .spread = {}, .unseen = 0};
    std::vector<double> recent = chances_of(reader, posts);
    out.spread = in_words(spread_of(recent));
    for (const std::string& post : posts)
        out.unseen += reader.unseen(post) / static_cast<double>(posts.size());
    std::ranges::sort(recent, std::greater());
    for (const std::int64_t load : loads) out.card.at_loads.push_back(at_load(load, recent, learned));
    if (!has_both(learned.truths)) return out;
    const assist::Interval area = assist::area_under_curve(learned.chances, learned.truths);
    out.card.auc = area.value;
    out.card.auc_low = area.low;
    out.card.auc_high = area.high;
    out.card.calibration_error = assist::calibration_error(learned.chances, learned.truths);
    return out;
}

// Beyond what chance explains, on what neither has learned from. Too few to tell: no.
bool is_worse(const assist::Reader& made, const assist::Reader& before, const std::vector<Judged>& exam) {
    constexpr std::ptrdiff_t enough = 5;
    std::vector<double> now, then;
    std::vector<char> truths;
    for (const Judged& one : exam) {
        now.push_back(made.chance(one.words));
        then.push_back(before.chance(one.words));
        truths.push_back(one.is_so);
    }
    if (std::ranges::count(truths, 1) < enough || std::ranges::count(truths, 0) < enough) return false;
    return assist::area_under_curve(now, truths).value < assist::area_under_curve(then, truths).low;
}

// Of plain sentences by people of many kinds, not much more may be flagged than of all posts.
bool is_fair(const assist::Reader& reader, double threshold, std::int64_t load) {
    constexpr double most = 0.10;
    return share_of_plain_people(reader, threshold) - static_cast<double>(load) / 100 <= most;
}

// At work it is fair, or the one before stays.
bool may_work(const assist::Reader& reader, const Version& card, const Standing& now) {
    const auto at = std::ranges::find(card.at_loads, now.load, &AtLoad::load);
    return now.state != State::working ||
           (at != card.at_loads.end() && is_fair(reader, at->threshold, now.load));
}

// The one in use never goes.
void forget_old(db::Tx& tx, Flag flag) {
    const std::int64_t in_use = store::standing(tx, flag).model;
    std::size_t kept = 0;
    for (const Version& one : store::versions(tx, flag, 100)) {
        if (one.id == in_use) continue;
        if (++kept >= versions_kept) store::forget_version(tx, one.id);
    }
}

Done keep(db::Tx& tx, Flag flag, const store::NewVersion& made) {
    const Standing now = store::standing(tx, flag);
    const std::int64_t id = store::insert_version(tx, flag, made);
    if (made.card.taken && (!now.pinned || now.model == 0)) store::set_model(tx, flag, id, false);
    if (made.card.taken && now.state == State::rules) store::set_state(tx, flag, State::shadow, tx.now());
    forget_old(tx, flag);
    audit::record(tx, Actor::system(), made.card.taken ? "learning.learned" : "learning.refused", "model",
                  id);
    return {};
}

struct Before {
    Material material;
    Standing standing;
    std::optional<std::string> lessons;
    std::optional<assist::Reader> reader;
};

Before before(db::ReadTx& tx, Flag flag) {
    Before out{material_of(judged_posts(tx, flag), tx.now()), store::standing(tx, flag),
               store::last_lessons(tx, flag), std::nullopt};
    if (const auto bytes = out.standing.model ? store::model_bytes(tx, out.standing.model) : std::nullopt)
        out.reader = assist::Reader::load(flag, *bytes);
    return out;
}

void learn_flag(Services& services, Flag flag, const std::vector<std::string>& posts) {
    const Before known = services.db.read([&](db::ReadTx& tx) { return before(tx, flag); });
    const Version& card = known.material.card;
    const bool is_enough = card.labels >= labels_needed && card.positives >= positives_needed;
    const bool is_known = known.reader && known.lessons == known.material.digest;
    if (!is_enough || is_known) return;
    const auto learned = assist::learn(flag, known.material.lessons);
    const auto reader = learned ? assist::Reader::load(flag, learned->bytes) : std::nullopt;
    if (!reader) return;
    store::NewVersion made = version_of(*learned, *reader, known.material, posts);
    const bool is_worse_now = known.reader && is_worse(*reader, *known.reader, known.material.exam);
    made.card.taken = std::isfinite(reader->chance("")) && !is_worse_now &&
                      may_work(*reader, made.card, known.standing) && assist::are_rules_right();
    static_cast<void>(services.db.write([&](db::Tx& tx) { return keep(tx, flag, made); }));
}

}  // namespace

void learn_anew(Services& services) {
    constexpr int recent = 2000;
    static_cast<void>(services.db.write([](db::Tx& tx) -> Done {
        store::forget_withdrawn(tx);
        return {};
    }));
    const Time now = services.clock.now();
    const auto posts = words_between(services, now + -exam_ms, now, recent);
    for (const Flag flag : all_of<Flag>()) learn_flag(services, flag, posts);
}

std::vector<Version> versions(db::ReadTx& tx, Flag flag) {
    return store::versions(tx, flag, static_cast<int>(versions_kept));
}

// ---- what hosts decide -----------------------------------------------------------------------------------

namespace {

void note(db::Tx& tx, const Actor& actor, std::string_view verb, std::int64_t model) {
    audit::record(tx, actor, verb, "model", model);
}

// Asked before a model, at a load, begins to work, or takes the place of one that does.
Done require_fair(db::ReadTx& tx, Flag flag, std::int64_t model, std::int64_t load) {
    const auto bytes = store::model_bytes(tx, model);
    const auto reader = bytes ? assist::Reader::load(flag, *bytes) : std::nullopt;
    const auto threshold = store::threshold_of(tx, model, load);
    if (!reader || !threshold) return conflict("This model cannot be read. Choose an earlier one.");
    if (is_fair(*reader, *threshold, load)) return {};
    return conflict(
        "It would ask for posts only because of who somebody is. It needs more labels of kind posts by all "
        "kinds of people first.");
}

}  // namespace

Done turn_on(db::Tx& tx, const Actor& actor, Flag flag) {
    TRY(identity::require_host(tx, actor));
    const Standing now = store::standing(tx, flag);
    if (now.state == State::working) return {};
    if (now.state == State::rules || tx.now() < now.since + shadow_ms)
        return conflict("It must read along for two weeks first, so that you can see how it does.");
    TRY(require_fair(tx, flag, now.model, now.load));
    store::set_state(tx, flag, State::working, tx.now());
    note(tx, actor, "learning.on", now.model);
    return {};
}

Done turn_off(db::Tx& tx, const Actor& actor, Flag flag) {
    TRY(identity::require_host(tx, actor));
    const Standing now = store::standing(tx, flag);
    if (now.state != State::working) return {};
    store::set_state(tx, flag, State::shadow, tx.now() + -shadow_ms);  // it has read along long enough
    note(tx, actor, "learning.off", now.model);
    return {};
}

Done set_load(db::Tx& tx, const Actor& actor, Flag flag, std::int64_t load) {
    TRY(identity::require_host(tx, actor));
    if (std::ranges::find(loads, load) == std::end(loads))
        return invalid("Please choose how many posts people would read.", "load");
    const Standing now = store::standing(tx, flag);
    if (now.state == State::working) TRY(require_fair(tx, flag, now.model, load));
    store::set_load(tx, flag, load);
    note(tx, actor, "learning.load", now.model);
    return {};
}

Done go_back(db::Tx& tx, const Actor& actor, Flag flag, std::int64_t version) {
    TRY(identity::require_host(tx, actor));
    const auto kept = store::versions(tx, flag, 100);
    if (std::ranges::find(kept, version, &Version::id) == kept.end()) return not_found();
    const Standing now = store::standing(tx, flag);
    if (now.state == State::working) TRY(require_fair(tx, flag, version, now.load));
    store::set_model(tx, flag, version, true);
    note(tx, actor, "learning.went_back", version);
    return {};
}

Done let_new_ones_come(db::Tx& tx, const Actor& actor, Flag flag) {
    TRY(identity::require_host(tx, actor));
    const Standing now = store::standing(tx, flag);
    const auto kept = store::versions(tx, flag, static_cast<int>(versions_kept));
    const auto newest = std::ranges::find(kept, true, &Version::taken);
    const std::int64_t model = newest == kept.end() ? now.model : newest->id;
    if (now.state == State::working) TRY(require_fair(tx, flag, model, now.load));
    store::set_model(tx, flag, model, false);
    note(tx, actor, "learning.goes_on", now.model);
    return {};
}

bool needs_host(db::ReadTx& tx) {
    constexpr std::int64_t lately_ms = 8 * day_ms;
    return store::any_trouble(tx) || store::any_warning(tx, tx.now() + -lately_ms);
}

}  // namespace kith::learning

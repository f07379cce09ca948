#include "noticing/noticing.hpp"

#include <algorithm>

#include "assist/assist.hpp"
#include "identity/identity.hpp"
#include "pacing/pacing.hpp"
#include "rota/rota.hpp"

namespace kith::noticing {
namespace {

using assist::About;
using assist::Tier;
using safeguarding::Reason;
using safeguarding::Sign;
using safeguarding::Urgency;

// After a death or a disclosure others may follow: then no sign waits without a clock (Samaritans on contagion).
enum class Watch { usual, after_loss };

// How many rules about the same found something.
std::ptrdiff_t found(std::span<const assist::Hit> hits, About about) {
    return std::ranges::count(hits, about, [](const assist::Hit& hit) { return hit.rule->about; });
}

// Outright words about danger are to be read soon, a plan or a goodbye now. One sign alone may wait; several, or a plan
// that is denied, may not wait for ever. Nothing: not worth somebody's time.
std::optional<Sign> sign_of(const assist::Hit& hit, std::span<const assist::Hit> all, Watch watch) {
    const bool is_outright = hit.tier == Tier::explicit_words;
    const bool is_now = is_outright && hit.rule->is_urgent;
    const bool are_several = found(all, hit.rule->about) > 1;
    const bool has_clock = are_several || hit.rule->is_urgent || watch == Watch::after_loss;
    switch (hit.rule->about) {
        case About::crisis:
        case About::method:
            return Sign{Reason::danger,
                        is_now        ? Urgency::crisis
                        : is_outright ? Urgency::red
                        : has_clock   ? Urgency::amber
                                      : Urgency::green,
                        hit.rule->id};
        case About::hostile:
            return Sign{Reason::hostile,
                        is_now        ? Urgency::red
                        : is_outright ? Urgency::amber
                                      : Urgency::green,
                        hit.rule->id};
        case About::advice:
            if (!is_outright) return std::nullopt;
            return Sign{Reason::advice, Urgency::green, hit.rule->id};
        case About::spam:
            // Every one of these words stands in honest posts, too.
            if (!are_several) return std::nullopt;
            return Sign{Reason::spam, Urgency::amber, hit.rule->id};
        case About::empathy:
            return std::nullopt;
    }
    return std::nullopt;
}

std::vector<Sign> signs_in(std::string_view text, Watch watch = Watch::usual) {
    const std::vector<assist::Hit> hits = assist::read_by_rules(text);
    std::vector<Sign> out;
    for (const assist::Hit& hit : hits)
        if (const auto sign = sign_of(hit, hits, watch)) out.push_back(*sign);
    return out;
}

}  // namespace

void read_post(db::Tx& tx, PostId post) {
    const auto typed = conversation::typed(tx, post);
    // Those who look after groups talk about danger in their own room.
    if (!typed || rota::is_room(tx, typed->group)) return;
    const Watch watch = pacing::is_memorial(tx, typed->group) ? Watch::after_loss : Watch::usual;
    safeguarding::file_signs(tx, post, signs_in(safeguarding::words_of_post(*typed), watch));
}

namespace {

// Most posts say nothing that a rule knows: those are read without keeping the writer busy.
void read_one(Services& services, PostId post) {
    const auto typed = services.db.read([&](db::ReadTx& tx) { return conversation::typed(tx, post); });
    if (!typed || signs_in(safeguarding::words_of_post(*typed)).empty()) return;
    const Done noted = services.db.write([&](db::Tx& tx) -> Done {
        read_post(tx, post);
        return {};
    });
    CHECK(noted);
}

// What cannot be read holds up none of the others: it is tried again alone.
void read_posts(Services& services, const std::string& payload) {
    const std::vector<std::int64_t> posts = jobs::numbers_in(payload);
    for (const std::int64_t post : posts) {
        try {
            read_one(services, PostId(post));
        } catch (const std::exception&) {
            if (posts.size() == 1) throw;
            const Done later = services.db.write([&](db::Tx& tx) -> Done {
                jobs::enqueue(tx, conversation::posts_written_job, std::to_string(post), tx.now(),
                              jobs::Lane::urgent);
                return {};
            });
            CHECK(later);
        }
    }
}

}  // namespace

Result<PostId> own_post(db::ReadTx& tx, const Actor& actor, PostId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const auto post = TRY(conversation::visible_post(tx, actor, id));
    if (identity::member_of(tx, post.author) != member) return not_found();
    return id;
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out[std::string(conversation::posts_written_job)] = {
        [&services](const std::string& payload) { read_posts(services, payload); }};
    return out;
}

}  // namespace kith::noticing

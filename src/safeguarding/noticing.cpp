#include <algorithm>

#include "assist/assist.hpp"
#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/paging.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"

namespace kith::safeguarding {
namespace {

using assist::About;
using assist::Tier;

// What a rule found, as a report would say it.
struct Sign {
    Reason reason = Reason::danger;
    Urgency urgency = Urgency::green;
    std::string_view rule;
};

// How many rules about the same found something.
std::ptrdiff_t found(std::span<const assist::Hit> hits, About about) {
    return std::ranges::count(hits, about, [](const assist::Hit& hit) { return hit.rule->about; });
}

// Outright words about danger are to be read soon, a plan or a goodbye now. One sign alone may wait; several, or a plan
// that is denied, may not wait for ever. Nothing: not worth somebody's time.
std::optional<Sign> sign_of(const assist::Hit& hit, std::span<const assist::Hit> all) {
    const bool is_outright = hit.tier == Tier::explicit_words;
    const bool is_now = is_outright && hit.rule->is_urgent;
    const bool are_several = found(all, hit.rule->about) > 1;
    const bool has_clock = are_several || hit.rule->is_urgent;
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

std::vector<Sign> signs_in(std::string_view text) {
    const std::vector<assist::Hit> hits = assist::read_by_rules(text);
    std::vector<Sign> out;
    for (const assist::Hit& hit : hits)
        if (const auto sign = sign_of(hit, hits)) out.push_back(*sign);
    return out;
}

// Somebody was told of as much before.
bool is_known(std::span<const store::Known> known, const Sign& sign) {
    return std::ranges::any_of(
        known, [&](const store::Known& one) { return one.rule == sign.rule && one.urgency >= sign.urgency; });
}

// Whether it is a crisis now, and was none before.
bool note_sign(db::Tx& tx, const Subject& subject, const Sign& sign) {
    const Opened opened = open_or_join(tx, subject, sign.urgency);
    store::insert_notice(tx, opened.id, sign.reason, sign.rule, sign.urgency);
    audit::record(tx, Actor::system(), "report.noticed", "case", opened.id.value());
    return opened.is_crisis_now;
}

}  // namespace

std::string words_of_post(const conversation::Typed& post) {
    return post.title + "\n" + post.note + "\n" + post.markdown;
}

void read_post(db::Tx& tx, PostId post) {
    const auto typed = conversation::typed(tx, post);
    if (!typed) return;
    std::vector<Sign> signs = signs_in(words_of_post(*typed));
    const std::vector<store::Known> known = store::known_of(tx, post);
    std::erase_if(signs, [&](const Sign& sign) { return is_known(known, sign); });
    if (signs.empty()) return;
    const Subject subject{typed->group, post, typed->author};
    bool is_crisis_now = false;
    for (const Sign& sign : signs) is_crisis_now |= note_sign(tx, subject, sign);
    if (std::ranges::max(signs, {}, &Sign::urgency).urgency >= Urgency::red)
        tell_staff(tx, subject, is_crisis_now);
}

namespace {

// Most posts say nothing that a rule knows: those are read without keeping the writer busy.
void read_one(Services& services, PostId post) {
    const auto typed = services.db.read([&](db::ReadTx& tx) { return conversation::typed(tx, post); });
    if (!typed || signs_in(words_of_post(*typed)).empty()) return;
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
                jobs::enqueue(tx, conversation::posts_written_job, std::to_string(post), tx.now());
                return {};
            });
            CHECK(later);
        }
    }
}

}  // namespace

std::vector<Noticed> noticed_in(std::string_view markdown) {
    std::vector<Noticed> out;
    for (const assist::Hit& hit : assist::read_by_rules(markdown))
        out.push_back({std::string(hit.rule->id), hit.begin, hit.end});
    return out;
}

Result<PostId> own_post(db::ReadTx& tx, const Actor& actor, PostId id) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const auto post = TRY(conversation::visible_post(tx, actor, id));
    if (identity::member_of(tx, post.author) != member) return not_found();
    return id;
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out = paging_handlers(services);
    out[std::string(conversation::posts_written_job)] = {
        [&services](const std::string& payload) { read_posts(services, payload); }};
    return out;
}

}  // namespace kith::safeguarding

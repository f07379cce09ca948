#include <algorithm>
#include <charconv>

#include "assist/assist.hpp"
#include "audit/audit.hpp"
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

// Outright words about danger are to be read soon, a plan or a goodbye now. One sign alone may wait; several may not
// wait for ever. Nothing: not worth somebody's time.
std::optional<Sign> sign_of(const assist::Hit& hit, std::span<const assist::Hit> all) {
    const bool is_outright = hit.tier == Tier::explicit_words;
    const bool is_now = is_outright && hit.rule->is_urgent;
    const bool are_several = found(all, hit.rule->about) > 1;
    switch (hit.rule->about) {
        case About::crisis:
        case About::method:
            return Sign{Reason::danger,
                        is_now        ? Urgency::crisis
                        : is_outright ? Urgency::red
                        : are_several ? Urgency::amber
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

// The most certain of each reason.
std::vector<Sign> signs_in(std::string_view markdown) {
    const std::vector<assist::Hit> hits = assist::read_by_rules(markdown);
    std::vector<Sign> out;
    for (const assist::Hit& hit : hits) {
        const auto sign = sign_of(hit, hits);
        if (!sign) continue;
        const auto known = std::ranges::find(out, sign->reason, &Sign::reason);
        if (known == out.end()) {
            out.push_back(*sign);
        } else if (sign->urgency > known->urgency) {
            *known = *sign;
        }
    }
    return out;
}

void note_sign(db::Tx& tx, const Subject& subject, const Sign& sign) {
    if (store::was_noticed(tx, subject.post, sign.rule)) return;
    const Opened opened = open_or_join(tx, subject, sign.urgency);
    store::insert_notice(tx, opened.id, sign.reason, sign.rule);
    audit::record(tx, Actor::system(), "report.noticed", "case", opened.id.value());
    if (sign.urgency >= Urgency::red) tell_staff(tx, subject, opened.is_crisis_now);
}

// What stands there now; nothing for what is removed.
std::optional<std::string> text_of(db::ReadTx& tx, PostId post) {
    const auto there = conversation::visible_post(tx, Actor::system(), post);
    if (!there || there->removed_at) return std::nullopt;
    auto texts = conversation::history(tx, Actor::system(), post);
    if (!texts || texts->empty()) return std::nullopt;
    return std::move(texts->front().markdown);
}

}  // namespace

void read_post(db::Tx& tx, PostId post) {
    const auto text = text_of(tx, post);
    if (!text) return;
    const std::vector<Sign> signs = signs_in(*text);
    if (signs.empty()) return;
    const auto thread = conversation::visible_thread(tx, Actor::system(), post.thread());
    const auto there = conversation::visible_post(tx, Actor::system(), post);
    for (const Sign& sign : signs) note_sign(tx, {thread->group, post, there->author}, sign);
}

namespace {

// Numbers with a space between each two.
std::vector<PostId> posts_in(std::string_view payload) {
    std::vector<PostId> out;
    const char* at = payload.data();
    const char* const end = at + payload.size();
    while (at < end) {
        std::int64_t id = 0;
        const auto [next, error] = std::from_chars(at, end, id);
        if (error != std::errc()) break;
        out.push_back(PostId(id));
        at = next == end ? end : next + 1;
    }
    return out;
}

// Most posts say nothing that a rule knows: those are read without keeping the writer busy.
void read_posts(Services& services, const std::string& payload) {
    for (const PostId post : posts_in(payload)) {
        const bool is_any = services.db.read([&](db::ReadTx& tx) {
            const auto text = text_of(tx, post);
            return text && !signs_in(*text).empty();
        });
        if (!is_any) continue;
        const Done noted = services.db.write([&](db::Tx& tx) -> Done {
            read_post(tx, post);
            return {};
        });
        CHECK(noted);
    }
}

}  // namespace

std::vector<Noticed> noticed_in(std::string_view markdown) {
    std::vector<Noticed> out;
    for (const assist::Hit& hit : assist::read_by_rules(markdown))
        out.push_back({std::string(hit.rule->id), hit.begin, hit.end});
    return out;
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out = paging_handlers(services);
    out[std::string(conversation::posts_written_job)] = {
        [&services](const std::string& payload) { read_posts(services, payload); }};
    return out;
}

}  // namespace kith::safeguarding

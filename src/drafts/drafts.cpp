#include "drafts/drafts.hpp"

#include <algorithm>
#include <functional>

#include "drafts/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/unicode.hpp"

namespace kith::drafts {
namespace {

// Pages that say whether there is a draft are made anew.
void announce(db::Tx& tx, MemberId member) { tx.changed({.kind = Change::Kind::member, .member = member}); }

Typed cleaned(const Typed& typed) {
    return {.title = text::clean(typed.title),
            .markdown = text::clean(typed.markdown),
            .note = text::clean(typed.note),
            .reply_to = typed.reply_to,
            .voice = typed.voice,
            .notes = typed.notes};
}

bool is_too_long(const Typed& typed) {
    return text::length(typed.title) + text::length(typed.markdown) + text::length(typed.note) > words_most;
}

bool is_same_text(const Typed& a, const Typed& b) {
    return text::trim(a.markdown) == text::trim(b.markdown) && a.title == b.title && a.note == b.note &&
           a.notes == b.notes;
}

Done make_room(db::ReadTx& tx, MemberId member) {
    if (store::count(tx, member) < drafts_most) return {};
    return conflict("You have begun very many texts. Please put some of them away first, in My space.");
}

Result<MemberId> writer(const Actor& actor) {
    if (!actor.is_member()) return unauthenticated("Please sign in first.");
    return actor.member;
}

}  // namespace

std::string edition_of(const Typed& typed) {
    JsonWriter j;
    j.array()
        .value(typed.title)
        .value(typed.markdown)
        .value(typed.note)
        .value(typed.reply_to)
        .value(typed.voice)
        .value(typed.notes)
        .end();
    return crypto::digest_hex(j.str());
}

Result<Saving> save(db::Tx& tx, const Actor& actor, Place place, const Typed& raw, std::string_view seen) {
    const MemberId member = TRY(writer(actor));
    const Typed typed = cleaned(raw);
    if (is_too_long(typed))
        return invalid("This is too long to be kept. Please send a part of it first.", "text");
    auto standing = store::find(tx, member, place);
    if (!standing && !seen.empty()) return Saving{Outcome::gone, std::nullopt};
    if (standing && standing->typed != typed && edition_of(standing->typed) != seen)
        return Saving{Outcome::elsewhere, std::move(standing)};
    if (!typed.has_words()) {
        if (store::remove(tx, member, place)) announce(tx, member);
        return Saving{Outcome::saved, std::nullopt};
    }
    if (!standing) {
        TRY(make_room(tx, member));
        announce(tx, member);
    }
    store::put(tx, member, place, typed);
    return Saving{Outcome::saved, Draft{place, typed, tx.now()}};
}

Done put_away(db::Tx& tx, const Actor& actor, Place place, std::string_view seen) {
    const MemberId member = TRY(writer(actor));
    const auto standing = store::find(tx, member, place);
    if (!standing) return {};
    if (edition_of(standing->typed) != seen)
        return conflict("You have written more here since. Please look at it once more.");
    store::remove(tx, member, place);
    announce(tx, member);
    return {};
}

void sent(db::Tx& tx, MemberId member, Place place, const Typed& typed, std::string_view seen) {
    const auto standing = store::find(tx, member, place);
    if (!standing) return;
    if (!is_same_text(standing->typed, cleaned(typed)) && edition_of(standing->typed) != seen) return;
    store::remove(tx, member, place);
    announce(tx, member);
}

std::optional<Draft> find(db::ReadTx& tx, MemberId member, Place place) {
    return store::find(tx, member, place);
}

bool exists(db::ReadTx& tx, MemberId member, Place place) { return store::exists(tx, member, place); }

bool any(db::ReadTx& tx, MemberId member) { return store::any(tx, member); }

std::vector<Draft> list_of(db::ReadTx& tx, MemberId member) {
    std::vector<Draft> out = store::list_of(tx, member);
    std::ranges::sort(out, std::greater(), &Draft::saved_at);
    return out;
}

void forget_before(db::Tx& tx, Time time) { store::remove_before(tx, time); }

}  // namespace kith::drafts

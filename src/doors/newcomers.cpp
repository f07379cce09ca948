#include <algorithm>

#include "assist/assist.hpp"
#include "doors/contacts.hpp"
#include "doors/holds.hpp"
#include "doors/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"
#include "safeguarding/safeguarding.hpp"

// What new accounts write: how much, and whether the same comes again and again.
namespace kith::doors {
namespace {

using conversation::Watch;

constexpr std::size_t words_least = 60;  // letters and digits: a thank-you is no flood
constexpr int flood_most = 200;          // posts that one begins with
constexpr std::size_t links_most = 5;    // of a post

// Whoever has a task was chosen by somebody.
bool is_new(db::ReadTx& tx, MemberId member, const Numbers& numbers) {
    if (tx.now() >= identity::joined_at(tx, member) + numbers.new_days * day_ms) return false;
    return identity::roles_of(tx, member).empty();
}

Done count_post(db::Tx& tx, MemberId author, PostId post, const Numbers& numbers) {
    const bool begins = post.number() == 1;
    const store::Written written = store::written_since(tx, author, tx.now() + -day_ms);
    if (begins && written.threads >= numbers.threads_a_day)
        return too_many(
            "You are new here and have begun many conversations today. Please answer in one of them, or "
            "begin "
            "another one tomorrow. What you wrote is still here.");
    if (written.posts >= numbers.posts_a_day)
        return too_many(
            "You are new here and have written a lot today. Please go on tomorrow. What you wrote is still "
            "here. "
            "If you need help now, use the link above.");
    store::insert_newcomer_post(tx, post, author, begins);
    return {};
}

// By the same person in one thread it is no flood, however often: whoever moderates there sees it.
bool are_spread(std::span<const store::Same> posts) {
    return std::ranges::any_of(posts, [&](const store::Same& one) {
        return one.post.thread() != posts.front().post.thread() || one.member != posts.front().member;
    });
}

// Of words: from then on. A link may be in everybody's mouth, so that it waits for a host's word.
void join_flood(db::Tx& tx, const Flood& flood, PostId post) {
    if (flood.outcome == FloodOutcome::cleared) return;
    const bool is_next = store::add_to_flood(tx, flood.id, post);
    if (!is_next) return;
    if (flood.kind == FloodKind::words || flood.outcome) conversation::hold_post(tx, post);
    if (flood.outcome) tell_hosts(tx);
}

bool begin_flood(db::Tx& tx, FloodKind kind, std::string_view digest, const Numbers& numbers) {
    if (numbers.same_words == 0) return false;
    const std::vector<store::Same> posts = store::posts_with(tx, digest, flood_most);
    if (std::ssize(posts) < numbers.same_words || !are_spread(posts)) return false;
    const FloodId flood = store::insert_flood(tx, kind, digest);
    for (const store::Same& one : posts) store::add_to_flood(tx, flood, one.post);
    safeguarding::file_signs(tx, posts.front().post,
                             {{safeguarding::Reason::spam, safeguarding::Urgency::amber, "same-words"}});
    tell_hosts(tx);
    return true;
}

struct Piece {
    FloodKind kind = FloodKind::words;
    std::string digest;
};
// The words before the links: what is one flood already is not another one.
std::vector<Piece> pieces_of(std::string_view words, std::span<const std::string> contacts) {
    std::vector<Piece> out;
    const std::string plain = text::skeleton(words);
    if (text::length(plain) >= words_least)
        out.push_back({FloodKind::words, crypto::digest("words " + plain)});
    for (const std::string& contact : contacts)
        out.push_back({FloodKind::link, crypto::digest("link " + contact)});
    return out;
}

// Whether it belongs to a flood, or began one.
bool note_piece(db::Tx& tx, MemberId author, PostId post, const Piece& piece, const Numbers& numbers) {
    store::insert_words(tx, piece.kind, piece.digest, post, author);
    if (const auto flood = store::flood_with(tx, piece.digest)) {
        join_flood(tx, *flood, post);
        return true;
    }
    return begin_flood(tx, piece.kind, piece.digest, numbers);
}

}  // namespace

Done on_words(db::Tx& tx, MemberId author, PostId post, Watch::Did did, std::string_view words) {
    const Numbers numbers = store::numbers(tx);
    if (!is_new(tx, author, numbers)) return {};
    if (did == Watch::Did::wrote) TRY(count_post(tx, author, post, numbers));
    if (did == Watch::Did::changed) store::forget_words_of(tx, post);
    // An alias says nothing of who is new, nor which names are one person.
    const auto typed = conversation::typed(tx, post);
    if (!typed || identity::is_alias(tx, typed->author)) return {};
    // Whoever may be in danger is not hidden, however often they say it.
    if (assist::speaks_of_danger(words)) return {};
    const std::vector<std::string> contacts = contacts_in(words, links_most);
    // A title is easily made another one each time.
    const std::vector<Piece> pieces = pieces_of(typed->markdown, contacts);
    const bool is_in_flood = std::ranges::any_of(
        pieces, [&](const Piece& piece) { return note_piece(tx, author, post, piece, numbers); });
    if (!contacts.empty() && !is_in_flood)
        safeguarding::file_signs(tx, post,
                                 {{safeguarding::Reason::spam, safeguarding::Urgency::green, "first-links"}});
    return {};
}

}  // namespace kith::doors

#include <charconv>

#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "mailing/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/zone/zone.hpp"

namespace kith::mailing {
namespace {

constexpr std::string_view dead_link = t_later(
    "This link does not work any more. Please sign in and look under “My space”.");

bool is_hour(std::int64_t hour) { return hour >= 0 && hour <= 23; }

Done check_values(const notices::Wish& wish) {
    if (!is_hour(wish.hour)) return invalid("Please choose an hour.", "hour");
    if (wish.weekday < 1 || wish.weekday > 7) return invalid("Please choose a day.", "weekday");
    if (!is_hour(wish.quiet_from)) return invalid("Please choose an hour.", "quiet_from");
    if (!is_hour(wish.quiet_until)) return invalid("Please choose an hour.", "quiet_until");
    if (!zone::is_known(wish.zone)) return invalid("Please choose a place from the list.", "zone");
    return {};
}

Done check_mailbox(db::ReadTx& tx, MemberId member) {
    const auto box = identity::mailbox_of(tx, member);
    if (!box) return invalid("Please give us an e-mail address first, under “My space”.", "way");
    if (box->paused_at)
        return invalid("Mail to your address came back. Please look at it under “My space” first.", "way");
    if (!box->confirmed_at)
        return invalid("Please follow the link first that we have sent to your address.", "way");
    return {};
}

// "c", member, end, address.
std::optional<Link> parse(std::string_view text) {
    if (text.empty()) return std::nullopt;
    Link link{text[0] == 'c' ? Link::Kind::confirm : Link::Kind::stop, MemberId()};
    const char* const last = text.data() + text.size();
    std::int64_t member = 0;
    const auto [after_member, wrong] = std::from_chars(text.data() + 1, last, member);
    if (wrong != std::errc()) return std::nullopt;
    link.member = MemberId(member);
    if (link.kind == Link::Kind::stop) return link;
    if (after_member == last) return std::nullopt;
    const auto [after_end, also_wrong] = std::from_chars(after_member + 1, last, link.expires.ms);
    if (also_wrong != std::errc() || after_end == last) return std::nullopt;
    link.email = std::string(after_end + 1, last);
    return link;
}

Result<Link> link_of(db::ReadTx& tx, std::string_view sealed, Link::Kind kind) {
    const auto key = store::link_key(tx);
    auto link = key ? unseal(*key, sealed) : std::nullopt;
    if (!link || link->kind != kind) return not_found(dead_link);
    return *std::move(link);
}

}  // namespace

Done save_wish(db::Tx& tx, const Actor& actor, const notices::Wish& wish) {
    const MemberId member = TRY(identity::acting_person(tx, actor));
    TRY(check_values(wish));
    if (notices::by_mail(wish.way)) TRY(check_mailbox(tx, member));
    notices::set_wish(tx, member, wish);
    return {};
}

std::string seal(std::string_view key, const Link& link) {
    const std::string member = std::to_string(link.member.value());
    if (link.kind == Link::Kind::stop) return crypto::seal(key, "s" + member);
    return crypto::seal(key, "c" + member + " " + std::to_string(link.expires.ms) + " " + link.email);
}

std::optional<Link> unseal(std::string_view key, std::string_view sealed) {
    const auto text = crypto::unseal(key, sealed);
    return text ? parse(*text) : std::nullopt;
}

Done confirm(db::Tx& tx, std::string_view sealed) {
    const Link link = TRY(link_of(tx, sealed, Link::Kind::confirm));
    if (link.expires < tx.now()) return not_found(dead_link);
    if (!identity::confirm_email(tx, link.member, link.email)) return not_found(dead_link);
    return {};
}

Done stop(db::Tx& tx, std::string_view sealed) {
    const Link link = TRY(link_of(tx, sealed, Link::Kind::stop));
    notices::Wish wish = notices::wish_of(tx, link.member);
    if (!notices::by_mail(wish.way)) return {};
    wish.way = notices::Way::site;
    wish.answers = false;
    notices::set_wish(tx, link.member, wish);
    return {};
}

}  // namespace kith::mailing

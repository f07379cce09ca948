#include <stdexcept>

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "mailing/compose.hpp"
#include "mailing/store.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::mailing {
namespace {

constexpr std::int64_t days_to_confirm = 3;

std::string link_key(Services& services) {
    const auto known = services.db.read([](db::ReadTx& tx) { return store::link_key(tx); });
    if (known) return *known;
    const std::string made = crypto::digest(services.random.token(crypto::seal_key_bytes));
    return *services.db.write([&](db::Tx& tx) -> Result<std::string> {
        store::insert_link_key(tx, made);
        return *store::link_key(tx);
    });
}

std::string new_id(Services& services) { return crypto::digest_hex(services.random.token(24)).substr(0, 32); }

void address(mail::Message& message, Services& services, const std::string& from, const std::string& to) {
    message.from = from;
    message.to = to;
    message.id = new_id(services);
    message.sent_at = services.clock.now();
}

// What a mail that is due needs; nothing if it is not due.
struct Ready {
    notices::Mail mail;
    std::optional<identity::Mailbox> box;
    std::unordered_map<GroupId, std::string> groups;

    bool goes() const { return box && box->takes_mail() && !mail.notices.empty(); }
};
std::optional<Ready> load(db::ReadTx& tx, MemberId member) {
    auto mail = notices::due_mail(tx, member);
    if (!mail) return std::nullopt;
    Ready ready{*std::move(mail), identity::mailbox_of(tx, member), {}};
    if (!ready.mail.wish.tells_more) return ready;
    std::vector<GroupId> groups;
    for (const notices::Notice& notice : ready.mail.notices)
        if (groups::readable(tx, Actor::of(member), notice.group)) groups.push_back(notice.group);
    ready.groups = groups::names_of(tx, groups);
    return ready;
}

void finish(Services& services, MemberId member, const mail::Outcome& outcome, std::int64_t last) {
    if (outcome.kind == mail::Outcome::Kind::trouble) throw std::runtime_error(outcome.why);
    const bool sent = outcome.kind == mail::Outcome::Kind::sent;
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        if (!sent) identity::pause_email(tx, member);
        notices::end_mail(tx, member, sent ? last : 0);
        return {};
    }));
}

}  // namespace

void send_notices(Services& services, std::string_view payload, const std::string& from, const Send& send) {
    const MemberId member = jobs::member_in(payload);
    const auto ready = services.db.read([&](db::ReadTx& tx) { return load(tx, member); });
    if (!ready) return;
    if (!ready->goes() || !send) return finish(services, member, {}, 0);
    const std::string key = link_key(services);
    const std::shared_ptr<const Site> site = services.site();
    mail::Message message = compose_notices({Words::of(ready->box->language), *site, ready->mail,
                                             ready->groups, seal(key, {Link::Kind::stop, member})});
    address(message, services, from, ready->box->email);
    finish(services, member, send(message), ready->mail.notices.front().id);
}

void send_confirmation(Services& services, std::string_view payload, const std::string& from,
                       const Send& send) {
    const MemberId member = jobs::member_in(payload);
    const auto box = services.db.read([&](db::ReadTx& tx) { return identity::mailbox_of(tx, member); });
    if (!box || box->confirmed_at || box->paused_at || !send) return;
    const Time expires = services.clock.now() + days_to_confirm * day_ms;
    const std::string link = seal(link_key(services), {Link::Kind::confirm, member, box->email, expires});
    mail::Message message = compose_confirmation(Words::of(box->language), *services.site(), link);
    address(message, services, from, box->email);
    const mail::Outcome outcome = send(message);
    if (outcome.kind == mail::Outcome::Kind::trouble) throw std::runtime_error(outcome.why);
    if (outcome.kind == mail::Outcome::Kind::sent) return;
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        identity::pause_email(tx, member);
        return {};
    }));
}

// ---- at work -------------------------------------------------------------------------------------------

namespace {

// Set once before serving, then only read.
Post& the_post() {
    static Post post;
    return post;
}

Send sender() {
    if (!the_post().server.is_set()) return nullptr;
    return [](const mail::Message& message) { return mail::send(the_post().server, message); };
}

}  // namespace

void use_post(Post post) { the_post() = std::move(post); }

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out["mail"] = {[&services](const std::string& payload) {
        send_notices(services, payload, the_post().server.from, sender());
    }};
    out["mail_confirmation"] = {[&services](const std::string& payload) {
        send_confirmation(services, payload, the_post().server.from, sender());
    }};
    if (!the_post().bounces.empty())
        out["mail_bounces"] = {
            [&services](const std::string&) { take_bounces(services, the_post().bounces); }, minute_ms};
    return out;
}

}  // namespace kith::mailing

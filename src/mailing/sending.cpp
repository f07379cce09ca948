#include <stdexcept>

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "mailing/answers.hpp"
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

// What a mail that is due needs; nothing if it is not due.
struct Ready {
    notices::Mail mail;
    std::optional<identity::Mailbox> box;
    std::unordered_map<GroupId, std::string> groups = {};
    std::int64_t last = 0;          // the newest notice
    std::vector<Shown> shown = {};  // each in a mail of its own, and no longer in `mail`

    bool goes() const { return box && box->takes_mail() && last > 0; }
};
std::optional<Ready> load(db::ReadTx& tx, MemberId member, bool takes_answers) {
    auto mail = notices::due_mail(tx, member);
    if (!mail) return std::nullopt;
    Ready ready{*std::move(mail), identity::mailbox_of(tx, member)};
    if (!ready.mail.notices.empty()) ready.last = ready.mail.notices.front().id;
    if (takes_answers && ready.mail.wish.shows_words()) ready.shown = take_shown(tx, member, ready.mail);
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

void address(mail::Message& message, Services& services, const std::string& from, const std::string& to) {
    message.from = from;
    message.to = to;
    message.id = new_id(services);
    message.sent_at = services.clock.now();
}

namespace {

// A mail to one person; whose address is no good for ever gets no more. Throws to be tried again.
void send_to(Services& services, MemberId member, const std::string& email, mail::Message message,
             const Outgoing& outgoing) {
    address(message, services, outgoing.from, email);
    const mail::Outcome outcome = outgoing.send(message);
    if (outcome.kind == mail::Outcome::Kind::trouble) throw std::runtime_error(outcome.why);
    if (outcome.kind == mail::Outcome::Kind::sent) return;
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        identity::pause_email(tx, member);
        return {};
    }));
}

// Asked once more, right before it goes: the post may have been removed, or the wish taken back.
std::optional<Shown> prepare(Services& services, MemberId member, const Shown& planned,
                             const std::string& token) {
    std::optional<Shown> out;
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        out = std::nullopt;
        if (notices::wish_of(tx, member).shows_words())
            out = shown_now(tx, member, planned.post, planned.kind);
        if (out) store::put_answer_address(tx, {member, out->post, out->voice}, crypto::digest(token));
        return {};
    }));
    return out;
}

// Where its answer goes is kept before it leaves, and that it left, so that a job that comes again sends it once.
mail::Outcome send_shown(Services& services, const Letter& letter, const Shown& planned, const Ready& ready,
                         MemberId member, const Outgoing& outgoing) {
    const std::string token = answer_token(link_key(services), member, planned.post);
    const auto shown = prepare(services, member, planned, token);
    if (!shown) return {};
    mail::Message message = compose_shown(letter, *shown);
    address(message, services, outgoing.from, ready.box->email);
    message.reply_to = answer_address(outgoing.from, token);
    mail::Outcome outcome = outgoing.send(message);
    if (outcome.kind == mail::Outcome::Kind::sent)
        static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
            store::set_answer_offered(tx, member, shown->post);
            return {};
        }));
    return outcome;
}

// Another node may take a job over after five minutes; what is left goes when it comes again.
constexpr std::int64_t longest_ms = 2 * minute_ms;

mail::Outcome send_all(Services& services, const Ready& ready, MemberId member, const Outgoing& outgoing) {
    const std::shared_ptr<const Site> site = services.site();
    const Letter letter{Words::of(ready.box->language), *site, ready.mail, ready.groups,
                        seal(link_key(services), {Link::Kind::stop, member})};
    const Time begun = services.clock.now();
    for (const Shown& shown : ready.shown) {
        if (services.clock.now() - begun > longest_ms)
            return {mail::Outcome::Kind::trouble, "more mails wait"};
        mail::Outcome outcome = send_shown(services, letter, shown, ready, member, outgoing);
        if (outcome.kind != mail::Outcome::Kind::sent) return outcome;
    }
    if (ready.mail.notices.empty()) return {};
    mail::Message message = compose_notices(letter);
    address(message, services, outgoing.from, ready.box->email);
    return outgoing.send(message);
}

}  // namespace

void send_notices(Services& services, std::string_view payload, const Outgoing& outgoing) {
    const MemberId member = jobs::member_in(payload);
    const auto ready = services.db.read(
        [&](db::ReadTx& tx) { return load(tx, member, outgoing.takes_answers); });
    if (!ready) return;
    if (!ready->goes() || !outgoing.send) return finish(services, member, {}, 0);
    finish(services, member, send_all(services, *ready, member, outgoing), ready->last);
}

void send_confirmation(Services& services, std::string_view payload, const Outgoing& outgoing) {
    const MemberId member = jobs::member_in(payload);
    const auto box = services.db.read([&](db::ReadTx& tx) { return identity::mailbox_of(tx, member); });
    if (!box || box->confirmed_at || box->paused_at || !outgoing.send) return;
    const Time expires = services.clock.now() + days_to_confirm * day_ms;
    const std::string link = seal(link_key(services), {Link::Kind::confirm, member, box->email, expires});
    send_to(services, member, box->email,
            compose_confirmation(Words::of(box->language), *services.site(), link), outgoing);
}

void send_warning(Services& services, std::string_view payload, Warning warning, const Outgoing& outgoing) {
    send_about_account(
        services, jobs::member_in(payload),
        [&](const Words& words, const Site& site) { return compose_warning(words, site, warning); },
        outgoing);
}

void send_about_account(Services& services, MemberId member, const Compose& compose,
                        const Outgoing& outgoing) {
    const auto box = services.db.read(
        [&](db::ReadTx& tx) { return identity::mailbox_for_warning(tx, member); });
    if (!box || !box->takes_mail() || !outgoing.send) return;
    send_to(services, member, box->email, compose(Words::of(box->language), *services.site()), outgoing);
}

// ---- at work -------------------------------------------------------------------------------------------

namespace {

// Set once before serving, then only read.
Post& the_post() {
    static Post post;
    return post;
}

template <Warning warning>
void warn(Services& services, std::string_view payload, const Outgoing& how) {
    send_warning(services, payload, warning, how);
}

void look_into_inbox(Services& services) {
    const Outgoing out = outgoing();
    mail::read_inbox(the_post().inbox, [&](std::string_view mail) { return take_mail(services, mail, out); });
}

}  // namespace

void use_post(Post post) { the_post() = std::move(post); }

Outgoing outgoing() {
    const Post& post = the_post();
    Outgoing out{post.server.from, nullptr, post.inbox.is_set(), post.checked_by};
    if (post.server.is_set())
        out.send = [&post](const mail::Message& message) { return mail::send(post.server, message); };
    return out;
}

jobs::Handlers sending_handlers(Services& services, const std::function<Outgoing()>& how) {
    jobs::Handlers out;
    using Work = void (*)(Services&, std::string_view, const Outgoing&);
    const auto put = [&](std::string_view job, Work work) {
        out[std::string(job)] = {
            [&services, how, work](const std::string& payload) { work(services, payload, how()); }};
    };
    put("mail", send_notices);
    put("mail_confirmation", send_confirmation);
    put("mail_coming_back", warn<Warning::coming_back>);
    put("mail_came_back", warn<Warning::came_back>);
    put(notices::danger_mail_job, warn<Warning::danger>);
    return out;
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out = sending_handlers(services, outgoing);
    if (!the_post().bounces.empty())
        out["mail_bounces"] = {
            [&services](const std::string&) { take_bounces(services, the_post().bounces); }, minute_ms};
    if (the_post().inbox.is_set())
        out["mail_inbox"] = {[&services](const std::string&) { look_into_inbox(services); }, minute_ms};
    return out;
}

}  // namespace kith::mailing

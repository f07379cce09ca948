#include "mailing/answers.hpp"

#include <algorithm>

#include "mailing/bounces.hpp"
#include "mailing/compose.hpp"
#include "mailing/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"
#include "platform/mail/answer_text.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/html_to_markdown.hpp"
#include "url.hpp"

namespace kith::mailing {
namespace {

using mail::Incoming;
using mail::Verdict;
using Fate = Taken::Fate;

bool may_be_shown(notices::Kind kind) {
    return kind == notices::Kind::reply || kind == notices::Kind::mention;
}

PostId post_of(const notices::Notice& notice) { return PostId(notice.thread, notice.number); }

}  // namespace

Actor by_mail(MemberId member) {
    Actor actor = Actor::of(member);
    actor.by_token = true;
    actor.second_factor = false;
    return actor;
}

std::optional<Shown> shown_now(db::ReadTx& tx, MemberId member, PostId post, notices::Kind kind) {
    if (store::was_answer_offered(tx, member, post)) return std::nullopt;
    auto answerable = conversation::answerable(tx, by_mail(member), post);
    if (!answerable) return std::nullopt;
    return Shown{post, kind, std::move(answerable->text), answerable->voice};
}

std::vector<Shown> take_shown(db::ReadTx& tx, MemberId member, notices::Mail& mail) {
    std::vector<Shown> out;
    const auto is_in = [&](PostId post) { return std::ranges::find(out, post, &Shown::post) != out.end(); };
    std::erase_if(mail.notices, [&](const notices::Notice& notice) {
        if (!may_be_shown(notice.kind)) return false;
        const PostId post = post_of(notice);
        if (is_in(post) || store::was_answer_offered(tx, member, post)) return true;
        auto shown = shown_now(tx, member, post, notice.kind);
        if (!shown) return false;
        out.push_back(*std::move(shown));
        return true;
    });
    std::ranges::reverse(out);
    return out;
}

std::string answer_token(std::string_view key, MemberId member, PostId post) {
    const std::string what = "answer " + std::to_string(member.value()) + " " + std::to_string(post.value());
    return crypto::digest_hex(crypto::keyed_digest(key, what)).substr(0, 32);
}

std::string answer_address(std::string_view from, std::string_view token) {
    const std::size_t at = from.find('@');
    return std::string(from.substr(0, at)).append("+").append(token).append(from.substr(at));
}

std::string token_in(std::string_view address, std::string_view from) {
    const std::string ours = text::ascii::lower_case(from);
    const std::size_t at = ours.find('@');
    const std::string begin = ours.substr(0, at) + "+", end = ours.substr(at);
    if (address.size() <= begin.size() + end.size()) return {};
    if (!address.starts_with(begin) || !address.ends_with(end)) return {};
    return std::string(address.substr(begin.size(), address.size() - begin.size() - end.size()));
}

// ---- the rule ------------------------------------------------------------------------------------------

namespace {

std::optional<AnswerAddress> find_address(db::ReadTx& tx, const Incoming& mail, std::string_view from) {
    for (const std::string& recipient : mail.recipients) {
        const std::string token = token_in(recipient, from);
        if (token.empty()) continue;
        if (auto to = store::find_answer_address(tx, crypto::digest(token), tx.now() + -answers_kept_ms))
            return to;
    }
    return std::nullopt;
}

// A part of our own mail is left in it: the words of somebody else, an address, or a link that must stay secret.
bool holds_our_mail(std::string_view words, std::string_view from, const identity::Mailbox& box) {
    const std::string small = text::ascii::lower_case(words), ours = text::ascii::lower_case(from);
    const auto holds = [&](const std::string& part) { return small.find(part) != std::string::npos; };
    return holds(ours.substr(0, ours.find('@')) + "+") || holds(url::mail_stopping("").text()) ||
           holds(text::ascii::lower_case(box.email));
}

Done check(db::ReadTx& tx, const AnswerAddress& to, std::string_view words, std::string_view from,
           const identity::Mailbox& box) {
    if (!notices::wish_of(tx, to.member).shows_words())
        return conflict("You have turned off answering by mail. You can turn it on again in My space.");
    if (holds_our_mail(words, from, box))
        return conflict(
            "Your mail program put a part of our mail, or your address, into your answer. So that nobody "
            "reads that, "
            "please write it on the site.");
    if (store::answers_since(tx, to.member, tx.now() + -hour_ms) >= answers_an_hour)
        return too_many("You have sent many answers in an hour. Please wait a little, or write on the site.");
    return {};
}

}  // namespace

Taken take_answer(db::Tx& tx, const Incoming& mail, std::string_view words, const Outgoing& outgoing) {
    const auto to = find_address(tx, mail, outgoing.from);
    if (!to) return {};
    if (mail.is_automatic) return {Fate::dropped};
    const auto box = identity::mailbox_of(tx, to->member);
    if (!box || !box->takes_mail()) return {};
    if (mail.from != text::ascii::lower_case(box->email)) return {Fate::dropped};
    if (!outgoing.checked_by.empty() && !mail::is_vouched_for(mail.checks, outgoing.checked_by))
        return {Fate::dropped};
    const std::string digest = crypto::digest(std::to_string(to->member.value()) + " " + mail.id);
    if (store::was_answered(tx, digest)) return {Fate::posted};
    if (const Done may = check(tx, *to, words, outgoing.from, *box); !may)
        return {Fate::refused, *box, may.error()};
    const auto posted = conversation::write_post(
        tx, by_mail(to->member), to->post.thread(),
        {.markdown = std::string(words), .reply_to = to->post.number(), .voice = to->voice});
    if (!posted) return {Fate::refused, *box, posted.error()};
    store::insert_answered(tx, digest, to->member);
    notices::mark_read_at(tx, to->member, to->post);
    conversation::tell_of_later_reply(tx, to->member, to->post);
    if (!*posted) return {Fate::waits, *box};
    return {Fate::posted};
}

// ---- what comes to our mailbox -------------------------------------------------------------------------

namespace {

// What stands on top of the words in every language: the reader may have changed theirs since.
std::vector<std::string> marks() {
    std::vector<std::string> out;
    for (const Language language : all_of<Language>()) out.emplace_back(write_above(Words::of(language)));
    return out;
}

std::string words_of(const Incoming& mail) {
    const bool has_plain = !text::ascii::trimmed(mail.parts.plain).empty();
    return mail::answer_in(has_plain ? mail.parts.plain : text::html_to_markdown(mail.parts.html), marks());
}

// The writer gets their words back with the reason, or hears that they wait, at the address that they confirmed.
void give_back(Services& services, const Taken& taken, std::string_view words, const Outgoing& outgoing) {
    if (!outgoing.send) return;
    const Words& in = Words::of(taken.box.language);
    mail::Message message = taken.fate == Fate::waits
                                ? compose_waits(in, *services.site())
                                : compose_giving_back(in, *services.site(), taken.error, words);
    address(message, services, outgoing.from, taken.box.email);
    const mail::Outcome outcome = outgoing.send(message);
    if (outcome.kind == mail::Outcome::Kind::trouble) throw std::runtime_error(outcome.why);
}

void take_report(Services& services, std::string_view bytes) {
    const auto report = read_report(bytes);
    if (report && report->failed_for_good && !report->link.empty()) pause_behind(services, report->link);
}

// A refused answer leaves nothing behind in the database.
Taken take(Services& services, const Incoming& mail, std::string_view words, const Outgoing& outgoing) {
    Taken out;
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        out = take_answer(tx, mail, words, outgoing);
        if (out.fate == Fate::posted || out.fate == Fate::waits) return {};
        return tl::unexpected(out.error);  // undoes what was tried
    }));
    return out;
}

}  // namespace

Verdict take_mail(Services& services, std::string_view bytes, const Outgoing& outgoing) {
    Incoming mail = mail::read_incoming(bytes);
    if (mail.id.empty()) mail.id = crypto::digest_hex(bytes);
    const std::string words = words_of(mail);
    const Taken taken = take(services, mail, words, outgoing);
    if (taken.fate == Fate::refused || taken.fate == Fate::waits) give_back(services, taken, words, outgoing);
    if (taken.fate == Fate::dropped)
        log::warn("an answer by mail was dropped",
                  {{"why", mail.is_automatic ? "by a program" : "not by its member"}});
    if (taken.fate != Fate::not_ours) return Verdict::done;
    if (!mail.is_delivery_report) return Verdict::left;
    take_report(services, bytes);
    return Verdict::done;
}

bool forget_answers(db::Tx& tx) {
    store::delete_answers_before(tx, tx.now() + -answers_kept_ms);
    return false;
}

}  // namespace kith::mailing

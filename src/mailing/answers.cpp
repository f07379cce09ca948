#include "mailing/answers.hpp"

#include <algorithm>

#include "identity/identity.hpp"
#include "mailing/bounces.hpp"
#include "mailing/compose.hpp"
#include "mailing/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"
#include "platform/mail/answer_text.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/html_to_markdown.hpp"

namespace kith::mailing {
namespace {

using mail::Incoming;
using mail::Verdict;

bool may_be_shown(notices::Kind kind) {
    return kind == notices::Kind::reply || kind == notices::Kind::mention;
}

std::optional<Shown> shown_of(db::ReadTx& tx, MemberId member, const notices::Notice& notice) {
    if (!may_be_shown(notice.kind)) return std::nullopt;
    auto post = conversation::answerable(tx, Actor::of(member), PostId(notice.thread, notice.number));
    if (!post) return std::nullopt;
    return Shown{notice, std::move(post->text), post->voice};
}

}  // namespace

std::vector<Shown> take_shown(db::ReadTx& tx, MemberId member, notices::Mail& mail) {
    std::vector<Shown> out;
    std::erase_if(mail.notices, [&](const notices::Notice& notice) {
        if (may_be_shown(notice.kind) &&
            store::was_answer_offered(tx, member, PostId(notice.thread, notice.number)))
            return true;
        auto shown = shown_of(tx, member, notice);
        if (!shown) return false;
        out.push_back(*std::move(shown));
        return true;
    });
    std::ranges::reverse(out);
    return out;
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

Result<PostId> post_answer(db::Tx& tx, const AnswerAddress& to, std::string_view mail_id,
                           std::string_view words) {
    const PostId posted = TRY(conversation::write_post(tx, Actor::of(to.member), to.post.thread(),
                                                       {.markdown = std::string(words),
                                                        .reply_to = to.post.number(),
                                                        .form_key = crypto::digest_hex(mail_id),
                                                        .voice = to.voice}));
    notices::mark_read_at(tx, to.member, to.post);
    return posted;
}

// ---- what comes to our mailbox -------------------------------------------------------------------------

namespace {

// What stands on top of the words in every language: the reader may have changed theirs since.
std::vector<std::string> marks() {
    std::vector<std::string> out;
    for (const std::string_view language : enum_words(Language{}))
        out.emplace_back(write_above(Words::of(*from_word<Language>(language))));
    return out;
}

std::string words_of(const Incoming& mail) {
    const bool has_plain = !text::ascii::trimmed(mail.parts.plain).empty();
    return mail::answer_in(has_plain ? mail.parts.plain : text::html_to_markdown(mail.parts.html), marks());
}

struct Arrived {
    AnswerAddress to;
    std::optional<identity::Mailbox> box;
};

std::optional<Arrived> find_arrived(db::ReadTx& tx, const Incoming& mail, std::string_view from) {
    for (const std::string& recipient : mail.recipients) {
        const std::string token = token_in(recipient, from);
        if (token.empty()) continue;
        if (const auto to = store::find_answer_address(tx, crypto::digest(token),
                                                       tx.now() + -answers_kept_ms))
            return Arrived{*to, identity::mailbox_of(tx, to->member)};
    }
    return std::nullopt;
}

// Only who got the mail answers it, and no program does.
bool is_welcome(const Incoming& mail, const Arrived& arrived, const Post& post) {
    if (mail.is_automatic || !arrived.box || !arrived.box->takes_mail()) return false;
    if (mail.from != text::ascii::lower_case(arrived.box->email)) return false;
    return post.checked_by.empty() || mail::is_vouched_for(mail.checks, post.checked_by);
}

// The writer gets their words back, with the reason, at the address that they confirmed.
void give_back(Services& services, const identity::Mailbox& box, const Error& error, std::string_view words,
               const Outgoing& outgoing) {
    if (!outgoing.send) return;
    mail::Message message = compose_giving_back(Words::of(box.language), *services.site(), error.message,
                                                words);
    address(message, services, outgoing.from, box.email);
    const mail::Outcome outcome = outgoing.send(message);
    if (outcome.kind == mail::Outcome::Kind::trouble) throw std::runtime_error(outcome.why);
}

void take_report(Services& services, const Report& report) {
    if (report.failed_for_good && !report.link.empty()) pause_behind(services, report.link);
}

}  // namespace

Verdict take_mail(Services& services, std::string_view bytes, const Post& post, const Outgoing& outgoing) {
    if (const auto report = read_report(bytes)) return take_report(services, *report), Verdict::done;
    const Incoming mail = mail::read_incoming(bytes);
    const auto arrived = services.db.read(
        [&](db::ReadTx& tx) { return find_arrived(tx, mail, post.server.from); });
    if (!arrived) return Verdict::left;
    if (!is_welcome(mail, *arrived, post)) {
        log::warn("an answer by mail was refused");
        return Verdict::done;
    }
    const std::string words = words_of(mail);
    const auto posted = services.db.write(
        [&](db::Tx& tx) { return post_answer(tx, arrived->to, mail.id.empty() ? bytes : mail.id, words); });
    if (!posted) give_back(services, *arrived->box, posted.error(), words, outgoing);
    return Verdict::done;
}

bool forget_answer_addresses(db::Tx& tx) {
    store::delete_answer_addresses_before(tx, tx.now() + -answers_kept_ms);
    return false;
}

}  // namespace kith::mailing

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "platform/mail/reading.hpp"

// Answering by mail. A mail that shows a reply has an address of its own to answer to, which leads to its reader and
// that post for 90 days.
namespace kith::mailing {

inline constexpr std::int64_t answers_kept_ms = 90 * day_ms;
inline constexpr int answers_an_hour = 20;  // of one member

struct AnswerAddress {
    MemberId member;
    PostId post;
    conversation::Voice voice;
};

// Whoever reads or answers by mail does so as a member, whatever tasks they have: a mail proves less than signing in.
Actor by_mail(MemberId member);

// What a mail at once shows to somebody who wishes to answer by mail.
struct Shown {
    PostId post;
    notices::Kind kind = notices::Kind::reply;
    std::string text;
    conversation::Voice voice;
};
// As it is now; nothing if it cannot be shown, or was mailed already.
std::optional<Shown> shown_now(db::ReadTx& tx, MemberId member, PostId post, notices::Kind kind);
// Takes those out of `mail` that can be shown, each post once, the oldest first, and what was mailed already.
std::vector<Shown> take_shown(db::ReadTx& tx, MemberId member, notices::Mail& mail);

// The token of one member and post: the same whenever it is asked for.
std::string answer_token(std::string_view key, MemberId member, PostId post);
// "harbour+token@example.org".
std::string answer_address(std::string_view from, std::string_view token);
// The token in an address of ours, else empty.
std::string token_in(std::string_view address, std::string_view from);

// ---- what comes in -----------------------------------------------------------------------------------

// What became of an answer.
struct Taken {
    enum class Fate {
        posted,
        not_ours,  // no address of ours that works, or its member cannot be written to
        dropped,   // not from the member's address, by a program, or nobody vouches for the sender
        waits,     // until somebody has looked, and its writer is told
        refused    // goes back with the reason
    };
    Fate fate = Fate::not_ours;
    identity::Mailbox box = {};  // of the writer; of refused ones
    Error error = {};
};
// Posts an answer under the voice that its mail named, once for each Message-ID. All is decided in this transaction.
Taken take_answer(db::Tx& tx, const mail::Incoming& mail, std::string_view words, const Outgoing& outgoing);

}  // namespace kith::mailing

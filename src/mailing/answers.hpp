#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conversation/conversation.hpp"
#include "mailing/mailing.hpp"
#include "platform/mail/reading.hpp"

// Answering by mail. A mail that shows a reply has an address of its own to answer to, which leads to its reader and
// that post for 90 days.
namespace kith::mailing {

inline constexpr std::int64_t answers_kept_ms = 90 * day_ms;

struct AnswerAddress {
    MemberId member;
    PostId post;
    conversation::Voice voice;
};

// What a mail at once shows to somebody who wishes to answer by mail.
struct Shown {
    notices::Notice notice;
    std::string text;
    conversation::Voice voice;
};
// Takes those out of `mail` that can be shown and answered, the oldest first; what was mailed already is taken out as
// well.
std::vector<Shown> take_shown(db::ReadTx& tx, MemberId member, notices::Mail& mail);

// "harbour+token@example.org".
std::string answer_address(std::string_view from, std::string_view token);
// The token in an address of ours, else empty.
std::string token_in(std::string_view address, std::string_view from);

// Posts an answer under the voice that its mail named. The same mail is the same post, however often it comes. Faults:
// those of conversation::write_post.
Result<PostId> post_answer(db::Tx& tx, const AnswerAddress& to, std::string_view mail_id,
                           std::string_view words);

}  // namespace kith::mailing

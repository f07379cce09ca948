#pragma once

#include <optional>
#include <string>

#include "mailing/answers.hpp"
#include "mailing/mailing.hpp"

namespace kith::mailing::store {

std::optional<std::string> link_key(db::ReadTx& tx);
void insert_link_key(db::Tx& tx, std::string_view key);

// Where answers to a mail about a post go. Made again for the same post, the one before is gone.
void put_answer_address(db::Tx& tx, const AnswerAddress& address, std::string_view digest);
void set_answer_offered(db::Tx& tx, MemberId member, PostId post);
bool was_answer_offered(db::ReadTx& tx, MemberId member, PostId post);
// Of one that was made after `since`.
std::optional<AnswerAddress> find_answer_address(db::ReadTx& tx, std::string_view digest, Time since);
// Mails that were posted.
bool was_answered(db::ReadTx& tx, std::string_view digest);
void insert_answered(db::Tx& tx, std::string_view digest, MemberId member);
std::int64_t answers_since(db::ReadTx& tx, MemberId member, Time since);
void delete_answers_before(db::Tx& tx, Time time);

}  // namespace kith::mailing::store

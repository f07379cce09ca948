#pragma once

#include <string>

#include "conversation/page_cache.hpp"
#include "platform/http/page.hpp"

// What stands before a shared page for one reader; private to conversation.
namespace kith::conversation {

// Rules that reveal what is this reader's: "you", "unread", their supports, whom they have hidden.
std::string reader_style(const ThreadEntry& page, const Reader& reader, std::int64_t read_number);

// Classes of <main> that tell the styles what the reader may do.
std::string class_of(const http::Ctx& ctx, const Rights& rights);

// Why the reader cannot write here, if they cannot; under which name, if they can.
void writing_note(Html& h, const http::Ctx& ctx, GroupId group, const Rights& rights);

// Under what else the reader has written in this thread: only they see it. Nothing for an empty alias.
void alias_note(Html& h, const http::Ctx& ctx, std::string_view alias);

// From access() in the same transaction; the version numbers are the caller's. Thread 0: for the list of a group.
std::shared_ptr<Rights> rights_from(db::ReadTx& tx, const http::Ctx& ctx, const groups::Access& access,
                                    ThreadId thread = {});

}  // namespace kith::conversation

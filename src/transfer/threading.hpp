#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transfer/archive.hpp"

namespace kith::transfer {

// A subject as it is compared: without "Re:", "AW:", "Fwd:" and "[list]" tags, in folded case, with
// single spaces. `is_reply` becomes true if a reply prefix was found.
std::string normal_subject(std::string_view subject, bool& is_reply);
// A subject as a title: without reply prefixes and list tags, the rest as written.
std::string title_of(std::string_view subject);

// Groups messages into conversations. A message joins its parent, or the nearest of what else it
// follows from, if the archive has it and it does not follow from the message itself. A "Re:" without a known
// parent joins the newest conversation of the same subject that had a message within the 30 days before. Everything
// else starts one. Conversations come in order of their first message; the same messages give the same
// result.
std::vector<Conversation> thread_messages(std::span<const Message> messages);

}  // namespace kith::transfer

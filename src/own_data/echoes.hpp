#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "platform/services.hpp"
#include "platform/words/words.hpp"

// What others wrote down of somebody who is erased: their name after an "@" or above a quote, and their words in
// quotes.
namespace kith::own_data {

// What is looked for in one thread.
struct Traces {
    std::vector<std::string> names;     // of theirs, as fold() has them
    std::vector<std::int64_t> numbers;  // of their posts there
    std::string words;                  // of those posts, as skeleton() has them; empty: quotes of them stay
};
// The text without them: a name becomes "Former member", each line of a quote that holds their words says that they
// were taken back. Quotes are known by the link that Kith writes above them, or by 24 letters and more of one of
// their lines, but not under a link to somebody else's. Code is text like other text here.
std::string without(const Traces& traces, ThreadId thread, std::string_view markdown, const Words& words);

// Takes them out of every text, old versions too, of every post in the groups of that member: quotes where
// `takes_words`. Before their own words go, by which quotes are known. Safe to run again after a crash.
void silence_echoes(Services& services, MemberId member, bool takes_words);

}  // namespace kith::own_data

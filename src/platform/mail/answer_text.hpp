#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kith::mail {

// What somebody wrote in answer to a mail of ours: without that mail, in whatever way their program repeats it, the
// line that announces it ("On Monday, <a@b.c> wrote:") and a signature behind "-- ". `marks`: phrases of which one
// stands in the first line of what we sent. Where the repeated lines begin with ">", words between and below them are
// kept; where they do not, it ends at the mark. Lines end with \n. Empty: there is nothing.
std::string answer_in(std::string_view text, std::span<const std::string> marks);

}  // namespace kith::mail

#pragma once

#include <string>
#include <string_view>

#include "platform/text/html_to_markdown.hpp"
#include "transfer/mail/headers.hpp"

namespace kith::transfer {

struct Body {
    std::string markdown;
    int attachments = 0;
};
// What the mail says, as Markdown: text stays text, quotes become quotes, code becomes code; signatures, list
// footers and mail addresses are left out. Says at its end how many attachments did not come along.
Body read_body(const Mail& mail);

// The steps of the above, for the tests and for other readers.

// A plain text mail body in UTF-8 as Markdown.
std::string plain_to_markdown(std::string_view text);
// HTML as Markdown without mail addresses, within the limit of a body.
std::string web_to_markdown(std::string_view html, text::HtmlOrigin origin = {});

}  // namespace kith::transfer

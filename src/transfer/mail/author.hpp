#pragma once

#include <string>
#include <string_view>

#include "transfer/mail/headers.hpp"

namespace kith::transfer {

struct Author {
    std::string address;  // lower case, or empty
    std::string name;
};

// Who wrote the mail, from its From line or, without one, from its separator; both fields may be empty.
Author author_of(const Mail& mail);
// What stands for the author in the archive: a lower-case address; or "name:" and the name where the list wrote
// its own address over the author's.
std::string author_key(const Author& author, std::string_view subject);
// "user at host" or "user@host" as "user@host" in lower case; nothing if the text is no address.
std::string plain_address(std::string_view text);

}  // namespace kith::transfer

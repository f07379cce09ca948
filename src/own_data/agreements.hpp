#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "platform/db/db.hpp"
#include "policies/policies.hpp"

// What a member has agreed to and can take back; for the member alone.
namespace kith::own_data {

struct RulesAgreed {
    GroupId group;
    std::string name;
    Time at;
};
struct Agreements {
    std::vector<policies::Agreed> policies;  // of the host, the newest first; a yes stays as it was said
    bool anything_waits = false;             // for a yes or no
    std::vector<RulesAgreed> rules;          // of the groups they belong to, the newest first
    std::optional<Time> mails_since;         // since when the address is confirmed, if mails are wished for
    bool mails_tell_more = false;            // and may name the site and its groups
    bool mails_show_words = false;           // and may show the words of replies
};
Agreements agreements_of(db::ReadTx& tx, MemberId member);

}  // namespace kith::own_data

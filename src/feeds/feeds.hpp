#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"

// A feed (Atom, RFC 4287) of what is new for one member, at a secret address that they can take back. It says no more
// than a mail to them would.
namespace kith::feeds {

inline constexpr int entries_most = 30;

// Makes an address; one that was there before leads nowhere from now on. Returns its key, shown this once. By a member
// who has confirmed that it is them: fault `invalid`, field "current".
Result<std::string> make_key(db::Tx& tx, const Actor& actor, Language language, Random& random);
Done end_key(db::Tx& tx, const Actor& actor);
std::optional<Time> key_made_at(db::ReadTx& tx, MemberId member);

struct Entry {
    std::string id;  // the same for the same news, as long as it stands
    std::string title;
    std::string path;  // of an address of this site
    Time updated;
};
struct Feed {
    Language language = Language::en;
    bool tells_more = false;     // names the site, groups and titles
    std::vector<Entry> entries;  // the newest first
};
// What stands behind a key. Fault `not_found` for one that is no more, and while its member may not come in. On a break
// nothing is in it.
Result<Feed> feed_for(db::ReadTx& tx, std::string_view key);

std::vector<http::Route> routes();

}  // namespace kith::feeds

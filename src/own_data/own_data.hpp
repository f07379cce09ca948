#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"
#include "mailing/mailing.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/services.hpp"

// One's own data: a copy of all that is kept about oneself, and having it erased.
namespace kith::own_data {

// ---- a copy ------------------------------------------------------------------------------------------

// All that is kept about a member, and nothing of other people but the titles that their own words stand under.
struct Copy {
    std::string json;
    std::string html;  // one file that needs nothing else, in the language of `words`
    struct File {
        std::string name;
        std::string bytes;
    };
    std::vector<File> pictures;  // "pictures/KEY.webp"
};
// By a person who knows the password, field "current". Audited.
Result<Copy> copy_for(Services& services, const Actor& actor, std::string_view current, const Words& words);

// ---- erasure -----------------------------------------------------------------------------------------

// keep: what they wrote stays under no name. take: it goes as well.
enum class OwnWords { keep, take };
constexpr auto enum_words(OwnWords) { return std::to_array<std::string_view>({"keep", "take"}); }

inline constexpr int days_to_undo = 7;

struct ErasureForm {
    OwnWords words = OwnWords::keep;
    std::string current;  // password
};
// Closes the account now and erases it after days_to_undo; signing in before that takes it back. By a person who knows
// the password. Faults: `invalid` with field "current"; `conflict` for the last host. Audited.
Done ask_erasure(Services& services, const Actor& actor, const ErasureForm& form);

// Carries out each erasure that is due, in steps, so that nobody waits long for the writer. What was interrupted goes
// on where it was. Audited.
void erase_due(Services& services);
// Each hour; after the last erasure the file of SQLite is written anew, so that no free space in it holds a word.
jobs::Handlers handlers(Services& services);

// Tells whoever asked for it, if they have a confirmed address: the payload is a member. Nothing for whoever came back.
inline constexpr std::string_view last_mail_job = "mail_erasure";
void send_last_mail(Services& services, std::string_view payload, const mailing::Outgoing& outgoing);

// ---- at the edge -------------------------------------------------------------------------------------

std::vector<http::Route> routes();

}  // namespace kith::own_data

#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "platform/words/countries.hpp"
#include "platform/words/words.hpp"

namespace kith {

enum class Theme { automatic, light, dark };
constexpr auto enum_words(Theme) { return std::to_array<std::string_view>({"auto", "light", "dark"}); }
enum class View { calm, low_energy };
constexpr auto enum_words(View) { return std::to_array<std::string_view>({"calm", "low-energy"}); }

// What the member chose for reading; guests keep it in a cookie.
struct Comfort {
    Language language = Language::en;
    Theme theme = Theme::automatic;
    View view = View::calm;
    bool keys = true;                  // single-key shortcuts
    const Country* country = nullptr;  // whose helplines come first; null: not chosen
};

// A right in one group.
struct GroupRight {
    GroupId group;
    PersonaId persona;         // the name written under there
    bool facilitator = false;  // may welcome, pin, close threads
    bool moderator = false;    // may remove posts, see reports
};

// Who is signed in, as the edge needs it: plain data in memory, good while the versions of member and site
// stand. It opens doors (gates, menus); the law is in the rules.
struct Session {
    SessionId id;
    MemberId member;
    Actor::Scope scope = Actor::Scope::all;
    bool from_token = false;  // an API token: needs no form token, has no cookie
    std::string name;         // main pseudonym
    std::string form_token;   // what each form must carry (CSRF)
    Comfort comfort;
    bool host = false;
    bool coordinator = false;
    bool researcher = false;
    bool has_notices = false;
    bool second_factor = false;      // signed in with a passkey, or with a code besides the password
    bool roles_wait = false;         // holds roles that need a second factor: here without rights until then
    Time away_until;                 // on a break until then
    Time held_until;                 // on hold until then: here without rights, to read why and answer
    Time confirmed_at;               // when it was last made sure that it is really them
    std::optional<Time> asked_from;  // pages say from then on that there is something to agree to
    std::vector<GroupRight> groups;  // ascending by group
    std::vector<ThreadId> muted_threads;  // ascending
    Time expires;
    std::uint32_t member_version = 0;
    std::uint32_t site_version = 0;

    bool is_facilitator_somewhere() const {
        return std::any_of(groups.begin(), groups.end(), [](const auto& r) { return r.facilitator; });
    }
    bool is_moderator_somewhere() const {
        return std::any_of(groups.begin(), groups.end(), [](const auto& r) { return r.moderator; });
    }
};

using SessionPtr = std::shared_ptr<const Session>;

}  // namespace kith

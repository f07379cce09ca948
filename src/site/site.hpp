#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "identity/identity.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/http/site.hpp"

// The community as a whole: its name, its helplines, the first account, and the pages of the host.
namespace kith::site {

// The settings as every page needs them. `language` serves until the host has chosen one.
std::shared_ptr<const Site> load_site(db::ReadTx& tx, std::string_view public_url, Language language);

// The secret behind the ids of events (platform/live/event_ids.hpp): the same for every process of the site, for
// as long as it lives. Empty: there is none yet.
std::string event_secret(db::ReadTx& tx);
Result<std::string> make_event_secret(db::Tx& tx, Random& random);

// Whether anybody may sign up, as the host has said last.
bool is_door_open(db::ReadTx& tx);
// Whether whoever holds a role comes in with a second factor, as the host has said last.
bool do_roles_need_factor(db::ReadTx& tx);

// What the host may change.
struct SiteForm {
    std::string name;
    std::string purpose;
    std::string run_by;
    std::string moderated;
    std::string contact;
    std::string helplines;  // a line each: "name | contact, contact | hours | country"
    bool quick_exit = true;
    std::string exit_url;
    bool public_reading = true;
    bool open_sign_up = true;
    bool roles_need_factor = false;
    std::string backups_days;  // as typed; empty: not said
    Language language = Language::en;
};
SiteForm form_of(const Site& site);
// The settings as they are. By a host. Fault `forbidden`.
Result<SiteForm> settings_for(db::ReadTx& tx, const Actor& actor, Language otherwise);

// By a host. Faults: `forbidden`; `invalid` with the field: no name of 2 to 60 characters, exit_url not
// http(s), no helpline, a text that is too long, backups_days not of 1 to 3650. Audited as site.changed.
Done change_site(db::Tx& tx, const Actor& actor, const SiteForm& form);

// The lines of a helplines field as helplines: "name | contact, contact | hours | country", the hours and the country
// may be left out. Fault `invalid`, field "helplines": none, more than 20 lines; with the number of the line as its
// detail: no contact, a country that is none.
Result<std::vector<Helpline>> parse_helplines(std::string_view text);

struct SetUpForm {
    std::string site_name;
    std::string helplines;
    std::string host_name;  // field "name"
    std::string password;
    Language language = Language::en;
    bool roles_need_factor = false;  // ticked on the page
};
// What set_up says about the form without asking the database; before the hashing.
Done check_set_up(const SetUpForm& form);
// Makes the first account, gives it the role of host and opens the site. For whoever comes first. Faults:
// `conflict` when the site is set up already, `invalid` with the field. Audited as site.set_up.
Result<identity::NewAccount> set_up(db::Tx& tx, const SetUpForm& form, std::string_view password_hash,
                                    Random& random);

// A code that the set-up form must carry from now on (the terminal shows it when the server can be reached
// from elsewhere); empty: none. Set before serving.
void use_setup_code(std::string code);

// What the groups still need, for the host's checklist; app/features.cpp fills this in from `groups`.
struct GroupNeeds {
    bool any_group = false;
    struct Group {
        GroupId id;
        std::string name;
    };
    std::vector<Group> without_facilitator;
};
void use_group_needs(GroupNeeds (*find)(db::ReadTx& tx));

// When somebody looks after the groups, from memory, or nothing, for the page of urgent help; app/features.cpp sets it
// before serving.
using HoursInWords = std::string (*)(const Words& words, Time now);
void use_hours(HoursInWords hours);
// Where the host's own words stand in place of the page "rules" or "privacy", from `policies`; nothing: nowhere.
void use_own_words(std::optional<Url> (*find)(db::ReadTx& tx, std::string_view page));

// For how long what is erased stays in backups, in a sentence.
std::string words_about_backups(const Words& words, const Site& site);

// Who helps at once: the host's helplines, the same for every reader, and the emergency number.
Html help_words(const http::Ctx& ctx);
// The emergency number and the helplines, those of the reader's country first, in few lines above something else.
Html short_help(const http::Ctx& ctx);

std::vector<http::Route> routes();

}  // namespace kith::site

#pragma once

#include <string>
#include <unordered_map>

#include "mailing/mailing.hpp"
#include "platform/http/site.hpp"

// The words of mails. Neither subject nor text names a person, a post, a group or the site, unless the member asks for
// groups and site.
namespace kith::mailing {

struct Letter {
    const Words& words;
    const Site& site;
    notices::Mail mail;
    std::unordered_map<GroupId, std::string> groups;  // names, where they may be told
    std::string stop_link;                            // sealed
};
// Subject, body and unsubscribe; the rest is empty.
mail::Message compose_notices(const Letter& letter);
mail::Message compose_confirmation(const Words& words, const Site& site, std::string_view link);

}  // namespace kith::mailing

#pragma once

#include <string>
#include <unordered_map>

#include "mailing/answers.hpp"
#include "mailing/mailing.hpp"
#include "platform/http/site.hpp"

// The words of mails. Neither subject nor text names a person, a post, a group or the site, unless the member asks for
// groups and site. The words of a post are in a mail alone that its reader asked for.
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
// One reply with its words, to be answered by mail.
mail::Message compose_shown(const Letter& letter, const Shown& shown);
// The line on top of it, above which answers are written.
std::string_view write_above(const Words& words);
// An answer that waits until somebody has looked.
mail::Message compose_waits(const Words& words, const Site& site);
// An answer that could not be posted.
mail::Message compose_giving_back(const Words& words, const Site& site, const Error& reason,
                                  std::string_view answer);
mail::Message compose_confirmation(const Words& words, const Site& site, std::string_view link);
mail::Message compose_warning(const Words& words, const Site& site, Warning warning);

// Sender, recipient, id and time, which all mails have.
void address(mail::Message& message, Services& services, const std::string& from, const std::string& to);

}  // namespace kith::mailing

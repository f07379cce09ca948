#pragma once

#include <string>
#include <vector>

#include "own_data/own_data.hpp"
#include "platform/mail/message.hpp"

// What whoever has all about them erased is told: on the last page, and in the last mail.
namespace kith::own_data {

struct Farewell {
    std::vector<std::string> goes, stays;
};
Farewell farewell(const Words& words, const Site& site, OwnWords own_words);

// Subject and body.
mail::Message last_mail(const Words& words, const Site& site, OwnWords own_words, Time due);

}  // namespace kith::own_data

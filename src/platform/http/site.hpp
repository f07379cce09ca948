#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/words/countries.hpp"
#include "platform/words/words.hpp"

namespace kith {

// A way to reach a helpline. What it is was told from how the host typed it.
struct Contact {
    enum class Kind { call, text, web, mail, words };
    Kind kind = Kind::words;
    std::string typed;         // "sms:85258 HELLO"
    std::string address;       // "85258": a number, an address, or the words themselves
    std::string message = {};  // what to send in a text: "HELLO"
};
constexpr auto enum_words(Contact::Kind) {
    return std::to_array<std::string_view>({"call", "text", "web", "mail", "words"});
}

// Who helps at once, as the host wrote it.
struct Helpline {
    std::string name;  // "Samaritans"
    std::vector<Contact> contacts;
    std::string hours;                 // "day and night"
    const Country* country = nullptr;  // null: for everybody
};

// What every page needs to know of the community; kept in memory, reloaded when it changes.
struct Site {
    std::uint32_t version = 0;  // Versions::of_site() at which this was read
    bool ready = false;         // set up; until then every page leads to the set-up page
    std::string name = "Kith";
    std::string purpose;    // one sentence on the landing page
    std::string run_by;     // "the Pain Friends charity"
    std::string moderated;  // "by trained volunteers, 8 to midnight"
    std::string contact;    // how to reach the host
    std::vector<Helpline> helplines;
    bool quick_exit = true;
    std::string exit_url = "https://www.bbc.com/weather";
    bool public_reading = true;  // open groups can be read without an account
    bool open_sign_up = true;
    bool roles_need_factor = false;  // the set-up page asks for it
    int backups_days = 0;            // for how long backups are kept; 0: the host has not said
    Language language = Language::en;
    std::string public_url = "http://localhost:8080";  // from the configuration
    bool sends_mail = false;                           // from the configuration: there is a mail server
    bool takes_answers = false;                        // from the configuration: mails may be answered
};

}  // namespace kith

#pragma once

#include <sstream>

#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "site/site.hpp"
#include "tests/pages.hpp"

// What the tests of this feature begin with.
namespace kith::mailing::testing {

using mail::Outcome;
using notices::Way;
using notices::Wish;
using test::Answer;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

inline const std::string password(Cast::password);
inline const std::string from = "harbour@example.org";

// Ada has an address that is confirmed; what is sent is kept.
struct Office {
    explicit Office(World& world_in, std::string site_name = "Migraine friends")
        : world(world_in), cast(world), pages(world, config()) {
        world.must([&](db::Tx& tx) {
            site::SiteForm form = *site::settings_for(tx, as(cast.oz), Language::en);
            form.name = std::move(site_name);
            return site::change_site(tx, as(cast.oz), form);
        });
        thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(cast.ada), cast.circle, "Zebra", {.markdown = "Hello."});
        });
        EXPECT_TRUE(identity::set_email(*world.services, as(cast.ada), {"ada@example.org", password}));
        run_jobs();
        const std::string link = link_in(sent.at(0), "/mail/confirming/");
        EXPECT_EQ(pages.post("/mail/confirming/" + link, {}).status, 200);
        sent.clear();
    }

    static config::Config config() {
        config::Config out;
        out.smtp_url = "smtp://localhost";
        return out;
    }

    Send sender() {
        return [this](const mail::Message& message) {
            if (outcome.kind == Outcome::Kind::sent) sent.push_back(message);
            return outcome;
        };
    }
    Outgoing outgoing() { return {from, sender(), takes_answers, checked_by}; }
    // Whatever is due now.
    void run_jobs() {
        Services& services = pages.app().services();
        jobs::Runner runner(services, sending_handlers(services, [this] { return outgoing(); }));
        while (runner.run_one()) {
        }
    }
    void after(std::int64_t ms) {
        world.clock.advance(ms);
        run_jobs();
    }

    Done wish(const Wish& wished) {
        return world.db().write([&](db::Tx& tx) { return save_wish(tx, as(cast.ada), wished); });
    }
    PostId answer(std::string text = "A walrus for you.") {
        return world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(cast.bo), thread, {.markdown = text, .reply_to = 1});
        });
    }
    void read_notices() {
        world.must([&](db::Tx& tx) -> Done {
            notices::mark_all_read(tx, cast.ada);
            return {};
        });
    }
    identity::Mailbox box() {
        return *world.db().read([&](db::ReadTx& tx) { return identity::mailbox_of(tx, cast.ada); });
    }

    // What a reader can read in it: a sealed link is random letters, and may spell any name.
    static std::string words_in(const mail::Message& message) {
        std::istringstream lines(message.subject + "\n" + message.body);
        std::string out;
        for (std::string line; std::getline(lines, line);)
            if (!line.starts_with("http")) out += line + "\n";
        return out;
    }
    static std::string link_in(const mail::Message& message, std::string_view place) {
        const std::size_t at = message.body.find(place);
        EXPECT_NE(at, std::string::npos) << message.body;
        const std::size_t begin = at + place.size();
        return message.body.substr(begin, message.body.find('\n', begin) - begin);
    }

    World& world;
    const Cast cast;
    Pages pages;
    ThreadId thread;
    std::vector<mail::Message> sent;
    Outcome outcome;
    bool takes_answers = false;
    std::string checked_by;
};

inline constexpr Wish at_once() {
    Wish wish;
    wish.way = Way::at_once;
    wish.quiet_from = wish.quiet_until = 0;
    return wish;
}

}  // namespace kith::mailing::testing

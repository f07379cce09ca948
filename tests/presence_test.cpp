// A rule: reading leaves no trace that others can see. No page, no JSON and no event stream says that somebody is
// here, was seen, or has read a post; nothing counts or ranks people by what they read. Everything is asked by
// everybody before and after Ada has read all there is, and must be the same.
#include <map>
#include <regex>

#include "platform/live/changes.hpp"
#include "tests/tour.hpp"
#include "url.hpp"

namespace kith {
namespace {

using test::Answer;
using test::as;
using test::Pages;
using test::Tour;
using test::World;

// What is another each time: the tokens and keys of forms, nonces, and where a stream begins.
std::string settled(const Answer& answer) {
    static const std::regex fresh(
        "(name=\"form_(token|key)\" value=\"[^\"]*\")|(nonce=\"[^\"]*\")|(after=[A-Za-z0-9_-]*)|"
        "(\"form_token\":\"[^\"]*\")|(data-challenge=\"[^\"]*\")|(name=\"name\" [^>]*value=\"[^\"]*\")");
    return std::to_string(answer.status) + " " + answer.location() + "\n" +
           std::regex_replace(answer.body, fresh, "");
}

struct House {
    explicit House(World& world_in) : world(world_in), tour(world), pages(world) {}

    // Not by the one who reads.
    std::map<std::string, std::string> as_others_see_it() {
        std::map<std::string, std::string> out;
        const MemberId others[] = {MemberId(),   tour.cast.bo,  tour.cast.cy, tour.cast.dee,
                                   tour.cast.mo, tour.cast.nia, tour.cast.oz};
        for (const Tour::Stop& stop : tour.stops()) {
            if (leaves_a_trace_of_the_asker(stop.pattern)) continue;
            for (const MemberId other : others)
                for (const std::string accept : {"text/html", "application/json"})
                    out[std::to_string(other.value()) + " " + accept + " " + stop.target] = settled(
                        pages.get(stop.target, other, accept));
        }
        return out;
    }

    static bool leaves_a_trace_of_the_asker(std::string_view pattern) {
        return pattern == "/leave" || pattern == "/admin/audit" || pattern == "/me/sessions" ||
               pattern == "/sign-up" || pattern == "/passkeys/challenge";
    }

    void read_everything(MemberId reader) {
        for (const Tour::Stop& stop : tour.stops())
            if (stop.pattern != "/leave")
                for (const std::string accept : {"text/html", "application/json"})
                    pages.get(stop.target, reader, accept);
        pages.post(url::thread_reading(tour.thread).text(), {{"number", "45"}}, reader);
        pages.app().flush();
    }

    World& world;
    const Tour tour;
    Pages pages;
};

std::vector<std::string> differences(const std::map<std::string, std::string>& before,
                                     const std::map<std::string, std::string>& after) {
    std::vector<std::string> out;
    for (const auto& [where, text] : after)
        if (before.at(where) != text) out.push_back(where);
    return out;
}

BOTH_ENGINES(Presence, nothing_that_others_see_tells_that_somebody_reads) {
    House house(world);
    house.as_others_see_it();  // what the others read themselves settles
    house.pages.app().flush();
    const auto before = house.as_others_see_it();
    house.read_everything(house.tour.cast.ada);
    const auto after = house.as_others_see_it();
    EXPECT_EQ(differences(before, after), std::vector<std::string>{});
    EXPECT_GT(after.size(), 500u);
}

// The crawl looks where it must: a post shows.
TEST(Presence, the_crawl_notices_what_somebody_writes) {
    World world(db::Engine::sqlite);
    House house(world);
    house.as_others_see_it();
    house.pages.app().flush();
    const auto before = house.as_others_see_it();
    world.must([&](db::Tx& tx) {
        return conversation::write_post(tx, as(house.tour.cast.ada), house.tour.thread,
                                        {.markdown = "I am here."});
    });
    EXPECT_FALSE(differences(before, house.as_others_see_it()).empty());
}

// PostgreSQL counts a change as told only when nothing older can still come: some of the house itself may be among
// them.
std::string told_to_others(House& house, std::int64_t from) {
    const auto application = house.pages.app().application();
    std::string told;
    for (const GroupId group : {GroupId(), house.tour.cast.circle})
        for (const ThreadId thread : {ThreadId(), house.tour.thread}) {
            const http::StreamRequest stream{
                .group = group, .thread = thread, .member = house.tour.cast.bo, .after = from};
            for (const Change& change : application.missed(stream)) told += application.event_text(change);
        }
    return told;
}

BOTH_ENGINES(Presence, no_event_stream_tells_others_that_somebody_reads) {
    House house(world);
    const std::int64_t from = world.db().read([](db::ReadTx& tx) { return last_sequence(tx); });
    const std::string before = told_to_others(house, from);
    house.read_everything(house.tour.cast.ada);
    EXPECT_EQ(told_to_others(house, from), before);
}

}  // namespace
}  // namespace kith

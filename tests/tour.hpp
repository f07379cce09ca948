#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/pages.hpp"

namespace kith::test {

// A community that has some of everything, and somebody for each address of it.
class Tour {
public:
    explicit Tour(World& world);

    // For each GET route some addresses, with a person who is shown the page: those of the second page, of a group
    // alone and of the way back after a break are among them.
    struct Stop {
        std::string_view pattern;
        std::string target;
        MemberId who;
    };
    std::vector<Stop> stops() const;

    // Forms that are taken (200 or 303 or 201), in an order in which each can be.
    struct Sent {
        std::string target;
        std::map<std::string, std::string> fields;
        MemberId who;
    };
    std::vector<Sent> forms() const;

    const Cast cast;
    ThreadId thread;  // of 45 posts in the circle; Ada wrote the odd ones, Bo the even ones
    GroupId garden;   // by request; Mo waits to be let in, Ada leads it
    ThreadId
        veiled;  // Bo wrote it anonymously; so they did one more, of which Dee wants to know who wrote it

private:
    void write_thread(World& world);
    void leave_traces(World& world);
    void leave_a_debrief(World& world, CaseId id);
    void leave_a_crisis(World& world, CaseId id);
    void let_a_newcomer_repeat(World& world);
    void give_account(World& world);

    std::string invitation_code_;
    std::string helper_code_;
    std::string feed_key_, picture_key_;
    PersonaId ada_persona_;
    PostId taken_down_;  // Bo wrote it
    CaseId reported_;    // a post of Ada; another one was decided
    CaseId crisis_;      // Bo reported that Ada may be in danger
};

}  // namespace kith::test

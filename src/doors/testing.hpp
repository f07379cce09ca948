#pragma once

#include "conversation/conversation.hpp"
#include "doors/doors.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"

// For the tests of doors.
namespace kith::doors {

inline const std::string spam =
    "This tea helps against everything, and I sell it to all of you who have been ill for a long time.";

// The cast is here for days; newcomers come by the door.
struct Porch {
    explicit Porch(test::World& world_in) : world(world_in), cast(world_in), pages(world_in) {}

    MemberId newcomer(std::string_view name) {
        const MemberId member =
            world
                .must([&](db::Tx& tx) {
                    return identity::add_account(
                        tx, {.name = std::string(name), .password = std::string(test::Cast::password)},
                        "no hash", world.random);
                })
                .member;
        world.must([&](db::Tx& tx) {
            return groups::join(tx, test::as(member), cast.square, {.rules_agreed = true});
        });
        return member;
    }
    Result<ThreadId> start(MemberId who, std::string_view text) {
        return world.db().write([&](db::Tx& tx) {
            return conversation::start_thread(tx, test::as(who), cast.square, "A thread",
                                              {.markdown = std::string(text)});
        });
    }
    // The same words from three newcomers: a flood of three that can still be seen.
    FloodId flood() {
        for (const std::string_view name : {"Newt", "Vole", "Shrew"})
            posts.push_back({start(newcomer(name), spam).value(), 1});
        return world.db().read([&](db::ReadTx& tx) { return floods(tx); }).at(0).id;
    }
    Flood one(FloodId id) {
        return world.db().read([&](db::ReadTx& tx) { return flood_file(tx, test::as(cast.oz), id); })->flood;
    }
    bool is_removed(PostId post) {
        return world.db()
            .read([&](db::ReadTx& tx) { return conversation::visible_post(tx, test::as(cast.oz), post); })
            ->removed_at.has_value();
    }
    MemberId author_of(PostId post) {
        return world.db().read([&](db::ReadTx& tx) {
            return identity::member_of(tx, conversation::visible_post(tx, Actor::system(), post)->author);
        });
    }
    bool is_on_hold(MemberId who) {
        return !world.db().read([&](db::ReadTx& tx) { return identity::standing_holds(tx, who); }).empty();
    }
    bool is_told(MemberId who) {
        return world.db().read(
            [&](db::ReadTx& tx) { return notices::is_told(tx, who, notices::Kind::outsiders, {}); });
    }
    void set(std::int64_t Numbers::* number, std::int64_t value) {
        world.must([&](db::Tx& tx) -> Done {
            Numbers typed = numbers(tx);
            typed.*number = value;
            return set_numbers(tx, test::as(cast.oz), typed);
        });
    }
    void run_jobs() {
        const jobs::Handlers all = handlers(*world.services);
        all.at("flood").run("1");
    }

    test::World& world;
    const test::Cast cast;
    test::Pages pages;
    std::vector<PostId> posts;
};

}  // namespace kith::doors

#pragma once

#include <algorithm>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "safeguarding/safeguarding.hpp"
#include "tests/pages.hpp"

// For the tests of the desk, and of the rooms that stand on it.
namespace kith::safeguarding {

// Ada writes in the circle, under her name and without; Bo reports; Mo, Nia and Dee look after it.
struct Scene {
    explicit Scene(test::World& world_in) : world(world_in), cast(world_in), pages(world_in) {}

    PostId write(MemberId who, conversation::Voice voice = conversation::Voice::name,
                 std::string text = "A walrus.") {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, test::as(who), cast.circle, "Bad nights",
                                              {.markdown = text, .voice = voice});
        });
        return {thread, 1};
    }
    CaseId report(PostId post, MemberId who, Reason reason = Reason::hostile,
                  std::string words = "It hurts.") {
        return world.must([&](db::Tx& tx) { return file_report(tx, test::as(who), post, {reason, words}); });
    }
    Done decide_as(MemberId who, CaseId id, Outcome outcome = Outcome::suspended,
                   std::string words = "Please be gentle.") {
        return world.db().write([&](db::Tx& tx) { return decide(tx, test::as(who), id, {outcome, words}); });
    }
    // Ada asks for another look, and Nia answers.
    void appeal(CaseId id, Review outcome) {
        world.must([&](db::Tx& tx) { return file_appeal(tx, test::as(cast.ada), id, "It was a joke."); });
        world.must([&](db::Tx& tx) {
            return review_appeal(tx, test::as(cast.nia), id, {outcome, "Thank you for asking."});
        });
    }
    Dossier dossier_for(MemberId who, CaseId id) {
        return *world.db().read([&](db::ReadTx& tx) { return dossier(tx, test::as(who), id); });
    }
    Case one(CaseId id) { return dossier_for(cast.mo, id).safety_case; }
    std::vector<QueueRow> queue_for(MemberId who) {
        const auto rows = world.db().read([&](db::ReadTx& tx) { return queue(tx, test::as(who)); });
        return rows ? rows->rows : std::vector<QueueRow>();
    }
    bool is_told(MemberId who, notices::Kind kind) {
        const auto list = world.db().read([&](db::ReadTx& tx) { return notices::list_for(tx, who, 0, 50); });
        return std::ranges::find(list, kind, &notices::Notice::kind) != list.end();
    }
    std::ptrdiff_t times_audited(std::string_view verb) {
        return world.db().read([&](db::ReadTx& tx) {
            return std::ranges::count(audit::list(tx, 0, 100), verb, &audit::Entry::verb);
        });
    }
    bool is_removed(PostId post) {
        return world.db()
            .read([&](db::ReadTx& tx) { return conversation::visible_post(tx, test::as(cast.mo), post); })
            ->removed_at.has_value();
    }
    std::vector<identity::Hold> holds(MemberId who) {
        return world.db().read([&](db::ReadTx& tx) { return identity::standing_holds(tx, who); });
    }
    bool is_here(MemberId who) {
        return world.db()
            .read([&](db::ReadTx& tx) { return identity::acting_member(tx, test::as(who)); })
            .has_value();
    }

    test::World& world;
    const test::Cast cast;
    test::Pages pages;
};

// A thread of Ada's with two posts; the second is what it is about.
struct Watch : Scene {
    explicit Watch(test::World& world_in) : Scene(world_in) {
        thread = write(cast.ada, conversation::Voice::name, "A zebra.").thread();
        post = reply(cast.ada, "A walrus.");
    }
    PostId reply(MemberId who, std::string text) {
        return world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, test::as(who), thread, {.markdown = text});
        });
    }
    CaseId report(MemberId who, Reason reason = Reason::hostile, std::string words = "It hurts.") {
        return Scene::report(post, who, reason, std::move(words));
    }
    bool is_removed() { return Scene::is_removed(post); }

    ThreadId thread;
    PostId post;
};

}  // namespace kith::safeguarding

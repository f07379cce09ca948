#include <array>

#include "crises/testing.hpp"
#include "platform/words/words.hpp"

// What fails halfway leaves nothing: each statement of a rule fails in turn.
namespace kith::crises {
namespace {

constexpr db::Sql state_sql = R"(
    select (select count(*) from contact_attempt), (select count(*) from escalation),
           (select count(*) from outside_service),
           (select count(*) from contact_opening where agreed_by is null),
           (select count(*) from contact_opening where agreed_by is not null),
           (select count(*) from contact_opening where opened_at_ms is not null),
           (select count(*) from case_export), (select count(*) from debrief where share = 'call'),
           (select count(*) from notice), (select count(*) from audit_entry))";

std::array<std::int64_t, 10> state_of(World& world) {
    return world.db().read([](db::ReadTx& tx) {
        std::array<std::int64_t, 10> out{};
        for (const db::Row& row : tx.query(state_sql))
            for (int i = 0; i < 10; ++i) out[static_cast<std::size_t>(i)] = row.get<std::int64_t>(i);
        return out;
    });
}

template <class Rule>
void fails_whole(World& world, int least, Rule&& rule) {
    const auto before = state_of(world);
    for (int nth = 1; nth < 200; ++nth) {
        world.db().fail_statement(nth);
        try {
            const auto done = world.db().write(rule);
            world.db().fail_statement(0);
            EXPECT_TRUE(done);
            EXPECT_GT(nth, least);
            return;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_EQ(state_of(world), before) << "statement " << nth;
        }
    }
    FAIL() << "it never got through";
}

BOTH_ENGINES(CrisisFaults, leave_nothing_of_what_was_tried_or_told) {
    Night at(world);
    fails_whole(world, 3, [&](db::Tx& tx) {
        return note_attempt(tx, as(at.cast.mo), at.id, {Way::phone, Reached::no, "I rang."});
    });
    fails_whole(world, 3, [&](db::Tx& tx) {
        return note_escalation(tx, as(at.cast.mo), at.id, {"Police", 0, "They look.", ""});
    });
    fails_whole(world, 3, [&](db::Tx& tx) {
        return put_service(tx, as(at.cast.oz), {.name = "Police", .purpose = "Danger", .contact = "112"});
    });
}

BOTH_ENGINES(CrisisFaults, leave_nothing_of_an_opening_nor_of_a_file) {
    Night at(world);
    fails_whole(world, 5,
                [&](db::Tx& tx) { return ask_opening(tx, as(at.cast.mo), at.id, "They wrote goodbye."); });
    fails_whole(world, 5, [&](db::Tx& tx) { return agree_to_opening(tx, as(at.cast.nia), at.id); });
    fails_whole(world, 5, [&](db::Tx& tx) { return open_contact(tx, as(at.cast.nia), at.id); });
    fails_whole(world, 5, [&](db::Tx& tx) {
        return export_case(tx, as(at.cast.oz), at.id, {.requester = "A court", .reason = "An order."},
                           Words::of(Language::en));
    });
}

BOTH_ENGINES(CrisisFaults, leave_nothing_of_a_note_that_asks_for_a_call) {
    Night at(world);
    at.close();
    jobs::Runner runner(*world.services, handlers(*world.services));
    while (runner.run_one()) {
    }
    const std::int64_t id = world.db().read(
        [&](db::ReadTx& tx) { return debriefs_of(tx, at.cast.mo).at(0).id; });
    fails_whole(world, 3, [&](db::Tx& tx) {
        return write_debrief(tx, as(at.cast.mo), id, {"The waiting.", "", Share::call});
    });
}

}  // namespace
}  // namespace kith::crises

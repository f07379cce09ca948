#pragma once

#include "platform/text/time_words.hpp"
#include "rota/rota.hpp"
#include "tests/pages.hpp"

// For tests with a rota.
namespace kith::test {

// A Monday in winter, when the clock in Madrid is an hour ahead of UTC.
inline Time at(std::string_view day, int hour, int minute = 0) {
    return *text::parse_date(day) + hour * hour_ms + minute * minute_ms;
}

// Mo and Nia moderate the circle, Dee leads it, Oz is the host. It is Monday, 2 February 2026, 6:00 in the morning.
struct Duty {
    explicit Duty(World& world_in) : world(world_in), cast(world_in) { world.clock.set(at("2026-02-02", 6)); }

    rota::ShiftForm form(std::string_view from, std::string_view until, MemberId who = {},
                         std::string_view day = "2026-02-02") const {
        return {.group = cast.circle,
                .person = who ? persona(who) : PersonaId(),
                .day = std::string(day),
                .from = std::string(from),
                .until = std::string(until)};
    }
    PersonaId persona(MemberId who) const {
        return world.db().read([&](db::ReadTx& tx) { return identity::main_persona(tx, who); });
    }
    Done plan_as(MemberId actor, const rota::ShiftForm& typed) {
        return world.db().write([&](db::Tx& tx) { return rota::plan_shift(tx, as(actor), typed); });
    }
    void plan(const rota::ShiftForm& typed) {
        world.must([&](db::Tx& tx) { return rota::plan_shift(tx, as(cast.oz), typed); });
    }
    std::vector<rota::Shift> week_of(MemberId who, std::string_view monday = "2026-02-02") {
        return world.db().read([&](db::ReadTx& tx) -> std::vector<rota::Shift> {
            const auto found = rota::desk(tx, as(who));
            if (!found) return {};
            return rota::shifts_between(tx, *found, at(monday, 0), at(monday, 0) + 7 * day_ms);
        });
    }
    std::vector<rota::Gap> gaps() {
        return world.db().read(
            [&](db::ReadTx& tx) { return rota::gaps_ahead(tx, *rota::desk(tx, as(cast.oz))); });
    }
    std::int64_t covered_minutes(Time from, Time until) {
        return world.db().read([&](db::ReadTx& tx) {
            const GroupId groups[] = {cast.circle};
            const rota::Cover cover = rota::cover_of(tx, groups, from);
            std::int64_t out = 0;
            for (Time minute = from; minute < until; minute = minute + minute_ms)
                out += cover.covers(cast.circle, minute);
            return out;
        });
    }
    bool is_covered() {
        return world.db().read([&](db::ReadTx& tx) { return rota::covered_now(tx, cast.circle, tx.now()); });
    }
    void set(const rota::Settings& typed, std::vector<GroupId> paired = {}) {
        world.must([&](db::Tx& tx) { return rota::set_settings(tx, as(cast.oz), typed, paired); });
    }
    template <class Rule>
    std::optional<Error> error_of(Rule&& rule) {
        const auto result = world.db().write(std::forward<Rule>(rule));
        return result ? std::nullopt : std::optional(result.error());
    }
    void run_jobs() {
        jobs::Runner runner(*world.services, rota::handlers(*world.services));
        runner.arrange();
        while (runner.run_one()) {
        }
    }

    World& world;
    const Cast cast;
};

}  // namespace kith::test

#include <map>

#include "doors/store.hpp"
#include "doors/testing.hpp"
#include "doors/work.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/work.hpp"
#include "url.hpp"

namespace kith::doors {
namespace {

using test::Answer;
using test::as;
using test::World;
using Fields = std::map<std::string, std::string>;

// The value of a field of a form, as it stands on the page.
std::string value_of(const Answer& page, const std::string& field) {
    const std::string front = "name=\"" + field + "\" value=\"";
    const std::size_t at = page.body.find(front);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + front.size();
    return page.body.substr(begin, page.body.find('"', begin) - begin);
}
std::string data_of(const Answer& page, const std::string& name) {
    const std::string front = "data-" + name + "=\"";
    const std::size_t at = page.body.find(front);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + front.size();
    return page.body.substr(begin, page.body.find('"', begin) - begin);
}

// What the script does.
std::string solve(const std::string& seed, int parts) {
    std::string out;
    for (int part = 0; part < parts; ++part)
        for (int number = 0;; ++number) {
            const std::string tried = seed + ":" + std::to_string(part) + ":" + std::to_string(number);
            if (crypto::leading_zeros(crypto::sha256(tried)) < work_bits) continue;
            out += (part > 0 ? "." : "") + std::to_string(number);
            break;
        }
    return out;
}

struct Entry : Porch {
    explicit Entry(World& world_in) : Porch(world_in) { crypto::make_hashing_cheap_for_tests(); }

    Answer sign_up(const std::string& name, Fields more = {}) {
        more["name"] = name;
        more["password"] = "a long made-up password";
        return pages.post("/sign-up", more);
    }
    void ask_always() {
        world.must([&](db::Tx& tx) -> Done {
            Numbers typed = numbers(tx);
            typed.asking = Asking::always;
            return set_numbers(tx, as(cast.oz), typed);
        });
    }
    Count count() {
        return world.db().read([&](db::ReadTx& tx) { return count_since(tx, tx.now() + -hour_ms); });
    }
};

TEST(Work, is_solved_by_numbers_and_by_nothing_else) {
    const Challenge challenge{Time{1000}, 8, "seed"};
    const std::string answer = solve("seed", 8);
    EXPECT_TRUE(is_solved(challenge, answer));
    EXPECT_FALSE(is_solved(challenge, answer + ".1"));
    EXPECT_FALSE(is_solved(challenge, answer.substr(0, answer.rfind('.'))));
    EXPECT_FALSE(is_solved({Time{1000}, 8, "another"}, answer));
    for (const std::string_view wrong :
         {"", ".", "a.b", "-1.-1", "1.2.3.4.5.6.7.8", "9999999999999999999999"})
        EXPECT_FALSE(is_solved(challenge, wrong)) << wrong;
}

TEST(Work, is_sealed_by_us_and_grows_old) {
    const Challenge challenge{Time{1000}, 16, "seed"};
    const std::string sealed = seal("secret", challenge);
    const auto opened = unseal("secret", sealed, Time{1000 + challenge_ms});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->parts, 16);
    EXPECT_EQ(opened->seed, "seed");
    EXPECT_FALSE(unseal("secret", sealed, Time{1001 + challenge_ms}));
    EXPECT_FALSE(unseal("other", sealed, Time{1000}));
    EXPECT_FALSE(unseal("secret", "nonsense", Time{1000}));
}

TEST(Work, rises_with_how_many_come) {
    EXPECT_EQ(parts_for(0, 60), 4);
    EXPECT_EQ(parts_for(60, 60), 4);
    EXPECT_EQ(parts_for(120, 60), 8);
    EXPECT_EQ(parts_for(10'000, 60), 8);
}

BOTH_ENGINES(SigningUp, asks_for_nothing_on_a_usual_day) {
    Entry entry(world);
    EXPECT_EQ(value_of(entry.pages.get("/sign-up"), "door_token"), "");
    EXPECT_LT(entry.sign_up("Newt").status, 300);
    EXPECT_EQ(entry.count().came, 1);
    EXPECT_EQ(entry.count().worked, 0);
}

BOTH_ENGINES(SigningUp, takes_the_work_of_a_device_once) {
    Entry entry(world);
    entry.ask_always();
    const Answer page = entry.pages.get("/sign-up");
    const std::string token = value_of(page, "door_token");
    ASSERT_NE(token, "");
    const std::string answer = solve(data_of(page, "seed"), std::stoi(data_of(page, "parts")));
    EXPECT_EQ(entry.sign_up("Newt", {{"door_token", token}, {"door_work", "1.2.3"}}).status, 429);
    EXPECT_LT(entry.sign_up("Newt", {{"door_token", token}, {"door_work", answer}}).status, 300);
    EXPECT_EQ(entry.sign_up("Vole", {{"door_token", token}, {"door_work", answer}}).status, 429)
        << "it is used up";
    EXPECT_EQ(entry.count().worked, 1);
    EXPECT_EQ(entry.count().came, 1);
}

BOTH_ENGINES(SigningUp, takes_a_minute_in_place_of_work_and_keeps_what_was_typed) {
    Entry entry(world);
    entry.ask_always();
    const std::string token = value_of(entry.pages.get("/sign-up"), "door_token");
    const Answer early = entry.sign_up("Newt", {{"door_token", token}});
    EXPECT_EQ(early.status, 429);
    EXPECT_TRUE(early.shows("please wait 60 seconds"));
    EXPECT_TRUE(early.shows("value=\"Newt\""));
    EXPECT_EQ(value_of(early, "door_token"), token) << "nobody waits anew because of a mistake";
    world.clock.advance(minute_ms);
    EXPECT_LT(entry.sign_up("Newt", {{"door_token", token}}).status, 300);
    EXPECT_EQ(entry.count().waited, 1);
    EXPECT_EQ(entry.sign_up("Vole").status, 429) << "without a token";
}

BOTH_ENGINES(SigningUp, an_hour_takes_so_many_and_an_invitation_passes) {
    Entry entry(world);
    entry.set(&Numbers::per_hour, 10);
    world.must([&](db::Tx& tx) -> Done {
        store::add_count(tx, tx.now().ms / (10 * minute_ms), {.came = 10});
        return {};
    });
    const Answer full = entry.sign_up("Newt");
    EXPECT_EQ(full.status, 429);
    EXPECT_TRUE(full.shows("Many people are joining just now. Please try again in"));
    EXPECT_TRUE(full.shows("/help-now"));
    EXPECT_EQ(entry.count().turned_away, 1);
    const auto code = world
                          .must([&](db::Tx& tx) {
                              return groups::create_invitation(
                                  tx, as(entry.cast.dee), entry.cast.circle,
                                  {.label = "Ward", .expires_at = tx.now() + day_ms, .uses = 5},
                                  world.random);
                          })
                          .code;
    EXPECT_LT(entry.sign_up("Vole", {{"next", "/invited/" + code}}).status, 300);
    EXPECT_EQ(entry.sign_up("Shrew", {{"next", "/invited/nonsense"}}).status, 429);
    world.clock.advance(hour_ms);
    EXPECT_LT(entry.sign_up("Newt").status, 300);
}

BOTH_ENGINES(SigningUp, a_network_has_its_own_number) {
    Entry entry(world);
    entry.set(&Numbers::per_network, 3);
    for (const std::string name : {"Newt", "Vole", "Shrew"}) EXPECT_LT(entry.sign_up(name).status, 300);
    EXPECT_EQ(entry.sign_up("Mole").status, 429);
    world.clock.advance(hour_ms + 1);
    EXPECT_LT(entry.sign_up("Mole").status, 300);
}

BOTH_ENGINES(SigningUp, the_numbers_are_a_hosts_and_have_bounds) {
    Entry entry(world);
    EXPECT_EQ(entry.pages.post("/admin/door", {{"per_hour", "500"}}, entry.cast.ada).status, 404);
    EXPECT_EQ(
        entry.pages.post("/admin/door", {{"per_hour", "500"}, {"asking", "never"}}, entry.cast.oz).status,
        303);
    const Numbers now = world.db().read([](db::ReadTx& tx) { return numbers(tx); });
    EXPECT_EQ(now.per_hour, 500);
    EXPECT_EQ(now.asking, Asking::never);
    EXPECT_EQ(now.per_network, 20) << "what is left out stays";
    const Answer wrong = entry.pages.post("/admin/door", {{"per_hour", "9"}, {"new_days", "x"}},
                                          entry.cast.oz);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.shows("value=\"9\""));
    EXPECT_TRUE(entry.pages.get("/admin/door", entry.cast.oz, "application/json").shows("\"per_hour\":500"));
}

BOTH_ENGINES(SigningUp, nothing_of_a_network_is_kept_in_the_clear) {
    Entry entry(world);
    EXPECT_LT(entry.sign_up("Newt").status, 300);
    const auto rows = world.db().read([](db::ReadTx& tx) {
        constexpr db::Sql sql = "select key_digest from attempt";
        return tx.all<std::string>(sql);
    });
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].size(), 32u);
}

}  // namespace
}  // namespace kith::doors

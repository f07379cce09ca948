// Whoever writes anonymously is not told of by anything the house says: every page and its JSON is asked by every role,
// before and after somebody wrote anonymously, and says no more of who they are than it did. So do search, notices,
// event streams, metrics and the log; cases, what is decided in them and their files, reports on what happened, mails,
// feeds, and the copies of others' own data.
#include <set>

#include "conversation/unmasking.hpp"
#include "conversation/waiting.hpp"
#include "crises/crises.hpp"
#include "feeds/feeds.hpp"
#include "mailing/mailing.hpp"
#include "own_data/own_data.hpp"
#include "platform/live/changes.hpp"
#include "platform/metrics/metrics.hpp"
#include "safeguarding/safeguarding.hpp"
#include "tests/pages.hpp"
#include "transparency/transparency.hpp"
#include "url.hpp"

namespace kith {
namespace {

using namespace conversation;
using test::as;
using test::Cast;
using test::Pages;
using test::World;

constexpr std::string_view main_name = "Quillfeather", group_name = "Bramblewick";

std::size_t count_in(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

// The next id of a table, a number that stands nowhere by chance.
void next_id(World& world, const std::string& table, std::int64_t id) {
    const std::string number = std::to_string(id);
    world.db().execute(world.db().engine() == db::Engine::sqlite
                           ? "update sqlite_sequence set seq = " + number + " where name = '" + table + "'"
                           : "select setval(pg_get_serial_sequence('" + table + "', 'id'), " + number + ")");
}

struct Veil {
    explicit Veil(World& world_in) : world(world_in), cast(world_in), pages(world_in) {
        make_author();
        world.must([&](db::Tx& tx) {
            return identity::grant_role(tx, Actor::system(), cast.rae, identity::Role::coordinator);
        });
        open = write_thread(cast.bo, "Good days", Voice::name);
        world.must([&](db::Tx& tx) { return groups::use_name(tx, as(author), cast.circle, group_name); });
        world.db().read([&](db::ReadTx& tx) {
            for (const PersonaId persona : identity::personas_of(tx, author))
                secrets.emplace(std::to_string(persona.value()));
        });
        EXPECT_EQ(secrets.size(), 5u) << "two names, two personas and a member";
        next_id(world, "persona", 661'660'001);
    }

    void make_author() {
        next_id(world, "member", 771'770'001);
        next_id(world, "persona", 881'880'001);
        author = world
                     .must([&](db::Tx& tx) {
                         return identity::add_account(
                             tx, {.name = std::string(main_name), .password = "a long one"}, "no hash",
                             world.random);
                     })
                     .member;
        world.must([&](db::Tx& tx) -> Done {
            TRY(groups::add_member(tx, Actor::system(), cast.circle, author, PersonaId()));
            return groups::agree_to_rules(tx, as(author), cast.circle);
        });
        for (const std::string_view name : {main_name, group_name}) secrets.emplace(name);
        secrets.emplace(std::to_string(author.value()));
    }

    ThreadId write_thread(MemberId who, std::string_view title, Voice voice) {
        return world.must([&](db::Tx& tx) {
            return start_thread(tx, as(who), cast.circle, title, {.markdown = "I slept.", .voice = voice});
        });
    }
    PostId write(MemberId who, ThreadId thread, Voice voice) {
        return world.must([&](db::Tx& tx) {
            return write_post(tx, as(who), thread,
                              {.markdown = "I slept, @Bo.", .reply_to = 1, .voice = voice});
        });
    }

    // Everything an author can do, and what others do with it.
    void write_all(Voice voice) {
        veiled = write_thread(author, "Quiet fears", voice);
        world.must([&](db::Tx& tx) { return rename_thread(tx, as(author), veiled, "Quiet worries", ""); });
        write(cast.bo, veiled, Voice::name);
        write(author, open, voice);
        const PostId withdrawn = write(author, open, voice);
        const PostId removed = write(author, veiled, voice);
        const PostId brought_back = write(author, veiled, voice);
        world.clock.advance(2 * edit_grace_ms);
        world.must([&](db::Tx& tx) -> Done {
            TRY(edit_post(tx, as(author), PostId(veiled, 1), "I slept badly, @Bo.", "sleep"));
            TRY(remove_post(tx, as(author), withdrawn, ""));
            TRY(remove_post(tx, as(author), brought_back, ""));
            TRY(restore_post(tx, as(author), brought_back));
            TRY(remove_post(tx, as(cast.mo), removed, "Rule 1"));
            TRY(give_support(tx, as(author), PostId(veiled, 2), Support::hug));
            TRY(give_support(tx, as(cast.bo), PostId(veiled, 1), Support::hug));
            return mute_author(tx, as(cast.nia), PostId(veiled, 1), true);
        });
        if (voice == Voice::anonymous)
            world.must([&](db::Tx& tx) -> Done {
                TRY(ask_unmasking(tx, as(cast.dee), PostId(veiled, 1), "They may be in danger."));
                return agree_to_unmasking(tx, as(cast.mo), PostId(veiled, 1));
            });
        while (world.must([](db::Tx& tx) -> Result<bool> { return index_waiting_posts(tx, 100); })) {
        }
    }

    // One case waits, and one was decided and decided again.
    void let_staff_decide() {
        using namespace safeguarding;
        const auto report = [&](int number, Reason reason) {
            return world.must([&](db::Tx& tx) {
                return file_report(tx, as(cast.bo), PostId(veiled, number), {reason, "It worries me."});
            });
        };
        cases = {report(1, Reason::danger), report(4, Reason::hostile)};
        world.must([&](db::Tx& tx) -> Done {
            TRY(decide(tx, as(cast.mo), cases[1], {Outcome::removed, "Please be gentle."}));
            TRY(file_appeal(tx, as(author), cases[1], "It was meant kindly."));
            return review_appeal(tx, as(cast.nia), cases[1], {Review::overturned, "So it was."});
        });
    }

    // Bo has a mail a day and a feed, which may say much.
    void let_bo_hear_of_it() {
        constexpr std::string_view address = "bo@example.org";
        const std::string password(Cast::password);
        EXPECT_TRUE(identity::set_email(*world.services, as(cast.bo), {std::string(address), password}));
        EXPECT_TRUE(identity::confirm(*world.services, as(cast.bo), password));
        feed_key = world.must([&](db::Tx& tx) -> Result<std::string> {
            TRY(identity::confirm_email(tx, cast.bo, address));
            notices::Wish wish;
            wish.way = notices::Way::daily;
            wish.tells_more = true;
            notices::set_wish(tx, cast.bo, wish);
            return feeds::make_key(tx, as(cast.bo), Language::en, world.random);
        });
    }

    // What Bo gets, and what everybody reads later.
    std::string what_leaves_the_house() {
        write(author, open, Voice::anonymous);  // what came before Bo has read
        std::string out = pages.get(url::feed(feed_key).text()).body;
        world.clock.advance(day_ms);
        const auto keep = [&](const mail::Message& mail) {
            out += mail.subject + "\n" + mail.body;
            return mail::Outcome{};
        };
        mailing::send_notices(*world.services, std::to_string(cast.bo.value()), {"house@example.org", keep});
        for (const MemberId reader : {cast.bo, cast.mo, cast.dee, cast.oz}) {
            const auto copy = own_data::copy_for(*world.services, as(reader), Cast::password,
                                                 Words::of(Language::en));
            EXPECT_TRUE(copy);
            if (copy) out += copy->json + copy->html;
        }
        EXPECT_TRUE(identity::confirm(*world.services, as(cast.oz), Cast::password));
        const crises::ExportForm order{
            .requester = "District court", .reference = "7", .reason = "An order."};
        for (const CaseId one : cases) {
            const auto file = world.must([&](db::Tx& tx) {
                return crises::export_case(tx, as(cast.oz), one, order, Words::of(Language::en));
            });
            out += file.html + file.json;
        }
        world.clock.advance(40 * day_ms);
        world.must([&](db::Tx& tx) {
            const auto then = transparency::period_of("2026-02-01", "2026-02-28", tx.now());
            return transparency::publish(tx, as(cast.oz), *then, "A quiet month.");
        });
        for (const std::string_view address : {"/transparency", "/transparency/1", "/transparency/1/csv"})
            out += pages.get(address).body;
        return out;
    }

    // Each pattern with every id that could stand in it.
    std::vector<std::string> addresses() {
        std::vector<std::string> out{
            "/search?q=slept",  "/search?q=bramblewick",      "/search?q=quillfeather",
            "/groups?q=circle", "/admin/members?q=anonymous", "/search?q=anonymous"};
        // The quick exit ends the session of whoever asks.
        for (const http::Route& route : pages.app().router().routes())
            if (route.method == http::Method::get && route.pattern != "/leave")
                fill(std::string(route.pattern), out);
        return out;
    }

    void fill(const std::string& pattern, std::vector<std::string>& out) {
        const std::size_t open_at = pattern.find('{'), close_at = pattern.find('}');
        if (open_at == std::string::npos) {
            out.push_back(pattern);
            return;
        }
        const std::string name = pattern.substr(open_at + 1, close_at - open_at - 1);
        for (const std::string& value : values_for(name))
            fill(pattern.substr(0, open_at) + value + pattern.substr(close_at + 1), out);
    }

    std::vector<std::string> values_for(const std::string& name) {
        if (name == "group") return {std::to_string(cast.circle.value())};
        if (name == "thread") return {std::to_string(open.value()), std::to_string(veiled.value())};
        if (name == "post") {
            std::vector<std::string> out;
            for (const ThreadId thread : {open, veiled})
                for (int number = 1; number <= 4; ++number)
                    out.push_back(std::to_string(PostId(thread, number).value()));
            return out;
        }
        if (name == "case") {
            std::vector<std::string> out;
            for (const CaseId one : cases) out.push_back(std::to_string(one.value()));
            return out;
        }
        if (name == "persona") return {"881880002", "881880003", "661660002", "661660003"};
        return {"1"};
    }

    using Said =
        std::map<std::string, std::map<std::string, std::size_t>>;  // address and reader; secret; how often
    Said ask_everything() {
        Said out;
        const std::pair<std::string, MemberId> readers[] = {
            {"guest", {}},          {"member", cast.bo}, {"stranger", cast.cy},     {"facilitator", cast.dee},
            {"moderator", cast.mo}, {"other", cast.nia}, {"coordinator", cast.rae}, {"host", cast.oz}};
        for (const std::string& address : addresses())
            for (const auto& [role, reader] : readers)
                for (const std::string_view accept : {"text/html", "application/json"}) {
                    const auto answer = pages.get(address, reader, accept);
                    for (const std::string& secret : secrets)
                        out[role + " " + std::string(accept) + " " + address][secret] =
                            count_in(answer.body, secret) + count_in(answer.location(), secret);
                }
        return out;
    }

    // What streams and their catching up tell.
    std::string events() {
        const auto application = pages.app().application();
        std::string out;
        for (const ThreadId thread : {ThreadId(), open, veiled})
            for (const MemberId reader : {cast.bo, cast.dee, cast.oz})
                for (const Change& change : application.missed(
                         {.group = cast.circle, .thread = thread, .member = reader, .after = 0}))
                    out += application.event_text(change);
        return out;
    }

    World& world;
    Cast cast;
    Pages pages;
    MemberId author;
    ThreadId open, veiled{999'999};
    std::vector<CaseId> cases{CaseId(1)};
    std::string feed_key;
    std::set<std::string> secrets;
};

// Where more is told of a secret than before.
std::vector<std::string> told_anew(const Veil::Said& before, const Veil::Said& after) {
    std::vector<std::string> out;
    for (const auto& [where, secrets] : after)
        for (const auto& [secret, count] : secrets) {
            const auto known = before.find(where);
            const std::size_t allowed = known == before.end() ? 0 : known->second.at(secret);
            if (count > allowed) out.push_back(where + " tells of " + secret);
        }
    return out;
}

BOTH_ENGINES(Anonymity, nothing_that_anybody_can_ask_tells_who_wrote) {
    Veil veil(world);
    veil.let_bo_hear_of_it();
    const auto before = veil.ask_everything();
    ::testing::internal::CaptureStderr();
    veil.write_all(Voice::anonymous);
    veil.let_staff_decide();
    const auto after = veil.ask_everything();
    const std::string left = veil.what_leaves_the_house();
    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(told_anew(before, after), std::vector<std::string>{});
    for (const std::string_view part :
         {"<entry>", "The circle: 1 reply to you", "Quiet worries", "District court", "A quiet month."})
        EXPECT_GT(count_in(left, part), 0u) << part;
    const std::string rest = log + left + veil.events() + metrics::Registry().text();
    for (const std::string& secret : veil.secrets) EXPECT_EQ(count_in(rest, secret), 0u) << secret;
    EXPECT_GT(after.size(), 500u);
}

// Where it is slow and each post is looked at first: one waits, one was let through, one was sent back.
BOTH_ENGINES(Anonymity, what_waits_for_a_look_does_not_tell_who_wrote) {
    Veil veil(world);
    const auto form = [](const std::string& words) { return pacing::PaceForm{{5, true}, words, "", 0}; };
    world.must([&](db::Tx& tx) {
        return pacing::set_pace(tx, as(veil.cast.mo), veil.cast.circle, ThreadId(), form("Gently."));
    });
    const auto before = veil.ask_everything();
    ::testing::internal::CaptureStderr();
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(veil.write(veil.author, veil.open, Voice::anonymous));
        world.clock.advance(5 * minute_ms);
    }
    const auto list = world.db().read(
        [&](db::ReadTx& tx) { return pacing::waiting_in(tx, veil.cast.circle); });
    ASSERT_EQ(list.size(), 3u);
    world.must([&](db::Tx& tx) -> Done {
        TRY(let_through(tx, as(veil.cast.mo), list[0].id));
        return send_back(tx, as(veil.cast.nia), list[1].id, "Please leave out the how.");
    });
    const auto after = veil.ask_everything();
    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(told_anew(before, after), std::vector<std::string>{});
    const std::string rest = log + veil.events() + metrics::Registry().text();
    for (const std::string& secret : veil.secrets) EXPECT_EQ(count_in(rest, secret), 0u) << secret;
    EXPECT_TRUE(veil.pages.get(url::waiting(veil.cast.circle).text(), veil.cast.mo).shows("I slept, "));
}

// With their name they are told of all over: the crawl looks where it must.
TEST(Anonymity, the_crawl_notices_a_name) {
    World world(db::Engine::sqlite);
    Veil veil(world);
    const auto before = veil.ask_everything();
    veil.write_all(Voice::name);
    const auto told = told_anew(before, veil.ask_everything());
    const auto is_told = [&](std::string_view where) {
        return std::ranges::any_of(told, [&](const std::string& one) { return one.starts_with(where); });
    };
    const std::string thread = url::thread(veil.veiled).text();
    for (const std::string_view role : {"member", "facilitator", "moderator", "host"})
        for (const std::string_view accept : {"text/html", "application/json"})
            for (const std::string& address :
                 {thread, url::group(veil.cast.circle).text(), std::string("/search?q=slept")})
                EXPECT_TRUE(is_told(std::string(role) + " " + std::string(accept) + " " + address))
                    << address;
    EXPECT_TRUE(is_told("member text/html /notices"));
    EXPECT_FALSE(is_told("stranger"));
}

// What was asked is really there: the test would be worth nothing on pages without the posts.
BOTH_ENGINES(Anonymity, the_posts_are_there_to_be_seen_under_aliases) {
    Veil veil(world);
    veil.write_all(Voice::anonymous);
    for (const MemberId reader : {veil.cast.bo, veil.cast.dee, veil.cast.mo, veil.cast.oz}) {
        EXPECT_TRUE(veil.pages.get(url::thread(veil.veiled).text(), reader).shows("Anonymous "));
        EXPECT_TRUE(
            veil.pages.get(url::thread(veil.open).text(), reader, "application/json").shows("Anonymous "));
        EXPECT_TRUE(veil.pages.get("/search?q=slept", reader).shows("Anonymous "));
    }
    EXPECT_TRUE(veil.pages.get("/notices", veil.cast.bo).shows("Anonymous "));
    EXPECT_TRUE(veil.pages.get("/notices", veil.author).shows("sent you support"));
}

// Neither a name nor a number ties two threads together.
BOTH_ENGINES(Anonymity, two_threads_of_one_person_have_nothing_in_common) {
    Veil veil(world);
    veil.write_all(Voice::anonymous);
    const auto authors = [&](ThreadId thread) {
        std::set<std::int64_t> out;
        world.db().read([&](db::ReadTx& tx) {
            for (const Post& post : posts_on_page(tx, thread, 1)) out.insert(post.author.value());
        });
        return out;
    };
    std::vector<std::int64_t> both;
    const auto open = authors(veil.open), veiled = authors(veil.veiled);
    std::ranges::set_intersection(open, veiled, std::back_inserter(both));
    const std::int64_t bo = world.db().read(
        [&](db::ReadTx& tx) { return identity::main_persona(tx, veil.cast.bo).value(); });
    EXPECT_EQ(both, std::vector{bo});
}

BOTH_ENGINES(Anonymity, the_author_alone_sees_what_is_theirs) {
    Veil veil(world);
    veil.write_all(Voice::anonymous);
    const auto mine = veil.pages.get(url::me_anonymous().text(), veil.author, "application/json");
    EXPECT_TRUE(mine.shows("Quiet worries"));
    EXPECT_TRUE(mine.shows("Good days"));
    EXPECT_TRUE(
        veil.pages.get(url::thread(veil.veiled).text(), veil.author).shows("Only you see that this is you."));
}

}  // namespace
}  // namespace kith

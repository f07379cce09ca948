#pragma once

#include "own_data/own_data.hpp"

#include <sqlite3.h>

#include <map>

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "drafts/drafts.hpp"
#include "identity/identity.hpp"
#include "learning/learning.hpp"
#include "matching/matching.hpp"
#include "notices/notices.hpp"
#include "policies/policies.hpp"
#include "pushing/pushing.hpp"
#include "recovery/recovery.hpp"
#include "rota/rota.hpp"
#include "tests/pages.hpp"
#include "training/training.hpp"
#include "url.hpp"

// Somebody who has left a trace everywhere, and every table as text.
namespace kith::own_data {

using test::as;
using test::Cast;
using test::World;

inline const std::string password(Cast::password);

// Ada, who has left a trace in every table that can hold one, and Bo, who has to do with her.
struct Life {
    explicit Life(World& world_in) : world(world_in), cast(world) {
        write_and_read();
        live();
    }

    void write_and_read() {
        thread = start(cast.ada, "Zebra title");
        post = reply(cast.ada, thread, "My giraffe words.");
        answer = reply(cast.bo, thread, "Bo answers with a walrus.", 2);
        theirs = start(cast.bo, "A title of Bo");
        under_bo = reply(cast.ada, theirs, "An ocelot for Bo.");
        must([&](db::Tx& tx) {
            return conversation::edit_post(tx, as(cast.ada), post, "My lemur words.", "a gecko note");
        });
        must([&](db::Tx& tx) {
            return conversation::give_support(tx, as(cast.ada), answer, conversation::Support::hug);
        });
        must([&](db::Tx& tx) { return conversation::mute_thread(tx, as(cast.ada), theirs); });
        must([&](db::Tx& tx) {
            return pushing::add_device(
                tx, as(cast.ada), "https://updates.push.services.mozilla.com/wpush/v2/kestrel", "A device");
        });
        must([&](db::Tx& tx) {
            return matching::say(tx, as(cast.ada),
                                 {.since = matching::Since::years, .hopes = {matching::Hope::share}});
        });
        must([&](db::Tx& tx) {
            return matching::answer_fit(tx, as(cast.ada), cast.circle, matching::Fit::unsure);
        });
        must([&](db::Tx& tx) {
            const content_notes::Chosen chosen[] = {{ContentNoteId(4), content_notes::Choice::never}};
            return content_notes::choose(tx, as(cast.ada), chosen);
        });
        must([&](db::Tx& tx) {
            return conversation::note_post(tx, as(cast.mo), post, content_notes::NoteSet(1));
        });
        must([&](db::Tx& tx) -> Done {
            TRY(drafts::save(tx, as(cast.ada), drafts::reply_in(theirs),
                             {.markdown = "A half-written marmot.", .note = "a vole note"}, ""));
            return {};
        });
        must([&](db::Tx& tx) { return conversation::mute_author(tx, as(cast.ada), answer, true); });
        must([&](db::Tx& tx) {
            return conversation::rename_thread(tx, as(cast.mo), thread, "Zebu title", "a badger reason");
        });
        must([](db::Tx& tx) -> Done {
            conversation::index_waiting_posts(tx, 100);
            return {};
        });
    }

    ThreadId start(MemberId who, std::string_view title) {
        return world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, as(who), cast.circle, title, {.markdown = "Hello."});
        });
    }
    PostId reply(MemberId who, ThreadId in, std::string_view text, std::int64_t to = 0) {
        return world.must([&](db::Tx& tx) {
            return conversation::write_post(tx, as(who), in, {.markdown = std::string(text), .reply_to = to});
        });
    }

    void live() {
        must([&](db::Tx& tx) {
            return recovery::make_helper(tx, as(cast.ada), "a tapir friend", world.random);
        });
        must([&](db::Tx& tx) {
            return groups::join(tx, as(cast.ada), cast.square, {.rules_agreed = true, .name = "Quokka"});
        });
        must([&](db::Tx& tx) {
            return identity::grant_role(tx, Actor::system(), cast.ada, identity::Role::moderator,
                                        cast.square);
        });
        look_after();
        EXPECT_TRUE(identity::rename(*world.services, as(cast.ada), "Heron"));
        EXPECT_TRUE(identity::set_email(*world.services, as(cast.ada), {"stoat@example.org", password}));
        must(
            [&](db::Tx& tx) { return identity::begin_pause(tx, as(cast.ada), identity::PauseLength::week); });
        must([&](db::Tx& tx) -> Done {
            notices::Wish wish;
            wish.zone = "Asia/Tokyo";
            notices::set_wish(tx, cast.ada, wish);
            return {};
        });
        EXPECT_TRUE(identity::create_token(*world.services, as(cast.ada),
                                           {.name = "a marten program", .current = password}));
        must([&](db::Tx& tx) { return identity::look_up(tx, as(cast.oz), {"Quokka", "a weasel reason"}); });
        must([&](db::Tx& tx) -> Done {
            const auto id = TRY(policies::write_policy(tx, as(cast.oz), policies::Kind::rules,
                                                       {"House rules", "Be kind.", "", true}));
            return policies::answer(tx, as(cast.ada), id, 1, policies::Answer::agreed);
        });
        must([&](db::Tx& tx) {
            return identity::start_session(tx, cast.ada, "a dingo device", world.random);
        });
    }

    void look_after() {
        for (const bool weekly : {false, true})
            must([&](db::Tx& tx) {
                return rota::plan_shift(tx, as(cast.ada),
                                        {.group = cast.square,
                                         .day = "2026-02-1" + std::to_string(weekly ? 1 : 2),
                                         .from = "20:00",
                                         .until = "22:00",
                                         .weekly = weekly});
            });
        must([&](db::Tx& tx) {
            return rota::write_handover(tx, as(cast.ada), cast.square, "A hoopoe was here.");
        });
        must([&](db::Tx& tx) { return rota::read_handovers(tx, as(cast.ada), rota::HandoverId(1)); });
        must([&](db::Tx& tx) -> Done {
            const auto id = TRY(training::add_module(
                tx, as(cast.oz), {.module = {.title = "Role", .words = "Read.", .statement = "Yes."}}));
            return training::finish(tx, as(cast.ada), id, {.agreed = true});
        });
        must([&](db::Tx& tx) { return rota::take_on(tx, cast.ada, CaseId(1), rota::Company::others); });
    }

    template <class F>
    void must(F&& rule) {
        static_cast<void>(world.must(rule));
    }

    void ask(OwnWords words) {
        const Done asked = ask_erasure(*world.services, as(cast.ada), {words, password});
        ASSERT_TRUE(asked) << asked.error().message;
    }
    void erase(OwnWords words) {
        ask(words);
        world.clock.advance(days_to_undo * day_ms);
        erase_due(*world.services);
    }

    World& world;
    const Cast cast;
    ThreadId thread, theirs;
    PostId post, answer, under_bo;
};

// ---- every table as text -------------------------------------------------------------------------------

using Tables = std::map<std::string, std::string>;

inline std::string sqlite_text(sqlite3* file, const std::string& sql) {
    std::string out;
    sqlite3_stmt* rows = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(file, sql.c_str(), -1, &rows, nullptr), SQLITE_OK) << sql;
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); ++i) {
            const void* const bytes = sqlite3_column_blob(rows, i);
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows, i));
            if (bytes) out.append(static_cast<const char*>(bytes), size);
            out += "|";
        }
    sqlite3_finalize(rows);
    return out;
}

inline constexpr db::Sql postgres_tables_sql = R"(
    select c.relname,
           cast(query_to_xml('select * from ' || quote_ident(c.relname), true, false, '') as text)
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r')";

inline Tables all_tables(World& world) {
    Tables out;
    if (world.db().engine() == db::Engine::postgres) {
        world.db().read([&](db::ReadTx& tx) {
            for (const db::Row& row : tx.query(postgres_tables_sql))
                out[row.get<std::string>(0)] = row.get<std::string>(1);
        });
        return out;
    }
    sqlite3* file = nullptr;
    EXPECT_EQ(sqlite3_open_v2(world.options.file.c_str(), &file, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    std::stringstream names(
        sqlite_text(file, "select group_concat(name, ' ') from sqlite_schema where type = 'table'"));
    for (std::string name; names >> name;) {
        if (name.ends_with('|')) name.pop_back();
        out[name] = sqlite_text(file, "select * from " + name);
    }
    sqlite3_close(file);
    return out;
}

// Tables that hold one of the words.
inline std::vector<std::string> where(World& world, std::initializer_list<const char*> words) {
    std::vector<std::string> out;
    for (const auto& [table, text] : all_tables(world))
        for (const std::string word : words)
            if (text.find(word) != std::string::npos) out.push_back(table + ": " + word);
    return out;
}

inline const auto personal = {"Ada",    "Heron",   "heron", "Quokka",     "quokka", "stoat",  "marten",
                              "weasel", "kestrel", "dingo", "Asia/Tokyo", "marmot", "a vole", "tapir"};
inline const auto own_words = {"giraffe", "lemur", "gecko",  "ocelot", "hoopoe",
                               "Zebra",   "Zebu",  "badger", "zebu"};

inline constexpr db::Sql rows_about_sql = R"(
    select (select count(*) from member where id = $1)
         + (select count(*) from account where member_id = $1)
         + (select count(*) from persona where member_id = $1)
         + (select count(*) from session where member_id = $1)
         + (select count(*) from api_token where member_id = $1)
         + (select count(*) from recovery_code where member_id = $1)
         + (select count(*) from helper where member_id = $1)
         + (select count(*) from role_grant where member_id = $1)
         + (select count(*) from closure where member_id = $1)
         + (select count(*) from erasure where member_id = $1)
         + (select count(*) from mute where member_id = $1)
         + (select count(*) from notice where member_id = $1)
         + (select count(*) from note_choice where member_id = $1)
         + (select count(*) from policy_answer where member_id = $1)
         + (select count(*) from about_me where member_id = $1)
         + (select count(*) from shift where member_id = $1)
         + (select count(*) from shift_pattern where member_id = $1)
         + (select count(*) from handover_read where member_id = $1)
         + (select count(*) from room_member where member_id = $1)
         + (select count(*) from taken_case where member_id = $1)
         + (select count(*) from training_done where member_id = $1)
         + (select count(*) from feed_key where member_id = $1)
         + (select count(*) from push_device where member_id = $1)
         + (select count(*) from push_wish where member_id = $1)
         + (select count(*) from fit where member_id = $1)
         + (select count(*) from pause where member_id = $1)
         + (select count(*) from draft where member_id = $1)
         + (select count(*) from notice_wish where member_id = $1)
         + (select count(*) from report where member_id = $1)
         + (select count(*) from appeal where member_id = $1)
         + (select count(*) from answer_address where member_id = $1)
         + (select count(*) from answered_mail where member_id = $1)
         + (select count(*) from newcomer_post where member_id = $1)
         + (select count(*) from newcomer_words where member_id = $1)
         + (select count(*) from stopped_member where member_id = $1)
         + (select count(*) from reading_alarm where member_id = $1)
         + (select count(*) from held_network where member_id = $1)
         + (select count(*) from door_hint where member_id = $1)
         + (select count(*) from membership where member_id = $1)
         + (select count(*) from support where member_id = $1)
         + (select count(*) from read_mark where member_id = $1)
         + (select count(*) from muted_thread where member_id = $1))";

inline std::int64_t rows_about(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return tx.one<std::int64_t>(rows_about_sql, member); });
}

}  // namespace kith::own_data

#include "conversation/store.hpp"
#include "conversation/testing.hpp"
#include "notices/notices.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// Writing without one's name.
namespace kith::conversation {
namespace {

using groups::AnonymousPosting;
using test::as;
using test::Cast;
using test::Pages;
using test::World;
using testing::fault_of;
using testing::reply;
using testing::start;

constexpr std::string_view json = "application/json";

ThreadId start_veiled(World& world, MemberId who, GroupId group) {
    return world.must([&](db::Tx& tx) {
        return start_thread(tx, as(who), group, "Quiet fears",
                            {.markdown = "I am afraid.", .voice = Voice::anonymous});
    });
}

PostId reply_veiled(World& world, MemberId who, ThreadId thread, std::int64_t to = 0) {
    return world.must([&](db::Tx& tx) {
        return write_post(tx, as(who), thread,
                          {.markdown = "Me too.", .reply_to = to, .voice = Voice::anonymous});
    });
}

void set_posting(World& world, const Cast& cast, AnonymousPosting posting) {
    world.must([&](db::Tx& tx) {
        return groups::change_group(tx, as(cast.dee), cast.circle,
                                    {.name = "The circle",
                                     .purpose = "For a few.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::invitation,
                                     .anonymous_posting = posting});
    });
}

PersonaId author_of(World& world, PostId post) {
    return world.db().read([&](db::ReadTx& tx) { return store::find_post(tx, post)->author; });
}

std::string name_of(World& world, PersonaId persona) {
    return world.db().read([&](db::ReadTx& tx) {
        const PersonaId ids[] = {persona};
        return identity::names_of(tx, ids).at(persona);
    });
}

BOTH_ENGINES(Anonymous, posts_carry_one_alias_in_a_thread_and_another_in_the_next) {
    const Cast cast(world);
    const ThreadId one = start_veiled(world, cast.ada, cast.circle);
    const ThreadId two = start_veiled(world, cast.ada, cast.circle);
    const PersonaId first = author_of(world, PostId(one, 1));
    EXPECT_EQ(author_of(world, reply_veiled(world, cast.ada, one)), first);
    EXPECT_NE(author_of(world, PostId(two, 1)), first);
    EXPECT_NE(name_of(world, first), name_of(world, author_of(world, PostId(two, 1))));
    EXPECT_TRUE(name_of(world, first).starts_with(identity::alias_begins));
    const PersonaId other = author_of(world, reply_veiled(world, cast.bo, one));
    EXPECT_NE(name_of(world, other), name_of(world, first)) << "two people in a thread are told apart";
}

BOTH_ENGINES(Anonymous, aliases_of_a_crowd_are_all_different) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.bo, cast.circle);
    std::set<std::string> names;
    for (int i = 0; i < 70; ++i)
        names.insert(name_of(world, world.must([&](db::Tx& tx) -> Result<PersonaId> {
            const std::string name = "Crowd " + std::to_string(i);
            const PersonaId placeholder = TRY(identity::create_placeholder(tx, Actor::system(), name));
            return identity::alias_for(tx, identity::member_of(tx, placeholder), cast.circle, thread);
        })));
    EXPECT_EQ(names.size(), 70u);
}

BOTH_ENGINES(Anonymous, no_typed_name_leads_to_an_alias) {
    const Cast cast(world);
    const std::string alias = name_of(
        world, author_of(world, PostId(start_veiled(world, cast.ada, cast.circle), 1)));
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_FALSE(identity::find_persona(tx, alias));
        EXPECT_FALSE(identity::find_member(tx, alias));
    });
    const auto take = [&](db::Tx& tx) {
        return identity::persona_for_group(tx, as(cast.bo), cast.bo, cast.circle, alias);
    };
    EXPECT_EQ(fault_of(world, take), Fault::invalid) << "and nobody can be called like one";
    const auto look_up = [&](db::Tx& tx) {
        return identity::look_up(tx, as(cast.oz), {.name = alias, .reason = "I wonder."});
    };
    EXPECT_EQ(fault_of(world, look_up), Fault::invalid);
}

BOTH_ENGINES(Anonymous, an_answer_reaches_the_author_and_support_keeps_the_alias) {
    const Cast cast(world);
    const ThreadId thread = start_veiled(world, cast.ada, cast.circle);
    reply(world, cast.bo, thread, "I hear you.", 1);
    world.must([&](db::Tx& tx) { return give_support(tx, as(cast.ada), PostId(thread, 2), Support::hug); });
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(notices::list_for(tx, cast.ada, 0, 10).size(), 1u);
        const auto told = notices::list_for(tx, cast.bo, 0, 10);
        ASSERT_EQ(told.size(), 1u);
        EXPECT_EQ(told[0].from, identity::alias_in(tx, cast.ada, thread)->id);
    });
}

BOTH_ENGINES(Anonymous, hiding_an_alias_hides_no_name_and_hiding_a_name_no_alias) {
    const Cast cast(world);
    const ThreadId thread = start_veiled(world, cast.ada, cast.circle);
    const PostId named = reply(world, cast.ada, start(world, cast.bo, cast.circle));
    const auto is_muted = [&](MemberId reader, PostId post) {
        const PersonaId author = author_of(world, post);
        return world.db().read([&](db::ReadTx& tx) {
            return identity::is_muted(identity::muted_by(tx, reader), author, cast.circle);
        });
    };
    world.must([&](db::Tx& tx) { return mute_author(tx, as(cast.bo), PostId(thread, 1), true); });
    world.must([&](db::Tx& tx) { return mute_author(tx, as(cast.nia), named, true); });
    world.clock.advance(minute_ms);
    const PostId later(start_veiled(world, cast.ada, cast.circle), 1);
    const PersonaId new_name = world.must([&](db::Tx& tx) {
        return identity::persona_for_group(tx, as(cast.ada), cast.ada, cast.circle, "Quiet Fox");
    });
    EXPECT_TRUE(is_muted(cast.bo, PostId(thread, 1)));
    EXPECT_FALSE(is_muted(cast.bo, named));
    EXPECT_FALSE(is_muted(cast.bo, later));
    EXPECT_TRUE(is_muted(cast.nia, named));
    EXPECT_FALSE(is_muted(cast.nia, PostId(thread, 1)));
    EXPECT_FALSE(is_muted(cast.nia, later));
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_FALSE(identity::is_muted(identity::muted_by(tx, cast.bo), new_name, cast.circle));
    });
}

BOTH_ENGINES(Anonymous, the_author_may_do_what_authors_may_and_leaves_no_name) {
    const Cast cast(world);
    const ThreadId thread = start_veiled(world, cast.ada, cast.circle);
    const PostId post(thread, 1);
    const PersonaId alias = author_of(world, post);
    world.must([&](db::Tx& tx) { return edit_post(tx, as(cast.ada), post, "I was afraid.", ""); });
    world.must([&](db::Tx& tx) { return rename_thread(tx, as(cast.ada), thread, "Fears", ""); });
    world.must([&](db::Tx& tx) { return remove_post(tx, as(cast.ada), post, ""); });
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(store::standing_removal(tx, post)->removed_by, alias);
        for (const Version& version : store::versions(tx, post)) EXPECT_EQ(version.written_by, alias);
        constexpr db::Sql renamed_by_sql = "select renamed_by from thread_renaming";
        EXPECT_EQ(tx.one<PersonaId>(renamed_by_sql), alias);
        EXPECT_FALSE(options_for(tx, as(cast.bo), post)->change);
    });
}

BOTH_ENGINES(Anonymous, is_never_turned_into_the_name) {
    const Cast cast(world);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    const auto write = [&](MemberId who) {
        return fault_of(world, [&](db::Tx& tx) {
            return write_post(tx, as(who), thread, {.markdown = "Hm.", .voice = Voice::anonymous});
        });
    };
    world.must([&](db::Tx& tx) { return close_thread(tx, as(cast.mo), thread); });
    EXPECT_EQ(write(cast.mo), Fault::conflict) << "only those who look after the group write here";
    world.must([&](db::Tx& tx) { return reopen_thread(tx, as(cast.mo), thread); });
    set_posting(world, cast, AnonymousPosting::off);
    EXPECT_EQ(write(cast.bo), Fault::conflict);
    Pages pages(world);
    const auto refused = pages.post(url::replies(thread).text(),
                                    {{"text", "Secret."}, {"voice", "anonymous"}}, cast.bo);
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(refused.shows("Secret.")) << "the words are kept";
    EXPECT_FALSE(refused.shows("name=\"voice\""));
}

BOTH_ENGINES(Anonymous, what_was_chosen_last_in_a_thread_is_proposed) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start(world, cast.bo, cast.circle);
    const std::string address = url::thread(thread).text();
    constexpr std::string_view name = "value=\"name\" checked", anonymous = "value=\"anonymous\" checked";
    EXPECT_TRUE(pages.get(address, cast.ada).shows(name));
    reply_veiled(world, cast.ada, thread);
    EXPECT_TRUE(pages.get(address, cast.ada).shows(anonymous));
    EXPECT_TRUE(pages.get(address, cast.ada).shows("Only you see that this is you."));
    EXPECT_TRUE(pages.get(address, cast.bo).shows(name));
    EXPECT_FALSE(pages.get(address, cast.bo).shows("Only you see that this is you."));
    EXPECT_TRUE(pages.get(url::new_reply(thread, 1).text(), cast.ada).shows(anonymous));
    world.must([&](db::Tx& tx) {
        return write_post(tx, as(cast.ada), thread, {.markdown = "It is me.", .voice = Voice::name});
    });
    EXPECT_TRUE(pages.get(address, cast.ada).shows(name));
    set_posting(world, cast, AnonymousPosting::preselected);
    EXPECT_TRUE(pages.get(address, cast.ada).shows(name)) << "their own choice stays";
    EXPECT_TRUE(pages.get(address, cast.bo).shows(anonymous));
    EXPECT_TRUE(pages.get(url::new_thread(cast.circle).text(), cast.bo).shows(anonymous));
}

BOTH_ENGINES(Anonymous, a_form_without_the_choice_follows_the_group) {
    const Cast cast(world);
    set_posting(world, cast, AnonymousPosting::preselected);
    const ThreadId thread = start(world, cast.ada, cast.circle);
    EXPECT_TRUE(name_of(world, author_of(world, PostId(thread, 1))).starts_with(identity::alias_begins));
}

BOTH_ENGINES(Anonymous, posts_are_marked_as_mine_for_me_alone_and_listed_for_me) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start_veiled(world, cast.dee, cast.circle);
    const std::string address = url::thread(thread).text();
    EXPECT_TRUE(pages.get(address, cast.dee).shows("#p1 .own{display:inline}"));
    EXPECT_FALSE(pages.get(address, cast.bo).shows("#p1 .own{display:inline}"));
    EXPECT_TRUE(pages.get(address, cast.dee, json).shows("\"own\":true"));
    EXPECT_FALSE(pages.get(address, cast.bo, json).shows("\"own\":true"));
    EXPECT_FALSE(pages.get(address, cast.bo).shows("<span class=\"badge\">facilitator"));
    EXPECT_TRUE(pages.get(url::me_anonymous().text(), cast.dee).shows("Quiet fears"));
    EXPECT_TRUE(pages.get(url::me_anonymous().text(), cast.bo).shows("Nowhere so far."));
}

BOTH_ENGINES(Anonymous, aliases_are_shown_in_the_readers_language) {
    const Cast cast(world);
    Pages pages(world);
    const ThreadId thread = start_veiled(world, cast.ada, cast.circle);
    world.must(
        [&](db::Tx& tx) { return identity::set_comfort(tx, as(cast.bo), {.language = Language::es}); });
    const auto page = pages.get(url::thread(thread).text(), cast.bo);
    EXPECT_FALSE(page.shows("Anonymous "));
    EXPECT_TRUE(page.shows(" anónim"));
}

BOTH_ENGINES(Anonymous, a_facilitator_may_turn_it_off_and_others_may_not) {
    const Cast cast(world);
    Pages pages(world);
    const std::string settings = url::group_settings(cast.circle).text();
    const std::map<std::string, std::string> form{{"name", "The circle"},
                                                  {"purpose", "For a few."},
                                                  {"rules", "Be kind."},
                                                  {"leadership", "peer"},
                                                  {"anonymous_posting", "off"}};
    EXPECT_EQ(pages.post(settings, form, cast.ada).status, 404);
    EXPECT_EQ(pages.post(settings, form, cast.dee).status, 303);
    EXPECT_TRUE(pages.get(settings, cast.dee, json).shows("\"anonymous_posting\":\"off\""));
}

}  // namespace
}  // namespace kith::conversation

#include "audit/audit.hpp"
#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "own_data/echoes.hpp"
#include "own_data/store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/zone/zone.hpp"
#include "rota/rota.hpp"

namespace kith::own_data {
namespace {

constexpr int posts_at_once = 100;
constexpr std::string_view write_anew_job = "write_anew";
constexpr int quiet_hour = 3;  // by the clock of the community: writers wait while the file is written anew

Done ask(db::Tx& tx, const Actor& actor, OwnWords words) {
    TRY(identity::close_account(tx, actor, identity::Address::keep));
    store::insert_erasure(tx, actor.member, words, tx.now() + days_to_undo * day_ms);
    jobs::enqueue(tx, last_mail_job, std::to_string(actor.member.value()), tx.now());
    audit::record(tx, actor, "member.erasure_asked", "member", actor.member.value());
    return {};
}

// ---- carrying it out -----------------------------------------------------------------------------------

// From here on nobody comes in to take it back.
Result<std::optional<store::Erasure>> begin(db::Tx& tx) {
    const auto erasure = store::due_erasure(tx);
    if (erasure) store::delete_account(tx, erasure->member);
    return erasure;
}

void empty(db::Tx& tx, PostId post) {
    const GroupId group = store::group_of(tx, post.thread());
    store::empty_post(tx, post);
    tx.changed({.kind = Change::Kind::post_edited,
                .group = group,
                .thread = post.thread(),
                .number = post.number()});
    if (post.number() == 1)
        tx.changed({.kind = Change::Kind::thread, .group = group, .thread = post.thread()});
}

void take_words(Services& services, PersonaId author) {
    PostId last;
    for (;;) {
        const auto posts = services.db.read(
            [&](db::ReadTx& tx) { return store::posts_after(tx, author, last, posts_at_once); });
        if (posts.empty()) return;
        static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
            for (const PostId post : posts) empty(tx, post);
            return {};
        }));
        last = posts.back();
    }
}

// What the index of words knows of them.
void let_search_forget(Services& services) {
    while (*services.db.write(
        [](db::Tx& tx) -> Result<bool> { return conversation::index_waiting_posts(tx, posts_at_once); })) {
    }
    using conversation::Tidying;
    Tidying tidying = Tidying::begin;
    while (*services.db.write(
        [&](db::Tx& tx) -> Result<bool> { return conversation::tidy_search(tx, tidying); }))
        tidying = Tidying::go_on;
}

Time next_quiet_hour(db::ReadTx& tx) {
    const std::string clock = rota::settings(tx).zone;
    Time out = tx.now();
    while (zone::local(clock, out).hour != quiet_hour) out = out + hour_ms;
    return out;
}

// Once for all that was erased since the last time.
void write_anew_at_night(db::Tx& tx) {
    if (tx.engine() != db::Engine::sqlite || store::waits_to_be_written_anew(tx)) return;
    jobs::enqueue(tx, write_anew_job, "", next_quiet_hour(tx), jobs::Lane::slow);
}

// Another server may have done it meanwhile.
Done finish(db::Tx& tx, const store::Erasure& erasure) {
    const MemberId member = erasure.member;
    if (!store::is_here(tx, member)) return {};
    for (const std::string& key : store::name_keys(tx, member))
        store::insert_erased_name(tx, identity::erased_digest(key));
    for (const GroupId group : store::groups_of(tx, member)) {
        tx.changed({.kind = Change::Kind::membership, .group = group, .member = member});
        tx.changed({.kind = Change::Kind::group, .group = group});
    }
    store::delete_traces(tx, member);
    tx.changed({.kind = Change::Kind::name, .member = member});
    audit::record(tx, Actor::system(), "member.erased", "member", member.value());
    write_anew_at_night(tx);
    return {};
}

// The echoes first: quotes are known by the words that they quote.
void erase(Services& services, const store::Erasure& erasure) {
    silence_echoes(services, erasure.member, erasure.words == OwnWords::take);
    if (erasure.words == OwnWords::take) {
        const auto personas = services.db.read(
            [&](db::ReadTx& tx) { return store::personas_of(tx, erasure.member); });
        for (const PersonaId persona : personas) take_words(services, persona);
    }
    let_search_forget(services);
    static_cast<void>(services.db.write([&](db::Tx& tx) { return finish(tx, erasure); }));
}

}  // namespace

Done ask_erasure(Services& services, const Actor& actor, const ErasureForm& form) {
    TRY(identity::proven(services, actor, form.current));
    return services.db.write([&](db::Tx& tx) { return ask(tx, actor, form.words); });
}

void erase_due(Services& services) {
    for (;;) {
        const auto due = services.db.write([](db::Tx& tx) { return begin(tx); });
        if (!due || !*due) return;
        erase(services, **due);
    }
}

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out["erase"] = {[&services](const std::string&) { erase_due(services); }, hour_ms, jobs::Lane::slow};
    out[std::string(last_mail_job)] = {
        [&services](const std::string& payload) { send_last_mail(services, payload, mailing::outgoing()); }};
    out[std::string(write_anew_job)] = {[&services](const std::string&) { store::write_anew(services.db); }};
    return out;
}

}  // namespace kith::own_data

#pragma once

#include <cstdlib>
#include <fstream>

#include "conversation/conversation.hpp"
#include "learning/lessons.hpp"
#include "learning/scoring.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

// For the tests of learning.
namespace kith::learning {

// Texts that say what they are, 60 of 300, in an order that mixes them.
struct Texts {
    std::vector<std::string> texts;
    std::vector<bool> is_so;
};
inline Texts plain_texts() {
    const char* spam[] = {"Visit the shop of wonder cream, best offer, cheap price, order number ",
                          "Wonder cream works in three days, buy it at a cheap price, item ",
                          "The best offer of the year: wonder cream and pills, order today, code "};
    const char* kind[] = {"I slept a little better, and the walk in the park was good on day ",
                          "My knee hurts when it rains, does anybody know warm socks, I asked on day ",
                          "Thank you for listening yesterday, it helped me through the night of day ",
                          "The new physio is patient with me, we did small steps on day "};
    Texts out;
    for (int i = 0; i < 300; ++i) {
        const bool is_so = i % 5 == 0;
        out.texts.push_back((is_so ? spam[i / 5 % 3] : kind[i % 4]) + std::to_string(i));
        out.is_so.push_back(is_so);
    }
    return out;
}
inline const std::string new_spam = "Wonder cream, the best offer, cheap price, order today.";

// Ada writes in the circle, Mo and Nia moderate it, Oz is the host.
struct School {
    explicit School(test::World& world_in) : world(world_in), cast(world_in), pages(world_in) {}

    PostId write(const std::string& text, MemberId who = {}) {
        const ThreadId thread = world.must([&](db::Tx& tx) {
            return conversation::start_thread(tx, test::as(who ? who : cast.ada), cast.circle, "A day",
                                              {.markdown = text});
        });
        return {thread, 1};
    }
    // Many posts of Ada's, a second apart, up to now.
    std::vector<PostId> write_all(const std::vector<std::string>& texts) {
        return world.must([&](db::Tx& tx) -> Result<std::vector<PostId>> {
            const PersonaId ada = groups::persona_here(tx, cast.circle, cast.ada);
            const auto post = [&](std::size_t i) {
                return conversation::ImportedPost{
                    .author = ada,
                    .created_at = tx.now() + -static_cast<std::int64_t>(texts.size() - i) * second_ms,
                    .markdown = texts[i]};
            };
            const ThreadId thread = conversation::import_thread(tx, cast.circle, "Many days", post(0));
            std::vector<PostId> out{PostId(thread, 1)};
            for (std::size_t i = 1; i < texts.size(); ++i)
                out.push_back(*conversation::import_post(tx, thread, post(i)));
            return out;
        });
    }
    Result<std::optional<CaseId>> say(PostId post, const LabelForm& form, MemberId who = {}) {
        return world.db().write(
            [&](db::Tx& tx) { return label(tx, test::as(who ? who : cast.mo), post, form); });
    }
    // As said by Mo of each, without the cases that come of it.
    void teach(const std::vector<PostId>& posts, Flag flag, const std::vector<bool>& is_so) {
        world.must([&](db::Tx& tx) -> Done {
            const PersonaId mo = groups::persona_here(tx, cast.circle, cast.mo);
            for (std::size_t i = 0; i < posts.size(); ++i) {
                const auto verdict = [&](Flag about) {
                    return about == flag && is_so[i] ? Verdict::yes : Verdict::no;
                };
                store::put_label(tx, {.post = posts[i],
                                      .from = {},
                                      .by = mo,
                                      .said_at = tx.now(),
                                      .urgency = Urgency::green,
                                      .crisis = verdict(Flag::crisis),
                                      .hostile = verdict(Flag::hostile),
                                      .spam = verdict(Flag::spam),
                                      .advice = verdict(Flag::advice),
                                      .why = Why::chosen,
                                      .chance = {},
                                      .saw_score = false});
            }
            return {};
        });
    }
    void learn_plain_spam() {
        const Texts texts = plain_texts();
        teach(write_all(texts.texts), Flag::spam, texts.is_so);
        learn_anew(*world.services);
    }
    // A model that has learned the plain texts asks for posts.
    void work() {
        learn_plain_spam();
        world.clock.advance(shadow_ms);
        world.must([&](db::Tx& tx) { return turn_on(tx, test::as(cast.oz), Flag::spam); });
    }
    // As the server does: posts are indexed, and the jobs that this asks for run.
    void let_jobs_run() {
        while (world.must(
            [](db::Tx& tx) -> Result<bool> { return conversation::index_waiting_posts(tx, 500); })) {
        }
        jobs::Runner runner(*world.services, all_jobs(*world.services));
        while (runner.run_one()) {
        }
    }
    template <class F>
    auto read(F&& fn) {
        return world.db().read(std::forward<F>(fn));
    }
    Standing standing_of(Flag flag) {
        return read([&](db::ReadTx& tx) { return standing(tx, flag); });
    }
    std::vector<store::Label> labels() {
        return read([](db::ReadTx& tx) { return store::labels_since(tx, Time{}, 1000); });
    }
    std::vector<safeguarding::QueueRow> queue() {
        return read([&](db::ReadTx& tx) { return safeguarding::queue(tx, test::as(cast.mo)); })->rows;
    }
    // Of the last report of a week.
    std::optional<Figure> figure(std::string_view flag, std::string_view part, std::string_view name) {
        const auto reports = read([](db::ReadTx& tx) { return week_reports(tx, 1); });
        if (reports.empty()) return std::nullopt;
        for (const Figure& one : reports[0].figures)
            if (one.flag == flag && one.part == part && one.name == name) return one;
        return std::nullopt;
    }
    // What asks for this post to be read, and is none of a rule.
    std::vector<std::string> sources_of(PostId post) {
        std::vector<std::string> out;
        for (const auto& row : queue())
            if (row.safety_case.post == post)
                for (const auto& said :
                     read([&](db::ReadTx& tx) { return store::said_in(tx, row.safety_case.id); }))
                    out.push_back(said.rule);
        return out;
    }

    test::World& world;
    const test::Cast cast;
    test::Pages pages;
};

}  // namespace kith::learning

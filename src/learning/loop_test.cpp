#include <gmock/gmock.h>

#include <chrono>

#include "learning/testing.hpp"
#include "tests/shared_data.hpp"

namespace kith::learning {
namespace {

using test::as;
using testing::SizeIs;

// ---- a whole community -----------------------------------------------------------------------------------

// Comments and text messages that people have labelled, as a host's own labels would come.
std::vector<std::pair<std::string, bool>> real_texts() {
    std::ifstream in(test::shared_data("assist/spam.tsv"));
    std::vector<std::pair<std::string, bool>> out;
    std::string line;
    for (std::getline(in, line); std::getline(in, line);) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        if (second == std::string::npos) continue;
        out.emplace_back(line.substr(second + 1), line[first + 1] == '1');
    }
    return out;
}

TEST(LearningLoop, labels_teach_a_model_that_reads_along_works_is_watched_and_can_go_back) {
    const auto all = real_texts();
    if (all.empty()) GTEST_SKIP() << "no shared data here";
    ASSERT_GT(all.size(), 1300u);
    test::World world(db::Engine::sqlite);
    School at(world);
    std::vector<std::string> texts;
    std::vector<bool> is_so;
    for (std::size_t i = 0; i < 900; ++i) {
        const auto& [text, spam] = all[i * (all.size() / 1300)];
        texts.push_back(text);
        is_so.push_back(spam);
    }
    at.teach(at.write_all(texts), Flag::spam, is_so);
    learn_anew(*world.services);
    const auto card = at.read([](db::ReadTx& tx) { return versions(tx, Flag::spam); });
    ASSERT_THAT(card, SizeIs(1));
    EXPECT_GT(card[0].auc_low, 0.9);
    std::cout << "area " << card[0].auc << " (" << card[0].auc_low << " to " << card[0].auc_high
              << "), calibration off by " << card[0].calibration_error << "\n";
    for (const AtLoad& load : card[0].at_loads)
        std::cout << "load " << load.load << " %: found " << load.found << " of " << load.positives
                  << ", at least " << assist::at_least(load.found, load.positives) << ", foretold "
                  << load.foretold << "\n";
    world.clock.advance(shadow_ms);
    world.must([&](db::Tx& tx) { return set_load(tx, as(at.cast.oz), Flag::spam, 30); });
    world.must([&](db::Tx& tx) { return turn_on(tx, as(at.cast.oz), Flag::spam); });
    int found = 0, spam = 0;
    std::vector<std::string> later;
    for (std::size_t i = 0; i < 60; ++i) {
        const auto& [text, is_spam] = all[1 + i * (all.size() / 100)];
        later.push_back(text);
        spam += is_spam;
    }
    const auto posts = at.write_all(later);
    const auto began = std::chrono::steady_clock::now();
    const std::vector<Active> models = at.read([](db::ReadTx& tx) { return load_models(tx); });
    const auto loaded = std::chrono::steady_clock::now();
    for (const std::string& text : later) read(models.at(0), text);
    const auto ended = std::chrono::steady_clock::now();
    std::cout << "loading " << std::chrono::duration<double, std::milli>(loaded - began).count()
              << " ms, a post "
              << std::chrono::duration<double, std::micro>(ended - loaded).count() /
                     static_cast<double>(later.size())
              << " us\n";
    ASSERT_THAT(models, SizeIs(1));
    for (std::size_t i = 0; i < later.size(); ++i) {
        const bool is_spam = all[1 + i * (all.size() / 100)].second;
        found += is_spam && read(models[0], later[i]).chance > models[0].threshold;
    }
    EXPECT_GT(spam, 5);
    EXPECT_GT(found * 10, spam * 5) << found << " of " << spam;
    std::cout << "later: " << found << " of " << spam << " at a load of 30 %\n";
    report_week(*world.services);
    EXPECT_TRUE(at.figure("spam", "all", "moved"));
    at.teach(posts, Flag::spam, std::vector<bool>(posts.size(), false));
    learn_anew(*world.services);
    world.must([&](db::Tx& tx) { return go_back(tx, as(at.cast.oz), Flag::spam, card[0].id); });
    EXPECT_EQ(at.standing_of(Flag::spam).model, card[0].id);
}

}  // namespace
}  // namespace kith::learning

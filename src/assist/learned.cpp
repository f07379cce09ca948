#include <algorithm>
#include <numeric>

#include "assist/assist.hpp"
#include "assist/model.hpp"
#include "assist/rules.hpp"

namespace kith::assist {
namespace {

bool is_for(Flag flag, About about) {
    switch (flag) {
        case Flag::crisis:
            return about == About::crisis || about == About::method;
        case Flag::hostile:
            return about == About::hostile;
        case Flag::spam:
            return about == About::spam;
        case Flag::advice:
            return about == About::advice;
    }
    return false;
}

// How much regularisation suits (facts in ADR 0031).
double cost_of(Flag flag) { return flag == Flag::spam ? 8 : 2; }

Reading reading_of(Flag flag, std::string_view text, const std::vector<Chunk>& chunks) {
    const RuleCues cues = rule_cues(chunks, [flag](About about) { return is_for(flag, about); });
    return read_features(text, chunks, cues.names);
}

Reading reading_of(Flag flag, std::string_view text) { return reading_of(flag, text, chunks_of(text)); }

}  // namespace

Result<Learned> learn(Flag flag, std::span<const Lesson> lessons) {
    std::vector<Sample> samples;
    for (const Lesson& one : lessons)
        samples.push_back({reading_of(flag, one.text), one.is_so, one.key, one.stands_for});
    const Trained trained = TRY(train(samples, cost_of(flag)));
    Learned out{.bytes = trained.model.saved(), .chances = {}, .truths = trained.held.labels};
    for (const double score : trained.held.scores)
        out.chances.push_back(trained.model.calibration.probability(score));
    return out;
}

std::optional<Reader> Reader::load(Flag flag, std::string_view bytes) {
    auto model = Model::load(bytes);
    if (!model) return std::nullopt;
    return Reader(flag, std::make_shared<const Model>(*std::move(model)));
}

double Reader::chance(std::string_view text) const { return model_->probability(reading_of(flag_, text)); }

double Reader::unseen(std::string_view text) const {
    const Reading reading = reading_of(flag_, text);
    double seen = 0, all = 0;
    for (const auto* block : {&reading.words, &reading.letters})
        for (const Weight& one : *block) {
            ++all;
            seen += model_->idf[one.index] != 0;
        }
    return all > 0 ? 1 - seen / all : 0;
}

std::vector<Span> Reader::why(std::string_view text, std::size_t most) const {
    const std::vector<Chunk> chunks = chunks_of(text);
    const std::vector<double> shares = model_->contributions(chunks, reading_of(flag_, text, chunks));
    std::vector<std::size_t> order(chunks.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return shares[i]; });
    std::erase_if(order, [&](std::size_t i) { return shares[i] <= 0; });
    if (order.size() > most) order.resize(most);
    std::ranges::sort(order);
    std::vector<Span> out;
    for (std::size_t n = 0; n < order.size(); ++n) {
        const Chunk& chunk = chunks[order[n]];
        if (n > 0 && order[n] == order[n - 1] + 1) {
            out.back().end = chunk.end;
        } else {
            out.push_back({chunk.begin, chunk.end});
        }
    }
    return out;
}

}  // namespace kith::assist

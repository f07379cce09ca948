#include <linear.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <memory>

#include "assist/model.hpp"

namespace kith::assist {
namespace {

constexpr int folds = 4;

using Chosen = std::vector<const Sample*>;

// Rarer is worth more: ln((1 + n) / (1 + n with it)) + 1. What no text had is worth nothing; a cue always 1.
std::vector<float> idf_of(const Chosen& samples) {
    std::vector<float> seen(table_size);
    for (const Sample* one : samples)
        for (const auto* block : {&one->reading.words, &one->reading.letters})
            for (const Weight& each : *block) seen[each.index] += 1;
    const auto n = static_cast<float>(samples.size());
    for (float& each : seen)
        if (each > 0) each = std::log((1 + n) / (1 + each)) + 1;
    for (const Sample* one : samples)
        for (const Weight& each : one->reading.cues)
            if (seen[each.index] == 0) seen[each.index] = 1;
    return seen;
}

// The shape that liblinear reads: rows of (index from 1, value), each ended by -1. Indexes are numbered anew, so that
// what no text has costs nothing.
class Problem {
public:
    Problem(const Chosen& samples, const std::vector<float>& idf) : number_(table_size) {
        std::size_t most = 0;
        for (const Sample* one : samples) {
            const Reading& r = one->reading;
            most += r.words.size() + r.letters.size() + r.cues.size() + 1;
        }
        nodes_.reserve(most);
        std::vector<std::size_t> begins;
        for (const Sample* one : samples) {
            begins.push_back(nodes_.size());
            add(*one, idf);
            labels_.push_back(one->label ? 1 : -1);
        }
        for (const std::size_t begin : begins) rows_.push_back(nodes_.data() + begin);
        for (feature_node& node : nodes_)
            if (node.index == bias_to_come) node.index = used_ + 1;
    }

    problem view() {
        return {.l = static_cast<int>(rows_.size()),
                .n = used_ + 1,
                .y = labels_.data(),
                .x = rows_.data(),
                .bias = 1};
    }
    // Of the model that came of it.
    std::vector<float> weights(const model& made, double sign) const {
        std::vector<float> out(table_size);
        for (std::uint32_t i = 0; i < table_size; ++i)
            if (number_[i]) out[i] = static_cast<float>(sign * made.w[number_[i] - 1]);
        return out;
    }
    double bias(const model& made, double sign) const { return sign * made.w[used_]; }

private:
    static constexpr int bias_to_come = 0;  // numbered once all features are

    void add(const Sample& sample, const std::vector<float>& idf) {
        const std::size_t begin = nodes_.size();
        for (const auto* block : {&sample.reading.words, &sample.reading.letters}) add_block(*block, idf);
        for (const Weight& cue : sample.reading.cues) add_node(cue.index, 1);
        const auto row = std::span(nodes_).subspan(begin);
        std::ranges::sort(row, {}, &feature_node::index);
        nodes_.push_back({bias_to_come, 1});
        nodes_.push_back({-1, 0});
    }
    void add_block(const std::vector<Weight>& block, const std::vector<float>& idf) {
        double sum = 0;
        for (const Weight& one : block) sum += std::pow(static_cast<double>(one.value) * idf[one.index], 2);
        const double length = std::sqrt(sum);
        for (const Weight& one : block)
            if (length > 0) add_node(one.index, static_cast<double>(one.value) * idf[one.index] / length);
    }
    void add_node(std::uint32_t index, double value) {
        if (!number_[index]) number_[index] = ++used_;
        nodes_.push_back({number_[index], value});
    }

    std::vector<int> number_;
    std::vector<feature_node> nodes_;
    std::vector<feature_node*> rows_;
    std::vector<double> labels_;
    int used_ = 0;
};

struct FreeModel {
    void operator()(model* made) const { free_and_destroy_model(&made); }
};

// Each label weighs as much as the other, however rare.
Model fit(const Chosen& samples, double cost) {
    Model out;
    out.idf = idf_of(samples);
    Problem rows(samples, out.idf);
    problem view = rows.view();
    const double n = static_cast<double>(samples.size());
    const double yes = static_cast<double>(std::ranges::count_if(samples, &Sample::label));
    int labels[] = {1, -1};
    double weights[] = {n / (2 * yes), n / (2 * (n - yes))};
    const parameter how{.solver_type = L2R_LR,  // the one without chance in it
                        .eps = 0.1,
                        .C = cost,
                        .nr_weight = 2,
                        .weight_label = labels,
                        .weight = weights,
                        .p = 0,
                        .init_sol = nullptr};
    set_print_string_function([](const char*) {});
    const std::unique_ptr<model, FreeModel> made(::train(&view, &how));
    const double sign = made->label[0] == 1 ? 1 : -1;
    out.weight = rows.weights(*made, sign);
    out.bias = rows.bias(*made, sign);
    return out;
}

bool has_both(const Chosen& samples) {
    const auto yes = std::ranges::count_if(samples, &Sample::label);
    return yes > 0 && yes < static_cast<std::ptrdiff_t>(samples.size());
}

struct Part {
    Held held, weighed;  // weighed: each as often as what it stands for
};

void add(Held& out, double score, bool label, std::uint32_t times) {
    out.scores.insert(out.scores.end(), times, score);
    out.labels.insert(out.labels.end(), times, label);
}

// What a model says of texts that it has not seen.
Part held_out(std::span<const Sample> samples, int fold, double cost) {
    Chosen rest;
    for (const Sample& one : samples)
        if (one.fold_key % folds != static_cast<std::uint64_t>(fold)) rest.push_back(&one);
    Part out;
    if (!has_both(rest)) return out;
    const Model made = fit(rest, cost);
    for (const Sample& one : samples) {
        if (one.fold_key % folds != static_cast<std::uint64_t>(fold)) continue;
        const double score = made.score(one.reading);
        add(out.held, score, one.label, 1);
        add(out.weighed, score, one.label, one.stands_for);
    }
    return out;
}

void append(Held& to, const Held& more) {
    to.scores.insert(to.scores.end(), more.scores.begin(), more.scores.end());
    to.labels.insert(to.labels.end(), more.labels.begin(), more.labels.end());
}

Part all_held_out(std::span<const Sample> samples, double cost) {
    std::vector<std::future<Part>> parts;
    for (int fold = 0; fold < folds; ++fold)
        parts.push_back(std::async(std::launch::async, held_out, samples, fold, cost));
    Part out;
    for (std::future<Part>& each : parts) {
        const Part part = each.get();
        append(out.held, part.held);
        append(out.weighed, part.weighed);
    }
    return out;
}

}  // namespace

Result<Trained> train(std::span<const Sample> samples, double cost) {
    Chosen all;
    for (const Sample& one : samples) all.push_back(&one);
    if (!has_both(all))
        return fail(Fault::invalid, "To learn, it needs texts with label 1 and texts with label 0.");
    Trained out{.model = fit(all, cost), .held = {}};
    Part part = all_held_out(samples, cost);
    if (part.held.labels.empty()) return out;
    Model& model = out.model;
    model.calibration = calibrate(part.weighed.scores, part.weighed.labels);
    std::vector<double> probabilities;
    for (const double score : part.weighed.scores)
        probabilities.push_back(model.calibration.probability(score));
    model.threshold = best_threshold(probabilities, part.weighed.labels);
    out.held = std::move(part.held);
    return out;
}

}  // namespace kith::assist

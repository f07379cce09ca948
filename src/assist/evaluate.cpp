#include "assist/evaluate.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <unordered_set>

#include "assist/model.hpp"
#include "assist/rules.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"

namespace kith::assist {
namespace {

// ---- the file --------------------------------------------------------------------------------------------

struct Columns {
    std::size_t label = 0, text = 0, count = 0;
};

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> out;
    for (std::size_t tab = 0; (tab = line.find('\t')) != std::string_view::npos; line.remove_prefix(tab + 1))
        out.push_back(line.substr(0, tab));
    out.push_back(line);
    return out;
}

std::optional<Columns> columns_of(std::string_view header) {
    if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);
    const auto cells = cells_of(header);
    const auto find = [&](std::string_view name) {
        const auto at = std::ranges::find_if(
            cells, [&](std::string_view c) { return text::ascii::same_word(text::ascii::trimmed(c), name); });
        return static_cast<std::size_t>(at - cells.begin());
    };
    const Columns out{find("label"), find("text"), cells.size()};
    if (out.label == cells.size() || out.text == cells.size()) return std::nullopt;
    return out;
}

tl::unexpected<Error> refuse(const std::string& path, std::size_t line, std::string_view what) {
    return fail(Fault::invalid, path + ", line " + std::to_string(line) + ": " + std::string(what));
}

// ---- reading texts ---------------------------------------------------------------------------------------

// The rules of a task, and what a hit of them counts where nothing else does.
bool is_for(Task task, About about) {
    switch (task) {
        case Task::crisis:
            return about == About::crisis || about == About::method;
        case Task::spam:
            return about == About::spam;
        case Task::empathy:
            return about == About::empathy;
    }
    return false;
}

// How much each rule tells is learned; how much regularisation suits was found by cross-validation (facts in ADR 0031).
double cost_of(Task task) { return task == Task::spam ? 8 : 2; }

struct Read {
    Reading reading;
    double by_rules = 0;
};

Read read(Task task, Means means, std::string_view text) {
    const std::vector<Chunk> chunks = chunks_of(text);
    Read out;
    RuleCues cues;
    if (means != Means::no_rules)
        cues = rule_cues(chunks, [task](About about) { return is_for(task, about); });
    out.by_rules = cues.counted;
    if (means != Means::rules_only) out.reading = read_features(text, chunks, cues.names);
    return out;
}

std::vector<char> labels_of(const std::vector<Labelled>& all) {
    std::vector<char> out;
    for (const Labelled& one : all) out.push_back(one.label);
    return out;
}

bool has_both(const std::vector<char>& labels) {
    return std::ranges::count(labels, 1) > 0 && std::ranges::count(labels, 0) > 0;
}

double seconds_since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// Either a model, or what the rules alone count.
struct Judge {
    Task task;
    Means means;
    std::optional<Model> model = {};
    Calibration calibration = {};
    double threshold = 0.5;

    double score(std::string_view text) const {
        const Read seen = read(task, means, text);
        return model ? model->score(seen.reading) : seen.by_rules;
    }
};

Result<Judge> learn(Task task, Means means, const std::vector<Labelled>& texts) {
    Judge out{task, means};
    if (means == Means::rules_only) {
        std::vector<double> scores, probabilities;
        for (const Labelled& one : texts) scores.push_back(out.score(one.text));
        const std::vector<char> labels = labels_of(texts);
        out.calibration = calibrate(scores, labels);
        for (const double score : scores) probabilities.push_back(out.calibration.probability(score));
        out.threshold = best_threshold(probabilities, labels);
        return out;
    }
    std::vector<Sample> samples;
    for (const Labelled& one : texts)
        samples.push_back({read(task, means, one.text).reading, one.label,
                           std::hash<std::string>()(text::fold(one.text)) >> 8});
    out.model = TRY(train(samples, cost_of(task))).model;
    out.calibration = out.model->calibration;
    out.threshold = out.model->threshold;
    return out;
}

std::size_t count_in_both(const std::vector<Labelled>& train, const std::vector<Labelled>& test) {
    std::unordered_set<std::string> known;
    for (const Labelled& one : train) known.insert(text::fold(one.text));
    return static_cast<std::size_t>(std::ranges::count_if(
        test, [&](const Labelled& one) { return known.contains(text::fold(one.text)); }));
}

}  // namespace

Result<std::vector<Labelled>> read_labelled(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string line;
    if (!in || !std::getline(in, line))
        return fail(Fault::not_found, "There is nothing to read in " + path + ".");
    const auto columns = columns_of(line);
    if (!columns)
        return refuse(path, 1, "it must name the columns \"label\" and \"text\", with a tab between them.");
    std::vector<Labelled> out;
    for (std::size_t number = 2; std::getline(in, line); ++number) {
        if (line.ends_with('\r')) line.pop_back();
        if (text::ascii::trimmed(line).empty()) continue;
        const auto cells = cells_of(line);
        if (cells.size() < columns->count) return refuse(path, number, "a column is missing.");
        const std::string_view label = text::ascii::trimmed(cells[columns->label]);
        if (label != "0" && label != "1") return refuse(path, number, "the label must be 0 or 1.");
        std::string_view text = cells[columns->text];
        // Tabs in a text that stands last are part of it.
        if (columns->text + 1 == columns->count) text = {text.data(), line.data() + line.size()};
        out.push_back({text::clean(text), label == "1"});
    }
    return out;
}

Result<Evaluation> evaluate(Task task, Means means, const std::vector<Labelled>& train,
                            const std::vector<Labelled>& test) {
    const std::vector<char> labels = labels_of(test);
    if (!has_both(labels)) return fail(Fault::invalid, "The texts to test on need both labels, 1 and 0.");
    if (!has_both(labels_of(train)))
        return fail(Fault::invalid, "The texts to learn from need both labels, 1 and 0.");
    Rules::built_in();  // read before the clock runs
    Evaluation out{.trained = train.size(), .tested = test.size()};
    const auto began = std::chrono::steady_clock::now();
    const Judge judge = TRY(learn(task, means, train));
    out.train_s = seconds_since(began);
    std::vector<double> scores, probabilities;
    const auto tested = std::chrono::steady_clock::now();
    for (const Labelled& one : test) scores.push_back(judge.score(one.text));
    out.us_per_post = seconds_since(tested) * 1e6 / static_cast<double>(test.size());
    for (const double score : scores) probabilities.push_back(judge.calibration.probability(score));
    out.positives = static_cast<std::size_t>(std::ranges::count(labels, 1));
    out.in_both = count_in_both(train, test);
    out.auc = area_under_curve(scores, labels);
    out.threshold = judge.threshold;
    out.counts = counts_at(probabilities, labels, judge.threshold);
    for (std::size_t i = 0; i < loads_percent.size(); ++i)
        out.at_load[i] = at_load(scores, labels, loads_percent[i] / 100.0);
    out.calibration_error = calibration_error(probabilities, labels);
    if (judge.model) out.model_bytes = judge.model->saved().size();
    return out;
}

}  // namespace kith::assist

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assist/figures.hpp"
#include "base/enum.hpp"
#include "base/result.hpp"

// How good rules and a model are on texts that people have labelled; private to assist.
namespace kith::assist {

enum class Task { crisis, spam, empathy };
constexpr auto enum_words(Task) { return std::to_array<std::string_view>({"crisis", "spam", "empathy"}); }

struct Labelled {
    std::string text;
    bool label = false;
};
// A file of lines parted by tabs, whose first line names the columns; "label" (0 or 1) and "text" are read. Faults
// `not_found`; `invalid`: says the line.
Result<std::vector<Labelled>> read_labelled(const std::string& path);

enum class Means { both, rules_only, no_rules };

inline constexpr std::array<int, 4> loads_percent{5, 10, 20, 30};

struct Evaluation {
    std::size_t trained = 0, tested = 0, positives = 0;  // positives: of those tested
    std::size_t in_both = 0;                             // tested texts that were trained on, which flatters
    Interval auc;
    Counts counts;
    double threshold = 0;
    std::array<AtLoad, loads_percent.size()> at_load{};
    double calibration_error = 0;
    double train_s = 0, us_per_post = 0;
    std::size_t model_bytes = 0;  // 0: no model
};
// Learns from one, tests on the other. Fault `invalid`: one of them has not both labels.
Result<Evaluation> evaluate(Task task, Means means, const std::vector<Labelled>& train,
                            const std::vector<Labelled>& test);

}  // namespace kith::assist

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assist/features.hpp"
#include "base/result.hpp"

// Logistic regression over hashed features: a score is a sum, so that it can be explained. Private to assist.
namespace kith::assist {

// From a raw score f to a probability, 1 / (1 + exp(a f + b)): J. Platt 1999, fitted as in Lin, Lin and Weng 2007.
struct Calibration {
    double a = -1, b = 0;
    double probability(double score) const;
};
// Expects as many labels as scores.
Calibration calibrate(std::span<const double> scores, std::span<const char> labels);

// The probability from which "yes" gives the best macro-F1 on these; 0.5 where there is nothing to choose.
double best_threshold(std::span<const double> probabilities, std::span<const char> labels);

struct Model {
    // Raw; meant for `calibration`.
    double score(const Reading& reading) const;
    double probability(const Reading& reading) const { return calibration.probability(score(reading)); }
    // What each chunk adds to the score, in the same units.
    std::vector<double> contributions(const std::vector<Chunk>& chunks, const Reading& reading) const;

    // Bytes to keep, with a checksum.
    std::string saved() const;
    // Nothing if it is damaged or reads texts in another way than this program.
    static std::optional<Model> load(std::string_view bytes);

    std::vector<float> weight = std::vector<float>(table_size), idf = std::vector<float>(table_size);
    double bias = 0;
    Calibration calibration;
    double threshold = 0.5;  // of the probability
};

struct Sample {
    Reading reading;
    bool label = false;
    std::uint64_t fold_key = 0;    // the same for the same text: copies never stand on both sides
    std::uint32_t stands_for = 1;  // for the calibration: how many texts like it there are
};
// What models that had not seen a text said of it.
struct Held {
    std::vector<double> scores;
    std::vector<char> labels;
};
struct Trained {
    Model model;
    Held held;  // empty where a part of the samples has not both labels
};
// Fault `invalid` without at least one of each label. The same samples give the same model.
Result<Trained> train(std::span<const Sample> samples, double cost);

}  // namespace kith::assist

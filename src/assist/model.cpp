#include "assist/model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "platform/crypto/crypto.hpp"

namespace kith::assist {
namespace {

// Times idf, and of length 1: what a sentence weighs does not grow with how long it is.
double block_length(const std::vector<Weight>& block, const std::vector<float>& idf) {
    double sum = 0;
    for (const Weight& one : block) {
        const double value = one.value * idf[one.index];
        sum += value * value;
    }
    return std::sqrt(sum);
}

double block_score(const std::vector<Weight>& block, const std::vector<float>& idf,
                   const std::vector<float>& weight) {
    const double length = block_length(block, idf);
    if (length == 0) return 0;
    double sum = 0;
    for (const Weight& one : block) sum += one.value * idf[one.index] * weight[one.index];
    return sum / length;
}

}  // namespace

// ---- calibration -----------------------------------------------------------------------------------------

double Calibration::probability(double score) const {
    const double x = a * score + b;
    return x >= 0 ? std::exp(-x) / (1 + std::exp(-x)) : 1 / (1 + std::exp(x));
}

namespace {

// The targets of Platt's fit: not 0 and 1, so that few samples are not believed too much.
struct Targets {
    double yes, no;
};
Targets platt_targets(std::span<const char> labels) {
    const double yes = static_cast<double>(std::ranges::count(labels, 1));
    const double no = static_cast<double>(labels.size()) - yes;
    return {(yes + 1) / (yes + 2), 1 / (no + 2)};
}

double cross_entropy(const Calibration& at, std::span<const double> scores, std::span<const char> labels,
                     const Targets& targets) {
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double x = at.a * scores[i] + at.b, t = labels[i] ? targets.yes : targets.no;
        sum += x >= 0 ? t * x + std::log1p(std::exp(-x)) : (t - 1) * x + std::log1p(std::exp(x));
    }
    return sum;
}

struct Slope {
    double h11 = 1e-12, h22 = 1e-12, h21 = 0, g1 = 0, g2 = 0;
};
Slope slope_of(const Calibration& at, std::span<const double> scores, std::span<const char> labels,
               const Targets& targets) {
    Slope out;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double p = at.probability(scores[i]), d2 = p * (1 - p);
        const double d1 = (labels[i] ? targets.yes : targets.no) - p;
        out.h11 += scores[i] * scores[i] * d2;
        out.h22 += d2;
        out.h21 += scores[i] * d2;
        out.g1 += scores[i] * d1;
        out.g2 += d1;
    }
    return out;
}

}  // namespace

Calibration calibrate(std::span<const double> scores, std::span<const char> labels) {
    constexpr int most_steps = 100;
    constexpr double close_enough = 1e-5, smallest_step = 1e-10;
    const Targets targets = platt_targets(labels);
    const double yes = static_cast<double>(std::ranges::count(labels, 1));
    Calibration at{0, std::log((static_cast<double>(labels.size()) - yes + 1) / (yes + 1))};
    double value = cross_entropy(at, scores, labels, targets);
    for (int i = 0; i < most_steps; ++i) {
        const Slope s = slope_of(at, scores, labels, targets);
        if (std::abs(s.g1) < close_enough && std::abs(s.g2) < close_enough) break;
        const double det = s.h11 * s.h22 - s.h21 * s.h21;
        const double da = -(s.h22 * s.g1 - s.h21 * s.g2) / det, db = -(s.h11 * s.g2 - s.h21 * s.g1) / det;
        const double falls = s.g1 * da + s.g2 * db;
        double step = 1;
        for (; step >= smallest_step; step /= 2) {
            const Calibration next{at.a + step * da, at.b + step * db};
            const double there = cross_entropy(next, scores, labels, targets);
            if (there >= value + 1e-4 * step * falls) continue;
            at = next;
            value = there;
            break;
        }
        if (step < smallest_step) break;
    }
    return at;
}

double best_threshold(std::span<const double> probabilities, std::span<const char> labels) {
    std::vector<std::size_t> order(labels.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](auto a, auto b) { return probabilities[a] > probabilities[b]; });
    const double positives = static_cast<double>(std::ranges::count(labels, 1));
    const double n = static_cast<double>(labels.size());
    double best = 0.5, best_f1 = -1, found = 0;
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        found += labels[order[i]];
        const double here = probabilities[order[i]], next = probabilities[order[i + 1]];
        if (here == next) continue;
        const double flagged = static_cast<double>(i + 1);
        const double missed = positives - found, rest = n - flagged;
        const double f1_yes = 2 * found / (flagged + positives);
        const double f1_no = 2 * (rest - missed) / (rest + n - positives);
        if (f1_yes + f1_no <= best_f1) continue;
        best_f1 = f1_yes + f1_no;
        best = (here + next) / 2;
    }
    return best;
}

// ---- scoring ---------------------------------------------------------------------------------------------

double Model::score(const Reading& reading) const {
    double sum = bias + block_score(reading.words, idf, weight) + block_score(reading.letters, idf, weight);
    for (const Weight& cue : reading.cues) sum += weight[cue.index];
    return sum;
}

std::vector<double> Model::contributions(const std::vector<Chunk>& chunks, const Reading& reading) const {
    const double words = block_length(reading.words, idf), letters = block_length(reading.letters, idf);
    // In which block a feature stands, with its value.
    const auto share = [&](std::uint32_t index) {
        const auto in = [&](const std::vector<Weight>& block, double length) {
            const auto at = std::ranges::lower_bound(block, index, {}, &Weight::index);
            const bool is_here = at != block.end() && at->index == index && length > 0;
            return is_here ? static_cast<double>(idf[index]) * weight[index] / length : 0.0;
        };
        return in(reading.words, words) + in(reading.letters, letters);
    };
    std::vector<double> out(chunks.size());
    for (std::size_t i = 0; i < chunks.size(); ++i)
        for (const std::uint32_t index : features_of_chunk(chunks, i)) out[i] += share(index);
    return out;
}

// ---- keeping ---------------------------------------------------------------------------------------------

namespace {

constexpr std::string_view magic = "kith-lr1";
constexpr std::size_t digest_bytes = 32;

template <class T>
void put(std::string& out, T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

template <class T>
T take(std::string_view& in) {
    T value{};
    if (in.size() < sizeof value) return value;
    std::memcpy(&value, in.data(), sizeof value);
    in.remove_prefix(sizeof value);
    return value;
}

}  // namespace

// Little-endian, as every machine that Kith runs on.
static_assert(std::endian::native == std::endian::little);

std::string Model::saved() const {
    std::string out(magic);
    put(out, features_version);
    for (const double number : {bias, calibration.a, calibration.b, threshold}) put(out, number);
    std::uint32_t used = 0;
    for (std::uint32_t i = 0; i < table_size; ++i) used += idf[i] != 0;
    put(out, used);
    for (std::uint32_t i = 0; i < table_size; ++i) {
        if (idf[i] == 0) continue;
        put(out, i);
        put(out, weight[i]);
        put(out, idf[i]);
    }
    return out + crypto::digest(out);
}

std::optional<Model> Model::load(std::string_view bytes) {
    if (bytes.size() < magic.size() + digest_bytes || !bytes.starts_with(magic)) return std::nullopt;
    const std::string_view body = bytes.substr(0, bytes.size() - digest_bytes);
    if (crypto::digest(body) != bytes.substr(body.size())) return std::nullopt;
    std::string_view in = body.substr(magic.size());
    if (take<std::uint32_t>(in) != features_version) return std::nullopt;
    Model out;
    out.bias = take<double>(in);
    out.calibration.a = take<double>(in);
    out.calibration.b = take<double>(in);
    out.threshold = take<double>(in);
    const auto used = take<std::uint32_t>(in);
    if (in.size() != std::size_t{used} * (sizeof(std::uint32_t) + 2 * sizeof(float))) return std::nullopt;
    while (!in.empty()) {
        const auto index = take<std::uint32_t>(in);
        if (index >= table_size) return std::nullopt;
        out.weight[index] = take<float>(in);
        out.idf[index] = take<float>(in);
    }
    return out;
}

}  // namespace kith::assist

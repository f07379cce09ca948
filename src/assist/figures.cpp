#include "assist/figures.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numeric>
#include <vector>

namespace kith::assist {
namespace {

std::vector<std::size_t> lowest_first(std::span<const double> values) {
    std::vector<std::size_t> out(values.size());
    std::iota(out.begin(), out.end(), 0);
    std::ranges::sort(out, {}, [&](std::size_t i) { return values[i]; });
    return out;
}

// From 1; equal values share the mean of their places.
std::vector<double> midranks(std::span<const double> values) {
    const std::vector<std::size_t> order = lowest_first(values);
    std::vector<double> out(values.size());
    for (std::size_t at = 0; at < order.size();) {
        std::size_t end = at + 1;
        while (end < order.size() && values[order[end]] == values[order[at]]) ++end;
        const double rank = static_cast<double>(at + end + 1) / 2;
        for (; at < end; ++at) out[order[at]] = rank;
    }
    return out;
}

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(std::span<const double> values) {
    if (values.size() < 2) return 0;
    const double middle = mean(values);
    double sum = 0;
    for (const double value : values) sum += (value - middle) * (value - middle);
    return sum / static_cast<double>(values.size() - 1);
}

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

}  // namespace

Interval area_under_curve(std::span<const double> scores, std::span<const char> labels) {
    std::vector<double> yes, no;
    for (std::size_t i = 0; i < scores.size(); ++i) (labels[i] ? yes : no).push_back(scores[i]);
    std::vector<double> all = yes;
    all.insert(all.end(), no.begin(), no.end());
    const std::vector<double> of_all = midranks(all), of_yes = midranks(yes), of_no = midranks(no);
    const double m = static_cast<double>(yes.size()), n = static_cast<double>(no.size());
    std::vector<double> v10(yes.size()), v01(no.size());
    for (std::size_t i = 0; i < yes.size(); ++i) v10[i] = (of_all[i] - of_yes[i]) / n;
    for (std::size_t i = 0; i < no.size(); ++i) v01[i] = 1 - (of_all[yes.size() + i] - of_no[i]) / m;
    constexpr double z = 1.959963984540054;  // 97.5 % of the normal distribution
    const double area = mean(v10), error = std::sqrt(variance(v10) / m + variance(v01) / n);
    return {area, std::max(0.0, area - z * error), std::min(1.0, area + z * error)};
}

double Counts::precision() const { return ratio(flagged_right, flagged_right + flagged_wrong); }
double Counts::recall() const { return ratio(flagged_right, flagged_right + missed); }
double Counts::macro_f1() const {
    const double wrong = flagged_wrong + missed;
    return (ratio(2 * flagged_right, 2 * flagged_right + wrong) +
            ratio(2 * left_right, 2 * left_right + wrong)) /
           2;
}

Counts counts_at(std::span<const double> probabilities, std::span<const char> labels, double threshold) {
    Counts out;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const bool is_flagged = probabilities[i] >= threshold;
        double& count = is_flagged ? (labels[i] ? out.flagged_right : out.flagged_wrong)
                                   : (labels[i] ? out.missed : out.left_right);
        ++count;
    }
    return out;
}

AtLoad at_load(std::span<const double> scores, std::span<const char> labels, double load) {
    std::vector<std::size_t> order = lowest_first(scores);
    std::ranges::reverse(order);
    const double room = load * static_cast<double>(order.size());
    double read = 0, found = 0;
    for (std::size_t at = 0; at < order.size() && read < room;) {
        double equal = 0, right = 0;
        const double score = scores[order[at]];
        for (; at < order.size() && scores[order[at]] == score; ++at) {
            ++equal;
            right += labels[order[at]];
        }
        const double taken = std::min(equal, room - read);
        read += taken;
        found += right * taken / equal;
    }
    const double positives = static_cast<double>(std::ranges::count(labels, 1));
    return {ratio(found, positives), ratio(found, read)};
}

double calibration_error(std::span<const double> probabilities, std::span<const char> labels) {
    constexpr std::size_t bins = 10;
    std::array<double, bins> said{}, was{};
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const auto bin = std::min(static_cast<std::size_t>(probabilities[i] * bins), bins - 1);
        said[bin] += probabilities[i];
        was[bin] += labels[i];
    }
    // |mean said - mean was| times the share of the bin.
    double sum = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) sum += std::abs(said[bin] - was[bin]);
    return ratio(sum, static_cast<double>(probabilities.size()));
}

double at_least(std::int64_t found, std::int64_t of) {
    constexpr double doubt = 0.05;
    if (found <= 0 || of <= 0) return 0;
    return boost::math::ibeta_inv(static_cast<double>(found), static_cast<double>(of - found + 1), doubt);
}

double at_most(std::int64_t found, std::int64_t of) { return 1 - at_least(of - found, of); }

double stability_index(std::span<const std::int64_t> before, std::span<const std::int64_t> now) {
    const auto counted = [](std::int64_t count) { return count > 0 ? static_cast<double>(count) : 0.5; };
    const double all_before = static_cast<double>(
        std::accumulate(before.begin(), before.end(), std::int64_t{}));
    const double all_now = static_cast<double>(std::accumulate(now.begin(), now.end(), std::int64_t{}));
    if (all_before == 0 || all_now == 0) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < std::min(before.size(), now.size()); ++i) {
        const double was = counted(before[i]) / all_before, is = counted(now[i]) / all_now;
        sum += (is - was) * std::log(is / was);
    }
    return sum;
}

}  // namespace kith::assist

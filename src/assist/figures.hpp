#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

// How good scores are. All of scores expect as many labels as scores, and one of each label at least.
namespace kith::assist {

struct Interval {
    double value = 0, low = 0, high = 0;  // 95 %
};

// The chance that a text with label 1 has a higher score than one with label 0, ties half (Mann-Whitney). The interval:
// E. DeLong, D. DeLong and D. Clarke-Pearson 1988, by midranks as in X. Sun and W. Xu 2014, cut to 0 and 1.
Interval area_under_curve(std::span<const double> scores, std::span<const char> labels);

struct Counts {
    double flagged_right = 0, flagged_wrong = 0, missed = 0, left_right = 0;

    double precision() const;  // of what is flagged, how much is right; 0 if nothing is
    double recall() const;     // of what there is, how much is flagged
    double macro_f1() const;   // the mean of F1 of either label
};
Counts counts_at(std::span<const double> probabilities, std::span<const char> labels, double threshold);

// Of what there is, how much is among the `load` (0 to 1) of texts with the highest scores, and how much of those is
// right. Of texts with equal scores at the edge, what a random order gives in the mean.
struct AtLoad {
    double recall = 0, precision = 0;
};
AtLoad at_load(std::span<const double> scores, std::span<const char> labels, double load);

// Expected calibration error: in ten bins of equal width, the mean distance of what was foretold from what is, weighed
// by how many are in each.
double calibration_error(std::span<const double> probabilities, std::span<const char> labels);

// Of `of` looked at, `found` were so. The share of all of them is at least, or at most, this, with 95 % (C. Clopper and
// E. Pearson 1934, one-sided). 0 and 1 where nothing was looked at.
double at_least(std::int64_t found, std::int64_t of);
double at_most(std::int64_t found, std::int64_t of);

// How far one distribution has moved from another (population stability index), from counts in the same bins; empty
// bins count half. Above 0.2 it has moved much. 0 where either is empty.
double stability_index(std::span<const std::int64_t> before, std::span<const std::int64_t> now);

}  // namespace kith::assist

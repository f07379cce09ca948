#include "transparency/suppression.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"

namespace kith::transparency {
namespace {

constexpr std::int64_t least = 3;

std::vector<Count> printed(std::initializer_list<std::int64_t> values) {
    std::vector<Count> out;
    for (const std::int64_t value : values) out.push_back({value});
    return out;
}

TEST(Suppression, leaves_large_counts_and_zeros_alone) {
    const auto counts = printed({30, 20, 10, 0});
    const std::vector<Sum> sums{{0, {1, 2, 3}}};
    EXPECT_EQ(suppress(counts, sums, 5), std::vector<Shown>(4, Shown::exact));
}

TEST(Suppression, withholds_the_smallest_part_beside_a_count_that_is_few) {
    const auto counts = printed({33, 20, 10, 3});
    const std::vector<Sum> sums{{0, {1, 2, 3}}};
    EXPECT_EQ(suppress(counts, sums, 5),
              (std::vector<Shown>{Shown::exact, Shown::exact, Shown::withheld, Shown::few}));
}

TEST(Suppression, needs_nothing_more_where_two_hide_each_other) {
    const auto counts = printed({27, 20, 4, 3});
    const std::vector<Sum> sums{{0, {1, 2, 3}}};
    EXPECT_EQ(suppress(counts, sums, 5),
              (std::vector<Shown>{Shown::exact, Shown::exact, Shown::few, Shown::few}));
}

TEST(Suppression, sees_that_two_of_one_each_give_each_other_away) {
    const auto counts = printed({22, 20, 1, 1});
    const std::vector<Sum> sums{{0, {1, 2, 3}}};
    const std::vector<Shown> shown = suppress(counts, sums, 5);
    EXPECT_EQ(shown[1], Shown::withheld);
}

TEST(Suppression, protects_those_whom_a_share_would_tell_of) {
    const std::vector<Count> counts{{12}, {11}, {1, false}};
    const std::vector<Sum> sums{{0, {1, 2}}};
    EXPECT_NE(suppress(counts, sums, 5)[1], Shown::exact) << "12, of whom 11: one was not";
    const std::vector<Count> whole{{12}, {12}, {0, false}};
    EXPECT_EQ(suppress(whole, sums, 5), std::vector<Shown>(3, Shown::exact))
        << "all of them: nobody is told of";
}

// ---- by brute force ----------------------------------------------------------------------------------------

// Every table that looks the same: which values may each count have?
class Search {
public:
    Search(const std::vector<Count>& counts, const std::vector<Sum>& sums, const std::vector<Shown>& shown,
           std::int64_t most)
        : counts_(counts),
          sums_(sums),
          shown_(shown),
          most_(most),
          values_(counts.size()),
          possible(counts.size()) {
        step(0);
    }

private:
    void step(std::size_t at) {
        if (at == counts_.size()) {
            for (std::size_t i = 0; i < values_.size(); ++i) possible[i].insert(values_[i]);
            return;
        }
        const bool is_exact = counts_[at].printed && shown_[at] == Shown::exact;
        const bool is_few = counts_[at].printed && shown_[at] == Shown::few;
        const std::int64_t low = is_exact ? counts_[at].value : is_few ? 1 : 0;
        const std::int64_t high = is_exact ? counts_[at].value : is_few ? least - 1 : most_;
        for (values_[at] = low; values_[at] <= high; ++values_[at])
            if (fits(at)) step(at + 1);
    }
    // Of the sums whose last count this is.
    bool fits(std::size_t at) const {
        for (const Sum& sum : sums_) {
            std::size_t last = sum.total;
            std::int64_t added = 0;
            for (const std::size_t part : sum.parts) {
                last = std::max(last, part);
                added += values_[part];
            }
            if (last == at && added != values_[sum.total]) return false;
        }
        return true;
    }

    const std::vector<Count>& counts_;
    const std::vector<Sum>& sums_;
    const std::vector<Shown>& shown_;
    const std::int64_t most_;
    std::vector<std::int64_t> values_;

public:
    std::vector<std::set<std::int64_t>> possible;
};

void expect_safe(const std::vector<Count>& counts, const std::vector<Sum>& sums) {
    const std::vector<Shown> shown = suppress(counts, sums, least);
    std::int64_t most = 0;
    for (const Count& count : counts) most = std::max(most, count.value + 2);
    const Search search(counts, sums, shown, most);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const bool is_small = counts[i].value > 0 && counts[i].value < least;
        ASSERT_TRUE(search.possible[i].contains(counts[i].value));
        if (counts[i].printed && is_small) {
            ASSERT_NE(shown[i], Shown::exact);
        }
        const bool is_secret = counts[i].printed ? shown[i] != Shown::exact : is_small;
        if (is_secret) {
            ASSERT_GT(search.possible[i].size(), 1u) << "count " << i << " is given away";
        }
    }
}

// One table of three parts, whatever is in it.
TEST(Suppression, gives_nothing_away_in_any_small_table) {
    const std::vector<Sum> sums{{0, {1, 2, 3}}};
    for (std::int64_t a = 0; a < 6; ++a)
        for (std::int64_t b = 0; b < 6; ++b)
            for (std::int64_t c = 0; c < 6; ++c) expect_safe(printed({a + b + c, a, b, c}), sums);
}

// As in the report: a total of two tables, a part of which has parts again, the last ones not printed.
TEST(Suppression, gives_nothing_away_in_tables_that_hang_together) {
    const std::vector<Sum> sums{{0, {1, 2}}, {0, {3, 4}}, {1, {5, 6}}};
    for (std::int64_t total = 0; total < 9; ++total)
        for (std::int64_t a = 0; a <= total; ++a)
            for (std::int64_t b = 0; b <= total; ++b)
                for (std::int64_t looked = 0; looked <= a; ++looked) {
                    std::vector<Count> counts = printed(
                        {total, a, total - a, b, total - b, looked, a - looked});
                    counts.back().printed = false;
                    expect_safe(counts, sums);
                }
}

TEST(Suppression, gives_nothing_away_in_tables_made_by_chance) {
    SeededRandom random{23};
    for (int round = 0; round < 1500; ++round) {
        std::vector<Count> counts(1);
        std::vector<Sum> sums;
        // Each sum splits a count that has none yet, or the first one once more.
        for (std::size_t n = 1 + random.below(3); n-- > 0;) {
            const std::size_t total = sums.empty() ? 0 : random.below(counts.size());
            Sum sum{total, {}};
            for (std::size_t parts = 2 + random.below(2); parts-- > 0;) {
                sum.parts.push_back(counts.size());
                counts.push_back({0, random.below(4) != 0});
            }
            sums.push_back(sum);
        }
        counts[0].value = static_cast<std::int64_t>(random.below(8));
        for (const Sum& sum : sums)
            for (std::int64_t left = counts[sum.total].value; left-- > 0;)
                ++counts[sum.parts[random.below(sum.parts.size())]].value;
        expect_safe(counts, sums);
        if (HasFatalFailure()) return;
    }
}

}  // namespace
}  // namespace kith::transparency

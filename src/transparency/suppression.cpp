#include "transparency/suppression.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

#include "base/check.hpp"

namespace kith::transparency {
namespace {

constexpr std::int64_t without_end = std::numeric_limits<std::int64_t>::max() / 1024;

// What a reader knows of a count.
struct Bounds {
    std::int64_t low = 0, high = without_end;

    bool is_known() const { return low == high; }
    bool narrow(std::int64_t to_low, std::int64_t to_high) {
        const std::int64_t before_low = low, before_high = high;
        low = std::max(low, to_low);
        high = std::min(high, to_high);
        return low != before_low || high != before_high;
    }
};

Bounds at_first(const Count& count, Shown shown, std::int64_t least) {
    if (!count.printed || shown == Shown::withheld) return {};
    return shown == Shown::few ? Bounds{1, least - 1} : Bounds{count.value, count.value};
}

Bounds added(std::span<const Bounds> all, const Sum& sum, std::optional<std::size_t> but = {}) {
    Bounds out{0, 0};
    for (const std::size_t part : sum.parts) {
        if (part == but) continue;
        out.low += all[part].low;
        out.high = std::min(out.high + all[part].high, without_end);
    }
    return out;
}

bool narrow_part(std::vector<Bounds>& all, const Sum& sum, std::size_t part) {
    const Bounds total = all[sum.total], others = added(all, sum, part);
    const bool is_open = total.high == without_end;
    return all[part].narrow(total.low - others.high, is_open ? without_end : total.high - others.low);
}

void carry(std::vector<Bounds>& all, std::span<const Sum> sums) {
    for (bool moved = true; moved;) {
        moved = false;
        for (const Sum& sum : sums) {
            const Bounds parts = added(all, sum);
            moved = all[sum.total].narrow(parts.low, parts.high) || moved;
            for (const std::size_t part : sum.parts) moved = narrow_part(all, sum, part) || moved;
        }
    }
}

// A table being made safe.
class Table {
public:
    Table(std::span<const Count> counts, std::span<const Sum> sums, std::int64_t least)
        : counts_(counts), sums_(sums), least_(least) {
        for (const Count& count : counts)
            shown_.push_back(count.printed && is_small(count) ? Shown::few : Shown::exact);
    }

    std::vector<Shown> made_safe() && {
        while (const auto given_away = find_given_away()) {
            const auto next = cheapest_beside(*given_away);
            CHECK(next.has_value());
            shown_[*next] = Shown::withheld;
        }
        return std::move(shown_);
    }

private:
    bool is_small(const Count& count) const { return count.value > 0 && count.value < least_; }
    bool is_secret(std::size_t at) const {
        return counts_[at].printed ? shown_[at] != Shown::exact : is_small(counts_[at]);
    }

    std::optional<std::size_t> find_given_away() const {
        std::vector<Bounds> all;
        for (std::size_t i = 0; i < counts_.size(); ++i)
            all.push_back(at_first(counts_[i], shown_[i], least_));
        carry(all, sums_);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (is_secret(i) && all[i].is_known()) return i;
        return std::nullopt;
    }

    std::optional<std::size_t> cheapest_beside(std::size_t at) const {
        using Cost = std::tuple<bool, bool, bool, std::int64_t>;
        std::optional<std::size_t> best;
        Cost least_cost;
        const auto offer = [&](std::size_t one, bool is_total) {
            if (one == at || !counts_[one].printed || shown_[one] == Shown::withheld) return;
            const Cost cost{shown_[one] == Shown::few, counts_[one].value == 0, is_total, counts_[one].value};
            if (best && cost >= least_cost) return;
            best = one;
            least_cost = cost;
        };
        for (const Sum& sum : sums_) {
            if (sum.total != at && std::ranges::find(sum.parts, at) == sum.parts.end()) continue;
            for (const std::size_t part : sum.parts) offer(part, false);
            offer(sum.total, true);
        }
        // All beside it are withheld, and it is few: what gave it away then is that it is few.
        if (!best && shown_[at] == Shown::few) return at;
        return best;
    }

    std::span<const Count> counts_;
    std::span<const Sum> sums_;
    std::int64_t least_;
    std::vector<Shown> shown_;
};

}  // namespace

std::vector<Shown> suppress(std::span<const Count> counts, std::span<const Sum> sums, std::int64_t least) {
    CHECK(least >= 3);
    return Table(counts, sums, least).made_safe();
}

}  // namespace kith::transparency

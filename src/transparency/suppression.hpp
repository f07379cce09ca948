#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Which counts of a report are left out, so that nobody can find out about a few people from it.
namespace kith::transparency {

// A count of a report. One that is not printed can still be worked out from others: "12, of whom 11 ..." tells of one.
struct Count {
    std::int64_t value = 0;
    bool printed = true;
};

// parts[0] + parts[1] + ... = total, as places in the list of counts.
struct Sum {
    std::size_t total = 0;
    std::vector<std::size_t> parts;
};

enum class Shown {
    exact,
    few,       // "fewer than 5": 1 to 4. Zero tells of nobody and is shown, as NHS England does.
    withheld,  // "not shown": any number, which would give away another
};

// Primary and complementary suppression (Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001,
// chapters 2 and 6). A printed count of 1 to least - 1 is few. Then, as long as what is shown, with these sums, leaves
// one value alone for a count that is not shown exactly, or for an unprinted one of 1 to least - 1, another count of
// one of its sums is withheld: the smallest part first, then the total, then a zero, then one that is few.
// The sums make a tree (two have at most one count in common, and none leads back to itself): then bounds that are
// carried from sum to sum until nothing moves are the true ones. `least` is 3 or more.
std::vector<Shown> suppress(std::span<const Count> counts, std::span<const Sum> sums, std::int64_t least);

}  // namespace kith::transparency

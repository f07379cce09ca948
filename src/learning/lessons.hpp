#pragma once

#include <span>

#include "learning/store.hpp"

// What labels teach; private to learning.
namespace kith::learning {

// A post that somebody judged, and nobody has changed since.
struct Judged {
    PostId post;
    std::string words;
    bool is_so = false;
    Time said_at;
    std::uint64_t key = 0;         // the same for the same words
    std::uint32_t stands_for = 1;  // posts drawn by lot stand for those that were not
};
// The newest 4000, by post; where several have judged, what was said last counts.
std::vector<Judged> judged_posts(db::ReadTx& tx, Flag flag);

// One of five is never learned from, so that any two models can be compared on it.
bool is_for_exam(const Judged& one);

// How the chances of posts lie: nine cuts that part them in ten, and how many lie in each part.
struct Spread {
    std::vector<double> cuts;
    std::vector<std::int64_t> counts;

    std::vector<std::int64_t> count(std::span<const double> chances) const;
};
Spread spread_of(std::vector<double> chances);
std::string in_words(const Spread& spread);
Spread spread_from(std::string_view words);

// Said plainly of themselves by people of many kinds: whoever flags these, flags who somebody is. The share that this
// reader would point to.
double share_of_plain_people(const assist::Reader& reader, double threshold);

// Words of posts, the newest first, for a look at all of them: at most `most`; none of the room of those who look after
// groups.
std::vector<std::string> words_between(Services& services, Time from, Time until, int most);

}  // namespace kith::learning

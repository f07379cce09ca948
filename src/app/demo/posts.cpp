#include "app/demo/posts.hpp"

#include <algorithm>
#include <tuple>

namespace kith::app {

std::vector<Planned> plan_posts(Time now) {
    std::vector<Planned> out;
    const std::span<const GroupText> all = demo_groups();
    for (std::size_t group = 0; group < all.size(); ++group) {
        for (const ThreadText& thread : all[group].threads) {
            Time at = now + -thread.hours_ago * hour_ms;
            for (std::size_t index = 0; index < thread.posts.size(); ++index) {
                at = at + thread.posts[index].after * minute_ms;
                out.push_back({group, &thread, index, at, out.size(), PostId()});
            }
        }
    }
    const auto key = [](const Planned& p) { return std::tuple(p.at, p.place); };
    std::ranges::sort(out, {}, key);
    return out;
}

}  // namespace kith::app

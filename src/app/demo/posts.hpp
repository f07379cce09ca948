#pragma once

#include <vector>

#include "app/demo/texts.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"

// The posts of the demo community, in the order of writing.
namespace kith::app {

// A post of the tables, with its place and its moment.
struct Planned {
    std::size_t group = 0;
    const ThreadText* thread = nullptr;
    std::size_t index = 0;
    Time at;
    std::size_t place = 0;  // in the tables
    PostId post;            // once it is written

    const PostText& text() const { return thread->posts[index]; }
};

// In the order of writing over all groups, as search shows them.
std::vector<Planned> plan_posts(Time now);

}  // namespace kith::app

#pragma once

#include <mutex>
#include <set>
#include <string>

#include "base/result.hpp"

namespace kith::conversation {

// Searching is the one reading that can be made long: two at a time for each member (or, of guests, network), and
// never with the last reader of the database, so that pages go on. In memory, on this node.
class SearchTurns {
public:
    static constexpr std::size_t most_at_once = 3, most_each = 2;

    // Ends with its scope.
    class Turn {
    public:
        Turn(SearchTurns& turns, std::string asker) : turns_(&turns), asker_(std::move(asker)) {}
        Turn(Turn&& other) noexcept
            : turns_(std::exchange(other.turns_, nullptr)), asker_(std::move(other.asker_)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (turns_) turns_->give_back(asker_);
        }

    private:
        SearchTurns* turns_;
        std::string asker_;
    };

    // Fault `too_many`.
    Result<Turn> take(const std::string& asker);

private:
    void give_back(const std::string& asker);

    std::mutex mutex_;
    std::multiset<std::string> askers_;
};

}  // namespace kith::conversation

#include "conversation/search_turns.hpp"

namespace kith::conversation {

Result<SearchTurns::Turn> SearchTurns::take(const std::string& asker) {
    const std::lock_guard lock(mutex_);
    if (askers_.size() >= most_at_once)
        return too_many("Many people are searching just now. Please try again in a moment.");
    if (askers_.count(asker) >= most_each)
        return too_many("We are still looking for what you asked before. Please try again in a moment.");
    askers_.insert(asker);
    return Turn(*this, asker);
}

void SearchTurns::give_back(const std::string& asker) {
    const std::lock_guard lock(mutex_);
    askers_.erase(askers_.find(asker));
}

}  // namespace kith::conversation

#include "conversation/read_marks.hpp"

#include <algorithm>

#include "notices/notices.hpp"

namespace kith::conversation {

void note_read(db::Tx& tx, const ReaderKey& key, std::int64_t number) {
    store::advance_read_mark(tx, key.member, key.thread, number, tx.now());
    const auto thread = store::find_thread(tx, key.thread);
    if (thread && number >= thread->last_number) notices::mark_read_in(tx, key.member, key.thread);
}

void ReadMarks::advance(const ReaderKey& key, std::int64_t number) {
    const std::lock_guard lock(mutex_);
    std::int64_t& mark = marks_[key];
    mark = std::max(mark, number);
}

std::int64_t ReadMarks::waiting(const ReaderKey& key) {
    const std::lock_guard lock(mutex_);
    const auto found = marks_.find(key);
    return found == marks_.end() ? 0 : found->second;
}

void ReadMarks::flush() {
    std::map<ReaderKey, std::int64_t> due;
    {
        const std::lock_guard lock(mutex_);
        due = marks_;
    }
    if (due.empty()) return;
    const Done written = db_.write([&](db::Tx& tx) -> Done {
        for (const auto& [key, number] : due) note_read(tx, key, number);
        return {};
    });
    if (!written) return;
    // What was read meanwhile waits for the next time.
    const std::lock_guard lock(mutex_);
    for (const auto& [key, number] : due) {
        const auto found = marks_.find(key);
        if (found != marks_.end() && found->second == number) marks_.erase(found);
    }
}

}  // namespace kith::conversation

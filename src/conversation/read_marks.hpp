#pragma once

#include <map>
#include <mutex>

#include "conversation/page_cache.hpp"

namespace kith::conversation {

// Writes down how far somebody has read. At the end of the thread what they were told of it is read, too.
void note_read(db::Tx& tx, const ReaderKey& key, std::int64_t number);

// How far people have read, for the seconds until it is written down; showing a page must not wait for the disk.
class ReadMarks {
public:
    explicit ReadMarks(db::Database& database) : db_(database) {}

    void advance(const ReaderKey& key, std::int64_t number);
    // 0: nothing waits.
    std::int64_t waiting(const ReaderKey& key);
    // Writes down what waits; what cannot be written waits on.
    void flush();

private:
    db::Database& db_;
    std::mutex mutex_;
    std::map<ReaderKey, std::int64_t> marks_;
};

}  // namespace kith::conversation

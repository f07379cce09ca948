#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "transfer/archive.hpp"

namespace kith::transfer {

// Reads a folder of Discourse topics, one `/t/<id>.json` answer a file, in order of the files'
// numbers.
class DiscourseReader {
public:
    static constexpr std::size_t max_file_bytes = 64 << 20;

    static Result<DiscourseReader> open(const std::string& folder);

    // The next file. False at the end. A file that is not a topic gives an empty `topic` and a word
    // in `why_not`, which is otherwise empty. Keys: "p<post id>" and "u<user id>".
    bool next(std::vector<Message>& topic, std::string& title, std::string& why_not);

    std::string topic_key() const { return topic_key_; }  // "t<id>" of the last topic read
    double fraction() const;

private:
    std::vector<std::string> files_;
    std::size_t next_ = 0;
    std::string topic_key_;
};

}  // namespace kith::transfer

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "transfer/archive.hpp"

namespace kith::transfer {

// One topic. Keys: "t<topic id>", "p<post id>", "u<user id>"; "n:<user name>" where the number is missing.
struct Topic {
    std::string key;
    std::string title;
    std::vector<Message> posts;
    std::vector<Skipped> skipped;               // of the posts met
    std::int64_t met = 0;                       // posts, also those left out
    std::int64_t likes = 0;                     // we have nothing for them
    std::map<std::string, std::string> people;  // user name in lower case, author key
};

// An answer of `/t/<id>.json`. False if it is none; `why_not` says "not JSON" or "not a topic". A private message
// and what only staff could read leave no posts behind.
bool read_topic(std::string_view text, Topic& topic, std::string& why_not);

// Reads a folder of Discourse topics, one answer a file, in order of the files' numbers.
class DiscourseReader {
public:
    static constexpr std::size_t max_file_bytes = 64 << 20;

    // Fault `not_found` if there is no such folder, `invalid` if no topic can be in it.
    static Result<DiscourseReader> open(const std::string& folder);

    // The next file. False at the end. A file that is not a topic gives an empty topic and a word in
    // `why_not`, which is otherwise empty.
    bool next(Topic& topic, std::string& why_not);

    const std::string& file() const { return files_[next_ - 1]; }  // the last one read
    double fraction() const;

private:
    std::vector<std::string> files_;
    std::size_t next_ = 0;
};

}  // namespace kith::transfer

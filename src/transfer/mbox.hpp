#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kith::transfer {

// Whether a line is the separator of an mbox, as Mailman ("From x at y  Thu Dec 11 05:57:05 2003")
// or a mail program ("From x@y Thu Dec 11 05:57:05 2003") writes it. Prose that starts with "From "
// is not.
bool is_separator(std::string_view line);

// Streams the messages of an mbox file, plain or compressed (.xz, .gz, .bz2, .zst), in constant
// memory.
class MboxReader {
public:
    static constexpr std::size_t max_message_bytes = 4 << 20;

    static Result<MboxReader> open(const std::string& path);
    // The same from memory that outlives the reader; never decompresses.
    static Result<MboxReader> of_bytes(std::string_view bytes);

    MboxReader(MboxReader&&) noexcept;
    MboxReader& operator=(MboxReader&&) noexcept;
    ~MboxReader();

    // The next message from its separator on, with ">From " unquoted; `raw` keeps its memory from
    // call to call. False at the end, and when the file breaks off: `broken()` tells which.
    bool next(std::string& raw);

    double fraction() const;            // how much of the file was read, 0 to 1
    bool broken() const;                // the rest of the file could not be read
    std::int64_t too_large() const;     // messages left out for their size
    std::int64_t not_messages() const;  // stretches of text before the first separator: 0 or 1

private:
    struct State;
    explicit MboxReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kith::transfer

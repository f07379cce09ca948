// Any bytes as an mbox file, plain: what it gives are messages that begin with a separator, within the limit.
#include <cstdint>

#include "base/check.hpp"
#include "transfer/mbox.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::transfer;
    auto reader = MboxReader::of_bytes({reinterpret_cast<const char*>(data), size});
    if (!reader) return 0;
    std::string raw;
    std::size_t bytes = 0;
    while (reader->next(raw)) {
        const std::string_view message = raw;
        CHECK(is_separator(message.substr(0, message.find('\n'))));
        CHECK(raw.size() <= MboxReader::max_message_bytes);
        bytes += raw.size();
        CHECK(reader->fraction() >= 0 && reader->fraction() <= 1);
    }
    static_cast<void>(bytes);
    return 0;
}

// Any bytes as an answer by mail, as a message of an mbox, and a handful of them as a conversation.
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "platform/mail/answer_text.hpp"
#include "platform/mail/reading.hpp"
#include "transfer/addresses.hpp"
#include "transfer/mail/message.hpp"
#include "transfer/threading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::transfer;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const kith::mail::Incoming incoming = kith::mail::read_incoming(all);
    kith::mail::is_vouched_for(incoming.checks, "mx.example.org");
    const std::vector<std::string> marks = {"above this line"};
    CHECK(kith::mail::answer_in(incoming.parts.plain, marks).size() <= incoming.parts.plain.size() + 1);
    std::vector<Message> messages;
    std::string why;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = all.find('\0', at);
        if (auto message = read_message(all.substr(at, end - at), why)) messages.push_back(*message);
        if (end == std::string_view::npos) break;
        at = end + 1;
    }
    for (const Message& message : messages) {
        CHECK(!message.markdown.empty());
        CHECK(!has_address(message.subject));
    }
    std::size_t placed = 0;
    for (const Conversation& conversation : thread_messages(messages)) {
        CHECK(conversation.messages.size() == conversation.parents.size());
        for (std::size_t i = 0; i < conversation.parents.size(); ++i)
            CHECK(conversation.parents[i] < static_cast<std::int64_t>(i));
        placed += conversation.messages.size();
    }
    std::set<std::string> keys;  // copies of a message are left out
    for (const Message& message : messages) keys.insert(message.key);
    CHECK(placed == keys.size());
    return 0;
}

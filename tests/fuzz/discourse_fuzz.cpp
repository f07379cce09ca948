// Any bytes as a topic of a Discourse: every post is counted, replies come after what they answer, and no mail
// address is left.
#include <cstdint>
#include <set>

#include "base/check.hpp"
#include "transfer/addresses.hpp"
#include "transfer/discourse.hpp"
#include "transfer/people.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::transfer;
    Topic topic;
    std::string why_not;
    if (!read_topic({reinterpret_cast<const char*>(data), size}, topic, why_not)) {
        CHECK(!why_not.empty());
        return 0;
    }
    std::int64_t counted = static_cast<std::int64_t>(topic.posts.size());
    for (const Skipped& skipped : topic.skipped) counted += skipped.count;
    CHECK(counted == topic.met);
    CHECK(!has_address(topic.title));
    std::set<std::string> seen;
    for (const Message& post : topic.posts) {
        CHECK(!post.markdown.empty());
        CHECK(!has_address(post.markdown));
        CHECK(post.parent_key.empty() || seen.contains(post.parent_key) || post.parent_key == post.key);
        seen.insert(post.key);
        const std::string named = with_names(post.markdown, [](std::string_view) { return "somebody"; });
        CHECK(without_person_marks(named) == named);
    }
    return 0;
}

// Any bytes as a post that rules and features read, and as a model. Files of rules are an operator's own.
#include <cstdint>
#include <string_view>

#include "assist/model.hpp"
#include "assist/rules.hpp"
#include "base/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::assist;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto chunks = chunks_of(text);
    for (const Chunk& chunk : chunks) CHECK(chunk.begin < chunk.end && chunk.end <= text.size());
    for (const Hit& hit : Rules::built_in().find(chunks)) {
        CHECK(hit.begin < hit.end && hit.end <= text.size());
        CHECK(hit.tier <= hit.rule->tier);
    }
    const Reading reading = read_features(text, chunks, {});
    static const Model none;
    CHECK(none.contributions(chunks, reading).size() == chunks.size());
    CHECK(none.score(reading) == 0);
    Model::load(text);
    return 0;
}

// Any bytes as what a connection receives: requests, forms, cookies and the pieces that the router looks at.
// However the bytes are cut, the requests are the same.
#include <cstdint>

#include "base/check.hpp"
#include "platform/http/token.hpp"
#include "tests/request_replay.hpp"

namespace {

using namespace kith::http;

void look_at(Request& request) {
    request.cookie("kith");
    request.accepts_gzip();
    request.wants_json();
    Form::parse(request.query);
    Form::parse(request.body);
    static_cast<void>(Form::from_json(request.body));
    decode_segment(request.path);
    kith::Url::local(request.target);
}

void look_at_all(std::string_view bytes) {
    RequestReader reader(16 * 1024, 64 * 1024);
    reader.next();
    while (!bytes.empty() && reader.state() != RequestReader::State::refused) {
        const std::span<char> room = reader.room();
        const std::size_t size = std::min(room.size(), bytes.size());
        std::memcpy(room.data(), bytes.data(), size);
        bytes.remove_prefix(size);
        for (reader.add(size); reader.state() == RequestReader::State::whole; reader.next())
            look_at(reader.request());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::uint32_t chance = data[0];  // the first byte says how the others are cut
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string whole = replay(bytes);
    CHECK(replay(bytes, [] { return 1; }) == whole);
    CHECK(replay(bytes, [&] {
              chance = chance * 1664525 + 1013904223;
              return 1 + (chance >> 24) % 40;
          }) == whole);
    look_at_all(bytes);
    return 0;
}

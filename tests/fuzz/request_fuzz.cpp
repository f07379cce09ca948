// Any bytes as a request: the parser, forms, cookies and the pieces that the router looks at.
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "platform/http/request_parser.hpp"
#include "platform/http/token.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::http;
    std::vector<char> buffer(data, data + size);
    buffer.push_back('\0');
    Request request;
    RequestParser parser(request, request.storage, 16 * 1024, 64 * 1024);
    const std::size_t used = parser.feed(buffer.data(), size);
    CHECK(used <= size);
    if (parser.status() != 0 || !parser.is_done()) return 0;
    request.body = request.storage;
    request.cookie("kith");
    request.accepts_gzip();
    request.wants_json();
    Form::parse(request.query);
    Form::parse(request.body);
    static_cast<void>(Form::from_json(request.body));
    decode_segment(request.path);
    kith::Url::local(request.target);
    return 0;
}

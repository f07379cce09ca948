// Any bytes as a form with files: it is broken, or all of its files lie in the body and none is empty.
#include <cstdint>

#include "base/check.hpp"
#include "platform/http/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith::http;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const std::string_view types[] = {"multipart/form-data; boundary=b",
                                      "multipart/form-data; boundary=\"b\"; a=b"};
    for (const std::string_view type : types) {
        const auto form = parse_multipart(type, body);
        if (!form) continue;
        for (const File& file : form->files) {
            CHECK(!file.bytes.empty() && !file.field.empty());
            CHECK(file.bytes.data() >= body.data() &&
                  file.bytes.data() + file.bytes.size() <= body.data() + size);
        }
    }
    static_cast<void>(parse_multipart(body, body));
    return 0;
}

#include "platform/http/token.hpp"

#include "platform/log/log.hpp"

namespace kith::http {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

bool equal_tokens(std::string_view a, std::string_view b) {
    if (a.size() != b.size() || a.empty()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

std::string decode_segment(std::string_view segment) {
    std::string out;
    out.reserve(segment.size());
    for (std::size_t i = 0; i < segment.size(); ++i) {
        const bool escape = segment[i] == '%' && i + 2 < segment.size() && hex_value(segment[i + 1]) >= 0 &&
                            hex_value(segment[i + 2]) >= 0;
        if (escape) {
            out += static_cast<char>(hex_value(segment[i + 1]) * 16 + hex_value(segment[i + 2]));
            i += 2;
        } else {
            out += segment[i];
        }
    }
    return out;
}

void log_problem(const Request& request, std::string_view what) {
    log::error("request failed", {{"request", request.id},
                                  {"method", std::string(name(request.method))},
                                  {"problem", std::string(what)}});
}

}  // namespace kith::http

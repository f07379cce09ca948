#include "platform/http/token.hpp"

#include <cstdio>

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

// Our pages send no referrer, so a browser may name their origin "null".
Sender sender_of(const Request& request) {
    const std::string_view site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return Sender::elsewhere;
    const std::string_view origin = request.header("origin");
    if (origin.empty() || origin == "null") return site == "same-origin" ? Sender::ours : Sender::unsaid;
    const std::size_t scheme = origin.find("://");
    const bool ours = scheme != std::string_view::npos && origin.substr(scheme + 3) == request.host;
    return ours ? Sender::ours : Sender::elsewhere;
}

void log_request(const Request& request, std::string_view pattern, int status,
                 std::chrono::steady_clock::time_point began) {
    if (!log::writes(log::Level::info)) return;
    const auto took = std::chrono::steady_clock::now() - began;
    char ms[32];
    std::snprintf(ms, sizeof ms, "%.1f", std::chrono::duration<double, std::milli>(took).count());
    log::info("request", {{"request", request.id},
                          {"method", std::string(name(request.method))},
                          {"route", std::string(pattern)},
                          {"status", std::to_string(status)},
                          {"ms", ms},
                          {"client", log::writes_addresses() ? request.client : std::string()}});
}

void log_problem(const Request& request, std::string_view pattern, std::string_view what) {
    log::error("request failed", {{"request", request.id},
                                  {"method", std::string(name(request.method))},
                                  {"route", std::string(pattern)},
                                  {"problem", std::string(what)}});
}

}  // namespace kith::http

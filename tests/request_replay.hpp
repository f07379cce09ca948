#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "platform/http/request_reader.hpp"

namespace kith::http {

inline std::string transcript(const Request& request) {
    std::string out = std::string(name(request.method)) + " " + std::string(request.target);
    for (const auto& [key, value] : request.headers) out += "|" + std::string(key) + "=" + std::string(value);
    return out + "|" + std::string(request.body) + "\n";
}

// What a RequestReader makes of `bytes` that come in pieces, each as long as next_piece() says: the requests, and
// "refused 400" if it came to that.
template <class NextPiece>
std::string replay(std::string_view bytes, NextPiece next_piece) {
    RequestReader reader(16 * 1024, 64 * 1024);
    std::string seen;
    for (reader.next();;) {
        for (; reader.state() == RequestReader::State::whole; reader.next())
            seen += transcript(reader.request());
        if (reader.state() == RequestReader::State::refused)
            return seen + "refused " + std::to_string(reader.status()) + "\n";
        if (bytes.empty()) return seen;
        const std::span<char> room = reader.room();
        const std::size_t size = std::min(
            {room.size(), bytes.size(), static_cast<std::size_t>(next_piece())});
        std::memcpy(room.data(), bytes.data(), size);
        bytes.remove_prefix(size);
        reader.add(size);
    }
}

// In pieces as large as the reader takes them.
inline std::string replay(std::string_view bytes) {
    return replay(bytes, [] { return std::string_view::npos; });
}

}  // namespace kith::http

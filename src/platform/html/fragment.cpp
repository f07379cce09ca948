#include "platform/html/fragment.hpp"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/check.hpp"

namespace kith {
namespace {

struct FreeCompressor {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

libdeflate_compressor* compressor() {
    thread_local const std::unique_ptr<libdeflate_compressor, FreeCompressor> mine(
        libdeflate_alloc_compressor(6));
    CHECK(mine != nullptr);
    return mine.get();
}

std::string deflate(std::string_view text) {
    std::string out(libdeflate_deflate_compress_bound(compressor(), text.size()), '\0');
    const std::size_t n = libdeflate_deflate_compress(compressor(), text.data(), text.size(), out.data(),
                                                      out.size());
    CHECK(n > 0);
    out.resize(n);
    out.shrink_to_fit();
    return out;
}

void append_le16(std::string& out, std::size_t value) {
    out += static_cast<char>(value & 0xff);
    out += static_cast<char>((value >> 8) & 0xff);
}

void append_le32(std::string& out, std::uint32_t value) {
    append_le16(out, value & 0xffff);
    append_le16(out, value >> 16);
}

// RFC 1951, 3.2.4: blocks that are stored as they are, none of them the last.
void append_stored_blocks(std::string& out, std::string_view text) {
    constexpr std::size_t most = 65535;
    while (!text.empty()) {
        const std::size_t n = std::min(text.size(), most);
        out += '\0';
        append_le16(out, n);
        append_le16(out, ~n & 0xffff);
        out.append(text.substr(0, n));
        text.remove_prefix(n);
    }
}

// RFC 1952, 2.3: no name, no time, unknown system.
constexpr std::string_view gzip_header("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);

}  // namespace

Fragment::Fragment(std::string identity, Time expires)
    : identity_(std::move(identity)),
      crc_(libdeflate_crc32(0, identity_.data(), identity_.size())),
      crc_shift_(crc32_combine_gen(static_cast<z_off_t>(identity_.size()))),
      expires_(expires) {
    identity_.shrink_to_fit();
}

const std::string& Fragment::deflated() const {
    std::call_once(once_, [this] { deflated_ = deflate(identity_); });
    return deflated_;
}

std::uint32_t Fragment::crc_behind(std::uint32_t front) const {
    return static_cast<std::uint32_t>(crc32_combine_op(front, crc_, crc_shift_));
}

GzipFrame gzip_frame(const std::string& head, const Fragment& fragment) {
    GzipFrame frame;
    frame.front.reserve(gzip_header.size() + head.size() + 5 * (head.size() / 65535 + 1));
    frame.front += gzip_header;
    append_stored_blocks(frame.front, head);
    const std::uint32_t head_crc = libdeflate_crc32(0, head.data(), head.size());
    append_le32(frame.trailer, fragment.crc_behind(head_crc));
    append_le32(frame.trailer, static_cast<std::uint32_t>(head.size() + fragment.identity().size()));
    return frame;
}

}  // namespace kith

#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "base/clock.hpp"

namespace kith {

// The part of a page that is the same for every reader, kept ready to send: as it is and deflated.
// Nothing personal may be in it. The personal head is put in front as a stored deflate block, so the two never
// share a compression window and the length of one tells nothing about the other.
class Fragment {
public:
    Fragment(std::string identity, Time expires);

    const std::string& identity() const { return identity_; }
    // Raw deflate blocks, the last one marked final; made when it is first asked for.
    const std::string& deflated() const;
    std::uint32_t crc() const { return crc_; }
    // Combines a CRC-32 of what stands in front with that of this.
    std::uint32_t crc_behind(std::uint32_t front) const;
    Time expires() const { return expires_; }  // when words like "yesterday" would be wrong; 0 is never

    // With the deflated bytes still to come, which are about a quarter of the plain ones.
    std::size_t memory_bytes() const { return sizeof *this + identity_.size() + identity_.size() / 4; }

private:
    std::string identity_;
    std::uint32_t crc_;
    unsigned long crc_shift_;  // zlib's operator for the length of identity_
    Time expires_;
    mutable std::once_flag once_;
    mutable std::string deflated_;
};

using FragmentPtr = std::shared_ptr<const Fragment>;

// A whole gzip member of head + fragment: what goes in front of `fragment.deflated()` (gzip header and stored
// blocks), and the 8 bytes that follow it.
struct GzipFrame {
    std::string front;
    std::string trailer;
};
GzipFrame gzip_frame(const std::string& head, const Fragment& fragment);

}  // namespace kith

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.hpp"

namespace kith {

// The part of a page that is the same for every reader, kept ready to send: as it is and deflated.
// Nothing personal may be in it. The personal head is put in front as a stored deflate block, so the two never
// share a compression window and the length of one tells nothing about the other.
struct Fragment {
    std::string identity;
    std::string deflated;     // raw deflate blocks, the last one marked final
    std::uint32_t crc = 0;    // CRC-32 of identity
    std::uint32_t crc_shift = 0;  // operator to combine it with the CRC of what stands in front
    Time expires;             // when words like "yesterday" would be wrong; 0 is never

    std::size_t memory_bytes() const { return sizeof *this + identity.capacity() + deflated.capacity(); }
};

using FragmentPtr = std::shared_ptr<const Fragment>;

// Deflates once; level 6 of libdeflate.
FragmentPtr make_fragment(std::string identity, Time expires = {});

// A whole gzip member of head + fragment: what goes in front of `fragment.deflated` (gzip header and stored
// blocks), and the 8 bytes that follow it.
struct GzipFrame {
    std::string front;
    std::string trailer;
};
GzipFrame gzip_frame(const std::string& head, const Fragment& fragment);

}  // namespace kith

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/crypto/crypto.hpp"

namespace kith {

// How browsers know a change: its sequence number behind a permutation with the site's own key. Such ids show
// neither order nor gaps, so nobody learns from them that something else happened in between (that a mentioned
// name exists, whose it is). The key lasts, so every process of the site can read them at any time.
class EventIds {
public:
    EventIds() = default;  // with a key that everybody knows, until the site's own is read
    explicit EventIds(std::string_view secret);

    std::string id_of(std::int64_t sequence) const;
    // Nothing for what is no id of this site.
    std::optional<std::int64_t> sequence_of(std::string_view id) const;

private:
    std::uint32_t mixed(int round, std::uint32_t half) const;

    std::array<unsigned char, crypto::short_key_bytes> key_{};
};

}  // namespace kith

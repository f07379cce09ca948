#pragma once

#include <optional>
#include <string_view>

namespace kith::text {

// "picture:KEY/800x600" of a picture that was brought here; internal to platform/text.
struct PictureAddress {
    std::string_view key, width, height;
};
// Nothing for any other address.
std::optional<PictureAddress> picture_address_in(std::string_view address);

}  // namespace kith::text

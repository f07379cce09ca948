#pragma once

#include "platform/http/router.hpp"

namespace kith::app {

// The landing page for guests, "my home" for members.
http::Response home(http::Ctx& ctx);

}  // namespace kith::app

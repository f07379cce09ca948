#pragma once

#include "platform/html/html.hpp"
#include "platform/http/context.hpp"
#include "transparency/document.hpp"

// Private to transparency.
namespace kith::transparency {

void show(Html& h, const http::Ctx& ctx, const Document& document);

}  // namespace kith::transparency

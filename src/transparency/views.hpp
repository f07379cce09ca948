#pragma once

#include "platform/html/html.hpp"
#include "transparency/document.hpp"

// Private to transparency.
namespace kith::transparency {

void show(Html& h, const Document& document);

}  // namespace kith::transparency

#pragma once

#include "notices/notices.hpp"

// How much a kind of notice matters; private to notices.
namespace kith::notices {

// light: not for who wants only what they have to know. danger: somebody may be in danger. account: about one's own
// account; a mail of its own goes, whatever they chose.
enum class Weight { light, usual, danger, account };
Weight weight_of(Kind kind);

// One is enough for all that somebody writes in a thread until it is read.
bool gathers(Kind kind);

}  // namespace kith::notices

#pragma once

namespace kith {

// Ends the process with file, line and condition: a state that our own code made impossible.
[[noreturn]] void check_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace kith

// Always on. For "we are wrong", never for bad input and never for a failing machine.
#define CHECK(cond) ((cond) ? static_cast<void>(0) : ::kith::check_failed(#cond, __FILE__, __LINE__))

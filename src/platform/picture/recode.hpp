#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

// Pictures from outside, made anew: decoded, turned upright, scaled down and encoded as WebP, without anything that a
// camera or a program has written into them. libvips does it in a process of its own, with limits of time, memory and
// files, because what decodes foreign bytes may have faults.
namespace kith::picture {

inline constexpr int side_most = 1600;          // pixels of the result
inline constexpr int pixels_most = 50'000'000;  // of what comes
inline constexpr int input_side_most = 20'000;

struct Recoded {
    std::string webp;
    int width = 0, height = 0;
};
// JPEG, PNG, WebP and GIF (its first picture), told by their bytes alone. Faults, with field "picture": `invalid` for
// what is none of these, broken or too large; `too_many` when several are being made already; `unavailable` without
// libvips, or where the process cannot be limited.
Result<Recoded> recode(std::string_view bytes);

// The program whose command `recode-picture` is the process above; this one unless said otherwise. Set before serving.
void use_program(std::string path);
// That command: a picture on standard input, "width height\n" and WebP on standard output.
int recode_standard_input();

}  // namespace kith::picture

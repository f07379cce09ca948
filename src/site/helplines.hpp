#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/site.hpp"

// Helplines as a host types them and as they are kept: a line each, "name | contact, contact | hours | country".
// parse_helplines (site.hpp) is strict; what is kept already is read whatever the rules are now.
namespace kith::site {

std::vector<Helpline> read_helplines(std::string_view kept);
std::string as_lines(const std::vector<Helpline>& helplines);

}  // namespace kith::site

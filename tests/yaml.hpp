#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kith::test {

// As much of YAML as docs/openapi.yaml uses: mappings and lists, each either indented or in brackets on one line, and
// plain, quoted and folded scalars.
struct Yaml {
    struct Member;
    std::string scalar;
    std::vector<Member> members;
    std::vector<Yaml> items;

    const Yaml* find(std::string_view key) const;  // null if there is no such member
};

struct Yaml::Member {
    std::string name;
    Yaml value;
};

// Throws std::runtime_error with the line that it does not understand.
Yaml parse_yaml(std::string_view text);

}  // namespace kith::test

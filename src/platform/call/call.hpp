#pragma once

#include <string>
#include <string_view>
#include <vector>

// A POST to another program: over https, or http to this machine; no redirect, no proxy, no cookies, and what it
// answers but for its status is thrown away.
namespace kith::call {

struct Call {
    std::string url;
    std::vector<std::string> headers;
    std::string_view body = {};
    long connect_s = 10, most_s = 20;
};
// The status of the answer; 0: none came in that time.
long post(const Call& call);

}  // namespace kith::call

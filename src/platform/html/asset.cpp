#include "platform/html/asset.hpp"

#include <string>
#include <unordered_map>

#include "platform/embed/embed.hpp"

namespace kith {
namespace {

std::unordered_map<std::string_view, std::string_view> by_logical_name() {
    std::unordered_map<std::string_view, std::string_view> out;
    for (const embed::Asset& file : embed::assets()) out.emplace(file.logical, file.path);
    return out;
}

}  // namespace

Url asset(std::string_view logical_name) {
    static const auto paths = by_logical_name();
    const auto found = paths.find(logical_name);
    return found == paths.end() ? Url("/assets/missing") : Url::local(found->second);
}

}  // namespace kith

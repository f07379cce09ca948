#include <fstream>
#include <set>
#include <sstream>

#include "tests/pages.hpp"

namespace kith {
namespace {

using test::Pages;
using test::World;

// "paths:" of docs/openapi.yaml as "GET /groups/{group}".
std::set<std::string> documented() {
    std::ifstream in(KITH_SOURCE_DIR "/docs/openapi.yaml");
    std::set<std::string> out;
    std::string path;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("  /")) path = line.substr(2, line.rfind(':') - 2);
        for (const std::string_view method : {"get", "post", "delete", "put", "patch"}) {
            if (line != "    " + std::string(method) + ":") continue;
            std::string upper(method);
            for (char& c : upper) c = static_cast<char>(c - 32);
            out.insert(upper + " " + path);
        }
    }
    return out;
}

TEST(Routes, stand_with_their_gates_in_the_golden_file) {
    World world(db::Engine::sqlite);
    Pages pages(world);
    test::expect_golden("tests/golden/routes.txt", pages.app().router().table());
}

TEST(Routes, are_documented_each_and_nothing_else) {
    World world(db::Engine::sqlite);
    Pages pages(world);
    std::set<std::string> routes;
    for (const http::Route& route : pages.app().router().routes())
        routes.insert(std::string(http::name(route.method)) + " " + std::string(route.pattern));
    EXPECT_EQ(documented(), routes);
}

}  // namespace
}  // namespace kith

#include "site/site.hpp"
#include "tests/pages.hpp"

namespace kith::site {
namespace {

using test::Answer;
using test::as;
using test::Cast;
using test::Pages;

BOTH_ENGINES(OfflinePages, hold_helplines_and_nothing_about_a_person) {
    const Cast cast(world);
    SiteForm form = form_of(Site{});
    form.name = "Pain Friends";
    form.helplines = "Listeners | 116 123 | nights";
    world.must([&](db::Tx& tx) { return change_site(tx, as(cast.oz), form); });
    Pages pages(world);
    for (const std::string_view path : {"/offline", "/offline/unsent"}) {
        const Answer answer = pages.get(path);
        EXPECT_EQ(answer.status, 200) << path;
        EXPECT_TRUE(answer.shows("href=\"tel:116123\"")) << path;
        EXPECT_FALSE(answer.shows("form_token")) << path;
    }
    const Answer unsent = pages.get("/offline/unsent");
    EXPECT_TRUE(unsent.shows("<!--fields-->")) << "the worker looks for it";
    EXPECT_TRUE(unsent.shows("action=\"/offline/unsent\"")) << "and for this";
}

BOTH_ENGINES(HomeScreen, names_neither_the_community_nor_what_it_is_about) {
    const Cast cast(world);
    Pages pages(world);
    const Answer manifest = pages.get("/site.webmanifest", cast.ada);
    EXPECT_TRUE(manifest.shows("\"name\":\"Kith\""));
    EXPECT_TRUE(pages.get("/", cast.ada).shows("rel=\"manifest\""));
    EXPECT_TRUE(pages.get("/", cast.ada).shows("rel=\"apple-touch-icon\""));
    EXPECT_FALSE(pages.get("/").shows("rel=\"manifest\"")) << "a visitor is offered nothing to install";
    EXPECT_EQ(pages.get("/sw.js").headers.at("cache-control"), "no-cache");
}

BOTH_ENGINES(HomeScreen, gets_pictures_of_its_size) {
    const Cast cast(world);
    Pages pages(world);
    const std::string manifest = pages.get("/site.webmanifest").body;
    for (const std::string_view size : {"192", "512"}) {
        const std::size_t begin = manifest.find("/assets/home-" + std::string(size));
        ASSERT_NE(begin, std::string::npos) << size;
        const Answer picture = pages.get(manifest.substr(begin, manifest.find('"', begin) - begin));
        EXPECT_EQ(picture.status, 200);
        EXPECT_EQ(picture.body.substr(0, 4), "\x89PNG");
    }
}

}  // namespace
}  // namespace kith::site

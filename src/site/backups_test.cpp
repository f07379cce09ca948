#include "site/site.hpp"
#include "tests/pages.hpp"

namespace kith::site {
namespace {

using test::as;
using test::Cast;
using test::Pages;
using test::World;

BOTH_ENGINES(Backups, are_kept_as_long_as_the_host_says_on_each_page_about_erasing) {
    const Cast cast(world);
    Pages pages(world);
    const auto keep_for = [&](std::string days) {
        return world.db().write([&](db::Tx& tx) {
            SiteForm form = *settings_for(tx, as(cast.oz), Language::en);
            form.backups_days = std::move(days);
            return change_site(tx, as(cast.oz), form);
        });
    };
    EXPECT_TRUE(pages.get("/privacy").shows("can stay in backups of the whole site for a while."));
    for (const char* wrong : {"0", "-1", "soon", "3651"}) {
        const Done refused = keep_for(wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().field, "backups_days");
    }
    ASSERT_TRUE(keep_for("30"));
    EXPECT_TRUE(pages.get("/admin/site", cast.oz).shows("name=\"backups_days\""));
    EXPECT_TRUE(pages.get("/admin/site", cast.oz).shows("value=\"30\""));
    for (const char* page : {"/privacy", "/me/erasure"})
        EXPECT_TRUE(pages.get(page, cast.ada).shows("the whole site for up to 30 more days.")) << page;
    ASSERT_TRUE(keep_for(""));
    EXPECT_FALSE(pages.get("/privacy").shows("30 more days"));
}

}  // namespace
}  // namespace kith::site

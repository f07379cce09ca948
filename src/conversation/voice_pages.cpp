#include "conversation/pages.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "url.hpp"

namespace kith::conversation::pages {
namespace {

using http::Ctx;
using http::Response;

constexpr int aliases_shown = 100;

struct MyAlias {
    identity::Alias alias;
    std::optional<std::string> title;  // nothing: of a thread that I may not read any more
};

std::vector<MyAlias> load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        std::vector<MyAlias> out;
        for (identity::Alias& alias : identity::aliases_of(tx, ctx.session->member, aliases_shown)) {
            auto thread = visible_thread(tx, ctx.actor(), alias.thread);
            auto title = thread ? std::optional(std::move(thread->title)) : std::nullopt;
            out.push_back({std::move(alias), std::move(title)});
        }
        return out;
    });
}

Response as_json(const Ctx& ctx, const std::vector<MyAlias>& aliases) {
    JsonWriter j;
    j.object().array("threads");
    for (const auto& [alias, title] : aliases) {
        j.object()
            .member("thread", alias.thread)
            .member("alias", identity::shown_name(alias.name, ctx.words));
        j.member("title", title ? std::optional(shown_title(*title, ctx.words)) : std::nullopt).end();
    }
    j.end().end();
    return http::json(j);
}

void entry(Html& h, const Ctx& ctx, const MyAlias& mine) {
    h << "<li class=\"card\">";
    if (mine.title)
        h << "<a dir=\"auto\" href=\"" << url::thread(mine.alias.thread) << "\">"
          << shown_title(*mine.title, ctx.words) << "</a>";
    else h << ctx.t("A thread that you cannot read any more");
    h << "<p class=\"meta\">" << ctx.f("There you are %1.", identity::shown_name(mine.alias.name, ctx.words))
      << "</p></li>";
}

}  // namespace

Response show_my_aliases(Ctx& ctx) {
    const std::vector<MyAlias> aliases = load(ctx);
    if (ctx.wants_json()) return as_json(ctx, aliases);
    Html h;
    if (aliases.empty()) {
        h << "<p class=\"empty\">"
          << ctx.t("Nowhere so far. When you write something, you can choose to be anonymous in that thread.")
          << "</p>";
    } else {
        h << "<p>" << ctx.t("Only you see this list. You are called differently in each thread.")
          << "</p><ul class=\"cards\">";
        for (const MyAlias& mine : aliases) entry(h, ctx, mine);
        h << "</ul>";
    }
    const std::string heading(ctx.t("Where I wrote anonymously"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
        h);
}

}  // namespace kith::conversation::pages

#include "conversation/pages.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "url.hpp"

// Who waits for an answer, for those who look after a group.
namespace kith::conversation::pages {
namespace {

using http::Ctx;
using http::Response;

struct Waiting {
    std::string group_name;
    std::vector<Unanswered> posts;
    Names names;
};

Result<Waiting> load(db::ReadTx& tx, const Actor& actor, GroupId group) {
    Waiting out{.posts = TRY(unanswered_in(tx, actor, group))};
    out.group_name = TRY(groups::readable(tx, actor, group)).group.name;
    std::vector<PersonaId> authors;
    for (const Unanswered& one : out.posts) authors.push_back(one.author);
    out.names = identity::names_of(tx, authors);
    return out;
}

Response as_json(const Ctx& ctx, const Waiting& waiting) {
    JsonWriter j;
    j.object().array("posts");
    for (const Unanswered& one : waiting.posts)
        j.object()
            .member("id", one.post)
            .member("title", shown_title(one.title, ctx.words))
            .member("author", name_of(waiting.names, one.author, ctx.words))
            .member("written_at", one.written_at)
            .member("is_first", one.is_first)
            .end();
    j.end().end();
    return http::json(j);
}

void card(Html& h, const Ctx& ctx, const Waiting& waiting, const Unanswered& one) {
    const std::string_view name = name_of(waiting.names, one.author, ctx.words);
    const std::string_view title = shown_title(one.title, ctx.words);
    h << "<li class=\"card\"><h2><a dir=\"auto\" href=\"" << url::post_in_thread(one.post) << "\">" << title
      << "</a></h2><p class=\"meta\"><bdi>" << name << "</bdi>";
    if (one.is_first) h << " <span class=\"badge\">" << ctx.t("first words here") << "</span>";
    h << ", ";
    time_element(h, ctx.words, one.written_at, ctx.now());
    h << "</p><div class=\"row\"><a class=\"button\" href=\""
      << url::new_reply(one.post.thread(), one.post.number()) << "\">" << ctx.t("Answer")
      << "<span class=\"visually-hidden\"> " << name << "</span></a><form method=\"post\" action=\""
      << url::post_settling(one.post) << "\">";
    http::token_field(h, ctx);
    h << "<button class=\"button quiet\">" << ctx.t("It needs no answer")
      << "<span class=\"visually-hidden\">: " << title << "</span></button></form></div></li>";
}

}  // namespace

Response show_unanswered(Ctx& ctx) {
    const auto id = ctx.param<GroupId>("group");
    if (!id) return http::error_page(ctx, id.error());
    const auto waiting = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), *id); });
    if (!waiting) return http::error_page(ctx, waiting.error());
    if (ctx.wants_json()) return as_json(ctx, *waiting);
    Html h;
    if (waiting->posts.empty()) {
        h << "<p class=\"empty\">" << ctx.t("Nobody. Everyone has been answered.") << "</p>";
    } else {
        h << "<p>"
          << ctx.t(
                 "First words of newcomers and of whoever writes without their name, and threads that nobody "
                 "has answered yet. A short hello is enough.")
          << "</p><ul class=\"cards\">";
        for (const Unanswered& one : waiting->posts) card(h, ctx, *waiting, one);
        h << "</ul>";
    }
    const std::string heading(ctx.t("Who waits for an answer"));
    const http::Frame frame{
        .title = heading, .heading = heading, .crumbs = {{waiting->group_name, url::group(*id)}}};
    return http::page(ctx, frame, h);
}

Response settle(Ctx& ctx) {
    const auto result = ctx.write([&](db::Tx& tx) -> Result<GroupId> {
        const PostId post = TRY(ctx.param<PostId>("post"));
        TRY(conversation::settle(tx, ctx.actor(), post));
        return TRY(visible_thread(tx, ctx.actor(), post.thread())).group;
    });
    return result ? http::done(ctx, url::unanswered(*result)) : http::error_page(ctx, result.error());
}

}  // namespace kith::conversation::pages

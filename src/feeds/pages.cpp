#include "feeds/feeds.hpp"
#include "identity/identity.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::feeds {
namespace {

using http::Ctx;
using http::Response;

// ---- the feed ------------------------------------------------------------------------------------------------

// Escaping is that of HTML, which XML reads as well.
Html as_atom(const Site& site, const Feed& feed, std::string_view key, Time now) {
    const std::string id = "urn:kith:" + crypto::digest_hex(key).substr(0, 32);
    const Words& words = Words::of(feed.language);
    Html h;
    h << "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""
      << to_word(feed.language) << "\"><id>" << id << "</id><title>"
      << (feed.tells_more ? std::string_view(site.name) : words.t("Something new for you"))
      << "</title><updated>" << text::iso(feed.entries.empty() ? now : feed.entries.front().updated)
      << "</updated><author><name>"
      << (feed.tells_more ? std::string_view(site.name) : std::string_view("Kith")) << "</name></author>";
    for (const Entry& entry : feed.entries)
        h << "<entry><id>" << id << ":" << entry.id << "</id><title>" << entry.title << "</title><updated>"
          << text::iso(entry.updated) << "</updated><link href=\"" << site.public_url + entry.path
          << "\"/></entry>";
    h << "</feed>\n";
    return h;
}

Response get_feed(Ctx& ctx) {
    const std::string key(ctx.text_param("key"));
    const auto feed = ctx.read([&](db::ReadTx& tx) { return feed_for(tx, key); });
    if (!feed) return http::error_page(ctx, feed.error());
    Response response = Response::html(as_atom(*ctx.site, *feed, key, ctx.now()));
    response.type = "application/atom+xml; charset=utf-8";
    return response;
}

// ---- its address ---------------------------------------------------------------------------------------------

http::Frame frame(const Ctx& ctx) {
    const std::string title(ctx.t("My feed"));
    return {.title = title,
            .heading = title,
            .crumbs = {{std::string(ctx.t("My space")), url::me()},
                       {std::string(ctx.t("How I hear of news")), url::me_notices()}}};
}

Response mine_page(Ctx& ctx, const Error* error) {
    const auto made_at = ctx.read([&](db::ReadTx& tx) { return key_made_at(tx, ctx.session->member); });
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        j.object().member("made_at", made_at).end();
        return http::json(j);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "A program that reads feeds can show you when something is new. It gets a secret address, which "
             "is for it "
             "alone: whoever has it can see when there is news for you.")
      << "</p><p>" << ctx.t("The feed names no group and no title, unless you let mails do so.")
      << " <a href=\"" << url::me_notices() << "\">" << ctx.t("How I hear of news") << "</a></p>";
    if (made_at)
        h << "<p>" << ctx.f("You have an address since %1.", text::exact(ctx.words, *made_at)) << "</p>";
    http::open_form(h, ctx, url::me_feed());
    identity::current_password_field(h, ctx, error);
    http::close_form(h, made_at ? ctx.t("Make a new address (the old one ends)") : ctx.t("Make an address"));
    if (made_at) {
        http::open_form(h, ctx, url::me_feed());
        h << "<button class=\"button quiet\" name=\"do\" value=\"end\">" << ctx.t("End my feed")
          << "</button></form>";
    }
    return http::form_page(ctx, frame(ctx), h, error);
}

Response made_page(Ctx& ctx, std::string_view key) {
    const std::string address = ctx.site->public_url + url::feed(key).text();
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("address", address).member("location", url::me_feed().text()).end();
        return http::json(j, 201);
    }
    Html h;
    h << "<p>" << ctx.t("This is the address of your feed. It is shown this once. Copy it into your program.")
      << "</p><p class=\"code\"><code>" << address << "</code></p><p><a class=\"button\" href=\""
      << url::me_notices() << "\">" << ctx.t("I have copied it") << "</a></p>";
    return http::page(ctx, frame(ctx), h, 201);
}

Response get_mine(Ctx& ctx) { return mine_page(ctx, nullptr); }

Response post_mine(Ctx& ctx) {
    if (ctx.form().get("do") == "end") {
        const Done ended = ctx.write([&](db::Tx& tx) { return end_key(tx, ctx.actor()); });
        return ended ? http::done(ctx, url::me_feed()) : http::error_page(ctx, ended.error());
    }
    const Done sure = identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current"));
    if (!sure) return mine_page(ctx, &sure.error());
    const auto key = ctx.write(
        [&](db::Tx& tx) { return make_key(tx, ctx.actor(), ctx.comfort.language, ctx.services.random); });
    return key ? made_page(ctx, *key) : mine_page(ctx, &key.error());
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/feeds/{key}", gate::open, get_feed},
        {Method::get, "/me/feed", gate::member, get_mine},
        {Method::post, "/me/feed", gate::member, post_mine},
    };
}

}  // namespace kith::feeds

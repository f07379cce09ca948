#include "pictures/pictures.hpp"

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "pictures/store.hpp"
#include "platform/http/page.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::pictures {
namespace {

constexpr std::size_t key_bytes = 18;

Done check_room(db::ReadTx& tx, const Actor& actor, GroupId group) {
    TRY(groups::writable(tx, actor, group));
    if (store::count_waiting(tx, actor.member) < waiting_most) return {};
    return conflict("You have added many pictures that are in no post. Please send your post first.",
                    "picture");
}

}  // namespace

Result<Picture> bring(Services& services, const Actor& actor, GroupId group, std::string_view bytes) {
    TRY(services.db.read([&](db::ReadTx& tx) { return check_room(tx, actor, group); }));
    const picture::Recoded made = TRY(picture::recode(bytes));
    const Picture out{services.random.token(key_bytes), made.width, made.height};
    TRY(services.db.write([&](db::Tx& tx) -> Done {
        TRY(check_room(tx, actor, group));
        store::insert(tx, out.key, group, actor.member, made);
        return {};
    }));
    return out;
}

std::string markdown_of(const Picture& picture, std::string_view typed, Look look) {
    const std::string line = text::one_line(typed);
    std::string words;
    for (const char c : text::first(line, words_most)) {
        if (c == '[' || c == ']' || c == '\\') words += '\\';
        words += c;
    }
    return "![" + words + "](picture:" + picture.key + "/" + std::to_string(picture.width) + "x" +
           std::to_string(picture.height) + (look == Look::blurred ? " \"blur\")" : ")");
}

void attach(db::Tx& tx, MemberId member, GroupId group, PostId post, std::span<const std::string> keys) {
    for (const std::string& key : keys) store::attach(tx, key, group, member, post);
}

void hide(db::Tx& tx, PostId post, bool hidden) { store::set_hidden(tx, post, hidden); }

Result<std::string> picture_for(db::ReadTx& tx, const Actor& actor, std::string_view key) {
    const auto place = store::find(tx, key);
    if (!place) return not_found();
    const groups::Access access = TRY(groups::readable(tx, actor, place->group));
    if (place->member && *place->member != actor.member) return not_found();
    if (place->hidden && !access.moderate) return not_found();
    return store::webp(tx, key);
}

void forget_waiting_before(db::Tx& tx, Time time) { store::remove_waiting_before(tx, time); }

namespace {

http::Response show(http::Ctx& ctx) {
    auto webp = ctx.read([&](db::ReadTx& tx) { return picture_for(tx, ctx.actor(), ctx.text_param("key")); });
    if (!webp) return http::error_page(ctx, webp.error());
    http::Response response;
    response.type = "image/webp";
    response.head = *std::move(webp);
    response.compress = false;
    return response;
}

}  // namespace

std::vector<http::Route> routes() { return {{http::Method::get, "/pictures/{key}", http::gate::open, show}}; }

}  // namespace kith::pictures

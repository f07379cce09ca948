#include "pictures/pictures.hpp"

#include <algorithm>

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "pictures/store.hpp"
#include "platform/http/page.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::pictures {
namespace {

constexpr std::size_t key_bytes = 18;

}  // namespace

Result<Picture> bring(Services& services, const Actor& actor, GroupId group, std::string_view bytes) {
    TRY(services.db.read([&](db::ReadTx& tx) { return groups::writable(tx, actor, group); }));
    const picture::Recoded made = TRY(picture::recode(bytes));
    const Picture out{services.random.token(key_bytes), made.width, made.height};
    TRY(services.db.write([&](db::Tx& tx) -> Done {
        TRY(groups::writable(tx, actor, group));
        store::insert(tx, out.key, group, actor.member, made);
        store::remove_waiting_beyond(tx, actor.member, waiting_most);
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

bool are_shown_in(db::ReadTx& tx, GroupId group, std::span<const std::string> keys) {
    return std::ranges::all_of(keys, [&](const std::string& key) {
        const auto place = store::find(tx, key);
        return place && place->group == group && !place->member && !place->hidden;
    });
}

void hide_all(db::Tx& tx, PostId post) { show_only(tx, post, {}); }

void show_only(db::Tx& tx, PostId post, std::span<const std::string> keys) {
    for (const std::string& key : store::keys_of(tx, post)) {
        const bool is_named = std::ranges::find(keys, key) != keys.end();
        store::set_hidden(tx, key, !is_named);
    }
}

Result<std::string> picture_for(db::ReadTx& tx, const Actor& actor, std::string_view key) {
    const auto place = store::find(tx, key);
    if (!place) return not_found();
    const groups::Access access = TRY(groups::readable(tx, actor, place->group));
    const bool is_others = place->member && *place->member != actor.member;
    // Whoever moderates may have to look at it before it is in a post; nobody comes to a key but by the text.
    if ((is_others || place->hidden) && !access.moderate) return not_found();
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

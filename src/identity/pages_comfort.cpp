#include <algorithm>
#include <array>

#include "identity/comfort.hpp"
#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "notices/notices.hpp"
#include "platform/http/saved.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;
using notices::Notice;

// ---- language and reading comfort ----------------------------------------------------------------------

Response comfort_as_json(const Comfort& comfort) {
    JsonWriter j;
    j.object()
        .member("language", comfort.language)
        .member("theme", comfort.theme)
        .member("view", comfort.view)
        .member("keys", comfort.keys)
        .member("country", code_of(comfort.country))
        .end();
    return http::json(j);
}

Html comfort_form(Ctx& ctx) {
    const Comfort& now = ctx.comfort;
    // Each language calls itself by its own name.
    const std::array languages{Option{"en", "English"}, Option{"es", "Español"}};
    const std::array themes{Option{"auto", ctx.t("As my device has it")}, Option{"light", ctx.t("Light")},
                            Option{"dark", ctx.t("Dark")}};
    const std::array views{Option{"calm", ctx.t("Calm: everything that is there")},
                           Option{"low-energy", ctx.t("Low energy: larger letters, only the next thing")}};
    const std::array keys{Option{"on", ctx.t("On")}, Option{"off", ctx.t("Off")}};
    Html h;
    open_form_onward(h, ctx, url::comfort());
    choices(h, ctx, {"language", ctx.t("Language"), to_word(now.language)}, languages, nullptr);
    choices(h, ctx, {"theme", ctx.t("Colours"), to_word(now.theme)}, themes, nullptr);
    choices(h, ctx, {"view", ctx.t("How much to show"), to_word(now.view)}, views, nullptr);
    choices(h, ctx, {"keys", ctx.t("Short cuts with single keys"), now.keys ? "on" : "off"}, keys, nullptr);
    close_form(h, ctx.t("Save"));
    return h;
}

Response get_comfort(Ctx& ctx) {
    if (ctx.wants_json()) return comfort_as_json(ctx.comfort);
    return form_page(ctx, ctx.t("Language and reading comfort"), comfort_form(ctx), nullptr);
}

// What was not sent stays as it is.
Comfort typed_comfort(const http::Form& typed, Comfort comfort) {
    comfort.language = from_word<Language>(typed.get("language")).value_or(comfort.language);
    comfort.theme = from_word<Theme>(typed.get("theme")).value_or(comfort.theme);
    comfort.view = from_word<View>(typed.get("view")).value_or(comfort.view);
    if (typed.has("keys")) comfort.keys = typed.checked("keys");
    if (typed.has("country")) comfort.country = country_of(typed.get("country"));
    return comfort;
}

Response post_comfort(Ctx& ctx) {
    const Comfort comfort = typed_comfort(ctx.form(), ctx.comfort);
    Response response = http::saved(ctx, onward(ctx, url::comfort()));
    if (!ctx.signed_in()) return response.with("set-cookie", comfort_cookie(comfort, *ctx.site));
    const Done saved = ctx.write([&](db::Tx& tx) { return set_comfort(tx, ctx.actor(), comfort); });
    return saved ? response : http::error_page(ctx, saved.error());
}

// ---- notices -------------------------------------------------------------------------------------------

constexpr int notices_a_page = 20;

struct NoticeList {
    std::vector<Notice> notices;
    std::unordered_map<PersonaId, std::string> names;
    bool any_unread = false;
    std::int64_t older = 0;  // where the next page begins; 0: there is none
};

NoticeList load_notices(Ctx& ctx, std::int64_t before) {
    return ctx.read([&](db::ReadTx& tx) {
        NoticeList list;
        list.notices = notices::list_for(tx, ctx.session->member, before, notices_a_page + 1);
        if (list.notices.size() > notices_a_page) {
            list.notices.pop_back();
            list.older = list.notices.back().id;
        }
        const auto muted = muted_by(tx, ctx.session->member);
        std::erase_if(list.notices, [&](const Notice& notice) {
            return notice.number > 0 && is_muted(muted, notice.from, notice.group);
        });
        std::vector<PersonaId> people;
        for (const Notice& notice : list.notices) people.push_back(notice.from);
        list.names = names_of(tx, people);
        list.any_unread = notices::any_unread(tx, ctx.session->member);
        return list;
    });
}

std::string sentence(const Ctx& ctx, const NoticeList& list, const Notice& notice) {
    const auto from = list.names.find(notice.from);
    if (notice.kind == notices::Kind::welcome && from == list.names.end())
        return std::string(ctx.t("You are in. Welcome to your new group."));
    return notices::sentence(
        ctx.words, notice.kind,
        from == list.names.end() ? ctx.t("Somebody") : shown_name(from->second, ctx.words));
}

Response notices_as_json(const Ctx& ctx, const NoticeList& list) {
    JsonWriter j;
    j.object().member("any_unread", list.any_unread).array("notices");
    for (const Notice& notice : list.notices)
        j.object()
            .member("id", notice.id)
            .member("kind", notice.kind)
            .member("words", sentence(ctx, list, notice))
            .member("location", notices::address(notice).text())
            .member("created_at", notice.created_at)
            .member("read_at", notice.read_at)
            .end();
    j.end()
        .member("has_more", list.older > 0)
        .member("before", list.older > 0 ? std::optional(list.older) : std::nullopt)
        .end();
    return http::json(j);
}

void notice_item(Html& h, const Ctx& ctx, const NoticeList& list, const Notice& notice) {
    h << "<li class=\"card\"><p><a href=\"" << notices::address(notice) << "\">"
      << sentence(ctx, list, notice) << "</a>";
    if (!notice.read_at) h << " <span class=\"badge\">" << ctx.t("new") << "</span>";
    h << "</p><p class=\"meta\"><time datetime=\"" << text::iso(notice.created_at) << "\">"
      << text::ago(ctx.words, notice.created_at, ctx.now()) << "</time></p></li>";
}

Html notices_content(Ctx& ctx, const NoticeList& list) {
    Html h;
    if (list.notices.empty() && list.older == 0) {
        h << "<p class=\"empty\">"
          << ctx.t("Nothing new. When somebody replies to you, you will see it here.") << "</p>";
        return h;
    }
    if (list.any_unread) press(h, ctx, url::notices(), ctx.t("I have seen them all"));
    h << "<ul class=\"cards\">";
    for (const Notice& notice : list.notices) notice_item(h, ctx, list, notice);
    h << "</ul>";
    if (list.older > 0)
        h << "<p><a href=\"" << url::notices().query("before", std::to_string(list.older)) << "\">"
          << ctx.t("Older notices") << "</a></p>";
    return h;
}

std::int64_t before_in(const Ctx& ctx) {
    return std::max<std::int64_t>(0, ctx.query().number("before").value_or(0));
}

Response get_notices(Ctx& ctx) {
    const NoticeList list = load_notices(ctx, before_in(ctx));
    if (ctx.wants_json()) return notices_as_json(ctx, list);
    return form_page(ctx, ctx.t("Notices"), notices_content(ctx, list), nullptr);
}

Response post_notices(Ctx& ctx) {
    const Done read = ctx.write([&](db::Tx& tx) -> Done {
        notices::mark_all_read(tx, TRY(acting_member(tx, ctx.actor())));
        return {};
    });
    return read ? http::done(ctx, url::notices()) : http::error_page(ctx, read.error());
}

}  // namespace

std::vector<http::Route> comfort_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/comfort", gate::open, get_comfort},
        {Method::post, "/comfort", gate::open, post_comfort},
        {Method::get, "/notices", gate::member, get_notices},
        {Method::post, "/notices", gate::member, post_notices},
    };
}

}  // namespace kith::identity

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

std::string sentence(const Ctx& ctx, notices::Kind kind, std::string_view from) {
    using notices::Kind;
    switch (kind) {
        case Kind::reply:
            return ctx.f("%1 replied to you.", from);
        case Kind::mention:
            return ctx.f("%1 wrote your name.", from);
        case Kind::support:
            return ctx.f("%1 sent you support.", from);
        case Kind::welcome:
            return ctx.f("%1 welcomed you to your new group.", from);
        case Kind::joined:
            return ctx.f("%1 joined your group.", from);
        case Kind::request:
            return ctx.f("%1 asks to join your group.", from);
        case Kind::request_accepted:
            return std::string(ctx.t("You are in: the group said yes."));
        case Kind::request_declined:
            return std::string(ctx.t("This group could not take you in. You still belong here."));
        case Kind::removal:
            return std::string(ctx.t("A post of yours was taken down. You still belong here. See why."));
        case Kind::first_words:
            return ctx.f("%1 is new and wrote for the first time. Say hello.", from);
        case Kind::noted:
            return std::string(
                ctx.t("A content note was put on a post of yours. Everybody can still read it."));
        case Kind::membership_ended:
            return std::string(ctx.t("Your stay in a group has ended. See why, and how to come back."));
        case Kind::mail_paused:
            return std::string(ctx.t("Mail to your address came back. Please look at the address."));
        case Kind::report:
            return std::string(ctx.t("Somebody reported something in a group that you look after."));
        case Kind::crisis:
            return std::string(ctx.t("Somebody may be in danger. Please look at the report now."));
        case Kind::second_reading:
            return std::string(
                ctx.t("A decision about somebody in danger waits for a second person to read it."));
        case Kind::report_done:
            return std::string(ctx.t("Somebody has looked at what you reported. See what came of it."));
        case Kind::decision:
            return std::string(ctx.t(
                "Somebody who looks after your group wrote to you about a post. You still belong here."));
        case Kind::appeal:
            return std::string(ctx.t("Somebody asks for another look at a decision."));
        case Kind::appeal_done:
            return std::string(ctx.t("Somebody else has looked at it again, as you asked."));
        case Kind::coming_back:
            return std::string(ctx.t("Somebody wants to come in with a code of a helper. Is it you?"));
        case Kind::came_back:
            return std::string(ctx.t("Your password is new: it was set with the code of a helper."));
        case Kind::shift:
            return std::string(ctx.t("Something changed in the rota. Please have a look."));
        case Kind::training:
            return std::string(ctx.t("Some of your training runs out soon. It does not take long."));
        case Kind::outsiders:
            return std::string(ctx.t("Something at the door of the site needs a look."));
        case Kind::words_wait:
            return std::string(ctx.t("A post waits until somebody of you has looked."));
        case Kind::danger_waits:
            return std::string(ctx.t("Somebody may be in danger, and their post waits. Please look now."));
        case Kind::let_through:
            return std::string(ctx.t("Somebody has looked: your post is there for everybody."));
        case Kind::sent_back:
            return std::string(ctx.t("Somebody wrote to you about a post of yours. Your words are kept."));
        case Kind::look_again:
            return std::string(ctx.t("Your group has been quiet for a while. Shall it go on like this?"));
        case Kind::review_due:
            return std::string(ctx.t("It is time to look again at what could go wrong here."));
        case Kind::debrief:
            return std::string(
                ctx.t("You looked after somebody in danger. How are you? A page for you alone."));
        case Kind::debrief_shared:
            return std::string(ctx.t("Somebody who looked after a hard case would like to talk with you."));
    }
    return {};
}

Url address(const Notice& notice) {
    if (notice.kind == notices::Kind::removal && notice.number > 0)
        return url::post_options(PostId(notice.thread, notice.number));  // says why
    if (notice.kind == notices::Kind::report || notice.kind == notices::Kind::crisis ||
        notice.kind == notices::Kind::second_reading || notice.kind == notices::Kind::appeal)
        return url::cases();
    if (notice.kind == notices::Kind::outsiders) return url::admin_door();
    if (notice.kind == notices::Kind::review_due) return url::risks();
    if (notice.kind == notices::Kind::report_done) return url::me_reports();
    if (notice.kind == notices::Kind::words_wait || notice.kind == notices::Kind::danger_waits)
        return url::waiting(notice.group);
    if (notice.kind == notices::Kind::sent_back) return url::me_waiting();
    if (notice.kind == notices::Kind::look_again) return url::memorial(notice.group);
    if (notice.kind == notices::Kind::debrief) return url::me_debriefs();
    if (notice.kind == notices::Kind::debrief_shared) return url::debriefs();
    if (notice.kind == notices::Kind::decision || notice.kind == notices::Kind::appeal_done)
        return url::me_decisions();
    if (notice.kind == notices::Kind::shift) return url::rota();
    if (notice.kind == notices::Kind::training) return url::training();
    if (notice.thread && notice.number > 0) return url::post_in_thread(PostId(notice.thread, notice.number));
    if (notice.thread) return url::thread(notice.thread);
    if (notice.kind == notices::Kind::request) return url::requests(notice.group);
    if (notice.kind == notices::Kind::coming_back) return url::me_helpers();
    if (notice.kind == notices::Kind::came_back) return url::me_security();
    if (notice.kind == notices::Kind::mail_paused) return url::me();
    if (notice.kind == notices::Kind::membership_ended) return url::membership(notice.group);
    if (notice.kind == notices::Kind::request_declined || !notice.group) return url::groups();
    return url::group(notice.group);
}

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
    return sentence(ctx, notice.kind,
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
            .member("location", address(notice).text())
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
    h << "<li class=\"card\"><p><a href=\"" << address(notice) << "\">" << sentence(ctx, list, notice)
      << "</a>";
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
    const std::int64_t before = std::atoll(std::string(ctx.query().get("before")).c_str());
    return before > 0 ? before : 0;
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

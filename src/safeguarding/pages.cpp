#include "safeguarding/pages.hpp"

#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "platform/words/words.hpp"

namespace kith::safeguarding {

namespace pages {

std::string name_of(const http::Ctx& ctx, const Names& names, PersonaId id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string(ctx.t("Former member"))
                                : std::string(identity::shown_name(found->second, ctx.words));
}

void badge(Html& h, const http::Ctx& ctx, Urgency urgency) {
    h << "<span class=\"badge urgency-" << to_word(urgency) << "\">" << ctx.t(words_of(urgency)) << "</span>";
}

void case_members(JsonWriter& j, const Case& one, std::optional<Time> due) {
    j.member("id", one.id)
        .member("group", one.group)
        .member("post", one.post ? std::optional(one.post) : std::nullopt)
        .member("urgency", one.urgency)
        .member("opened_at", one.opened_at)
        .member("due_at", due)
        .member("first_look_at", one.first_look_at)
        .member("claimed_until", one.claimed_until);
}

std::string clock_words(const http::Ctx& ctx, const Case& one, std::optional<Time> due) {
    if ((one.first_look_at && !one.decided_at) || one.closed_at || !due) return {};
    if (ctx.now() < *due) return ctx.f("to be looked at %1", text::until(ctx.words, *due, ctx.now()));
    return ctx.f("should have been looked at %1", text::ago(ctx.words, *due, ctx.now()));
}

}  // namespace pages

std::vector<http::Route> routes() {
    using http::Method;
    using namespace pages;
    namespace gate = http::gate;
    return {
        {Method::get, "/posts/{post}/report", gate::open, show_post_report},
        {Method::post, "/posts/{post}/report", gate::open, send_post_report},
        {Method::get, "/posts/{post}/appeal", gate::member, show_removal_appeal},
        {Method::post, "/posts/{post}/appeal", gate::member, send_removal_appeal},
        {Method::post, "/threads/{thread}/closing", gate::moderator, save_closing},
        {Method::get, "/groups/{group}/report", gate::open, show_group_report},
        {Method::post, "/groups/{group}/report", gate::open, send_group_report},
        {Method::get, "/reported", gate::open, show_reported},
        {Method::get, "/me/reports", gate::member, show_my_reports},
        {Method::get, "/me/decisions", gate::member, show_my_decisions},
        {Method::post, "/me/decisions/{case}/appeal", gate::member, send_appeal},
        {Method::get, "/me/hold", gate::member, show_my_hold},
        {Method::get, "/cases", gate::member, show_queue},
        {Method::get, "/cases/{case}", gate::member, show_case},
        {Method::post, "/cases/{case}/claim", gate::member, take_case},
        {Method::post, "/cases/{case}/urgency", gate::member, save_urgency},
        {Method::post, "/cases/{case}/notes", gate::member, save_note},
        {Method::post, "/cases/{case}/decision", gate::member, save_decision},
        {Method::post, "/cases/{case}/second-reading", gate::member, save_second_reading},
        {Method::post, "/cases/{case}/review", gate::member, save_review},
        {Method::get, "/admin/triage", gate::host, show_triage},
        {Method::post, "/admin/triage", gate::host, save_triage},
    };
}

}  // namespace kith::safeguarding

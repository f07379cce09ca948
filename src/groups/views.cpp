#include "groups/views.hpp"

#include "groups/forms.hpp"
#include "platform/text/list_words.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::groups {
namespace {

ShowHours& the_hours() {
    static ShowHours show = nullptr;
    return show;
}

constexpr std::int64_t soon_ms = 14 * day_ms;  // a close this near is counted in days

std::string day_words(const http::Ctx& ctx, const Group& group) {
    if (!group.opens_at || !group.closes_at) return {};
    const std::int64_t day = (ctx.now() - *group.opens_at) / day_ms + 1;
    const std::int64_t days = (*group.closes_at - *group.opens_at - 1) / day_ms + 1;
    return ctx.f("Day %1 of %2.", std::to_string(day), std::to_string(days)) + " ";
}

std::string end_words(const http::Ctx& ctx, Time closes_at) {
    if (closes_at - ctx.now() < soon_ms)
        return ctx.f("Closes %1, on %2.", text::until(ctx.words, closes_at, ctx.now()),
                     text::exact(ctx.words, closes_at));
    return ctx.f("Open until %1.", text::exact(ctx.words, closes_at));
}

void side_links(Html& h, const http::Ctx& ctx, const Access& access) {
    const GroupId group = access.group.id;
    h << "<ul>";
    if (access.lead) {
        h << "<li><a href=\"" << url::group_settings(group) << "\">" << ctx.t("Change this group")
          << "</a></li><li><a href=\"" << url::invitations(group) << "\">" << ctx.t("Invite people")
          << "</a></li><li><a href=\"" << url::requests(group) << "\">" << ctx.t("Who asked to join")
          << "</a></li><li><a href=\"" << url::group_members(group) << "\">" << ctx.t("End somebody's stay")
          << "</a></li>";
    }
    if (access.lead || access.moderate)
        h << "<li><a href=\"" << url::unanswered(group) << "\">" << ctx.t("Who waits for an answer")
          << "</a></li>";
    if (access.moderate)
        h << "<li><a href=\"" << url::waiting(group) << "\">" << ctx.t("What waits for a look")
          << "</a></li><li><a href=\"" << url::pace(group) << "\">" << ctx.t("How fast people write here")
          << "</a></li>";
    if (access.member || access.phase <= Phase::running)
        h << "<li><a href=\"" << url::membership(group) << "\">"
          << (access.member ? ctx.t("Your name in this group") : ctx.t("Join this group")) << "</a></li>";
    h << "<li><a href=\"" << url::group_report(group) << "\">" << ctx.t("Report this group")
      << "</a></li></ul>";
    if (access.member) press(h, ctx, url::leaving(group), {.words = ctx.t("Leave this group")});
}

void add_topics_under(std::span<const Topic> topics, const TopicPath* above, std::vector<TopicPath>& out) {
    const std::optional<TopicId> parent = above ? std::optional(above->id) : std::nullopt;
    const std::string front = above ? above->words + " › " : std::string();
    const int depth = above ? above->depth + 1 : 0;
    for (const Topic& topic : topics) {
        if (topic.parent != parent) continue;
        const TopicPath path{topic.id, topic.parent, topic.name, front + topic.name, depth};
        out.push_back(path);
        add_topics_under(topics, &path, out);
    }
}

}  // namespace

void use_hours(ShowHours show) { the_hours() = show; }

bool looks_after_site(const http::Ctx& ctx) {
    return ctx.session && (ctx.session->host || ctx.session->coordinator);
}

std::string_view admission_words(const http::Ctx& ctx, Admission admission) {
    switch (admission) {
        case Admission::open:
            return ctx.t("Open to everybody");
        case Admission::request:
            return ctx.t("Ask to join");
        case Admission::invitation:
            return ctx.t("By invitation");
    }
    return {};
}

std::string_view admission_sentence(const http::Ctx& ctx, Admission admission) {
    switch (admission) {
        case Admission::open:
            return ctx.t("Everybody with an account here can read it and join.");
        case Admission::request:
            return ctx.t("Only members can read it. You ask to join, and somebody answers you.");
        case Admission::invitation:
            return ctx.t("Only members can read it. You need an invitation to join.");
    }
    return {};
}

std::string_view leadership_words(const http::Ctx& ctx, Leadership leadership) {
    return leadership == Leadership::peer ? ctx.t("Led by members") : ctx.t("Led by professionals");
}

std::string_view tone_words(const http::Ctx& ctx, Tone tone) {
    switch (tone) {
        case Tone::any:
            return ctx.t("As it comes");
        case Tone::gentle:
            return ctx.t("Gentle and quiet");
        case Tone::practical:
            return ctx.t("Practical");
        case Tone::light:
            return ctx.t("Light, with humour");
    }
    return {};
}

std::string date_words(const http::Ctx& ctx, const Group& group) {
    switch (phase(group, ctx.now())) {
        case Phase::announced:
            return ctx.f("Opens %1, on %2.", text::until(ctx.words, *group.opens_at, ctx.now()),
                         text::exact(ctx.words, *group.opens_at));
        case Phase::running:
            if (!group.closes_at) return {};
            return day_words(ctx, group) + end_words(ctx, *group.closes_at);
        case Phase::closed:
            return ctx.f("Closed on %1.", text::date(ctx.words, *group.closes_at));
        case Phase::archived:
            return std::string(ctx.t("Put away. Only its leaders can read it."));
    }
    return {};
}

void badges(Html& h, const http::Ctx& ctx, const Group& group) {
    h << "<p class=\"meta row\"><span class=\"badge\">" << admission_words(ctx, group.admission)
      << "</span> <span class=\"badge\">" << leadership_words(ctx, group.leadership) << "</span>";
    const std::string dates = date_words(ctx, group);
    if (!dates.empty()) h << " <span>" << dates << "</span>";
    h << "</p>";
}

std::string list_of(const http::Ctx& ctx, std::span<const std::string> names) {
    if (names.empty()) return std::string(ctx.t("nobody yet"));
    return text::listed(ctx.words, names);
}

void leaders(Html& h, const http::Ctx& ctx, const Group& group, std::span<const std::string> facilitators,
             std::span<const std::string> moderators) {
    const bool peer = group.leadership == Leadership::peer;
    h << "<p>"
      << (peer ? ctx.t("Members lead this group themselves.") : ctx.t("Professionals lead this group."))
      << "</p><dl><dt>" << (peer ? ctx.t("Welcomes people") : ctx.t("Leads the group")) << "</dt><dd>"
      << list_of(ctx, facilitators) << "</dd>";
    if (!moderators.empty())
        h << "<dt>" << ctx.t("Keeps it kind and safe") << "</dt><dd>" << list_of(ctx, moderators) << "</dd>";
    if (!group.hours.empty())
        h << "<dt>" << ctx.t("When they are here") << "</dt><dd>" << group.hours << "</dd>";
    h << "</dl>";
}

void rules_to_agree_to(Html& h, const http::Ctx& ctx, const Group& group) {
    h << "<div class=\"notice\"><h2>" << ctx.t("Please read the rules of this group") << "</h2>"
      << text::render_markdown(group.rules);
    press(h, ctx, url::group_rules(group.id), {.words = ctx.t("I have read the rules and agree to them.")});
    h << "</div>";
}

std::string_view reading_note(const http::Ctx& ctx, const Access& access) {
    if (access.write) return {};
    if (access.phase == Phase::archived) return ctx.t("This group has been put away. It can only be read.");
    if (access.phase == Phase::closed) return ctx.t("This group has closed. You can read it.");
    if (!ctx.signed_in()) return ctx.t("You are reading as a visitor. Sign up to write here.");
    if (!access.member) return ctx.t("You are reading as a visitor. Join the group to write here.");
    if (access.phase == Phase::announced)
        return ctx.t("This group has not opened yet. You can write here from the day it opens.");
    return ctx.t("Please read the rules of this group first, and say that you agree to them.");
}

void group_side(Html& h, const http::Ctx& ctx, const Access& access,
                std::span<const std::string> facilitators, std::span<const std::string> moderators) {
    const Group& group = access.group;
    if (access.member && !access.rules_agreed) rules_to_agree_to(h, ctx, group);
    h << "<aside class=\"side\" aria-labelledby=\"about-group\"><h2 id=\"about-group\">"
      << ctx.t("About this group") << "</h2>" << text::render_markdown(group.purpose);
    const std::string dates = date_words(ctx, group);
    if (!dates.empty()) h << "<p><strong>" << dates << "</strong></p>";
    leaders(h, ctx, group, facilitators, moderators);
    if (the_hours()) the_hours()(h, ctx, group.id);
    if (!group.rules.empty())
        h << "<details><summary>" << ctx.t("Rules of this group") << "</summary><div>"
          << text::render_markdown(group.rules) << "</div></details>";
    side_links(h, ctx, access);
    h << "</aside>";
}

void group_json(JsonWriter& j, const Group& group, Time now) {
    j.object().member("id", group.id).member("name", group.name).member("purpose", group.purpose);
    j.member("rules", group.rules).member("topic", group.topic);
    j.member("admission", group.admission).member("leadership", group.leadership);
    j.member("hours", group.hours).member("tone", group.tone);
    j.member("public_reading", group.public_reading).member("sensitive", group.sensitive);
    j.member("anonymous_posting", group.anonymous_posting);
    j.member("size_limit", group.size_limit).member("opens_at", group.opens_at);
    j.member("closes_at", group.closes_at).member("phase", phase(group, now)).end();
}

std::vector<TopicPath> topic_paths(std::span<const Topic> topics) {
    std::vector<TopicPath> out;
    out.reserve(topics.size());
    add_topics_under(topics, nullptr, out);
    return out;
}

void pagination(Html& h, const http::Ctx& ctx, const Url& address, Pages pages) {
    if (pages.last <= 1) return;
    h << "<nav class=\"pagination\" aria-label=\"" << ctx.t("Pages") << "\">";
    if (pages.page > 1)
        h << "<a rel=\"prev\" href=\"" << address.query("page", std::to_string(pages.page - 1)) << "\">"
          << ctx.t("Back") << "</a>";
    h << "<span aria-current=\"page\">"
      << ctx.f("Page %1 of %2", std::to_string(pages.page), std::to_string(pages.last)) << "</span>";
    if (pages.page < pages.last)
        h << "<a rel=\"next\" href=\"" << address.query("page", std::to_string(pages.page + 1)) << "\">"
          << ctx.t("Next") << "</a>";
    h << "</nav>";
}

}  // namespace kith::groups

#include "app/home.hpp"

#include "conversation/conversation.hpp"
#include "drafts/drafts.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "learning/learning.hpp"
#include "matching/matching.hpp"
#include "notices/notices.hpp"
#include "pacing/pacing.hpp"
#include "platform/http/page.hpp"
#include "platform/text/time_words.hpp"
#include "rota/rota.hpp"
#include "safeguarding/safeguarding.hpp"
#include "training/training.hpp"
#include "url.hpp"

namespace kith::app {
namespace {

using http::Ctx;
using http::Response;

constexpr std::size_t most_news = 12;

// What a program needs to know before it has signed in.
Response landing_json(const Site& site) {
    JsonWriter j;
    j.object().member("name", site.name).member("purpose", site.purpose);
    j.member("open_sign_up", site.open_sign_up).end();
    return http::json(j);
}

// A few that anybody may join: whoever comes in need of company is two presses away from it.
void open_groups(Html& h, Ctx& ctx) {
    constexpr std::size_t shown = 4;
    auto groups = ctx.read([&](db::ReadTx& tx) { return groups::listed_groups(tx, ctx.actor()); });
    std::erase_if(groups, [&](const groups::Group& group) {
        return group.admission != groups::Admission::open ||
               groups::phase(group, ctx.now()) != groups::Phase::running;
    });
    if (groups.empty()) return;
    if (groups.size() > shown) groups.resize(shown);
    h << "<h2>" << ctx.t("Groups that are open to you") << "</h2><ul class=\"cards\">";
    for (const groups::Group& group : groups)
        h << "<li class=\"card\"><a dir=\"auto\" href=\"" << url::membership(group.id) << "\">" << group.name
          << "</a></li>";
    h << "</ul>";
}

Response landing(Ctx& ctx) {
    const Site& site = *ctx.site;
    if (ctx.wants_json()) return landing_json(site);
    Html h;
    h << "<div class=\"hero\"><h1>" << site.name << "</h1><p>"
      << (site.purpose.empty() ? std::string(ctx.t("People who live with the same condition, together."))
                               : site.purpose)
      << "</p><p><a class=\"button\" href=\"" << url::groups() << "\">" << ctx.t("Find a group")
      << "</a> <a class=\"button quiet\" href=\"" << url::sign_in() << "\">" << ctx.t("Sign in")
      << "</a></p><p><a href=\"" << url::invited() << "\">" << ctx.t("I have a code") << "</a></p></div>";
    open_groups(h, ctx);
    h << "<ol class=\"steps\"><li><h2>" << ctx.t("Nobody needs to know your name") << "</h2><p>"
      << ctx.t("You choose a made-up name and a password. We do not ask for your e-mail or your real name.")
      << "</p></li><li><h2>" << ctx.t("People who know what it is like") << "</h2><p>"
      << ctx.t("Read along for as long as you like. Write when you feel ready.") << "</p></li><li><h2>"
      << ctx.t("Somebody looks after each group") << "</h2><p>";
    if (site.moderated.empty()) {
        h << ctx.t("Each group has people who welcome newcomers and keep it safe.");
    } else {
        h << ctx.f("The groups are looked after %1.", site.moderated);
    }
    h << "</p></li></ol><p class=\"notice\">"
      << ctx.t("This is not a place for emergencies. If you may be in danger, please use:") << " <a href=\""
      << url::help_now() << "\">" << ctx.t("urgent help") << "</a></p>";
    return http::page(ctx, {.title = site.name}, h);
}

struct HomeView {
    std::vector<conversation::ThreadRow> news;
    bool are_all = true;
    std::vector<groups::MyGroup> groups;
    std::unordered_map<PersonaId, std::string> names;
    bool notices = false;
    bool drafts = false;
    bool training = false;                           // of the reader, that is to be done
    std::optional<safeguarding::Urgency> report;     // the most urgent that the reader can work on
    bool learning = false;                           // a host must look at what reads posts
    bool is_unknown = false;                         // has not been asked yet what they hope for
    std::optional<groups::MyGroup> fit_asked_about;  // is it right for them?
    std::unordered_map<GroupId, std::string>
        waiting;  // groups that the reader looks after, where somebody waits
    std::unordered_map<GroupId, std::string> to_look_at;  // and where posts wait for a look
};

std::vector<GroupId> looked_after(const Session& session) {
    std::vector<GroupId> out;
    for (const GroupRight& right : session.groups)
        if (right.facilitator || right.moderator) out.push_back(right.group);
    return out;
}

// A look at the session, so that members pay nothing for it; the rule decides.
bool may_see_reports(const Session& session) {
    return session.host || session.coordinator || session.is_facilitator_somewhere() ||
           session.is_moderator_somewhere();
}

HomeView load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        const MemberId member = ctx.session->member;
        // Some may have been read in these seconds.
        auto unread = conversation::unread_threads(tx, member, most_news);
        HomeView view{.news = std::move(unread.threads),
                      .are_all = unread.are_all,
                      .groups = groups::groups_of(tx, member),
                      .names = {},
                      .notices = notices::any_unread(tx, member),
                      .drafts = drafts::any(tx, member),
                      .training = may_see_reports(*ctx.session) && training::training_waits(tx, ctx.actor()),
                      .report = may_see_reports(*ctx.session) ? safeguarding::most_urgent(tx, ctx.actor())
                                                              : std::nullopt,
                      .learning = ctx.session->host && learning::needs_host(tx),
                      .is_unknown = !matching::was_asked(tx, member),
                      .waiting = groups::names_of(
                          tx, conversation::groups_that_wait(tx, ctx.actor(), looked_after(*ctx.session)))};
        std::vector<GroupId> unlooked = looked_after(*ctx.session);
        std::erase_if(unlooked, [&](GroupId group) { return !pacing::anything_waits(tx, group); });
        view.to_look_at = groups::names_of(tx, unlooked);
        view.fit_asked_about = matching::group_to_ask_about(tx, member, view.groups);
        std::erase_if(view.news, [&](const conversation::ThreadRow& row) {
            return conversation::has_read(member, PostId(row.thread.id, row.thread.last_number));
        });
        if (view.news.size() > most_news) view.news.resize(most_news);
        std::vector<PersonaId> people;
        for (const auto& row : view.news) people.push_back(row.thread.last_author);
        view.names = identity::names_of(tx, people);
        return view;
    });
}

std::string_view group_name(const HomeView& view, GroupId id) {
    for (const groups::MyGroup& group : view.groups)
        if (group.id == id) return group.name;
    return {};
}

void news(Html& h, const Ctx& ctx, const HomeView& view) {
    h << "<h2>" << ctx.t("New since you were here") << "</h2>";
    if (view.news.empty()) {
        h << "<div class=\"empty\"><p>"
          << (view.are_all ? ctx.t("You have read everything. Rest well.")
                           : ctx.t("You have read all the newest threads. Rest well."))
          << "</p></div>";
        return;
    }
    h << "<ul class=\"threads\">";
    for (const conversation::ThreadRow& row : view.news) {
        const PostId first_new(row.thread.id, std::min(row.read_number + 1, row.thread.last_number));
        const auto name = view.names.find(row.thread.last_author);
        h << "<li class=\"thread-row\"><h3><a class=\"thread-title\" href=\""
          << url::post_in_thread(first_new) << "\" dir=\"auto\">"
          << conversation::shown_title(row.thread.title, ctx.words) << "</a></h3><p class=\"meta\">"
          << group_name(view, row.thread.group) << " · "
          << ctx.f("last word by %1", name == view.names.end()
                                          ? ctx.t("Former member")
                                          : identity::shown_name(name->second, ctx.words))
          << ", " << text::ago(ctx.words, row.thread.last_post_at, ctx.now()) << "</p></li>";
    }
    h << "</ul>";
}

void my_groups(Html& h, const Ctx& ctx, const HomeView& view) {
    h << "<h2>" << ctx.t("My groups") << "</h2>";
    if (view.groups.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("You are not in a group yet.")
          << "</p><p><a class=\"button\" href=\"" << url::groups() << "\">" << ctx.t("Find a group")
          << "</a></p><p><a href=\"" << url::invited() << "\">" << ctx.t("I have a code") << "</a></p></div>";
        return;
    }
    h << "<ul class=\"cards\">";
    for (const groups::MyGroup& group : view.groups) {
        h << "<li class=\"card\"><a dir=\"auto\" href=\"" << url::group(group.id) << "\">" << group.name
          << "</a>";
        if (group.closes_at && *group.closes_at > ctx.now())
            h << " <span class=\"badge\">"
              << ctx.f("closes %1", text::until(ctx.words, *group.closes_at, ctx.now())) << "</span>";
        h << "</li>";
    }
    h << "</ul>";
}

// One at most, and never twice: each can be answered with a press.
void one_question(Html& h, const Ctx& ctx, const HomeView& view) {
    if (view.fit_asked_about) return matching::fit_question(h, ctx, *view.fit_asked_about);
    if (view.is_unknown)
        h << "<p class=\"notice\"><a href=\"" << url::people_like_me() << "\">"
          << ctx.t("Find people like you: a few questions, or skip them") << "</a></p>";
}

Response home_json(const HomeView& view, const Words& words) {
    JsonWriter j;
    j.object()
        .member("notices", view.notices)
        .member("drafts", view.drafts)
        .member("reports", view.report.has_value())
        .array("groups_that_wait");
    for (const auto& [id, name] : view.waiting) j.value(id);
    j.end().array("groups_to_look_at");
    for (const auto& [id, name] : view.to_look_at) j.value(id);
    j.end().array("groups");
    for (const groups::MyGroup& group : view.groups)
        j.object().member("id", group.id).member("name", group.name).end();
    j.end().array("unread_threads");
    for (const auto& row : view.news)
        j.object()
            .member("id", row.thread.id)
            .member("group", row.thread.group)
            .member("title", conversation::shown_title(row.thread.title, words))
            .member("last_post_at", row.thread.last_post_at)
            .end();
    j.end().end();
    return http::json(j);
}

}  // namespace

Response home(Ctx& ctx) {
    if (!ctx.signed_in()) return landing(ctx);
    const HomeView view = load(ctx);
    if (ctx.wants_json()) return home_json(view, ctx.words);
    Html h;
    identity::show_warnings(h, ctx);
    const bool is_crisis = view.report == safeguarding::Urgency::crisis;
    if (is_crisis)
        h << "<p class=\"notice warn\"><a href=\"" << url::cases() << "\">"
          << ctx.t("Somebody may be in danger. A report waits for you.") << "</a></p>";
    if (ctx.session->roles_wait)
        h << "<p class=\"notice\"><a href=\"" << url::me_security() << "\">"
          << ctx.t("You look after something here. Please make signing in safer first.") << "</a></p>";
    if (view.notices)
        h << "<p class=\"notice\"><a href=\"" << url::notices() << "\">"
          << ctx.t("Somebody answered you, or there is other news for you.") << "</a></p>";
    if (ctx.session->host || ctx.session->coordinator)
        h << "<p class=\"notice\"><a href=\"" << url::admin() << "\">" << ctx.t("Look after the site")
          << "</a></p>";
    if (ctx.session->researcher)
        h << "<p class=\"notice\">"
          << ctx.t(
                 "You are a researcher here. Studies are still to come; until then you see what every member "
                 "sees.")
          << "</p>";
    if (may_see_reports(*ctx.session)) rota::show_next_shift(h, ctx);
    if (view.training)
        h << "<p class=\"notice\"><a href=\"" << url::training() << "\">"
          << ctx.t("There is some training for you to do.") << "</a></p>";
    if (view.report && !is_crisis)
        h << "<p class=\"notice\"><a href=\"" << url::cases() << "\">" << ctx.t("A report waits for you.")
          << "</a></p>";
    if (view.learning)
        h << "<p class=\"notice\"><a href=\"" << url::admin_learning() << "\">"
          << ctx.t("What reads posts needs you. Please look.") << "</a></p>";
    for (const auto& [id, name] : view.to_look_at)
        h << "<p class=\"notice\"><a href=\"" << url::waiting(id) << "\">"
          << ctx.f("Posts in %1 wait until somebody of you has looked.", name) << "</a></p>";
    for (const auto& [id, name] : view.waiting)
        h << "<p class=\"notice\"><a href=\"" << url::unanswered(id) << "\">"
          << ctx.f("Somebody in %1 waits for an answer.", name) << "</a></p>";
    if (view.drafts)
        h << "<p class=\"notice\"><a href=\"" << url::me_drafts() << "\">"
          << ctx.t("You have begun to write something. It is kept for you.") << "</a></p>";
    one_question(h, ctx, view);
    news(h, ctx, view);
    my_groups(h, ctx, view);
    http::Frame frame{.title = ctx.site->name, .heading = ctx.f("Welcome, %1", ctx.session->name)};
    frame.live = url::my_events().text();
    return http::page(ctx, frame, h);
}

}  // namespace kith::app

#include "matching/pages.hpp"
#include "platform/http/forms.hpp"
#include "platform/http/page.hpp"
#include "url.hpp"

namespace kith::matching::pages {
namespace {

using http::Ctx;
using http::Response;

std::string_view words_of(Misfit reason) {
    switch (reason) {
        case Misfit::unsaid:
            return t_later("I would rather not say");
        case Misfit::heavy:
            return t_later("Reading there makes me feel worse");
        case Misfit::busy:
            return t_later("It is too much for me");
        case Misfit::quiet:
            return t_later("Too little happens there");
        case Misfit::other:
            return t_later("It is not about what I live with");
        case Misfit::words:
            return t_later("Something that somebody wrote");
    }
    return {};
}

void answer_button(Html& h, Fit answer, std::string_view words, bool main) {
    h << "<button class=\"button" << (main ? std::string_view() : " quiet") << "\" name=\"answer\" value=\""
      << to_word(answer) << "\">" << words << "</button> ";
}

struct Loaded {
    groups::Access access;
    std::vector<Suggestion> others;
};

Result<Loaded> load(db::ReadTx& tx, const Actor& actor, GroupId id) {
    Loaded out{.access = TRY(groups::access(tx, actor, id))};
    if (!out.access.member) return not_found();
    AboutMe me = about(tx, actor.member).value_or(AboutMe());
    // Without answers, what is about the same.
    if (!me.says_anything() && out.access.group.topic) me.topics = {*out.access.group.topic};
    out.others = groups_for(tx, actor, me);
    return out;
}

void other_groups(Html& h, const Ctx& ctx, const Loaded& loaded) {
    h << "<h2>" << ctx.t("Other groups") << "</h2>";
    if (loaded.others.empty()) h << "<p>" << ctx.t("No other group is close to this one just now.") << "</p>";
    group_cards(h, ctx, loaded.others);
    h << "<p><a href=\"" << url::people_like_me() << "\">"
      << ctx.t("Answer a few questions, so that we find a better one") << "</a></p><p><a href=\""
      << url::groups() << "\">" << ctx.t("See all groups") << "</a></p>";
}

void what_may_help(Html& h, const Ctx& ctx, GroupId group) {
    const auto link = [&](const Url& to, std::string_view words) {
        h << "<li><a href=\"" << to << "\">" << words << "</a></li>";
    };
    h << "<h2>" << ctx.t("What may help here") << "</h2><ul>";
    link(url::me_content_notes(), ctx.t("Say what you would rather not read"));
    link(url::me_notices(), ctx.t("Hear less of news"));
    link(url::me_pause(), ctx.t("Take a break"));
    link(url::group(group), ctx.t("Write to those who look after the group: their names are on its page"));
    link(url::help_now(), ctx.t("Urgent help, if you may be in danger"));
    h << "</ul>";
}

void reason_form(Html& h, const Ctx& ctx, GroupId group) {
    http::open_form(h, ctx, url::fit(group));
    std::vector<http::Option> reasons;
    for (const Misfit reason : all_of<Misfit>())
        reasons.push_back({to_word(reason), ctx.t(words_of(reason))});
    http::choices(h, ctx, {"reason", ctx.t("Would you like to say why?"), ""}, reasons, nullptr);
    h << "<p class=\"hint\">" << ctx.t("The group does not see it.") << "</p>";
    http::close_form(h, ctx.t("Send it"));
}

void leaving_form(Html& h, const Ctx& ctx, GroupId group) {
    h << "<h2>" << ctx.t("Leave this group") << "</h2><p>"
      << ctx.t("You can come back whenever you like. What you wrote stays.") << "</p>";
    http::open_form(h, ctx, url::leaving(group));
    h << "<button class=\"button quiet\">" << ctx.t("Leave this group") << "</button></form>";
}

Response as_json(const Ctx& ctx, const Loaded& loaded) {
    JsonWriter j;
    j.object().member("group", loaded.access.group.id).array("groups");
    groups_json(j, ctx, loaded.others);
    j.end().end();
    return http::json(j);
}

}  // namespace

Response show_fit(Ctx& ctx) {
    const auto id = ctx.param<GroupId>("group");
    if (!id) return http::error_page(ctx, id.error());
    const auto loaded = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), *id); });
    if (!loaded) return http::error_page(ctx, loaded.error());
    if (ctx.wants_json()) return as_json(ctx, *loaded);
    Html h;
    h << "<p>"
      << ctx.t("Thank you for saying so. Not every group is right for everybody, and that is nobody's fault.")
      << "</p>";
    other_groups(h, ctx, *loaded);
    what_may_help(h, ctx, *id);
    reason_form(h, ctx, *id);
    leaving_form(h, ctx, *id);
    const std::string heading(ctx.t("This group is not right for me"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{loaded->access.group.name, url::group(*id)}}},
        h);
}

Response save_fit(Ctx& ctx) {
    const auto id = ctx.param<GroupId>("group");
    if (!id) return http::error_page(ctx, id.error());
    const auto answer = from_word<Fit>(ctx.form().get("answer"));
    const auto reason = ctx.form().has("reason") ? from_word<Misfit>(ctx.form().get("reason")) : std::nullopt;
    if (!answer && !reason)
        return http::error_page(ctx, invalid("Please choose one of the answers.", "answer").value());
    const Done saved = ctx.write([&](db::Tx& tx) {
        return answer ? answer_fit(tx, ctx.actor(), *id, *answer) : say_misfit(tx, ctx.actor(), *id, *reason);
    });
    if (!saved) return http::error_page(ctx, saved.error());
    return http::done(ctx, answer == Fit::no ? url::fit(*id) : url::home());
}

}  // namespace kith::matching::pages

namespace kith::matching {

void fit_question(Html& h, const http::Ctx& ctx, const groups::MyGroup& group) {
    h << "<section class=\"notice\"><h2>"
      << ctx.f("You have been in %1 for a while. Is it right for you?", group.name) << "</h2>";
    http::open_form(h, ctx, url::fit(group.id));
    h << "<p class=\"row\">";
    pages::answer_button(h, Fit::yes, ctx.t("Yes"), true);
    pages::answer_button(h, Fit::unsure, ctx.t("Not sure yet"), false);
    pages::answer_button(h, Fit::no, ctx.t("No"), false);
    h << "</p></form></section>";
}

}  // namespace kith::matching

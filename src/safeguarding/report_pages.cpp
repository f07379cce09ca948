#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "safeguarding/pages.hpp"
#include "site/site.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;

struct Place {
    PostId post;  // none: it is about the group
    GroupId group;
    Url action, back;
    std::string heading;
    std::optional<text::PictureIn> picture = {};  // that it is about, in the post
};

// Of the address, or of a form that comes back.
std::optional<text::PictureIn> picture_of(Ctx& ctx, PostId post) {
    const std::string_view key = ctx.form().has("picture") ? ctx.form().get("picture")
                                                           : ctx.query().get("picture");
    if (key.empty()) return std::nullopt;
    const auto typed = ctx.read([&](db::ReadTx& tx) { return conversation::typed(tx, post); });
    if (!typed) return std::nullopt;
    for (text::PictureIn& picture : text::pictures_in(typed->markdown))
        if (picture.key == key) return std::move(picture);
    return std::nullopt;
}

Result<Place> place_of_post(Ctx& ctx) {
    const PostId post = TRY(ctx.param<PostId>("post"));
    TRY(ctx.read([&](db::ReadTx& tx) { return may_report(tx, ctx.actor(), post); }));
    auto picture = picture_of(ctx, post);
    const auto heading = picture ? ctx.t("Report a picture") : ctx.t("Report a post");
    return Place{post,
                 {},
                 url::post_report(post),
                 url::post_in_thread(post),
                 std::string(heading),
                 std::move(picture)};
}

Result<Place> place_of_group(Ctx& ctx) {
    const GroupId group = TRY(ctx.param<GroupId>("group"));
    TRY(ctx.read([&](db::ReadTx& tx) { return groups::access(tx, ctx.actor(), group); }));
    return Place{
        {}, group, url::group_report(group), url::group(group), std::string(ctx.t("Report a group"))};
}

ReportForm typed(const Ctx& ctx) {
    return {from_word<Reason>(ctx.form().get("reason")), std::string(ctx.form().get("words")),
            std::string(ctx.form().get("picture"))};
}

void reasons(Html& h, const Ctx& ctx, const Error* error) {
    std::vector<http::Option> options;
    for (const Reason reason : all_of<Reason>())
        options.push_back({to_word(reason), ctx.t(words_of(reason))});
    http::choices(h, ctx, {"reason", ctx.t("What is it about?"), ctx.form().get("reason")}, options, error);
}

Response report_page(Ctx& ctx, const Place& place, const Error* error) {
    Html h;
    h << "<section class=\"notice\" aria-labelledby=\"help-first\"><h2 id=\"help-first\">"
      << ctx.t("First: is somebody in danger?") << "</h2>" << site::short_help(ctx) << "</section>";
    h << "<p>"
      << ctx.t(
             "A report is private. The people who look after this place read it. Nobody is told that it was "
             "you.")
      << "</p>";
    if (place.picture) careful_picture(h, place.picture->key, place.picture->words);
    http::open_form(h, ctx, place.action);
    if (place.picture) h << "<input type=\"hidden\" name=\"picture\" value=\"" << place.picture->key << "\">";
    reasons(h, ctx, error);
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("Is there more that they should know?"),
                 .hint = ctx.t("You can leave this empty."),
                 .value = ctx.form().get("words"),
                 .rows = 4},
                error);
    http::close_form(h, ctx.t("Send the report"));
    h << "<p><a href=\"" << place.back << "\">" << ctx.t("Go back without a report") << "</a></p>";
    return http::form_page(ctx, {.title = place.heading, .heading = place.heading}, h, error);
}

Response show(Ctx& ctx, const Result<Place>& place) {
    return place ? report_page(ctx, *place, nullptr) : http::error_page(ctx, place.error());
}

Result<CaseId> file(Ctx& ctx, const Place& place) {
    const ReportForm form = typed(ctx);
    // A slip is no report, and danger must not wait.
    if (!ctx.signed_in() && form.reason && form.reason != Reason::danger)
        TRY(ctx.write([&](db::Tx& tx) {
            return identity::take_guest_report(tx, ctx.request.client, ctx.services.random);
        }));
    return ctx.write([&](db::Tx& tx) {
        return place.post ? file_report(tx, ctx.actor(), place.post, form)
                          : file_report(tx, ctx.actor(), place.group, form);
    });
}

Response send(Ctx& ctx, const Result<Place>& place) {
    if (!place) return http::error_page(ctx, place.error());
    const auto filed = file(ctx, *place);
    if (filed) return http::done(ctx, url::reported(), 201);
    if (filed.error().field.empty() || ctx.wants_json()) return http::error_page(ctx, filed.error());
    return report_page(ctx, *place, &filed.error());
}

// ---- what came of it -----------------------------------------------------------------------------------------

// The reporter learns that somebody looked and whether something was done; the rest is between staff and author.
std::string_view what_came(const OwnReport& report) {
    if (!report.closed_at) return t_later("Somebody will look at it, or does already.");
    if (report.outcome == Outcome::nothing)
        return t_later("Somebody has looked. They found that it may stay as it is. Thank you for caring.");
    return t_later("Somebody has looked and done something about it. Thank you for caring.");
}

Response my_reports_json(const std::vector<OwnReport>& reports) {
    JsonWriter j;
    j.object().array("reports");
    for (const OwnReport& report : reports)
        j.object()
            .member("post", report.post ? std::optional(report.post) : std::nullopt)
            .member("group", report.group)
            .member("reason", report.reason)
            .member("filed_at", report.filed_at)
            .member("closed_at", report.closed_at)
            .member("something_done",
                    report.closed_at ? std::optional(report.outcome != Outcome::nothing) : std::nullopt)
            .end();
    j.end().end();
    return http::json(j);
}

}  // namespace

void careful_picture(Html& h, std::string_view key, std::string_view words) {
    h << "<p><span class=\"picture blurred\" tabindex=\"0\" data-words=\"" << words << "\"><img src=\""
      << url::picture(key) << "\" alt=\"" << words << "\" loading=\"lazy\"></span></p>";
}

Response show_post_report(Ctx& ctx) { return show(ctx, place_of_post(ctx)); }
Response send_post_report(Ctx& ctx) { return send(ctx, place_of_post(ctx)); }
Response show_group_report(Ctx& ctx) { return show(ctx, place_of_group(ctx)); }
Response send_group_report(Ctx& ctx) { return send(ctx, place_of_group(ctx)); }

Response show_reported(Ctx& ctx) {
    Html h;
    h << "<section class=\"notice\"><h2>" << ctx.t("If somebody is in danger, do not wait for us") << "</h2>"
      << site::short_help(ctx) << "</section><p>"
      << ctx.t(
             "Thank you. The people who look after this place have your report. Nobody is told that it was "
             "you.")
      << "</p><p>";
    if (ctx.site->moderated.empty()) {
        h << ctx.t("They may not be here just now.");
    } else {
        h << ctx.f("Looked after %1.", ctx.site->moderated);
    }
    h << "</p>";
    if (ctx.signed_in())
        h << "<p><a href=\"" << url::me_reports() << "\">" << ctx.t("What I reported, and what came of it")
          << "</a></p>";
    h << "<p><a class=\"button\" href=\"" << url::home() << "\">" << ctx.t("To the first page") << "</a></p>";
    const std::string heading(ctx.t("Your report was sent"));
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("title", heading).end();
        return http::json(j);
    }
    return http::page(ctx, {.title = heading, .heading = heading}, h);
}

Response show_my_reports(Ctx& ctx) {
    const auto reports = ctx.read([&](db::ReadTx& tx) { return reports_by(tx, ctx.session->member); });
    if (ctx.wants_json()) return my_reports_json(reports);
    Html h;
    if (reports.empty()) h << "<p class=\"empty\">" << ctx.t("You have reported nothing.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const OwnReport& report : reports)
        h << "<li class=\"card\"><h2>" << ctx.t(words_of(report.reason))
          << "</h2><p class=\"meta\"><a href=\""
          << (report.post ? url::post_in_thread(report.post) : url::group(report.group)) << "\">"
          << (report.post ? ctx.t("About a post") : ctx.t("About a group")) << "</a>, "
          << text::ago(ctx.words, report.filed_at, ctx.now()) << "</p><p>" << ctx.t(what_came(report))
          << "</p></li>";
    h << "</ul>";
    const std::string heading(ctx.t("What I reported"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
        h);
}

}  // namespace kith::safeguarding::pages

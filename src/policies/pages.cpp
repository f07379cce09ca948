#include "policies/pages.hpp"

#include "platform/text/difference.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::policies {
namespace {

using http::Ctx;
using http::Response;

http::Frame frame_of(const Ctx& ctx, std::string_view title, std::vector<http::Crumb> more = {}) {
    http::Frame frame{.title = std::string(title),
                      .heading = std::string(title),
                      .crumbs = {{std::string(ctx.t("Home")), url::home()},
                                 {std::string(ctx.t("What we agreed on")), url::policies()}}};
    for (http::Crumb& crumb : more) frame.crumbs.push_back(std::move(crumb));
    return frame;
}

http::Crumb crumb_of(const Current& current) {
    return {current.version.title, url::policy(current.policy.id.value())};
}

// ---- the list ----------------------------------------------------------------------------------------------

Response list_json(const std::vector<Current>& all) {
    JsonWriter j;
    j.object().array("policies");
    for (const Current& one : all)
        j.object()
            .member("id", one.policy.id)
            .member("kind", one.policy.kind)
            .member("title", one.version.title)
            .member("version", one.policy.number)
            .member("asks", one.policy.asks_number > 0)
            .member("published_at", one.version.published_at)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_list(Ctx& ctx) {
    const std::vector<Current> all = ctx.read([](db::ReadTx& tx) { return list(tx); });
    if (ctx.wants_json()) return list_json(all);
    Html h;
    h << "<p>" << ctx.t("Who runs this site wrote these down for everybody. Older versions are kept.")
      << "</p>";
    if (all.empty())
        h << "<p class=\"empty\">" << ctx.t("Nothing is written yet.") << " <a href=\"" << url::rules()
          << "\">" << ctx.t("Rules") << "</a> · <a href=\"" << url::privacy() << "\">" << ctx.t("Privacy")
          << "</a></p>";
    h << "<ul class=\"cards\">";
    for (const Current& one : all)
        h << "<li class=\"card\"><a dir=\"auto\" href=\"" << url::policy(one.policy.id.value()) << "\">"
          << one.version.title << "</a><p class=\"meta\">" << ctx.t(kind_words(one.policy.kind)) << ", "
          << ctx.f("since %1", text::date(ctx.words, one.version.published_at)) << "</p></li>";
    h << "</ul><p><a href=\"" << url::transparency() << "\">"
      << ctx.t("What we did: reports by the people who run this site") << "</a></p>";
    http::Frame frame = frame_of(ctx, ctx.t("What we agreed on"));
    frame.crumbs.pop_back();
    return http::page(ctx, frame, h);
}

// ---- one ---------------------------------------------------------------------------------------------------

void text_of(Html& h, const Ctx& ctx, const Version& version) {
    h << "<div class=\"policy\"><h2 class=\"visually-hidden\">" << ctx.t("The text")
      << "</h2><div dir=\"auto\">"
      << text::announce_hidden(text::render_markdown(version.markdown), ctx.t("Hidden text"))
      << "</div></div>";
}

Response version_page(Ctx& ctx, const Current& current, const Version& version) {
    if (ctx.wants_json()) {
        JsonWriter j;
        version_json(j, version);
        return http::json(j);
    }
    const bool is_old = version.number != current.policy.number;
    Html h;
    if (is_old || current.policy.retired_at)
        h << "<p class=\"notice\">"
          << ctx.t("This version holds no more. It is kept so that anybody can look back.") << "</p>";
    dated(h, ctx, version);
    text_of(h, ctx, version);
    h << "<p><a href=\"" << url::policy_history(current.policy.id.value()) << "\">"
      << ctx.t("All versions, and what changed") << "</a></p>";
    return http::page(
        ctx,
        frame_of(ctx, version.title, is_old ? std::vector{crumb_of(current)} : std::vector<http::Crumb>{}),
        h);
}

Response get_policy(Ctx& ctx) {
    const auto current = ctx.read(
        [&](db::ReadTx& tx) -> Result<Current> { return find(tx, TRY(ctx.param<PolicyId>("policy"))); });
    return current ? version_page(ctx, *current, current->version) : http::error_page(ctx, current.error());
}

struct At {
    Current current;
    Version version;
    std::optional<Version> before;
};

Result<At> load_at(db::ReadTx& tx, const Ctx& ctx) {
    const PolicyId id = TRY(ctx.param<PolicyId>("policy"));
    const auto number = TRY(ctx.param<Id<struct VersionTag>>("version")).value();
    At at{TRY(find(tx, id)), TRY(find_version(tx, id, number)), {}};
    if (number > 1) at.before = TRY(find_version(tx, id, number - 1));
    return at;
}

Response get_version(Ctx& ctx) {
    const auto at = ctx.read([&](db::ReadTx& tx) { return load_at(tx, ctx); });
    return at ? version_page(ctx, at->current, at->version) : http::error_page(ctx, at.error());
}

// ---- history -----------------------------------------------------------------------------------------------

void history_row(Html& h, const Ctx& ctx, PolicyId id, const Version& version) {
    h << "<li class=\"card\"><h2><a href=\"" << url::policy_version(id.value(), version.number) << "\">"
      << ctx.f("Version %1", std::to_string(version.number)) << "</a></h2>";
    dated(h, ctx, version);
    if (version.number > 1)
        h << "<p><a href=\"" << url::policy_changes(id.value(), version.number) << "\">"
          << ctx.t("What is different, word by word")
          << "<span class=\"visually-hidden\">: " << ctx.f("Version %1", std::to_string(version.number))
          << "</span></a></p>";
    h << "</li>";
}

Response history_json(const std::vector<Version>& all) {
    JsonWriter j;
    j.object().array("versions");
    for (const Version& version : all) version_json(j, version);
    j.end().end();
    return http::json(j);
}

Response get_history(Ctx& ctx) {
    std::vector<Version> all;
    const auto current = ctx.read([&](db::ReadTx& tx) -> Result<Current> {
        const PolicyId id = TRY(ctx.param<PolicyId>("policy"));
        Current found = TRY(find(tx, id));
        all = history(tx, found.policy.id);
        return found;
    });
    if (!current) return http::error_page(ctx, current.error());
    if (ctx.wants_json()) return history_json(all);
    Html h;
    h << "<ul class=\"cards\">";
    for (const Version& version : all) history_row(h, ctx, current->policy.id, version);
    h << "</ul>";
    return http::page(ctx, frame_of(ctx, ctx.t("All versions"), {crumb_of(*current)}), h);
}

Response get_changes(Ctx& ctx) {
    const auto at = ctx.read([&](db::ReadTx& tx) { return load_at(tx, ctx); });
    if (!at) return http::error_page(ctx, at.error());
    if (!at->before) return http::error_page(ctx, not_found().value());
    Html h;
    dated(h, ctx, at->version);
    differences(h, ctx, *at->before, at->version);
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("version", at->version.number).member("html", h.text()).end();
        return http::json(j);
    }
    const std::string title = ctx.f("What is different in version %1", std::to_string(at->version.number));
    return http::page(ctx, frame_of(ctx, title, {crumb_of(at->current)}), h);
}

}  // namespace

std::string_view kind_words(Kind kind) {
    switch (kind) {
        case Kind::rules:
            return t_later("House rules");
        case Kind::privacy:
            return t_later("Privacy notice");
        case Kind::moderation:
            return t_later("How we moderate");
        case Kind::complaint:
            return t_later("How to complain");
        case Kind::other:
            return t_later("Something else");
    }
    return {};
}

void dated(Html& h, const Ctx& ctx, const Version& version) {
    h << "<p class=\"meta\">"
      << ctx.f("Since %1, version %2", text::date(ctx.words, version.published_at),
               std::to_string(version.number))
      << "</p>";
    if (!version.changes.empty())
        h << "<p dir=\"auto\"><strong>" << ctx.t("What changed:") << "</strong> " << version.changes
          << "</p>";
}

void differences(Html& h, const Ctx& ctx, const Version& before, const Version& after) {
    h << "<p class=\"hint\">" << ctx.t("Words that went are struck out; words that came are underlined.")
      << "</p>"
      << "<div class=\"differences\" dir=\"auto\">";
    const auto marked = [&](std::string_view said, const std::string& words) {
        h << "<span class=\"visually-hidden\"> [" << said << "] </span>" << words
          << "<span class=\"visually-hidden\"> [" << ctx.t("until here") << "] </span>";
    };
    const std::string old_text = before.title + "\n\n" + before.markdown + "\n";
    for (const text::Part& part : text::difference(old_text, after.title + "\n\n" + after.markdown + "\n")) {
        if (part.piece == text::Piece::same) {
            h << part.words;
        } else if (part.piece == text::Piece::gone) {
            h << "<del>";
            marked(ctx.t("this went"), part.words);
            h << "</del>";
        } else {
            h << "<ins>";
            marked(ctx.t("this came"), part.words);
            h << "</ins>";
        }
    }
    h << "</div>";
}

void version_json(JsonWriter& j, const Version& version) {
    j.object()
        .member("version", version.number)
        .member("title", version.title)
        .member("markdown", version.markdown)
        .member("changes", version.changes)
        .member("asks", version.asks)
        .member("published_at", version.published_at)
        .end();
}

std::vector<http::Route> reading_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/policies", gate::open, get_list},
            {Method::get, "/policies/{policy}", gate::open, get_policy},
            {Method::get, "/policies/{policy}/history", gate::open, get_history},
            {Method::get, "/policies/{policy}/versions/{version}", gate::open, get_version},
            {Method::get, "/policies/{policy}/versions/{version}/changes", gate::open, get_changes}};
}

std::vector<http::Route> routes() {
    std::vector<http::Route> out = reading_routes();
    for (auto more : {agreement_routes(), admin_routes()}) out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace kith::policies

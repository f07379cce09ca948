#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "risks/risks.hpp"
#include "url.hpp"

// What could go wrong: for hosts and coordinators, and to be printed.
namespace kith::risks {
namespace {

using http::Ctx;
using http::Response;

http::Frame frame_below(const Ctx& ctx, std::string_view title) {
    return http::admin_frame(ctx, title,
                             http::Crumb{std::string(ctx.t("What could go wrong")), url::risks()});
}

std::string_view words_of(Likelihood likelihood) {
    switch (likelihood) {
        case Likelihood::rare:
            return t_later("Rare");
        case Likelihood::possible:
            return t_later("Possible");
        case Likelihood::likely:
            return t_later("Likely");
    }
    return {};
}

std::string_view words_of(Severity severity) {
    switch (severity) {
        case Severity::slight:
            return t_later("It would be hard for a while");
        case Severity::serious:
            return t_later("Somebody would be hurt");
        case Severity::grave:
            return t_later("Somebody's life or safety");
    }
    return {};
}

// ---- reading -----------------------------------------------------------------------------------------------

void paragraphs(Html& h, std::string_view words) {
    h << "<dd class=\"as-typed\" dir=\"auto\">" << words << "</dd>";
}

void facts(Html& h, const Ctx& ctx, const Version& version) {
    h << "<dl class=\"facts\"><dt>" << ctx.t("What could go wrong") << "</dt>";
    paragraphs(h, version.words);
    h << "<dt>" << ctx.t("How likely") << "</dt><dd>" << ctx.t(words_of(version.likelihood)) << "</dd><dt>"
      << ctx.t("How bad") << "</dt><dd>" << ctx.t(words_of(version.severity)) << "</dd><dt>"
      << ctx.t("What we do about it") << "</dt>";
    paragraphs(h, version.measures);
    h << "<dt>" << ctx.t("Who sees to it") << "</dt><dd dir=\"auto\">" << version.owner << "</dd><dt>"
      << ctx.t("Looked at again on") << "</dt><dd>" << text::date(ctx.words, version.review_at)
      << "</dd></dl>";
}

void members(JsonWriter& j, const Version& version) {
    j.member("version", version.number)
        .member("title", version.title)
        .member("words", version.words)
        .member("likelihood", version.likelihood)
        .member("severity", version.severity)
        .member("measures", version.measures)
        .member("owner", version.owner)
        .member("changes", version.changes)
        .member("review_at", version.review_at)
        .member("written_at", version.written_at);
}

void card(Html& h, const Ctx& ctx, const Risk& risk) {
    h << "<li class=\"card\"><h2><a dir=\"auto\" href=\"" << url::risk(risk.id.value()) << "\">"
      << risk.now.title << "</a></h2>";
    if (risk.is_due(ctx.now()))
        h << "<p><strong class=\"badge\">" << ctx.t("Please look at this again") << "</strong></p>";
    facts(h, ctx, risk.now);
    h << "</li>";
}

Response list_json(const std::vector<Risk>& all) {
    JsonWriter j;
    j.object().array("risks");
    for (const Risk& risk : all) {
        j.object().member("id", risk.id);
        members(j, risk.now);
        j.end();
    }
    j.end().end();
    return http::json(j);
}

Response get_list(Ctx& ctx) {
    const auto all = ctx.read([&](db::ReadTx& tx) { return list(tx, ctx.actor()); });
    if (!all) return http::error_page(ctx, all.error());
    if (ctx.wants_json()) return list_json(*all);
    Html h;
    h << "<p>"
      << ctx.t(
             "Think it through before it happens. Hosts are told when it is time to look at one again. You "
             "can print this page.")
      << "</p><p><a class=\"button\" href=\"" << url::new_risk() << "\">" << ctx.t("Write down another one")
      << "</a></p>";
    if (all->empty()) h << "<p class=\"empty\">" << ctx.t("Nothing is written down yet.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const Risk& risk : *all) card(h, ctx, risk);
    h << "</ul>";
    return http::page(ctx, http::admin_frame(ctx, ctx.t("What could go wrong")), h);
}

Result<History> load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<History> {
        return find(tx, ctx.actor(), TRY(ctx.param<RiskId>("risk")));
    });
}

void history(Html& h, const Ctx& ctx, const std::vector<Version>& versions) {
    h << "<h2>" << ctx.t("Earlier versions") << "</h2>";
    for (const Version& version : versions) {
        h << "<details><summary>"
          << ctx.f("Version %1, %2", std::to_string(version.number),
                   text::date(ctx.words, version.written_at));
        if (!version.changes.empty()) h << ": <span dir=\"auto\">" << version.changes << "</span>";
        h << "</summary><p><strong dir=\"auto\">" << version.title << "</strong></p>";
        facts(h, ctx, version);
        h << "</details>";
    }
}

Response get_one(Ctx& ctx) {
    const auto found = load(ctx);
    if (!found) return http::error_page(ctx, found.error());
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().array("versions");
        for (const Version& version : found->versions) {
            j.object();
            members(j, version);
            j.end();
        }
        j.end().end();
        return http::json(j);
    }
    Html h;
    if (found->risk.retired_at)
        h << "<p class=\"notice\">"
          << ctx.t("This was taken off the list. It is kept so that anybody can look back.") << "</p>";
    facts(h, ctx, found->risk.now);
    if (!found->risk.retired_at)
        h << "<p><a class=\"button\" href=\"" << url::risk_change(found->risk.id.value()) << "\">"
          << ctx.t("Look at it again, or change it") << "</a></p>";
    history(h, ctx, found->versions);
    return http::page(ctx, frame_below(ctx, found->risk.now.title), h);
}

// ---- writing -----------------------------------------------------------------------------------------------

Form typed(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    const auto text = [&](std::string_view key) { return std::string(form.get(key)); };
    return {.title = text("title"),
            .words = text("words"),
            .measures = text("measures"),
            .owner = text("owner"),
            .changes = text("changes"),
            .likelihood = from_word<Likelihood>(form.get("likelihood")),
            .severity = from_word<Severity>(form.get("severity")),
            .review_at = text::parse_date(form.get("review_at")),
            .seen = form.number("seen").value_or(0)};
}

template <class E>
void level(Html& h, const Ctx& ctx, std::string_view name, std::string_view label, std::optional<E> chosen,
           const Error* error) {
    std::vector<http::Option> options;
    for (const E one : all_of<E>()) options.push_back({to_word(one), ctx.t(words_of(one))});
    http::choices(h, ctx, {name, label, chosen ? to_word(*chosen) : std::string_view()}, options, error);
}

std::string day_of(std::optional<Time> time) { return time ? text::iso(*time).substr(0, 10) : std::string(); }

void fields(Html& h, const Ctx& ctx, const Form& form, const Error* error) {
    const auto area = [&](std::string_view name, std::string_view label, const std::string& value, int rows) {
        http::field(h, ctx, {.name = name, .label = label, .value = value, .rows = rows}, error);
    };
    http::field(h, ctx, {.name = "title", .label = ctx.t("In a few words"), .value = form.title}, error);
    area("words", ctx.t("What could go wrong, and for whom"), form.words, 4);
    level(h, ctx, "likelihood", ctx.t("How likely"), form.likelihood, error);
    level(h, ctx, "severity", ctx.t("How bad"), form.severity, error);
    area("measures", ctx.t("What we do about it"), form.measures, 6);
    http::field(h, ctx,
                {.name = "owner",
                 .label = ctx.t("Who sees to it"),
                 .hint = ctx.t("A name or a task, such as: the coordinator"),
                 .value = form.owner},
                error);
    http::field(h, ctx,
                {.name = "review_at",
                 .label = ctx.t("When to look at it again"),
                 .value = day_of(form.review_at),
                 .type = "date"},
                error);
}

Response add_page(Ctx& ctx, const Error* error) {
    Html h;
    http::open_form(h, ctx, url::new_risk());
    fields(h, ctx, typed(ctx), error);
    http::close_form(h, ctx.t("Write it down"));
    return http::form_page(ctx, frame_below(ctx, ctx.t("Write down another one")), h, error);
}

Response get_add(Ctx& ctx) {
    const Done may = ctx.read([&](db::ReadTx& tx) { return require_keeper(tx, ctx.actor()); });
    return may ? add_page(ctx, nullptr) : http::error_page(ctx, may.error());
}

Response post_add(Ctx& ctx) {
    const auto id = ctx.write([&](db::Tx& tx) { return add(tx, ctx.actor(), typed(ctx)); });
    if (id) return http::done(ctx, url::risk(id->value()), 201);
    return http::form_again(ctx, id.error(), add_page);
}

Form form_of(const Version& now) {
    return {.title = now.title,
            .words = now.words,
            .measures = now.measures,
            .owner = now.owner,
            .changes = {},
            .likelihood = now.likelihood,
            .severity = now.severity,
            .review_at = {},
            .seen = now.number};
}

void take_away(Html& h, const Ctx& ctx, const Url& action) {
    h << "<details><summary>" << ctx.t("Take it off the list") << "</summary>";
    http::open_form(h, ctx, action);
    h << "<p>" << ctx.t("It is kept so that anybody can look back.")
      << "</p><button class=\"button quiet danger\" name=\"do\" value=\"retire\">"
      << ctx.t("Take it off the list") << "</button></form></details>";
}

Response change_page(Ctx& ctx, const Error* error) {
    const auto found = load(ctx);
    if (!found) return http::error_page(ctx, found.error());
    const Url action = url::risk_change(found->risk.id.value());
    const Form form = error ? typed(ctx) : form_of(found->risk.now);
    Html h;
    http::open_form(h, ctx, action);
    h << "<input type=\"hidden\" name=\"seen\" value=\"" << form.seen << "\">";
    fields(h, ctx, form, error);
    http::field(h, ctx,
                {.name = "changes",
                 .label = ctx.t("What changed"),
                 .hint = ctx.t("Such as: Looked again, nothing new."),
                 .value = form.changes,
                 .rows = 2},
                error);
    http::close_form(h, ctx.t("Save"));
    take_away(h, ctx, action);
    return http::form_page(ctx, frame_below(ctx, ctx.t("Look at it again")), h, error);
}

Response get_change(Ctx& ctx) { return change_page(ctx, nullptr); }

Response post_change(Ctx& ctx) {
    const auto id = ctx.param<RiskId>("risk");
    if (!id) return http::error_page(ctx, id.error());
    const bool is_retired = ctx.form().get("do") == "retire";
    const Done saved = ctx.write([&](db::Tx& tx) {
        return is_retired ? retire(tx, ctx.actor(), *id) : change(tx, ctx.actor(), *id, typed(ctx));
    });
    if (saved) return http::done(ctx, is_retired ? url::risks() : url::risk(id->value()));
    return http::form_again(ctx, saved.error(), change_page);
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin/risks", gate::host, get_list},
            {Method::get, "/admin/risks/new", gate::host, get_add},
            {Method::post, "/admin/risks/new", gate::host, post_add},
            {Method::get, "/admin/risks/{risk}", gate::host, get_one},
            {Method::get, "/admin/risks/{risk}/change", gate::host, get_change},
            {Method::post, "/admin/risks/{risk}/change", gate::host, post_change}};
}

}  // namespace kith::risks

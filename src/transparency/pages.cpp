#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "transparency/files.hpp"
#include "transparency/views.hpp"
#include "url.hpp"

namespace kith::transparency {
namespace {

using http::Ctx;
using http::Response;

http::Frame frame_of(const Ctx& ctx, std::string_view title, std::optional<http::Crumb> below = {}) {
    http::Frame frame{.title = std::string(title),
                      .heading = std::string(title),
                      .crumbs = {{std::string(ctx.t("Home")), url::home()}}};
    if (below) frame.crumbs.push_back(*std::move(below));
    return frame;
}

Response file(std::string bytes, std::string type, const Period& period, std::string_view ending) {
    Response response;
    response.type = std::move(type);
    response.head = std::move(bytes);
    const std::string name = day(period.from) + "-to-" + day(period.last_day()) + "." + std::string(ending);
    return std::move(
        response.with("content-disposition", "attachment; filename=\"transparency-" + name + "\""));
}
Response csv_file(const Report& report) {
    return file(as_csv(report), "text/csv; charset=utf-8; header=present", report.period, "csv");
}
Response pdf_file(const Ctx& ctx, const Report& report, const Told& told) {
    const Time made_at = told.published_at.value_or(ctx.now());
    return file(as_pdf(in_words(report, told, ctx.words), ctx.words, made_at), "application/pdf",
                report.period, "pdf");
}

void file_links(Html& h, const Ctx& ctx, const Url& csv, const Url& pdf) {
    h << "<p class=\"row\"><a class=\"button quiet\" href=\"" << pdf << "\">" << ctx.t("As PDF, to print")
      << "</a> <a class=\"button quiet\" href=\"" << csv << "\">" << ctx.t("As CSV, for a spreadsheet")
      << "</a></p>";
}

// ---- published ---------------------------------------------------------------------------------------------

Response list_json(const std::vector<Published>& all) {
    JsonWriter j;
    j.object().array("reports");
    for (const Published& one : all)
        j.object()
            .member("id", one.id)
            .member("from", day(one.period.from))
            .member("to", day(one.period.last_day()))
            .member("published_at", one.published_at)
            .member("withdrawn_at", one.withdrawn_at)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_list(Ctx& ctx) {
    const std::vector<Published> all = ctx.read([](db::ReadTx& tx) { return published(tx); });
    if (ctx.wants_json()) return list_json(all);
    Html h;
    h << "<p>"
      << ctx.t(
             "How many reports came in, how soon somebody looked, and what was decided. Nobody's name is in "
             "it.")
      << "</p>";
    if (all.empty()) h << "<p class=\"empty\">" << ctx.t("No report has been published yet.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const Published& one : all) {
        h << "<li class=\"card\"><a href=\"" << url::published_report(one.id.value()) << "\">"
          << period_in_words(one.period, ctx.words) << "</a><p class=\"meta\">"
          << ctx.f("Published on %1.", text::date(ctx.words, one.published_at));
        if (one.withdrawn_at) h << " " << ctx.t("It was taken back.");
        h << "</p></li>";
    }
    h << "</ul>";
    return http::page(ctx, frame_of(ctx, ctx.t("What we did")), h);
}

Result<Frozen> load_frozen(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Frozen> {
        return find_published(tx, TRY(ctx.param<PublishedId>("report")));
    });
}

Told told_of(const Ctx& ctx, const Published& about) {
    return {.community = ctx.site->name, .by_host = about.words, .published_at = about.published_at};
}

void taken_back(Html& h, const Ctx& ctx, const Published& about) {
    h << "<div class=\"notice\"><p>"
      << ctx.f("This report was taken back on %1. The reason:", text::date(ctx.words, *about.withdrawn_at))
      << "</p><p class=\"as-typed\" dir=\"auto\">" << about.withdrawn_because << "</p></div>";
}

Response get_published(Ctx& ctx) {
    const auto frozen = load_frozen(ctx);
    if (!frozen) return http::error_page(ctx, frozen.error());
    if (ctx.wants_json()) {
        JsonWriter j;
        as_json(j, frozen->report);
        return http::json(j);
    }
    const Document document = in_words(frozen->report, told_of(ctx, frozen->about), ctx.words);
    const std::int64_t id = frozen->about.id.value();
    Html h;
    if (frozen->about.withdrawn_at) {
        taken_back(h, ctx, frozen->about);
    } else {
        file_links(h, ctx, url::published_csv(id), url::published_pdf(id));
        show(h, document);
    }
    return http::page(
        ctx,
        frame_of(ctx, document.title, http::Crumb{std::string(ctx.t("What we did")), url::transparency()}),
        h);
}

// What was taken back has no files.
Result<Frozen> load_standing(Ctx& ctx) {
    Frozen frozen = TRY(load_frozen(ctx));
    if (frozen.about.withdrawn_at) return not_found();
    return frozen;
}

Response get_published_csv(Ctx& ctx) {
    const auto frozen = load_standing(ctx);
    return frozen ? csv_file(frozen->report) : http::error_page(ctx, frozen.error());
}

Response get_published_pdf(Ctx& ctx) {
    const auto frozen = load_standing(ctx);
    return frozen ? pdf_file(ctx, frozen->report, told_of(ctx, frozen->about))
                  : http::error_page(ctx, frozen.error());
}

// ---- for hosts: any time -----------------------------------------------------------------------------------

// What the address asks for, or the last three months.
Result<Period> asked_period(const Ctx& ctx) {
    const http::Form& query = ctx.query();
    if (!query.has("from") && !query.has("to")) return last_quarter(ctx.now());
    return period_of(query.get("from"), query.get("to"), ctx.now());
}

Result<Report> load_asked(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Report> {
        TRY(identity::require_host(tx, ctx.actor()));
        return report_for(tx, ctx.actor(), TRY(asked_period(ctx)));
    });
}

Url with_period(const Url& url, const Period& period) {
    return url.query("from", day(period.from)).query("to", day(period.last_day()));
}

void day_fields(Html& h, const Ctx& ctx, const std::string& from, const std::string& to, const Error* error) {
    http::field(h, ctx, {.name = "from", .label = ctx.t("First day"), .value = from, .type = "date"}, error);
    http::field(h, ctx, {.name = "to", .label = ctx.t("Last day"), .value = to, .type = "date"}, error);
}

void period_form(Html& h, const Ctx& ctx, const std::string& from, const std::string& to,
                 const Error* error) {
    h << "<form method=\"get\" action=\"" << url::transparency_desk() << "\">";
    day_fields(h, ctx, from, to, error);
    http::close_form(h, ctx.t("Count this time"));
}

void publish_form(Html& h, const Ctx& ctx, const Period& period, const Error* error) {
    h << "<h2>" << ctx.t("Publish it") << "</h2><p>"
      << ctx.t("Everybody can read it then, without an account. It stays as it is now.") << "</p>";
    http::open_form(h, ctx, url::transparency_desk());
    h << "<input type=\"hidden\" name=\"from\" value=\"" << day(period.from)
      << "\"><input type=\"hidden\" name=\"to\" value=\"" << day(period.last_day()) << "\">";
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("What you say to it"),
                 .hint = ctx.t("Such as what you learned and what you will do differently. May stay empty."),
                 .value = ctx.form().get("words"),
                 .rows = 4},
                error);
    h << "<p><button class=\"button\" name=\"do\" value=\"publish\">" << ctx.t("Publish this report")
      << "</button></p></form>";
}

void least_form(Html& h, const Ctx& ctx, std::int64_t now, const Error* error) {
    const bool is_mine = error && error->field == "least";
    h << "<h2>" << ctx.t("Small numbers") << "</h2>";
    http::open_form(h, ctx, url::transparency_desk());
    http::field(h, ctx,
                {.name = "least",
                 .label = ctx.t("Under how many a number is not shown"),
                 .hint = ctx.t("Such as 5: then 1 to 4 are shown as \"fewer than 5\"."),
                 .value = is_mine ? std::string(ctx.form().get("least")) : std::to_string(now),
                 .type = "number"},
                error);
    h << "<p><button class=\"button quiet\" name=\"do\" value=\"least\">" << ctx.t("Save")
      << "</button></p></form>";
}

void withdraw_form(Html& h, const Ctx& ctx, const Published& one, const Error* error) {
    const bool is_mine = error && ctx.form().number("report") == one.id.value();
    const std::string id = "reason-" + std::to_string(one.id.value());
    h << "<details";
    if (is_mine) h << " open";
    h << "><summary>" << ctx.t("Take it back") << "</summary>";
    http::open_form(h, ctx, url::transparency_desk());
    h << "<input type=\"hidden\" name=\"report\" value=\"" << one.id.value()
      << "\"><div class=\"field\"><label for=\"" << id << "\">" << ctx.t("Why? Everybody can read it.")
      << "</label><textarea id=\"" << id << "\" name=\"reason\" rows=\"2\">"
      << (is_mine ? ctx.form().get("reason") : std::string_view()) << "</textarea></div>"
      << "<button class=\"button quiet danger\" name=\"do\" value=\"withdraw\">" << ctx.t("Take it back")
      << "</button></form></details>";
}

void published_list(Html& h, const Ctx& ctx, const std::vector<Published>& all, const Error* error) {
    if (all.empty()) return;
    h << "<h2>" << ctx.t("Published so far") << "</h2><ul class=\"cards\">";
    for (const Published& one : all) {
        h << "<li class=\"card\"><a href=\"" << url::published_report(one.id.value()) << "\">"
          << period_in_words(one.period, ctx.words) << "</a>";
        if (one.withdrawn_at) {
            h << "<p class=\"meta\">" << ctx.t("It was taken back.") << "</p>";
        } else {
            withdraw_form(h, ctx, one, error);
        }
        h << "</li>";
    }
    h << "</ul>";
}

struct Desk {
    std::vector<Published> published;
    std::int64_t least = 0;
};
Result<Desk> load_desk(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Desk> {
        TRY(identity::require_host(tx, ctx.actor()));
        return Desk{published(tx), least(tx)};
    });
}

// `typed`: days of a form that came back; else those of the address.
Response desk_page(Ctx& ctx, const Result<Report>& report, const http::Form& typed, const Error* error) {
    const auto desk = load_desk(ctx);
    if (!desk) return http::error_page(ctx, desk.error());
    const Period shown = report ? report->period : last_quarter(ctx.now());
    const auto or_typed = [&](std::string_view key, Time otherwise) {
        return typed.has(key) ? std::string(typed.get(key)) : day(otherwise);
    };
    Html h;
    period_form(h, ctx, or_typed("from", shown.from), or_typed("to", shown.last_day()), error);
    if (report) {
        const Document document = in_words(*report, {.community = ctx.site->name}, ctx.words);
        file_links(h, ctx, with_period(url::transparency_csv(), shown),
                   with_period(url::transparency_pdf(), shown));
        show(h, document);
        publish_form(h, ctx, shown, error);
    }
    published_list(h, ctx, desk->published, error);
    least_form(h, ctx, desk->least, error);
    return http::form_page(ctx, http::admin_frame(ctx, ctx.t("Transparency report")), h, error);
}

Response get_desk(Ctx& ctx) {
    const auto report = load_asked(ctx);
    const bool is_typed = !report && report.error().fault == Fault::invalid;
    if (!report && !is_typed) return http::error_page(ctx, report.error());
    if (report && ctx.wants_json()) {
        JsonWriter j;
        as_json(j, *report);
        return http::json(j);
    }
    return desk_page(ctx, report, ctx.query(), report ? nullptr : &report.error());
}

Response get_csv(Ctx& ctx) {
    const auto report = load_asked(ctx);
    return report ? csv_file(*report) : http::error_page(ctx, report.error());
}

Response get_pdf(Ctx& ctx) {
    const auto report = load_asked(ctx);
    return report ? pdf_file(ctx, *report, {.community = ctx.site->name})
                  : http::error_page(ctx, report.error());
}

// Where it leads once it is done.
Result<Url> act(db::Tx& tx, const Ctx& ctx) {
    const http::Form& form = ctx.form();
    if (form.get("do") == "least") {
        TRY(set_least(tx, ctx.actor(), form.number("least")));
        return url::transparency_desk();
    }
    if (form.get("do") == "withdraw") {
        TRY(withdraw(tx, ctx.actor(), PublishedId(form.number("report").value_or(0)), form.get("reason")));
        return url::transparency();
    }
    const Period period = TRY(period_of(form.get("from"), form.get("to"), tx.now()));
    const PublishedId id = TRY(publish(tx, ctx.actor(), period, form.get("words")));
    return url::published_report(id.value());
}

Response post_desk(Ctx& ctx) {
    const auto done = ctx.write([&](db::Tx& tx) { return act(tx, ctx); });
    if (done) return http::done(ctx, *done);
    Error error = done.error();
    if (!http::belongs_to_form(error)) return http::error_page(ctx, error);
    if (error.field == "reason") error.field += "-" + std::string(ctx.form().get("report"));
    const auto report = ctx.read([&](db::ReadTx& tx) -> Result<Report> {
        const bool has_days = ctx.form().has("from");
        const Period period = has_days
                                  ? TRY(period_of(ctx.form().get("from"), ctx.form().get("to"), ctx.now()))
                                  : last_quarter(ctx.now());
        return report_for(tx, ctx.actor(), period);
    });
    return desk_page(ctx, report, ctx.form(), &error);
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/transparency", gate::open, get_list},
            {Method::get, "/transparency/{report}", gate::open, get_published},
            {Method::get, "/transparency/{report}/csv", gate::open, get_published_csv},
            {Method::get, "/transparency/{report}/pdf", gate::open, get_published_pdf},
            {Method::get, "/admin/transparency", gate::host, get_desk},
            {Method::post, "/admin/transparency", gate::host, post_desk},
            {Method::get, "/admin/transparency/csv", gate::host, get_csv},
            {Method::get, "/admin/transparency/pdf", gate::host, get_pdf}};
}

}  // namespace kith::transparency

#include <algorithm>
#include <charconv>

#include "audit/audit.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/time_words.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

constexpr int rows_per_page = 50;

void cell(Html& h, std::string_view label, std::string_view words) {
    h << "<td data-label=\"" << label << "\">" << words << "</td>";
}

void time_cell(Html& h, const Ctx& ctx, std::string_view label, std::optional<Time> time) {
    if (!time) return cell(h, label, "");
    h << "<td data-label=\"" << label << "\"><time datetime=\"" << text::iso(*time) << "\">"
      << text::exact(ctx.words, *time) << "</time></td>";
}

void begin_table(Html& h, std::initializer_list<std::string_view> labels) {
    h << "<table class=\"reflow\"><thead><tr>";
    for (const std::string_view label : labels) h << "<th scope=\"col\">" << label << "</th>";
    h << "</tr></thead><tbody>";
}

// ---- jobs ---------------------------------------------------------------------------------------------

Result<std::vector<jobs::JobRow>> load_jobs(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<std::vector<jobs::JobRow>> {
        TRY(identity::require_host(tx, ctx.actor()));
        std::vector<jobs::JobRow> rows = jobs::rounds(tx);
        std::ranges::move(jobs::list(tx, rows_per_page), std::back_inserter(rows));
        return rows;
    });
}

Url retry_url(const jobs::JobRow& job) { return url::admin_jobs() / job.id / "retry"; }

std::string_view state_of(const Ctx& ctx, const jobs::JobRow& job) {
    if (job.done_at) return ctx.t("done");
    if (job.failed_at) return ctx.t("given up");
    if (job.leased_until && *job.leased_until > ctx.now()) return ctx.t("running");
    if (job.tries > 0) return ctx.t("failed, comes again");
    return ctx.t("waiting");
}

void job_row(Html& h, const Ctx& ctx, const jobs::JobRow& job) {
    h << "<tr>";
    cell(h, ctx.t("Job"), std::to_string(job.id) + " " + job.kind);
    h << "<td data-label=\"" << ctx.t("State") << "\"><span class=\"badge\">" << state_of(ctx, job)
      << "</span></td>";
    time_cell(h, ctx, ctx.t("Due"), job.due_at);
    time_cell(h, ctx, ctx.t("Last run"), job.every_ms ? job.last_run_at : job.done_at);
    cell(h, ctx.t("Failures"), std::to_string(job.tries));
    cell(h, ctx.t("Last problem"), job.last_error.value_or(std::string()));
    time_cell(h, ctx, ctx.t("When"), job.last_error_at);
    h << "<td>";
    if (job.failed_at) {
        open_form(h, ctx, retry_url(job));
        h << "<button class=\"button quiet\">" << ctx.t("Try again") << "</button></form>";
    }
    h << "</td></tr>";
}

Html jobs_content(const Ctx& ctx, const std::vector<jobs::JobRow>& rows) {
    Html h;
    if (rows.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("There is no work in the background.") << "</p></div>";
        return h;
    }
    begin_table(h, {ctx.t("Job"), ctx.t("State"), ctx.t("Due"), ctx.t("Last run"), ctx.t("Failures"),
                    ctx.t("Last problem"), ctx.t("When"), ctx.t("What you can do")});
    for (const jobs::JobRow& job : rows) job_row(h, ctx, job);
    h << "</tbody></table>";
    return h;
}

Response jobs_json(const std::vector<jobs::JobRow>& rows) {
    JsonWriter j;
    j.object().array("jobs");
    for (const jobs::JobRow& job : rows)
        j.object()
            .member("id", job.id)
            .member("kind", job.kind)
            .member("created_at_ms", job.created_at)
            .member("due_at_ms", job.due_at)
            .member("tries", job.tries)
            .member("last_error", job.last_error)
            .member("last_error_at_ms", job.last_error_at)
            .member("last_run_at_ms", job.last_run_at)
            .member("every_ms", job.every_ms)
            .member("done_at_ms", job.done_at)
            .member("failed_at_ms", job.failed_at)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_jobs(Ctx& ctx) {
    const auto rows = load_jobs(ctx);
    if (!rows) return http::error_page(ctx, rows.error());
    if (ctx.wants_json()) return jobs_json(*rows);
    return http::page(ctx, admin_frame(ctx, ctx.t("Jobs")), jobs_content(ctx, *rows));
}

Response post_retry(Ctx& ctx) {
    const Done done = [&]() -> Done {
        const auto id = TRY(ctx.param<std::int64_t>("job"));
        return ctx.write([&](db::Tx& tx) -> Done {
            TRY(identity::require_host(tx, ctx.actor()));
            TRY(jobs::retry(tx, id));
            audit::record(tx, ctx.actor(), "job.retried", "job", id);
            return {};
        });
    }();
    return done ? http::done(ctx, url::admin_jobs()) : http::error_page(ctx, done.error());
}

// ---- audit --------------------------------------------------------------------------------------------

// The words of a verb that is known, and the verb beside them.
void action_cell(Html& h, const Ctx& ctx, std::string_view verb) {
    h << "<td data-label=\"" << ctx.t("What") << "\">";
    if (const std::string_view words = audit_words(verb); !words.empty()) h << ctx.t(words) << " ";
    h << "<code>" << verb << "</code></td>";
}

struct AuditView {
    std::vector<audit::Entry> entries;
    std::vector<std::string> names;  // of who did it, entry by entry
};

std::string name_of(db::ReadTx& tx, const Ctx& ctx, const std::optional<MemberId>& member) {
    if (!member) return std::string(ctx.t("the house"));
    const PersonaId persona = identity::main_persona(tx, *member);
    const auto names = identity::names_of(tx, std::span(&persona, 1));
    return names.empty() ? std::string() : names.begin()->second;
}

std::int64_t before(const Ctx& ctx) {
    const std::string_view text = ctx.query().get("before");
    std::int64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return std::max<std::int64_t>(id, 0);
}

Result<AuditView> load_audit(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<AuditView> {
        TRY(identity::require_host(tx, ctx.actor()));
        AuditView view{audit::list(tx, before(ctx), rows_per_page), {}};
        for (const audit::Entry& entry : view.entries) view.names.push_back(name_of(tx, ctx, entry.member));
        return view;
    });
}

Html audit_content(const Ctx& ctx, const AuditView& view) {
    Html h;
    h << "<p>" << ctx.t("Newest first. Nothing can be removed from this list without it showing.") << "</p>";
    begin_table(h, {ctx.t("When"), ctx.t("Who"), ctx.t("What"), ctx.t("To what"), ctx.t("More")});
    for (std::size_t i = 0; i < view.entries.size(); ++i) {
        const audit::Entry& entry = view.entries[i];
        h << "<tr>";
        time_cell(h, ctx, ctx.t("When"), entry.at);
        cell(h, ctx.t("Who"), view.names[i]);
        action_cell(h, ctx, entry.verb);
        cell(h, ctx.t("To what"), entry.subject + " " + std::to_string(entry.subject_id));
        cell(h, ctx.t("More"), entry.detail == "{}" ? std::string() : entry.detail);
        h << "</tr>";
    }
    h << "</tbody></table>";
    if (view.entries.size() == rows_per_page)
        h << "<nav class=\"pagination\" aria-label=\"" << ctx.t("Pages") << "\"><a rel=\"next\" href=\""
          << url::admin_audit().query("before", std::to_string(view.entries.back().id)) << "\">"
          << ctx.t("Older entries") << "</a></nav>";
    return h;
}

Response audit_json(const AuditView& view) {
    JsonWriter j;
    j.object().array("entries");
    for (const audit::Entry& entry : view.entries)
        j.object()
            .member("id", entry.id)
            .member("at_ms", entry.at)
            .member("member", entry.member)
            .member("verb", entry.verb)
            .member("subject", entry.subject)
            .member("subject_id", entry.subject_id)
            .member("detail", entry.detail)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_audit(Ctx& ctx) {
    const auto view = load_audit(ctx);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return audit_json(*view);
    return http::page(ctx, admin_frame(ctx, ctx.t("Audit log")), audit_content(ctx, *view));
}

}  // namespace

std::vector<http::Route> record_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin/jobs", gate::host, get_jobs},
            {Method::post, "/admin/jobs/{job}/retry", gate::host, post_retry},
            {Method::get, "/admin/audit", gate::host, get_audit}};
}

}  // namespace kith::site

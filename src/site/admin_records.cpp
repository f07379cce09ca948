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

struct Action {
    std::string_view verb;
    std::string_view words;
};
constexpr Action actions[] = {
    {"claim_code.made", t_later("Made a code for an imported account")},
    {"case.claimed", t_later("Took a report on")},
    {"case.contact_tried", t_later("Noted that they tried to reach somebody in danger")},
    {"case.decided", t_later("Decided about a report")},
    {"case.escalated", t_later("Noted that they told a service outside")},
    {"case.escalation_outcome", t_later("Noted what came of telling a service outside")},
    {"case.refused", t_later("Tried to act on a report outside their groups")},
    {"case.exported", t_later("Gave a case to an authority")},
    {"case.held", t_later("Put the author of a reported post on hold")},
    {"case.hold_ended", t_later("Ended the hold that came from a report")},
    {"case.noted", t_later("Wrote a note at a report")},
    {"case.released", t_later("Gave a report back")},
    {"case.taken_back", t_later("Took a decision about a report back")},
    {"case.taken_over", t_later("Took a report over from somebody who worked on it")},
    {"code.limited", t_later("Typed a wrong code too often and has to wait")},
    {"contact.agreed", t_later("Agreed to open contact details for an emergency")},
    {"contact.asked", t_later("Asked to open contact details for an emergency")},
    {"contact.opened", t_later("Opened contact details for an emergency")},
    {"code_app.begun", t_later("Set up an app with codes")},
    {"code_app.ended", t_later("Turned the app with codes off")},
    {"email.changed", t_later("Changed their e-mail address")},
    {"email.confirmed", t_later("Confirmed their e-mail address")},
    {"email.paused", t_later("Mail to somebody came back")},
    {"group.archived", t_later("Put a group away")},
    {"group.changed", t_later("Changed a group")},
    {"group.created", t_later("Made a group")},
    {"group.unarchived", t_later("Brought a group back")},
    {"helper.begun", t_later("Somebody wants to come in with the code of a helper, and waits")},
    {"helper.ended", t_later("Ended the code of a helper")},
    {"helper.made", t_later("Made a code for a helper")},
    {"helper.stopped", t_later("Stopped somebody who wanted to come in with the code of a helper")},
    {"helper.used", t_later("Came back with the code of a helper and a new password")},
    {"invitation.created", t_later("Made an invitation")},
    {"invitation.revoked", t_later("Took an invitation back")},
    {"job.retried", t_later("Had a job tried again")},
    {"ladder.changed", t_later("Changed for how long accounts are on hold")},
    {"member.added", t_later("Put somebody into a group")},
    {"member.claimed", t_later("Took over an imported account")},
    {"member.closed", t_later("Closed their account")},
    {"member.data_taken", t_later("Took a copy of their data")},
    {"member.erased", t_later("Was erased")},
    {"member.erasure_asked", t_later("Asked to be erased")},
    {"member.erasure_undone", t_later("Took back their wish to be erased")},
    {"member.renamed", t_later("Changed their name")},
    {"member.signed_in", t_later("Signed in")},
    {"member.signed_out_everywhere", t_later("Signed out on all devices")},
    {"member.suspended", t_later("Put an account on hold")},
    {"member.suspension_lifted", t_later("Ended the hold on an account")},
    {"membership.ended", t_later("Ended somebody's stay in a group")},
    {"passkey.added", t_later("Added a passkey")},
    {"passkey.copied", t_later("A passkey was refused: it may be a copy")},
    {"passkey.removed", t_later("Removed a passkey")},
    {"password.changed", t_later("Changed their password")},
    {"password.limited", t_later("Typed a wrong password too often and has to wait")},
    {"password.set", t_later("Gave a member a new password")},
    {"persona.looked_up", t_later("Looked up who writes under a name")},
    {"post.removed", t_later("Removed a post")},
    {"post.restored", t_later("Brought a post back")},
    {"recovery_code.used", t_later("Came in with a recovery code")},
    {"recovery_codes.made", t_later("Made new recovery codes")},
    {"request.accepted", t_later("Let somebody into a group")},
    {"request.declined", t_later("Said no to somebody who asked to join")},
    {"reset_code.made", t_later("Made a code for somebody who could not come in")},
    {"role.ended", t_later("Took a role from somebody")},
    {"role.granted", t_later("Gave somebody a role")},
    {"second_factors.ended", t_later("Passkeys and the app with codes of somebody were ended")},
    {"reply.changed", t_later("Changed the words for decisions")},
    {"reply.deleted", t_later("Took words for decisions away")},
    {"service.changed", t_later("Changed the list of services outside")},
    {"service.deleted", t_later("Took a service outside off the list")},
    {"sign_in.limited", t_later("Somebody typed a wrong password too often and has to wait")},
    {"site.changed", t_later("Changed the settings of the site")},
    {"site.set_up", t_later("Set the community up")},
    {"thread.closed", t_later("Closed a thread")},
    {"thread.renamed", t_later("Changed the title of a thread")},
    {"thread.reopened", t_later("Opened a thread again")},
    {"token.ended", t_later("Ended an access token")},
    {"token.made", t_later("Made an access token")},
    {"topic.created", t_later("Made a topic")},
    {"topic.deleted", t_later("Deleted a topic")},
    {"topic.moved", t_later("Moved a topic elsewhere")},
    {"topic.renamed", t_later("Changed the name of a topic")},
    {"topic.shifted", t_later("Moved a topic up or down")},
    {"unmasking.agreed", t_later("Agreed to find out who wrote an anonymous post")},
    {"unmasking.asked", t_later("Asked to find out who wrote an anonymous post")},
    {"unmasking.seen", t_later("Saw who wrote an anonymous post")},
};

// The words of a verb that is known, and the verb beside them.
void action_cell(Html& h, const Ctx& ctx, std::string_view verb) {
    h << "<td data-label=\"" << ctx.t("What") << "\">";
    const Action* const known = std::ranges::find(actions, verb, &Action::verb);
    if (known != std::end(actions)) h << ctx.t(known->words) << " ";
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

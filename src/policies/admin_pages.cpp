#include "platform/text/time_words.hpp"
#include "policies/pages.hpp"
#include "url.hpp"

// Where hosts write what everybody agrees on.
namespace kith::policies {
namespace {

using http::Ctx;
using http::Response;

http::Frame frame_below(const Ctx& ctx, std::string_view title) {
    return http::admin_frame(
        ctx, title, http::Crumb{std::string(ctx.t("What everybody agrees on")), url::admin_policies()});
}

// ---- the list ----------------------------------------------------------------------------------------------

struct Row {
    Current current;
    Count count;
};
struct Desk {
    std::vector<Row> rows;
    std::int64_t days = 0;
};

Result<Desk> load_desk(db::ReadTx& tx, const Ctx& ctx) {
    TRY(identity::require_host(tx, ctx.actor()));
    Desk desk{.rows = {}, .days = grace_days(tx)};
    for (Current& one : list(tx)) {
        const Count count = count_answers(tx, one.policy);
        desk.rows.push_back({std::move(one), count});
    }
    return desk;
}

Response desk_json(const Desk& desk) {
    JsonWriter j;
    j.object().member("days", desk.days).array("policies");
    for (const Row& row : desk.rows)
        j.object()
            .member("id", row.current.policy.id)
            .member("title", row.current.version.title)
            .member("version", row.current.policy.number)
            .member("asks_version", row.current.policy.asks_number)
            .member("agreed", row.count.agreed)
            .member("declined", row.count.declined)
            .end();
    j.end().end();
    return http::json(j);
}

void desk_row(Html& h, const Ctx& ctx, const Row& row) {
    const Policy& policy = row.current.policy;
    h << "<li class=\"card\"><a dir=\"auto\" href=\"" << url::admin_policy(policy.id.value()) << "\">"
      << row.current.version.title << "</a><p class=\"meta\">" << ctx.t(kind_words(policy.kind)) << ", "
      << ctx.f("version %1, since %2", std::to_string(policy.number),
               text::date(ctx.words, row.current.version.published_at))
      << "</p>";
    if (policy.asks_number > 0)
        h << "<p>" << ctx.n("%d person has said yes.", "%d people have said yes.", row.count.agreed) << " "
          << ctx.n("%d has said no.", "%d have said no.", row.count.declined) << "</p>";
    h << "</li>";
}

Response desk_page(Ctx& ctx, const Error* error) {
    const auto desk = ctx.read([&](db::ReadTx& tx) { return load_desk(tx, ctx); });
    if (!desk) return http::error_page(ctx, desk.error());
    if (ctx.wants_json() && !error) return desk_json(*desk);
    Html h;
    h << "<p>"
      << ctx.t(
             "Each version is kept as it was, with its date. Members are asked to agree where you say so. "
             "Have a lawyer look at what you write.")
      << "</p><ul class=\"cards\">";
    for (const Row& row : desk->rows) desk_row(h, ctx, row);
    h << "</ul><p><a class=\"button\" href=\"" << url::new_policy() << "\">" << ctx.t("Write a new one")
      << "</a></p><h2>" << ctx.t("Time to answer") << "</h2>";
    http::open_form(h, ctx, url::admin_policies());
    const std::string days = error ? std::string(ctx.form().get("days")) : std::to_string(desk->days);
    http::field(h, ctx,
                {.name = "days",
                 .label = ctx.t("How many days people may write on before they answer"),
                 .hint = ctx.t("Reading, urgent help, their own data and leaving never wait."),
                 .value = days,
                 .type = "number"},
                error);
    http::close_form(h, ctx.t("Save"));
    return http::form_page(ctx, http::admin_frame(ctx, ctx.t("What everybody agrees on")), h, error);
}

Response get_desk(Ctx& ctx) { return desk_page(ctx, nullptr); }

Response post_desk(Ctx& ctx) {
    const Done saved = ctx.write(
        [&](db::Tx& tx) { return set_grace_days(tx, ctx.actor(), ctx.form().number("days")); });
    return saved ? http::done(ctx, url::admin_policies()) : http::form_again(ctx, saved.error(), desk_page);
}

// ---- writing -----------------------------------------------------------------------------------------------

VersionForm typed(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    return {.title = std::string(form.get("title")),
            .markdown = std::string(form.get("text")),
            .changes = std::string(form.get("changes")),
            .asks = form.checked("asks")};
}

void text_fields(Html& h, const Ctx& ctx, const VersionForm& form, const Error* error) {
    http::field(h, ctx, {.name = "title", .label = ctx.t("Title"), .value = form.title}, error);
    http::field(h, ctx,
                {.name = "text",
                 .label = ctx.t("Text"),
                 .hint = ctx.t("Markdown: # begins a heading, - a list. Short sentences help everybody."),
                 .value = form.markdown,
                 .rows = 20},
                error);
}

void asks_box(Html& h, const Ctx& ctx, const VersionForm& form) {
    http::check_box(h, ctx,
                    {.name = "asks",
                     .label = ctx.t("Ask everybody to agree to this version"),
                     .hint = ctx.t("Newcomers agree by signing up. Leave it out for a mended spelling."),
                     .checked = form.asks});
}

void kind_choice(Html& h, const Ctx& ctx, const Error* error) {
    std::vector<http::Option> options;
    for (const Kind kind : all_of<Kind>()) options.push_back({to_word(kind), ctx.t(kind_words(kind))});
    http::choices(h, ctx, {.name = "kind", .label = ctx.t("What it is"), .chosen = ctx.form().get("kind")},
                  options, error);
}

Response new_page(Ctx& ctx, const Error* error) {
    const VersionForm form = typed(ctx);
    Html h;
    http::open_form(h, ctx, url::new_policy());
    kind_choice(h, ctx, error);
    text_fields(h, ctx, form, error);
    asks_box(h, ctx, form);
    http::close_form(h, ctx.t("Publish it"));
    return http::form_page(ctx, frame_below(ctx, ctx.t("Write a new one")), h, error);
}

Response get_new(Ctx& ctx) {
    const Done may = ctx.read([&](db::ReadTx& tx) { return identity::require_host(tx, ctx.actor()); });
    return may ? new_page(ctx, nullptr) : http::error_page(ctx, may.error());
}

Response post_new(Ctx& ctx) {
    const auto id = ctx.write([&](db::Tx& tx) {
        return write_policy(tx, ctx.actor(), from_word<Kind>(ctx.form().get("kind")), typed(ctx));
    });
    if (id) return http::done(ctx, url::policy(id->value()), 201);
    return http::form_again(ctx, id.error(), new_page);
}

Result<Current> load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Current> {
        TRY(identity::require_host(tx, ctx.actor()));
        return find(tx, TRY(ctx.param<PolicyId>("policy")));
    });
}

void take_away(Html& h, const Ctx& ctx, PolicyId id) {
    h << "<details><summary>" << ctx.t("Take it away") << "</summary><p>"
      << ctx.t("Then it holds no more and nobody is asked. What was written and who agreed is kept.")
      << "</p>";
    http::open_form(h, ctx, url::policy_retirement(id.value()));
    h << "<button class=\"button quiet danger\">" << ctx.t("Take it away") << "</button></form></details>";
}

Response version_page(Ctx& ctx, const Error* error) {
    const auto current = load(ctx);
    if (!current) return http::error_page(ctx, current.error());
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        version_json(j, current->version);
        return http::json(j);
    }
    const Version& now = current->version;
    const VersionForm form = error ? typed(ctx) : VersionForm{now.title, now.markdown, "", false};
    const std::string seen = error ? std::string(ctx.form().get("seen")) : std::to_string(now.number);
    Html h;
    dated(h, ctx, now);
    if (current->policy.retired_at) {
        h << "<p class=\"notice\">" << ctx.t("This holds no more. Please write a new one.") << "</p>";
    } else {
        http::open_form(h, ctx, url::admin_policy(current->policy.id.value()));
        h << "<input type=\"hidden\" name=\"seen\" value=\"" << seen << "\">";
        text_fields(h, ctx, form, error);
        http::field(h, ctx,
                    {.name = "changes",
                     .label = ctx.t("What changed, in a sentence"),
                     .hint = ctx.t("People read it before the text."),
                     .value = form.changes,
                     .rows = 2},
                    error);
        asks_box(h, ctx, form);
        http::close_form(h, ctx.t("Publish the new version"));
        take_away(h, ctx, current->policy.id);
    }
    h << "<p><a href=\"" << url::policy_history(current->policy.id.value()) << "\">"
      << ctx.t("All versions, and what changed") << "</a></p>";
    return http::form_page(ctx, frame_below(ctx, now.title), h, error);
}

Response get_version(Ctx& ctx) { return version_page(ctx, nullptr); }

Response post_version(Ctx& ctx) {
    const auto id = ctx.param<PolicyId>("policy");
    if (!id) return http::error_page(ctx, id.error());
    const Done written = ctx.write([&](db::Tx& tx) {
        return write_version(tx, ctx.actor(), *id, ctx.form().number("seen").value_or(0), typed(ctx));
    });
    if (written) return http::done(ctx, url::policy(id->value()));
    return http::form_again(ctx, written.error(), version_page);
}

Response post_retirement(Ctx& ctx) {
    const Done retired = ctx.write(
        [&](db::Tx& tx) -> Done { return retire(tx, ctx.actor(), TRY(ctx.param<PolicyId>("policy"))); });
    return retired ? http::done(ctx, url::admin_policies()) : http::error_page(ctx, retired.error());
}

}  // namespace

std::vector<http::Route> admin_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin/policies", gate::host, get_desk},
            {Method::post, "/admin/policies", gate::host, post_desk},
            {Method::get, "/admin/policies/new", gate::host, get_new},
            {Method::post, "/admin/policies/new", gate::host, post_new},
            {Method::get, "/admin/policies/{policy}", gate::host, get_version},
            {Method::post, "/admin/policies/{policy}", gate::host, post_version},
            {Method::post, "/admin/policies/{policy}/retirement", gate::host, post_retirement}};
}

}  // namespace kith::policies

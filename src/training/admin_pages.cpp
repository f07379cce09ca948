#include "platform/http/forms.hpp"
#include "platform/text/list_words.hpp"
#include "training/pages.hpp"
#include "url.hpp"

// The host's modules, and which task needs which.
namespace kith::training::pages {
namespace {

using http::Ctx;
using http::Response;
using identity::Role;

std::string_view words_of(Role role) {
    switch (role) {
        case Role::host:
            return t_later("Hosts");
        case Role::coordinator:
            return t_later("Coordinators");
        case Role::researcher:
            return t_later("Researchers");
        case Role::facilitator:
            return t_later("Those who lead groups");
        case Role::moderator:
            return t_later("Those who keep groups kind and safe");
    }
    return {};
}

std::string field_of(Role role) { return "role-" + std::string(to_word(role)); }

http::Frame frame(const Ctx& ctx, std::string_view heading) {
    return {.title = std::string(heading),
            .heading = std::string(heading),
            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()},
                       {std::string(ctx.t("Training")), url::admin_training()}}};
}

std::string roles_words(const Ctx& ctx, const Plan& plan) {
    std::vector<std::string> out;
    for (const Role role : plan.roles) out.emplace_back(ctx.t(words_of(role)));
    return out.empty() ? std::string(ctx.t("no task needs it")) : text::listed(ctx.words, out);
}

std::string months_words(const Ctx& ctx, std::int64_t months) {
    if (months == 0) return std::string(ctx.t("holds for good"));
    return ctx.n("holds for a month", "holds for %d months", months);
}

Response plans_json(const std::vector<Plan>& all) {
    JsonWriter j;
    j.object().array("modules");
    for (const Plan& one : all) {
        j.object().member("id", one.module.id).member("title", one.module.title);
        j.member("months", one.module.months).member("offered", !one.module.retired_at).array("roles");
        for (const Role role : one.roles) j.value(role);
        j.end().end();
    }
    j.end().end();
    return http::json(j);
}

// What was typed, or what stands there.
Plan typed_plan(const http::Form& form, ModuleId id) {
    constexpr std::int64_t no_number = -1;
    Plan out{.module = {.id = id,
                        .title = std::string(form.get("title")),
                        .words = std::string(form.get("words")),
                        .questions = std::string(form.get("questions")),
                        .statement = std::string(form.get("statement")),
                        .months = form.number("months").value_or(no_number)},
             .roles = {}};
    for (const Role role : all_of<Role>())
        if (form.checked(field_of(role))) out.roles.insert(role);
    return out;
}

void text_fields(Html& h, const Ctx& ctx, const Module& module, const Error* error) {
    http::field(h, ctx, {.name = "title", .label = ctx.t("Title"), .value = module.title}, error);
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("What people should know"),
                 .hint = ctx.t("Short is best: what one can read in five minutes."),
                 .value = module.words,
                 .rows = 12},
                error);
    http::field(
        h, ctx,
        {.name = "questions",
         .label = ctx.t("Questions"),
         .hint = ctx.t("A line each: question | right answer | other answer | one more. The page mixes "
                       "them. It may be empty."),
         .value = module.questions,
         .rows = 4},
        error);
    http::field(h, ctx,
                {.name = "statement",
                 .label = ctx.t("A sentence that people agree to"),
                 .hint = ctx.t("It may be empty where there are questions."),
                 .value = module.statement},
                error);
}

void plan_form(Html& h, const Ctx& ctx, const Url& action, const Plan& plan, const Error* error) {
    http::open_form(h, ctx, action);
    text_fields(h, ctx, plan.module, error);
    const std::string months = error ? std::string(ctx.form().get("months"))
                                     : std::to_string(plan.module.months);
    http::field(h, ctx,
                {.name = "months",
                 .label = ctx.t("For how many months does it hold? 0: for good"),
                 .value = months,
                 .type = "number"},
                error);
    h << "<fieldset class=\"choices\"><legend>" << ctx.t("Who needs it?") << "</legend><p class=\"hint\">"
      << ctx.t(
             "They have 14 days to do what is new. After that they can read, and decide nothing until it is "
             "done.")
      << "</p>";
    for (const Role role : all_of<Role>())
        http::check_box(
            h, ctx,
            {.name = field_of(role), .label = ctx.t(words_of(role)), .checked = plan.roles.contains(role)});
    h << "</fieldset>";
    http::close_form(h, ctx.t("Save"));
}

Response new_page(Ctx& ctx, const Error* error) {
    Html h;
    plan_form(h, ctx, url::new_training(), error ? typed_plan(ctx.form(), {}) : Plan(), error);
    return http::form_page(ctx, frame(ctx, ctx.t("A new module")), h, error);
}

Response plan_page(Ctx& ctx, ModuleId id, const Error* error) {
    const auto known = ctx.read([&](db::ReadTx& tx) { return plan(tx, ctx.actor(), id); });
    if (!known) return http::error_page(ctx, known.error());
    const Url here = url::admin_training_module(id.value());
    Html h;
    plan_form(h, ctx, here, error ? typed_plan(ctx.form(), id) : *known, error);
    http::open_form(h, ctx, here);
    const bool is_offered = !known->module.retired_at;
    h << "<button class=\"button quiet\" name=\"do\" value=\""
      << std::string_view(is_offered ? "retire" : "offer") << "\">"
      << (is_offered ? ctx.t("Put it away: nobody needs it any more") : ctx.t("Take it out again"))
      << "</button></form>";
    return http::form_page(ctx, frame(ctx, known->module.title), h, error);
}

}  // namespace

Response show_plans(Ctx& ctx) {
    const auto all = ctx.read([&](db::ReadTx& tx) { return plans(tx, ctx.actor()); });
    if (!all) return http::error_page(ctx, all.error());
    if (ctx.wants_json()) return plans_json(*all);
    Html h;
    h << "<p><a class=\"button\" href=\"" << url::new_training() << "\">" << ctx.t("Write a new module")
      << "</a></p>";
    if (all->empty())
        h << "<p class=\"empty\">" << ctx.t("There is no module yet. Nobody has to do any training.")
          << "</p>";
    h << "<ul class=\"cards\">";
    for (const Plan& one : *all) {
        h << "<li class=\"card\"><h2><a dir=\"auto\" href=\""
          << url::admin_training_module(one.module.id.value()) << "\">" << one.module.title
          << "</a></h2><p class=\"meta\">" << roles_words(ctx, one) << ", "
          << months_words(ctx, one.module.months);
        if (one.module.retired_at) h << " <span class=\"badge\">" << ctx.t("put away") << "</span>";
        h << "</p></li>";
    }
    h << "</ul>";
    const std::string heading(ctx.t("Training"));
    return http::page(ctx,
                      {.title = heading,
                       .heading = heading,
                       .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                      h);
}

Response show_new(Ctx& ctx) {
    const Done may = ctx.read([&](db::ReadTx& tx) { return identity::require_host(tx, ctx.actor()); });
    return may ? new_page(ctx, nullptr) : http::error_page(ctx, may.error());
}

Response save_new(Ctx& ctx) {
    const auto saved = ctx.write(
        [&](db::Tx& tx) { return add_module(tx, ctx.actor(), typed_plan(ctx.form(), {})); });
    if (saved) return http::done(ctx, url::admin_training(), 201);
    if (saved.error().field.empty()) return http::error_page(ctx, saved.error());
    return new_page(ctx, &saved.error());
}

Response show_plan(Ctx& ctx) {
    const auto id = ctx.param<ModuleId>("module");
    return id ? plan_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response save_plan(Ctx& ctx) {
    const auto id = ctx.param<ModuleId>("module");
    if (!id) return http::error_page(ctx, id.error());
    const std::string_view act = ctx.form().get("do");
    const Done saved = ctx.write([&](db::Tx& tx) {
        if (act == "retire") return offer_module(tx, ctx.actor(), *id, Offer::no);
        if (act == "offer") return offer_module(tx, ctx.actor(), *id, Offer::yes);
        return change_module(tx, ctx.actor(), typed_plan(ctx.form(), *id));
    });
    if (saved) return http::done(ctx, url::admin_training());
    if (saved.error().field.empty()) return http::error_page(ctx, saved.error());
    return plan_page(ctx, *id, &saved.error());
}

}  // namespace kith::training::pages

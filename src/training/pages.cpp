#include "training/pages.hpp"

#include "platform/http/forms.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

// One's own training; the routes of the feature.
namespace kith::training {
namespace pages {
namespace {

using http::Ctx;
using http::Response;

std::string state_words(const Ctx& ctx, const Own& own) {
    switch (own.state) {
        case State::done:
            return own.expires_at ? ctx.f("Done. It holds until %1.", text::date(ctx.words, *own.expires_at))
                                  : std::string(ctx.t("Done."));
        case State::soon:
            return ctx.f("It runs out on %1. You can do it again now.",
                         text::date(ctx.words, *own.expires_at));
        case State::expired:
            return ctx.f("It ran out on %1. Please do it again.", text::date(ctx.words, *own.expires_at));
        case State::missing:
            break;
    }
    if (!own.is_needed) return std::string(ctx.t("If you like: no task of yours needs it."));
    if (own.stops(ctx.now()))
        return std::string(ctx.t("To be done. Until then you can read, and not decide."));
    return ctx.f("To be done until %1.", text::date(ctx.words, *own.needed_from));
}

void own_json(JsonWriter& j, const Ctx& ctx, const Own& own) {
    j.object()
        .member("id", own.module.id)
        .member("title", own.module.title)
        .member("needed", own.is_needed)
        .member("state", own.state)
        .member("expires_at", own.expires_at)
        .member("stops", own.stops(ctx.now()))
        .end();
}

Response mine_json(const Ctx& ctx, const std::vector<Own>& all) {
    JsonWriter j;
    j.object().array("modules");
    for (const Own& own : all) own_json(j, ctx, own);
    j.end().end();
    return http::json(j);
}

void own_card(Html& h, const Ctx& ctx, const Own& own) {
    h << (own.stops(ctx.now()) ? Markup("<li class=\"card wanted\">") : Markup("<li class=\"card\">"))
      << "<h2><a dir=\"auto\" href=\"" << url::training_module(own.module.id.value()) << "\">"
      << own.module.title << "</a></h2><p>" << state_words(ctx, own) << "</p></li>";
}

http::Frame frame(const Ctx& ctx, std::string_view heading) {
    return {.title = std::string(heading),
            .heading = std::string(heading),
            .crumbs = {{std::string(ctx.t("Home")), url::home()},
                       {std::string(ctx.t("Your training")), url::training()}}};
}

void question(Html& h, const Ctx& ctx, const Question& one, const std::string& name, const Error* error) {
    std::vector<http::Option> options;
    for (const std::string& answer : one.answers) options.push_back({answer, answer});
    http::choices(h, ctx, {name, one.words, error ? ctx.form().get(name) : std::string_view()}, options,
                  error);
}

Response module_page(Ctx& ctx, ModuleId id, const Error* error) {
    const auto own = ctx.read([&](db::ReadTx& tx) { return own_module(tx, ctx.actor(), id); });
    if (!own) return http::error_page(ctx, own.error());
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        own_json(j, ctx, *own);
        return http::json(j);
    }
    Html h;
    h << "<p class=\"meta\">" << state_words(ctx, *own) << "</p><div class=\"text\" dir=\"auto\">"
      << text::render_markdown(own->module.words) << "</div>";
    http::open_form(h, ctx, url::training_module(id.value()));
    int number = 0;
    for (const Question& one : questions_of(own->module))
        question(h, ctx, one, "q" + std::to_string(++number), error);
    if (!own->module.statement.empty())
        http::check_box(h, ctx,
                        {.name = "agreed",
                         .label = own->module.statement,
                         .checked = error && ctx.form().checked("agreed")},
                        error);
    http::close_form(h, ctx.t("I have read it"));
    return http::form_page(ctx, frame(ctx, own->module.title), h, error);
}

Answers answers_in(const http::Form& form) {
    Answers out{.chosen = {}, .agreed = form.checked("agreed")};
    for (std::size_t i = 1; i <= questions_most; ++i)
        out.chosen.emplace_back(form.get("q" + std::to_string(i)));
    return out;
}

}  // namespace

Response show_mine(Ctx& ctx) {
    const auto all = ctx.read([&](db::ReadTx& tx) { return own_training(tx, ctx.actor()); });
    if (!all) return http::error_page(ctx, all.error());
    if (ctx.wants_json()) return mine_json(ctx, *all);
    Html h;
    h << "<p>"
      << ctx.t("Short texts for those who look after others. Take your time; you can stop and come back.")
      << "</p>";
    if (all->empty()) h << "<p class=\"empty\">" << ctx.t("There is nothing to do here yet.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const Own& own : *all) own_card(h, ctx, own);
    h << "</ul>";
    const std::string heading(ctx.t("Your training"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("Home")), url::home()}}},
        h);
}

Response show_module(Ctx& ctx) {
    const auto id = ctx.param<ModuleId>("module");
    return id ? module_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response finish_module(Ctx& ctx) {
    const auto id = ctx.param<ModuleId>("module");
    if (!id) return http::error_page(ctx, id.error());
    const Done done = ctx.write(
        [&](db::Tx& tx) { return finish(tx, ctx.actor(), *id, answers_in(ctx.form())); });
    if (done) return http::done(ctx, url::training());
    if (done.error().field.empty()) return http::error_page(ctx, done.error());
    return module_page(ctx, *id, &done.error());
}

}  // namespace pages

void ask_first(Html& h, const http::Ctx& ctx) {
    h << "<p class=\"notice\">"
      << ctx.t("You can read everything here. Before you decide, please do your training.") << " <a href=\""
      << url::training() << "\">" << ctx.t("Your training") << "</a></p>";
}

std::vector<http::Route> routes() {
    using enum http::Method;
    using namespace pages;
    namespace gate = http::gate;
    return {
        {get, "/training", gate::member, show_mine},
        {get, "/training/{module}", gate::member, show_module},
        {post, "/training/{module}", gate::member, finish_module},
        {get, "/admin/training", gate::host, show_plans},
        {get, "/admin/training/new", gate::host, show_new},
        {post, "/admin/training/new", gate::host, save_new},
        {get, "/admin/training/{module}", gate::host, show_plan},
        {post, "/admin/training/{module}", gate::host, save_plan},
    };
}

}  // namespace kith::training

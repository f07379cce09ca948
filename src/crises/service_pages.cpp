#include <algorithm>

#include "crises/pages.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "training/training.hpp"

namespace kith::crises::pages {
namespace {

using http::Ctx;
using http::Response;

std::string_view country_name(const Ctx& ctx, const Service& service) {
    const Country* const country = country_of(service.country);
    return country ? ctx.t(country->name) : std::string_view();
}

// "+1 (800) 555-0100" and nothing else.
bool is_number(std::string_view contact) {
    return contact.find_first_not_of("+0123456789 -()") == std::string_view::npos;
}

Url telephone(std::string_view number) {
    std::string digits;
    for (const char c : number)
        if (c == '+' || (c >= '0' && c <= '9')) digits += c;
    return Url::external("tel:" + digits);
}

void service_card(Html& h, const Ctx& ctx, const Service& service) {
    h << "<h3 dir=\"auto\">" << service.name << "</h3><p dir=\"auto\">" << service.purpose
      << "</p><p><strong>";
    if (is_number(service.contact)) {
        h << "<a href=\"" << telephone(service.contact) << "\">" << service.contact << "</a>";
    } else {
        h << service.contact;
    }
    h << "</strong></p>";
    if (!service.note.empty()) h << "<p dir=\"auto\">" << service.note << "</p>";
    const std::string_view country = country_name(ctx, service);
    if (service.hours.empty() && country.empty()) return;
    h << "<p class=\"meta\">" << service.hours
      << std::string_view(service.hours.empty() || country.empty() ? "" : ", ") << country << "</p>";
}

// ---- telling a service -----------------------------------------------------------------------------------

struct Told {
    Timeline timeline;
    std::vector<Service> services;
    bool is_trained = true;  // who reads
    Names names;
};

Result<Told> load_told(Ctx& ctx, CaseId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Told> {
        Told out{TRY(timeline(tx, ctx.actor(), id)), services(tx), training::is_trained(tx, ctx.actor()), {}};
        out.names = identity::names_of(tx, people_in(out.timeline));
        return out;
    });
}

void service_list(Html& h, const Ctx& ctx, const std::vector<Service>& services) {
    h << "<h2>" << ctx.t("Who can be told") << "</h2>";
    if (services.empty())
        h << "<p class=\"notice\">"
          << ctx.t("There is no list yet. A host can write one. Is it urgent? Call the emergency number.")
          << " <a href=\"" << url::help_now() << "\">" << ctx.t("Need help now?") << "</a></p>";
    h << "<ul class=\"cards\">";
    for (const Service& service : services) {
        h << "<li class=\"card\">";
        service_card(h, ctx, service);
        h << "</li>";
    }
    h << "</ul>";
}

void service_field(Html& h, const Ctx& ctx, const std::vector<Service>& services, const Error* error) {
    http::field(h, ctx,
                {.name = "service",
                 .label = ctx.t("Which service did you tell?"),
                 .hint = ctx.t("As it is called above, or another one."),
                 .value = typed(ctx, "service", error,
                                services.size() == 1 ? std::string_view(services[0].name) : "")},
                error);
}

void escalation_form(Html& h, const Ctx& ctx, CaseId id, const Told& told, const Error* error) {
    h << "<h2>" << ctx.t("I told somebody") << "</h2>";
    http::open_form(h, ctx, url::case_escalations(id));
    service_field(h, ctx, told.services, error);
    http::field(h, ctx,
                {.name = "minutes_ago",
                 .label = ctx.t("How many minutes ago?"),
                 .value = typed(ctx, "minutes_ago", error, "0"),
                 .type = "number"},
                error);
    http::field(h, ctx,
                {.name = "said",
                 .label = ctx.t("What did you tell them, and what did they say?"),
                 .value = typed(ctx, "said", error),
                 .rows = 4},
                error);
    http::field(h, ctx,
                {.name = "reference",
                 .label = ctx.t("Their number for it"),
                 .hint = ctx.t("Ask them for one. You can leave this empty."),
                 .value = typed(ctx, "reference", error)},
                error);
    http::close_form(h, ctx.t("Write it down"));
}

std::string outcome_field(std::int64_t escalation) { return "outcome-" + std::to_string(escalation); }

void told_card(Html& h, const Ctx& ctx, CaseId id, const Told& told, const Escalation& one,
               const Error* error) {
    h << "<li class=\"card\"><h3 dir=\"auto\">" << one.service << "</h3><p class=\"meta\">"
      << name_of(ctx.words, told.names, one.by) << ", " << text::exact(ctx.words, one.told_at) << "</p>";
    h << "<blockquote dir=\"auto\">" << one.said << "</blockquote>";
    if (!one.reference.empty()) h << "<p>" << ctx.f("Their number for it: %1.", one.reference) << "</p>";
    const std::string name = outcome_field(one.id);
    http::open_form(h, ctx, url::case_escalation_outcome(id, one.id));
    http::field(
        h, ctx,
        {.name = name,
         .label = ctx.t("What came of it?"),
         .value = error && error->field == name ? ctx.form().get(name) : std::string_view(one.outcome),
         .rows = 2},
        error);
    http::close_form(h, ctx.t("Save"));
    h << "</li>";
}

Response told_json(const Told& told) {
    JsonWriter j;
    j.object().array("services");
    for (const Service& one : told.services)
        j.object()
            .member("name", one.name)
            .member("purpose", one.purpose)
            .member("contact", one.contact)
            .member("hours", one.hours)
            .member("note", one.note)
            .member("country", one.country)
            .end();
    j.end().array("escalations");
    for (const Escalation& one : told.timeline.escalations) {
        j.object();
        escalation_members(j, one);
        j.end();
    }
    j.end().end();
    return http::json(j);
}

Response escalations_page(Ctx& ctx, CaseId id, const Error* error) {
    const auto told = load_told(ctx, id);
    if (!told) return http::error_page(ctx, told.error());
    if (ctx.wants_json()) return told_json(*told);
    const bool is_outcome = error && error->field.starts_with("outcome-");
    Html h;
    service_list(h, ctx, told->services);
    if (told->is_trained) escalation_form(h, ctx, id, *told, is_outcome ? nullptr : error);
    else training::ask_first(h, ctx);
    if (!told->timeline.escalations.empty())
        h << "<h2>" << ctx.t("Who was told so far") << "</h2><ul class=\"cards\">";
    for (const Escalation& one : told->timeline.escalations)
        told_card(h, ctx, id, *told, one, is_outcome ? error : nullptr);
    if (!told->timeline.escalations.empty()) h << "</ul>";
    const std::string heading(ctx.t("Tell a service outside"));
    return http::form_page(ctx, {.title = heading, .heading = heading, .crumbs = crumbs(ctx, id)}, h, error);
}

// ---- the host's list -------------------------------------------------------------------------------------

constexpr std::int64_t shown_days = 365;

struct Shown {
    std::vector<Service> services;
    Figures figures;
};

Result<Shown> load_shown(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Shown> {
        const Time until = tx.now() + 1;
        return Shown{services(tx), TRY(figures(tx, ctx.actor(), until + -shown_days * day_ms, until))};
    });
}

void put_fields(Html& h, const Ctx& ctx, const Service& service, const Error* error) {
    const auto line = [&](std::string_view name, std::string_view label, std::string_view hint,
                          std::string_view value, int rows = 0) {
        http::field(h, ctx,
                    {.name = name,
                     .label = label,
                     .hint = hint,
                     .value = typed(ctx, name, error, value),
                     .rows = rows},
                    error);
    };
    line("name", ctx.t("Name"), {}, service.name);
    line("purpose", ctx.t("What is it for?"), {}, service.purpose);
    line("contact", ctx.t("How is it reached?"), ctx.t("A telephone number, as a rule."), service.contact);
    line("hours", ctx.t("When is it there?"), ctx.t("You can leave this empty."), service.hours);
    line("note", ctx.t("What should whoever calls know?"), ctx.t("You can leave this empty."), service.note,
         3);
    line("country", ctx.t("Country"), ctx.t("Leave it empty if it is for everybody."),
         country_name(ctx, service));
}

void put_form(Html& h, const Ctx& ctx, const Service& service, const Error* error) {
    h << "<h2 id=\"change\">" << (service.id ? ctx.t("Change a service") : ctx.t("Add a service")) << "</h2>";
    http::open_form(h, ctx, url::admin_services());
    h << "<input type=\"hidden\" name=\"service\" value=\"" << service.id << "\">";
    put_fields(h, ctx, service, error);
    h << "<p class=\"row\"><button class=\"button\">" << ctx.t("Save") << "</button>";
    if (service.id)
        h << "<button class=\"button quiet\" name=\"do\" value=\"delete\">" << ctx.t("Take off the list")
          << "</button>";
    h << "</p></form>";
}

void figures_part(Html& h, const Ctx& ctx, const Figures& figures) {
    h << "<h2>" << ctx.t("In the last 12 months") << "</h2><ul><li>"
      << ctx.f("Tries to reach somebody in danger: %1. They were reached in %2 of these.",
               std::to_string(figures.attempts), std::to_string(figures.reached))
      << "</li>";
    for (const Figures::OfService& one : figures.services)
        h << "<li>" << ctx.f("Times that %1 was told: %2", one.service, std::to_string(one.told)) << "</li>";
    h << "</ul><p class=\"hint\">"
      << ctx.t("Before you publish small numbers: could somebody see who it was?") << "</p>";
}

Response services_json(const Shown& shown) {
    JsonWriter j;
    j.object().array("services");
    for (const Service& one : shown.services)
        j.object()
            .member("id", one.id)
            .member("name", one.name)
            .member("purpose", one.purpose)
            .member("contact", one.contact)
            .member("hours", one.hours)
            .member("note", one.note)
            .member("country", one.country)
            .end();
    j.end().member("attempts", shown.figures.attempts).member("reached", shown.figures.reached).array("told");
    for (const Figures::OfService& one : shown.figures.services)
        j.object().member("service", one.service).member("times", one.told).end();
    j.end().end();
    return http::json(j);
}

Response services_page(Ctx& ctx, std::int64_t chosen, const Error* error) {
    const auto shown = load_shown(ctx);
    if (!shown) return http::error_page(ctx, shown.error());
    if (ctx.wants_json()) return services_json(*shown);
    Html h;
    h << "<p>"
      << ctx.t(
             "Whom those who look after groups can tell when somebody may be in danger: an ambulance, the "
             "police, a crisis team. The helplines for everybody are kept elsewhere.")
      << "</p><h2>" << ctx.t("Who can be told") << "</h2><ul class=\"cards\">";
    for (const Service& service : shown->services) {
        h << "<li class=\"card\">";
        service_card(h, ctx, service);
        h << "<p><a href=\""
          << url::admin_services().query("service", std::to_string(service.id)).fragment("change") << "\">"
          << ctx.t("Change") << "<span class=\"visually-hidden\">: " << service.name
          << "</span></a></p></li>";
    }
    h << "</ul>";
    const auto at = std::ranges::find(shown->services, chosen, &Service::id);
    put_form(h, ctx, at == shown->services.end() ? Service() : *at, error);
    figures_part(h, ctx, shown->figures);
    const std::string heading(ctx.t("Services outside"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

Service typed_service(const Ctx& ctx) {
    const auto text = [&](std::string_view field) { return std::string(ctx.form().get(field)); };
    return {ctx.form().number("service").value_or(0),
            text("name"),
            text("purpose"),
            text("contact"),
            text("hours"),
            text("note"),
            text("country")};
}

}  // namespace

Response show_escalations(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    return id ? escalations_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response save_escalation(Ctx& ctx) {
    return act(
        ctx,
        [&](db::Tx& tx, CaseId id) {
            return note_escalation(
                tx, ctx.actor(), id,
                {std::string(ctx.form().get("service")), ctx.form().number("minutes_ago").value_or(-1),
                 std::string(ctx.form().get("said")), std::string(ctx.form().get("reference"))});
        },
        url::case_timeline, [&](CaseId id, const Error& error) { return escalations_page(ctx, id, &error); });
}

Response save_outcome(Ctx& ctx) {
    const auto escalation = ctx.param<std::int64_t>("escalation");
    if (!escalation) return http::error_page(ctx, escalation.error());
    const std::string field = ctx.form().has("outcome") ? "outcome" : outcome_field(*escalation);
    return act(
        ctx,
        [&](db::Tx& tx, CaseId id) {
            return note_outcome(tx, ctx.actor(), id, *escalation, ctx.form().get(field));
        },
        url::case_timeline,
        [&](CaseId id, Error error) {
            error.field = outcome_field(*escalation);
            return escalations_page(ctx, id, &error);
        });
}

Response show_services(Ctx& ctx) {
    return services_page(ctx, ctx.query().number("service").value_or(0), nullptr);
}

Response save_service(Ctx& ctx) {
    const Service service = typed_service(ctx);
    const Done saved = ctx.write([&](db::Tx& tx) {
        return ctx.form().get("do") == "delete" ? delete_service(tx, ctx.actor(), service.id)
                                                : put_service(tx, ctx.actor(), service);
    });
    if (saved) return http::done(ctx, url::admin_services());
    if (!belongs_to_form(ctx, saved.error())) return http::error_page(ctx, saved.error());
    return services_page(ctx, service.id, &saved.error());
}

}  // namespace kith::crises::pages

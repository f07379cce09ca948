#include "crises/pages.hpp"

#include <algorithm>

#include "identity/identity.hpp"

namespace kith::crises {
namespace pages {

std::string name_of(const Words& words, const Names& names, PersonaId id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string(words.t("Former member"))
                                : std::string(identity::shown_name(found->second, words));
}

std::vector<http::Crumb> crumbs(const http::Ctx& ctx, CaseId id) {
    return {{std::string(ctx.t("Reports")), url::cases()},
            {std::string(ctx.t("The report")), url::safety_case(id)},
            {std::string(ctx.t("What was tried and done")), url::case_timeline(id)}};
}

bool belongs_to_form(const http::Ctx& ctx, const Error& error) {
    return !ctx.wants_json() && (error.fault == Fault::invalid || error.fault == Fault::conflict);
}

std::string_view typed(const http::Ctx& ctx, std::string_view field, const Error* error,
                       std::string_view otherwise) {
    return error ? ctx.form().get(field) : otherwise;
}

}  // namespace pages

std::vector<http::Route> routes() {
    using http::Method;
    using namespace pages;
    namespace gate = http::gate;
    return {
        {Method::get, "/cases/{case}/timeline", gate::member, show_timeline},
        {Method::post, "/cases/{case}/attempts", gate::member, save_attempt},
        {Method::get, "/cases/{case}/escalations", gate::member, show_escalations},
        {Method::post, "/cases/{case}/escalations", gate::member, save_escalation},
        {Method::post, "/cases/{case}/escalations/{escalation}/outcome", gate::member, save_outcome},
        {Method::get, "/cases/{case}/contact", gate::member, show_opening},
        {Method::post, "/cases/{case}/contact", gate::member, pages::ask_opening},
        {Method::post, "/cases/{case}/contact/agreement", gate::member, pages::agree_to_opening},
        {Method::post, "/cases/{case}/contact/opening", gate::member, pages::open_contact},
        {Method::get, "/cases/{case}/export", gate::host, show_export},
        {Method::post, "/cases/{case}/export", gate::member, make_export},  // the rule notes a refusal
        {Method::get, "/me/debriefs", gate::member, show_my_debriefs},
        {Method::get, "/me/debriefs/{debrief}", gate::member, show_my_debrief},
        {Method::post, "/me/debriefs/{debrief}", gate::member, save_my_debrief},
        {Method::get, "/debriefs", gate::member, show_debriefs},
        {Method::post, "/debriefs/{debrief}/talk", gate::member, save_talk},
        {Method::get, "/me/emergency-contact", gate::member, show_my_contact},
        {Method::post, "/me/emergency-contact", gate::member, save_my_contact},
        {Method::get, "/admin/services", gate::host, show_services},
        {Method::post, "/admin/services", gate::host, save_service},
    };
}

}  // namespace kith::crises

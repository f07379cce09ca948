#pragma once

#include <unordered_map>

#include "crises/crises.hpp"
#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "url.hpp"

// The pages of this feature; private to crises.
namespace kith::crises::pages {

using Names = std::unordered_map<PersonaId, std::string>;
std::string name_of(const Words& words, const Names& names, PersonaId id);
// From the reports down to a page of one case.
std::vector<http::Crumb> crumbs(const http::Ctx& ctx, CaseId id);
// Whether a form is shown again with what was typed.
bool belongs_to_form(const http::Ctx& ctx, const Error& error);
// What was typed into a field where `error` says that the form was not right; else `otherwise`.
std::string_view typed(const http::Ctx& ctx, std::string_view field, const Error* error,
                       std::string_view otherwise = {});

// Runs a rule about one case, and goes to `next(id)`; `again(id, error)` is the form with what was typed.
template <class Rule, class Next, class Again>
http::Response act(http::Ctx& ctx, Rule&& rule, Next&& next, Again&& again) {
    const auto id = ctx.param<CaseId>("case");
    if (!id) return http::error_page(ctx, id.error());
    const Done done = safeguarding::act_on_case(
        ctx, *id, [&] { return ctx.write([&](db::Tx& tx) -> Done { return rule(tx, *id); }); });
    if (done) return http::done(ctx, next(*id));
    return belongs_to_form(ctx, done.error()) ? again(*id, done.error())
                                              : http::error_page(ctx, done.error());
}

// The same, by somebody who shows with the form that it is them.
template <class Rule>
auto confirmed(http::Ctx& ctx, CaseId id, Rule&& rule) {
    using Out = decltype(rule(std::declval<db::Tx&>(), id));
    return safeguarding::act_on_case(ctx, id, [&]() -> Out {
        TRY(identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current")));
        return ctx.write([&](db::Tx& tx) -> Out { return rule(tx, id); });
    });
}

std::string_view words_of(Way way);
// What happened, oldest first; `quote`: what somebody wrote.
struct Entry {
    Time at;
    std::string words, quote;
};
std::vector<Entry> entries_of(const Words& words, const Timeline& timeline, const Names& names);
// Everybody who is named in it.
std::vector<PersonaId> people_in(const Timeline& timeline);
void escalation_members(JsonWriter& j, const Escalation& one);

// timeline_page.cpp
http::Response show_timeline(http::Ctx& ctx);
http::Response save_attempt(http::Ctx& ctx);

// contact_pages.cpp: sealed contact details, one's own and in a case.
http::Response show_my_contact(http::Ctx& ctx);
http::Response save_my_contact(http::Ctx& ctx);
http::Response show_opening(http::Ctx& ctx);
http::Response ask_opening(http::Ctx& ctx);
http::Response agree_to_opening(http::Ctx& ctx);
http::Response open_contact(http::Ctx& ctx);

// export_page.cpp: a case as a file for an authority.
http::Response show_export(http::Ctx& ctx);
http::Response make_export(http::Ctx& ctx);

// debrief_pages.cpp: how those are who looked after a crisis.
http::Response show_my_debriefs(http::Ctx& ctx);
http::Response show_my_debrief(http::Ctx& ctx);
http::Response save_my_debrief(http::Ctx& ctx);
http::Response show_debriefs(http::Ctx& ctx);
http::Response save_talk(http::Ctx& ctx);

// service_pages.cpp: telling services outside, and the host's list of them.
http::Response show_escalations(http::Ctx& ctx);
http::Response save_escalation(http::Ctx& ctx);
http::Response save_outcome(http::Ctx& ctx);
http::Response show_services(http::Ctx& ctx);
http::Response save_service(http::Ctx& ctx);

}  // namespace kith::crises::pages

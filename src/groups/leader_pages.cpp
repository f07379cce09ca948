#include "groups/pages.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"
#include "identity/identity.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"

// Who comes in and who must go, for those who lead a group.
namespace kith::groups::pages {
namespace {

constexpr int requests_shown = 20;

// ---- requests -----------------------------------------------------------------------------------

struct Asking {
    store::Request request;
    std::string name;
};
struct Requests {
    Group group;
    std::vector<Asking> waiting;
};

Result<Requests> load_requests(db::ReadTx& tx, const Actor& actor, GroupId id) {
    Requests out{TRY(leading(tx, actor, id)).group, {}};
    std::vector<store::Request> waiting = store::waiting_requests(tx, id, requests_shown);
    std::vector<PersonaId> people;
    for (const store::Request& request : waiting) people.push_back(request.persona);
    const auto names = identity::names_of(tx, people);
    for (store::Request& request : waiting) {
        const auto name = names.find(request.persona);
        out.waiting.push_back({std::move(request), name == names.end() ? std::string() : name->second});
    }
    return out;
}

void request_card(Html& h, const Ctx& ctx, const Asking& asking) {
    const store::Request& request = asking.request;
    h << "<li class=\"card\"><h2>" << asking.name << "</h2><p class=\"meta\">"
      << text::ago(ctx.words, request.created_at, ctx.now()) << "</p>"
      << text::render_markdown(request.words);
    open_form(h, ctx, url::request(request.group, request.id));
    h << "<p class=\"row\"><button class=\"button\" name=\"accept\" value=\"yes\">" << ctx.t("Let them in")
      << "</button><button class=\"button quiet\" name=\"accept\" value=\"no\">" << ctx.t("Say no")
      << "</button></p></form></li>";
}

Response requests_json(const Requests& requests) {
    JsonWriter j;
    j.object().array("requests");
    for (const auto& [request, name] : requests.waiting)
        j.object()
            .member("id", request.id)
            .member("name", name)
            .member("words", request.words)
            .member("created_at", request.created_at)
            .end();
    j.end().end();
    return http::json(j);
}

// ---- ending a membership ------------------------------------------------------------------------

Answer ending_page(Ctx& ctx, GroupId id, const Typed& typed) {
    const Group group = TRY(
        ctx.read([&](db::ReadTx& tx) -> Result<Group> { return TRY(leading(tx, ctx.actor(), id)).group; }));
    Html h;
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    h << "<p>"
      << ctx.t(
             "What the person wrote stays. They are told kindly, with your reason. They can ask to come "
             "back, and you decide.")
      << "</p>";
    open_form(h, ctx, url::group_members(id));
    field(h, ctx, typed,
          {.name = "name",
           .label = ctx.t("Name of the person"),
           .hint = ctx.t("The name they write under in this group.")});
    field(h, ctx, typed,
          {.name = "reason",
           .label = ctx.t("Why does their stay end?"),
           .hint = ctx.t("The person reads this. Say which rule it is about."),
           .rows = 3});
    close_form(h, ctx.t("End this person's stay"));
    return http::page(ctx, frame_in(ctx, group, ctx.t("End somebody's stay")), h, typed.status());
}

// Whether nobody has the name and whether somebody elsewhere has it is one answer.
Done end_typed(db::Tx& tx, const Ctx& ctx, GroupId id) {
    TRY(leading(tx, ctx.actor(), id));
    const auto persona = identity::find_persona(tx, ctx.form().get("name"));
    const Done ended = persona
                           ? groups::end_membership(tx, ctx.actor(), id, *persona, ctx.form().get("reason"))
                           : Done(not_found());
    if (ended || ended.error().fault != Fault::not_found) return ended;
    return invalid("Nobody in this group has this name. Please check how it is written.", "name");
}

}  // namespace

Answer show_requests(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const Requests requests = TRY(
        ctx.read([&](db::ReadTx& tx) { return load_requests(tx, ctx.actor(), id); }));
    if (ctx.wants_json()) return requests_json(requests);
    Html h;
    if (requests.waiting.empty())
        h << "<div class=\"empty\"><p>" << ctx.t("Nobody is waiting for an answer.") << "</p></div>";
    h << "<ul class=\"cards\">";
    for (const Asking& asking : requests.waiting) request_card(h, ctx, asking);
    h << "</ul>";
    return http::page(ctx, frame_in(ctx, requests.group, ctx.t("Who asked to join")), h);
}

Answer answer_request(Ctx& ctx) {
    const GroupId group = TRY(ctx.param<GroupId>("group"));
    const RequestId request = TRY(ctx.param<RequestId>("request"));
    const std::string_view accept = ctx.form().get("accept");
    if (accept != "yes" && accept != "no") return invalid("Please choose yes or no.", "accept");
    TRY(ctx.write([&](db::Tx& tx) { return decide_request(tx, ctx.actor(), request, accept == "yes"); }));
    return http::done(ctx, url::requests(group));
}

Answer show_ending(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    Typed typed;
    typed.form.set("name", std::string(ctx.query().get("name")));
    return ending_page(ctx, id, typed);
}

Answer save_ending(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const Done ended = ctx.write([&](db::Tx& tx) { return end_typed(tx, ctx, id); });
    if (ended) return http::done(ctx, url::group(id));
    return once_more(ctx, ended.error(), [&](const Typed& typed) { return ending_page(ctx, id, typed); });
}

}  // namespace kith::groups::pages

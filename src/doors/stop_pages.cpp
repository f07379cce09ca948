#include <algorithm>

#include "doors/pages.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

// One decision for many: a flood of the same words, an invitation.
namespace kith::doors::pages {
namespace {

using http::Ctx;
using http::Response;

http::Frame frame(const Ctx& ctx, std::string_view heading) {
    return {.title = std::string(heading),
            .heading = std::string(heading),
            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()},
                       {std::string(ctx.t("Who is at the door")), url::admin_door()}}};
}

void open_act(Html& h, const Ctx& ctx, const Url& action, std::string_view act) {
    http::open_form(h, ctx, action);
    h << "<input type=\"hidden\" name=\"do\" value=\"" << act << "\">";
}

// ---- a flood ----------------------------------------------------------------------------------------------

struct FloodView {
    FloodFile file;
    std::vector<conversation::Post> posts;
    std::vector<content_notes::Note> note_list;
    std::unordered_map<PersonaId, std::string> names;
};

Result<FloodView> load_flood(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<FloodView> {
        FloodView view{.file = TRY(flood_file(tx, ctx.actor(), TRY(ctx.param<FloodId>("flood")))),
                       .note_list = content_notes::list(tx)};
        std::vector<PersonaId> authors;
        for (const PostId post : view.file.posts) {
            auto found = conversation::visible_post(tx, ctx.actor(), post);
            if (!found) continue;
            authors.push_back(found->author);
            view.posts.push_back(*std::move(found));
        }
        if (view.file.flood.decided_by) authors.push_back(*view.file.flood.decided_by);
        view.names = identity::names_of(tx, authors);
        return view;
    });
}

std::string name_in(const Ctx& ctx, const std::unordered_map<PersonaId, std::string>& names, PersonaId id) {
    const auto found = names.find(id);
    return found == names.end() ? std::string(ctx.t("Somebody"))
                                : std::string(identity::shown_name(found->second, ctx.words));
}

Response flood_json(const FloodView& view) {
    const Flood& flood = view.file.flood;
    JsonWriter j;
    j.object()
        .member("id", flood.id)
        .member("kind", flood.kind)
        .member("posts", flood.posts)
        .member("waiting", flood.waiting)
        .member("began_at", flood.began_at)
        .member("outcome", flood.outcome ? to_word(*flood.outcome) : std::string_view())
        .end();
    return http::json(j);
}

void posts_list(Html& h, const Ctx& ctx, const FloodView& view) {
    h << "<h2>" << ctx.t("Where it stands") << "</h2><ul>";
    for (const conversation::Post& post : view.posts) {
        h << "<li dir=\"auto\"><a href=\"" << url::post_in_thread(post.id) << "\">"
          << name_in(ctx, view.names, post.author) << "</a> <span class=\"meta\">"
          << text::ago(ctx.words, post.created_at, ctx.now());
        if (post.removed_at) h << ", " << ctx.t("hidden");
        h << "</span></li>";
    }
    h << "</ul>";
    if (view.file.flood.posts > std::ssize(view.file.posts))
        h << "<p>" << ctx.t("There are more. The decision is for all of them.") << "</p>";
}

void stop_flood_form(Html& h, const Ctx& ctx, const FloodView& view, const Error* error) {
    const Flood& flood = view.file.flood;
    if (flood.outcome == FloodOutcome::stopped && flood.waiting == 0) return;
    h << "<h2>" << ctx.t("Stop it") << "</h2><p>"
      << ctx.t(
             "All these posts are removed, and the accounts are on hold for the first step of your ladder. "
             "Each person "
             "reads your words and can ask for another look.")
      << "</p>";
    open_act(h, ctx, url::admin_flood(flood.id.value()), "stop");
    const std::string usual(
        ctx.t("The same words were posted many times from new accounts, so we removed them."));
    http::field(h, ctx,
                {.name = "words",
                 .label = ctx.t("Your words to everybody who posted it"),
                 .value = error                 ? ctx.form().get("words")
                          : flood.words.empty() ? std::string_view(usual)
                                                : std::string_view(flood.words),
                 .rows = 3},
                error);
    http::close_form(h, ctx.t("Remove all of it"));
}

void clear_flood_form(Html& h, const Ctx& ctx, const Flood& flood) {
    if (flood.outcome == FloodOutcome::cleared) return;
    h << "<h2>" << (flood.outcome ? ctx.t("Undo it") : ctx.t("Nothing is wrong")) << "</h2><p>"
      << ctx.t(
             "What is hidden or removed comes back, no account is on hold for it, and these words may be "
             "used.")
      << "</p>";
    open_act(h, ctx, url::admin_flood(flood.id.value()), "clear");
    h << "<button class=\"button quiet\">"
      << (flood.outcome ? ctx.t("Undo all of it") : ctx.t("Let it stand")) << "</button></form>";
}

Response flood_page(Ctx& ctx, const Error* error) {
    const auto view = load_flood(ctx);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json() && !error) return flood_json(*view);
    const Flood& flood = view->file.flood;
    Html h;
    h << "<p class=\"notice\">" << ctx.t(state_words(flood));
    if (flood.decided_by && flood.decided_at)
        h << " " << name_in(ctx, view->names, *flood.decided_by) << ", "
          << text::exact(ctx.words, *flood.decided_at);
    h << "</p><p>" << ctx.n("%d post", "%d posts", flood.posts) << "</p>";
    if (!view->posts.empty()) {
        h << "<article class=\"card\">";
        conversation::careful_text(h, view->posts.front(), view->note_list, ctx.words);
        h << "</article>";
    }
    stop_flood_form(h, ctx, *view, error);
    clear_flood_form(h, ctx, flood);
    posts_list(h, ctx, *view);
    return http::form_page(ctx, frame(ctx, ctx.t("The same from many new accounts")), h, error);
}

// ---- an invitation ---------------------------------------------------------------------------------------

struct InvitationView {
    InvitationFile file;
    std::string group;
    std::optional<groups::UsedInvitation> above;  // by which its maker came
    std::unordered_map<PersonaId, std::string> names;
};

Result<InvitationView> load_invitation(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<InvitationView> {
        InvitationView view{
            .file = TRY(invitation_file(tx, ctx.actor(), TRY(ctx.param<InvitationId>("invitation"))))};
        const groups::UsedInvitation& one = view.file.invitation;
        const GroupId group[] = {one.group};
        view.group = groups::names_of(tx, group)[one.group];
        if (one.made_by_by) view.above = groups::find_used_invitation(tx, *one.made_by_by, tx.now());
        std::vector<PersonaId> people;
        for (const groups::Arrival& arrival : view.file.arrivals) people.push_back(arrival.persona);
        if (one.made_by) people.push_back(*one.made_by);
        if (view.file.stop) people.push_back(view.file.stop->stopped_by);
        view.names = identity::names_of(tx, people);
        return view;
    });
}

Response invitation_json(const InvitationView& view) {
    JsonWriter j;
    j.object()
        .member("id", view.file.invitation.id)
        .member("group", view.file.invitation.group)
        .member("works", view.file.invitation.works)
        .member("came", view.file.invitation.came)
        .member("on_hold", static_cast<std::int64_t>(view.file.on_hold.size()))
        .end();
    return http::json(j);
}

void where_from(Html& h, const Ctx& ctx, const InvitationView& view) {
    const groups::UsedInvitation& one = view.file.invitation;
    h << "<p>" << ctx.f("An invitation to the group %1: %2.", view.group, one.label);
    if (one.made_by) h << " " << ctx.f("Made by %1.", name_in(ctx, view.names, *one.made_by));
    h << "</p>";
    if (view.above)
        h << "<p><a dir=\"auto\" href=\"" << url::admin_door_invitation(view.above->id) << "\">"
          << ctx.f("Who made it came by an invitation, too: %1", view.above->label) << "</a></p>";
}

void arrivals_list(Html& h, const Ctx& ctx, const InvitationView& view) {
    h << "<h2>" << ctx.t("Who came by it") << "</h2><p class=\"hint\">"
      << ctx.t("By the names that they have in this group. After 90 days nobody knows it any more.")
      << "</p><ul>";
    for (const groups::Arrival& arrival : view.file.arrivals) {
        h << "<li dir=\"auto\">" << name_in(ctx, view.names, arrival.persona) << " <span class=\"meta\">"
          << text::ago(ctx.words, arrival.at, ctx.now());
        if (std::ranges::binary_search(view.file.on_hold, arrival.member)) h << ", " << ctx.t("on hold");
        h << "</span></li>";
    }
    h << "</ul>";
}

void invitation_forms(Html& h, const Ctx& ctx, const InvitationView& view, const Error* error) {
    const Url here = url::admin_door_invitation(view.file.invitation.id);
    if (view.file.stop && !view.file.stop->undone_at) {
        h << "<p class=\"notice\">"
          << ctx.f("%1 stopped it on %2.", name_in(ctx, view.names, view.file.stop->stopped_by),
                   text::exact(ctx.words, view.file.stop->stopped_at))
          << "</p>";
        open_act(h, ctx, here, "again");
        h << "<p>"
          << ctx.t("Undo it: the accounts are free again, and the invitation works as long as it would have.")
          << "</p><button class=\"button quiet\">" << ctx.t("Undo it") << "</button></form>";
        return;
    }
    h << "<h2>" << ctx.t("Stop it") << "</h2><p>"
      << ctx.t(
             "The invitation does not work any more, and everybody who came by it is on hold until you undo "
             "it. Who "
             "has a task here is left out.")
      << "</p>";
    open_act(h, ctx, here, "stop");
    http::field(h, ctx,
                {.name = "reason",
                 .label = ctx.t("Why? Each of them will read it."),
                 .value = ctx.form().get("reason"),
                 .rows = 3},
                error);
    http::close_form(h, ctx.t("Stop it, and all who came by it"));
}

Response invitation_page(Ctx& ctx, const Error* error) {
    const auto view = load_invitation(ctx);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json() && !error) return invitation_json(*view);
    Html h;
    where_from(h, ctx, *view);
    invitation_forms(h, ctx, *view, error);
    arrivals_list(h, ctx, *view);
    return http::form_page(ctx, frame(ctx, ctx.t("An invitation")), h, error);
}

Done decide_as_typed(db::Tx& tx, const Ctx& ctx, FloodId id) {
    return ctx.form().get("do") == "clear" ? doors::clear_flood(tx, ctx.actor(), id)
                                           : doors::stop_flood(tx, ctx.actor(), id, ctx.form().get("words"));
}

Done decide_as_typed(db::Tx& tx, const Ctx& ctx, InvitationId id) {
    return ctx.form().get("do") == "again" ? start_again(tx, ctx.actor(), id)
                                           : stop_invitation(tx, ctx.actor(), id, ctx.form().get("reason"));
}

template <class Id>
Done decide(Ctx& ctx, std::string_view param) {
    const Id id = TRY(ctx.param<Id>(param));
    return ctx.write([&](db::Tx& tx) { return decide_as_typed(tx, ctx, id); });
}

Response answer(Ctx& ctx, const Done& decided, Response (*page)(Ctx&, const Error*)) {
    if (decided) return http::done(ctx, Url::local(ctx.request.path));
    if (decided.error().field.empty() || ctx.wants_json()) return http::error_page(ctx, decided.error());
    return page(ctx, &decided.error());
}

}  // namespace

Response show_flood(Ctx& ctx) { return flood_page(ctx, nullptr); }
Response decide_flood(Ctx& ctx) { return answer(ctx, decide<FloodId>(ctx, "flood"), flood_page); }
Response show_invitation(Ctx& ctx) { return invitation_page(ctx, nullptr); }
Response decide_invitation(Ctx& ctx) {
    return answer(ctx, decide<InvitationId>(ctx, "invitation"), invitation_page);
}

}  // namespace kith::doors::pages

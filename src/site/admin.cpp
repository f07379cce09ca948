#include <algorithm>

#include "platform/http/saved.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

// Set once before serving, then only read.
using FindGroupNeeds = GroupNeeds (*)(db::ReadTx& tx);
FindGroupNeeds& group_needs() {
    static FindGroupNeeds find = nullptr;
    return find;
}

// ---- the checklist ------------------------------------------------------------------------------------

// One thing to look after: what to do while it is not done, and where.
struct Item {
    std::string words;
    Url url;
    bool done = false;
};

std::vector<Item> site_items(const Ctx& ctx) {
    const Site& site = *ctx.site;
    const auto item = [&](std::string_view words, bool done) {
        return Item{std::string(words), url::admin_site(), done};
    };
    return {item(ctx.t("Give the numbers that people in danger can call"), !site.helplines.empty()),
            item(ctx.t("Say in one sentence what this community is for"), !site.purpose.empty()),
            item(ctx.t("Say who runs it"), !site.run_by.empty()),
            item(ctx.t("Say who looks after the groups, and when"), !site.moderated.empty()),
            item(ctx.t("Say how people can reach you"), !site.contact.empty())};
}

void add_group_items(std::vector<Item>& items, Ctx& ctx) {
    if (!group_needs()) return;
    const GroupNeeds needs = ctx.read([](db::ReadTx& tx) { return group_needs()(tx); });
    items.push_back({std::string(ctx.t("Open the first group")), url::new_group(), needs.any_group});
    for (const GroupNeeds::Group& group : needs.without_facilitator)
        items.push_back({ctx.f("Find somebody who leads the group %1", group.name),
                         url::group_settings(group.id), false});
}

std::vector<Item> checklist(Ctx& ctx) {
    std::vector<Item> items;
    if (ctx.session->host) items = site_items(ctx);
    add_group_items(items, ctx);
    return items;
}

void open_items(Html& h, const Ctx& ctx, const std::vector<Item>& items) {
    const long open = std::count_if(items.begin(), items.end(), [](const Item& i) { return !i.done; });
    if (open == 0) {
        h << "<div class=\"empty\"><p>" << ctx.t("Everything is in place. Thank you for looking after it.")
          << "</p></div>";
        return;
    }
    h << "<h2>" << ctx.n("%d thing left to do", "%d things left to do", open) << "</h2><ul class=\"cards\">";
    for (const Item& item : items)
        if (!item.done)
            h << "<li class=\"card\"><a href=\"" << item.url << "\">" << item.words << "</a></li>";
    h << "</ul>";
}

void done_items(Html& h, const Ctx& ctx, const std::vector<Item>& items) {
    if (std::none_of(items.begin(), items.end(), [](const Item& i) { return i.done; })) return;
    h << "<details><summary>" << ctx.t("What is done") << "</summary><ul>";
    for (const Item& item : items)
        if (item.done) h << "<li><a href=\"" << item.url << "\">" << item.words << "</a></li>";
    h << "</ul></details>";
}

void link(Html& h, const Url& url, std::string_view words, std::string_view what) {
    h << "<li><a href=\"" << url << "\">" << words << "</a><p class=\"hint\">" << what << "</p></li>";
}

void community_links(Html& h, const Ctx& ctx) {
    h << "<h3>" << ctx.t("The community") << "</h3><ul>";
    if (ctx.session->host) {
        link(h, url::admin_site(), ctx.t("The community"),
             ctx.t("Name, helplines, quick exit, who may read and sign up"));
        link(h, url::admin_policies(), ctx.t("What everybody agrees on"),
             ctx.t("House rules, privacy notice, how you moderate: each version, and who is asked to agree"));
        link(h, url::admin_content_notes(), ctx.t("Content notes"),
             ctx.t("What people can say beforehand of a post that may be hard to read"));
    }
    link(h, url::groups(), ctx.t("Groups"), ctx.t("All groups and their settings"));
    link(h, url::topics(), ctx.t("Topics"), ctx.t("What groups are sorted under"));
    link(h, url::admin_members(), ctx.t("Members"),
         ctx.session->host ? ctx.t("Find somebody, give a role, put an account on hold")
                           : ctx.t("Find somebody, help them to take over an old account"));
    if (ctx.session->host) {
        link(h, url::admin_door(), ctx.t("Who is at the door"),
             ctx.t("How many sign up, what comes again and again, who reads far too much"));
        link(h, url::admin_newcomers(), ctx.t("First posts of newcomers"),
             ctx.t("Whether they wait until somebody has looked"));
    }
    h << "</ul>";
}

void safety_links(Html& h, const Ctx& ctx) {
    h << "<h3>" << ctx.t("Keeping people safe") << "</h3><ul>";
    link(h, url::cases(), ctx.t("Reports"), ctx.t("What people reported, and what waits for you"));
    if (ctx.session->host) {
        link(h, url::triage(), ctx.t("How long reports may wait"),
             ctx.t("Until somebody looks at them, by how urgent they are"));
        link(h, url::admin_replies(), ctx.t("Words for decisions"),
             ctx.t("With which those who decide about a post can begin"));
        link(h, url::admin_services(), ctx.t("Services outside"),
             ctx.t("Whom staff can tell when somebody may be in danger"));
        link(h, url::admin_learning(), ctx.t("What the house has learned"),
             ctx.t("What models point to, how well they do, and what people label"));
        link(h, url::admin_look_ups(), ctx.t("Who writes under a name"),
             ctx.t("For when somebody is in danger or breaks the rules. It is written down."));
        link(h, url::admin_unmaskings(), ctx.t("Who wrote anonymously"),
             ctx.t("When two people found that out together, and why"));
    }
    h << "</ul>";
}

void team_links(Html& h, const Ctx& ctx) {
    h << "<h3>" << ctx.t("Those who look after others") << "</h3><ul>";
    link(h, url::rota(), ctx.t("Rota"), ctx.t("Who looks after which groups, and when"));
    link(h, url::debriefs(), ctx.t("Those who looked after hard cases"),
         ctx.t("What they shared with you, and who would like to talk"));
    if (ctx.session->host) {
        link(h, url::admin_rota(), ctx.t("How the rota works"),
             ctx.t("The clock, where nobody is alone, when it is time to rest"));
        link(h, url::admin_training(), ctx.t("Training"),
             ctx.t("What people learn before they decide, and for how long it holds"));
    }
    h << "</ul>";
}

void account_links(Html& h, const Ctx& ctx) {
    h << "<h3>" << ctx.t("Giving account") << "</h3><ul>";
    link(h, url::risks(), ctx.t("What could go wrong"),
         ctx.t("Each risk with what you do about it, who owns it, and when to look at it again"));
    if (ctx.session->host) {
        link(h, url::transparency_desk(), ctx.t("Transparency report"),
             ctx.t("What was reported and decided in a time you choose, without anybody's name"));
        link(h, url::admin_audit(), ctx.t("Audit log"), ctx.t("Who did what, and when"));
        link(h, url::admin_jobs(), ctx.t("Jobs"), ctx.t("Work in the background, and what failed"));
        link(h, url::design(), ctx.t("Parts of the pages"), ctx.t("Every part once, for looking at"));
    }
    h << "</ul>";
}

void links(Html& h, const Ctx& ctx) {
    h << "<h2>" << ctx.t("All pages") << "</h2>";
    community_links(h, ctx);
    safety_links(h, ctx);
    team_links(h, ctx);
    account_links(h, ctx);
}

Response checklist_json(const std::vector<Item>& items) {
    JsonWriter j;
    j.object().array("checklist");
    for (const Item& item : items)
        j.object().member("words", item.words).member("url", item.url.text()).member("done", item.done).end();
    j.end().end();
    return http::json(j);
}

Response get_admin(Ctx& ctx) {
    const std::vector<Item> items = checklist(ctx);
    if (ctx.wants_json()) return checklist_json(items);
    Html h;
    open_items(h, ctx, items);
    done_items(h, ctx, items);
    links(h, ctx);
    const std::string title(ctx.t("Look after the site"));
    return http::page(
        ctx, {.title = title, .heading = title, .crumbs = {{std::string(ctx.t("Home")), url::home()}}}, h);
}

// ---- settings -----------------------------------------------------------------------------------------

SiteForm typed(const Ctx& ctx) {
    const http::Form& form = ctx.form();
    const auto text = [&](std::string_view key) { return std::string(form.get(key)); };
    return {.name = text("name"),
            .purpose = text("purpose"),
            .run_by = text("run_by"),
            .moderated = text("moderated"),
            .contact = text("contact"),
            .helplines = text("helplines"),
            .quick_exit = form.checked("quick_exit"),
            .exit_url = text("exit_url"),
            .public_reading = form.checked("public_reading"),
            .open_sign_up = form.checked("open_sign_up"),
            .roles_need_factor = form.checked("roles_need_factor"),
            .backups_days = text("backups_days"),
            .language = typed_language(form, ctx.site->language)};
}

void name_fields(Html& h, const Ctx& ctx, const SiteForm& form, const Error* error) {
    field(h, ctx, {.name = "name", .label = ctx.t("Name of the community"), .value = form.name}, error);
    field(h, ctx,
          {.name = "purpose",
           .label = ctx.t("What it is for"),
           .hint = ctx.t("One sentence on the first page."),
           .value = form.purpose,
           .rows = 2},
          error);
    field(h, ctx,
          {.name = "run_by",
           .label = ctx.t("Who runs it"),
           .hint = ctx.t("Shown as \"Run by ...\", such as: the Pain Friends charity"),
           .value = form.run_by},
          error);
    field(h, ctx,
          {.name = "moderated",
           .label = ctx.t("Who looks after the groups, and when"),
           .hint = ctx.t("Shown as \"Looked after ...\", such as: by trained volunteers, 8 to midnight"),
           .value = form.moderated},
          error);
    field(h, ctx,
          {.name = "contact",
           .label = ctx.t("How people can reach you"),
           .hint = ctx.t("An e-mail address or a telephone number."),
           .value = form.contact},
          error);
}

void safety_fields(Html& h, const Ctx& ctx, const SiteForm& form, const Error* error) {
    h << "<h2>" << ctx.t("Help and safety") << "</h2>";
    helplines_field(h, ctx, form.helplines, error);
    check_box(h, ctx,
              {.name = "quick_exit",
               .label = ctx.t("Show \"Leave this site\" on every page"),
               .checked = form.quick_exit});
    field(h, ctx,
          {.name = "exit_url",
           .label = ctx.t("Where \"Leave this site\" goes"),
           .hint = ctx.t("A page that anybody might look at, such as the weather."),
           .value = form.exit_url,
           .type = "url"},
          error);
}

void door_fields(Html& h, const Ctx& ctx, const SiteForm& form) {
    h << "<h2>" << ctx.t("Who may come in") << "</h2>";
    check_box(h, ctx,
              {.name = "public_reading",
               .label = ctx.t("Groups may let people read without an account"),
               .checked = form.public_reading});
    check_box(h, ctx,
              {.name = "open_sign_up", .label = ctx.t("Anybody may sign up"), .checked = form.open_sign_up});
    check_box(h, ctx,
              {.name = "roles_need_factor",
               .label = ctx.t("Whoever looks after something needs a passkey or a second step to sign in"),
               .checked = form.roles_need_factor});
}

void upkeep_fields(Html& h, const Ctx& ctx, const SiteForm& form, const Error* error) {
    h << "<h2>" << ctx.t("Backups and language") << "</h2>";
    field(h, ctx,
          {.name = "backups_days",
           .label = ctx.t("For how many days you keep backups"),
           .hint = ctx.t("Whoever has all about them erased is told so. Backups are made outside of Kith."),
           .value = form.backups_days,
           .type = "number"},
          error);
    language_choice(h, ctx, form.language);
}

Response site_page(Ctx& ctx, const SiteForm& form, const Error* error) {
    Html h;
    open_form(h, ctx, url::admin_site());
    name_fields(h, ctx, form, error);
    safety_fields(h, ctx, form, error);
    door_fields(h, ctx, form);
    upkeep_fields(h, ctx, form, error);
    close_form(h, ctx.t("Save these settings"));
    return form_page(ctx, admin_frame(ctx, ctx.t("The community")), h, error);
}

Response site_json(const SiteForm& form) {
    JsonWriter j;
    j.object()
        .member("name", form.name)
        .member("purpose", form.purpose)
        .member("run_by", form.run_by)
        .member("moderated", form.moderated)
        .member("contact", form.contact)
        .member("helplines", form.helplines)
        .member("quick_exit", form.quick_exit)
        .member("exit_url", form.exit_url)
        .member("public_reading", form.public_reading)
        .member("open_sign_up", form.open_sign_up)
        .member("roles_need_factor", form.roles_need_factor)
        .member("backups_days", form.backups_days)
        .member("language", form.language)
        .end();
    return http::json(j);
}

Response get_site(Ctx& ctx) {
    const auto form = ctx.read(
        [&](db::ReadTx& tx) { return settings_for(tx, ctx.actor(), ctx.site->language); });
    if (!form) return http::error_page(ctx, form.error());
    return ctx.wants_json() ? site_json(*form) : site_page(ctx, *form, nullptr);
}

Response post_site(Ctx& ctx) {
    const SiteForm form = typed(ctx);
    const Done changed = ctx.write([&](db::Tx& tx) { return change_site(tx, ctx.actor(), form); });
    if (!changed && changed.error().fault == Fault::forbidden) return http::error_page(ctx, changed.error());
    if (!changed) return site_page(ctx, form, &changed.error());
    return http::saved(ctx, url::admin());
}

}  // namespace

void use_group_needs(GroupNeeds (*find)(db::ReadTx& tx)) { group_needs() = find; }

std::vector<http::Route> admin_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin", gate::host, get_admin},
            {Method::get, "/admin/site", gate::host, get_site},
            {Method::post, "/admin/site", gate::host, post_site}};
}

}  // namespace kith::site

#include "conversation/group_page.hpp"

#include <algorithm>

#include "conversation/kept_away.hpp"
#include "conversation/reader_style.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

// Titles of removed threads are for those who moderate the group.
GroupView view_of(db::ReadTx& tx, const PageKey& key, std::int64_t pages) {
    const GroupId group(key.id);
    GroupView view{.group = group, .page = key.page, .pages = pages};
    std::vector<PersonaId> ids;
    for (ThreadRow& row : store::threads_by_last_word(tx, group, MemberId(), threads_per_page,
                                                      (key.page - 1) * threads_per_page)) {
        ids.push_back(row.thread.author);
        ids.push_back(row.thread.last_author);
        if (row.thread.removed_at && !key.moderate) row.thread.title.clear();
        view.threads.push_back(std::move(row.thread));
    }
    view.note_list = content_notes::list(tx);
    view.names = identity::names_of(tx, ids);
    return view;
}

// Threads whose content notes the reader keeps away; never their own.
std::string kept_away_style(db::ReadTx& tx, const ListEntry& list, MemberId reader) {
    std::string style;
    const content_notes::Choices choices = content_notes::choices_of(tx, reader);
    for (const ListEntry::Noted& one : list.noted)
        if (is_kept_away(tx, choices, one.notes, one.author, reader))
            style += "#t" + std::to_string(one.thread.value()) + "{display:none}";
    return style;
}

}  // namespace

GroupPage::GroupPage(Services& services, ReadMarks& marks, std::size_t cache_bytes)
    : services_(services), marks_(marks), enabled_(cache_bytes > 0), lists_(cache_bytes) {}

GroupPage::Versions GroupPage::versions_of(const Ctx& ctx, GroupId group) const {
    const kith::Versions& v = services_.versions;
    return {v.of_threads_in(group), v.of(group), ctx.site->version};
}

Result<std::shared_ptr<const ListEntry>> GroupPage::list_of(db::ReadTx& tx, const Ctx& ctx,
                                                            const groups::Access& access,
                                                            const Versions& versions) {
    const GroupId group = access.group.id;
    const PageKey key{group.value(), ctx.page_number(), ctx.comfort.language, access.moderate};
    const auto [list, own, site] = versions;
    auto known = lists_.find(key);
    if (known && known->list_version == list && known->group_version == own && known->site_version == site &&
        is_fresh(known->shared, tx.now()))
        return known;
    const std::int64_t pages = pages_for(store::count_threads(tx, group), threads_per_page);
    if (key.page > pages) return not_found("This group has no such page.");
    const GroupView view = view_of(tx, key, pages);
    auto entry = std::make_shared<ListEntry>();
    Html content = group_view(view, ctx.words, tx.now());
    entry->shared = http::shared_part(*ctx.site, ctx.words, std::move(content), good_until(view, tx.now()));
    for (const Thread& thread : view.threads)
        if (!thread.notes.empty()) entry->noted.push_back({thread.id, thread.author, thread.notes});
    entry->leaders = groups::leaders_of(tx, group);
    entry->list_version = list;
    entry->group_version = own;
    entry->site_version = site;
    if (enabled_) lists_.put(key, entry, entry->shared->memory_bytes());
    return entry;
}

// The threads of a list that hold something new for this reader, in one read.
std::string GroupPage::unread_style(db::ReadTx& tx, GroupId group, std::int64_t page, MemberId member) {
    std::string style;
    const auto muted = identity::muted_by(tx, member);
    for (ThreadRow& row :
         store::threads_by_last_word(tx, group, member, threads_per_page, (page - 1) * threads_per_page)) {
        row.read_number = std::max(row.read_number, marks_.waiting({member, row.thread.id}));
        if (!has_news(tx, muted, row)) continue;
        if (!style.empty()) style += ',';
        style += "#t" + std::to_string(row.thread.id.value()) + " .unread-word";
    }
    return style.empty() ? style : style + "{display:inline}";
}

Response GroupPage::show(Ctx& ctx) {
    const auto id = ctx.param<GroupId>("group");
    if (!id) return http::error_page(ctx, id.error());
    struct Loaded {
        groups::Access access;
        std::shared_ptr<const Rights> rights;
        std::shared_ptr<const ListEntry> list;
        std::string style;
    };
    const Versions versions = versions_of(ctx, *id);
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        Loaded out;
        out.access = TRY(groups::readable(tx, ctx.actor(), *id));
        out.rights = rights_from(tx, ctx, out.access);
        out.list = TRY(list_of(tx, ctx, out.access, versions));
        if (ctx.session && out.rights->follows)
            out.style = unread_style(tx, *id, ctx.page_number(), ctx.session->member);
        if (ctx.session && !out.list->noted.empty())
            out.style += kept_away_style(tx, *out.list, ctx.session->member);
        return out;
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    http::Frame frame{.title = ctx.site->name, .heading = loaded->access.group.name};
    frame.crumbs = {{std::string(ctx.t("Home")), url::home()}};
    frame.main_class = class_of(ctx, *loaded->rights);
    frame.style = loaded->style;
    frame.live = url::group_events(*id).text();
    frame.arrival_words = ctx.t("New posts here. Show them");
    Html personal;
    writing_note(personal, ctx, *id, *loaded->rights);
    const groups::Leaders& leaders = loaded->list->leaders;
    groups::group_side(personal, ctx, loaded->access, leaders.facilitators, leaders.moderators);
    if (loaded->access.write)
        personal << "<p><a class=\"button\" href=\"" << url::new_thread(*id) << "\">"
                 << ctx.t("Start a thread") << "</a></p>";
    personal << "<h2>" << ctx.t("Threads") << "</h2>";
    return http::page(ctx, frame, personal, loaded->list->shared);
}

}  // namespace kith::conversation

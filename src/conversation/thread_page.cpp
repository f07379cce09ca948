#include "conversation/thread_page.hpp"

#include <algorithm>

#include "conversation/pages.hpp"
#include "conversation/reader_style.hpp"
#include "conversation/views.hpp"
#include "drafts/drafts.hpp"
#include "identity/identity.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

PageKey key_of(const Ctx& ctx, ThreadId thread, Voice voice) {
    return {thread.value(), ctx.page_number(), ctx.comfort.language, false, voice};
}

Voice other(Voice voice) { return voice == Voice::name ? Voice::anonymous : Voice::name; }

ThreadView view_of(db::ReadTx& tx, const Thread& thread, std::int64_t page) {
    ThreadView view{.thread = thread,
                    .page = page,
                    .pages = pages_for(thread.last_number, posts_per_page),
                    .closed = store::is_closed(tx, thread.id),
                    .posts = posts_on_page(tx, thread.id, page)};
    if (view.posts.empty()) return view;
    const PostId first = view.posts.front().id, last = view.posts.back().id;
    const auto is_removed = [](const Post& post) { return post.removed_at.has_value(); };
    if (std::ranges::any_of(view.posts, is_removed))
        view.removed_by_staff = store::removed_by_staff(tx, first, last);
    const auto is_elsewhere = [&](const Post& post) {
        return post.reply_to > 0 && post.reply_to < first.number();
    };
    if (std::ranges::any_of(view.posts, is_elsewhere)) view.targets = store::targets_of(tx, first, last);
    return view;
}

void add_names(db::ReadTx& tx, ThreadView& view) {
    std::vector<PersonaId> ids;
    ids.reserve(view.posts.size() + view.targets.size());
    for (const Post& post : view.posts) ids.push_back(post.author);
    for (const store::Written& target : view.targets) ids.push_back(target.author);
    view.names = identity::names_of(tx, ids);
}

std::shared_ptr<ThreadEntry> load_page(db::ReadTx& tx, const Ctx& ctx, const Thread& thread,
                                       const groups::Group& group, const Voices& voices) {
    ThreadView view = view_of(tx, thread, ctx.page_number());
    if (voices.anonymous) view.voice = voices.usual;
    view.facilitators = groups::marked_facilitators(tx, group.id);
    view.moderators = groups::marked_moderators(tx, group.id);
    view.note_list = content_notes::list(tx);
    add_names(tx, view);
    auto entry = std::make_shared<ThreadEntry>();
    for (const Post& post : view.posts)
        entry->authors.push_back({post.id.number(), post.author, post.notes, !post.note.empty()});
    entry->group = group.id;
    entry->group_name = group.name;
    entry->title = thread.title;
    entry->removed = thread.removed_at.has_value();
    entry->last_number = thread.last_number;
    Html content = thread_view(view, ctx.words, tx.now());
    entry->shared = http::shared_part(*ctx.site, ctx.words, std::move(content), good_until(view, tx.now()));
    return entry;
}

// A page that somebody looks at; not one that a browser fetches ahead or a script behind their back.
bool is_looked_at(const Ctx& ctx) {
    return ctx.request.method == http::Method::get && ctx.request.header("x-kith-quiet").empty() &&
           ctx.request.header("sec-purpose").empty();
}

// A script that watched posts arrive says which is the last one it had: what came since stays unread.
std::int64_t last_seen(const Ctx& ctx, std::int64_t last_here) {
    const std::string_view number = ctx.request.header("x-kith-seen");
    return number.empty() ? last_here : std::min(pages::number_in(number), last_here);
}

// The way to the first unread post, unless this page begins with it, and out of reading what was left out.
void unread_note(Html& h, const Ctx& ctx, ThreadId thread, const ThreadEntry& page, std::int64_t read) {
    const std::int64_t first = read + 1;
    if (first > page.last_number || first == page.first_here()) return;
    h << "<p class=\"first-unread\"><a href=\"" << url::post_in_thread(PostId(thread, first)) << "\">"
      << ctx.f("First unread: post %1", std::to_string(first)) << "</a>";
    if (first < page.first_here())
        h << " <button class=\"button quiet\" form=\"act\" name=\"number\" value=\"" << page.last_number
          << "\" formaction=\"" << url::thread_reading(thread) << "\">" << ctx.t("I have read everything")
          << "</button>";
    h << "</p>";
}

// Scripts put the words into the reply box and take the note away.
void draft_note(Html& h, const Ctx& ctx, ThreadId thread) {
    h << "<p class=\"notice\" id=\"draft-note\">" << ctx.t("You have begun a reply. It is kept for you.")
      << " <a href=\"" << url::new_reply(thread) << "\">" << ctx.t("Go on writing") << "</a></p>";
}

}  // namespace

ThreadPage::ThreadPage(Services& services, ReadMarks& marks, std::size_t cache_bytes)
    : services_(services),
      marks_(marks),
      enabled_(cache_bytes > 0),
      pages_(cache_bytes / 4 * 3),
      readers_(cache_bytes / 4) {}

bool ThreadPage::stands(const ThreadEntry& entry, ThreadId thread) const {
    const kith::Versions& v = services_.versions;
    return entry.thread_version == v.of(thread) && entry.group_version == v.of(entry.group) &&
           entry.site_version == v.of_site() && is_fresh(entry.shared, services_.clock.now());
}

bool ThreadPage::stands(const Rights& rights, MemberId member, GroupId group) const {
    const kith::Versions& v = services_.versions;
    return rights.member_version == v.of(member) && rights.group_version == v.of(group) &&
           rights.site_version == v.of_site() && services_.clock.now() < rights.good_until;
}

std::optional<Response> ThreadPage::at_once(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id || ctx.wants_json() || !enabled_) return std::nullopt;
    const MemberId member = ctx.actor().member;
    auto reader = readers_.find({member, *id});
    if (!reader) return std::nullopt;
    auto page = standing(ctx, *id, reader->rights->voices.usual);
    if (!page) return std::nullopt;
    const bool is_good = reader->thread_version == services_.versions.of(*id) &&
                         stands(*reader->rights, member, page->group);
    if (!is_good) return std::nullopt;
    return respond(ctx, *id, {std::move(page), std::move(reader)});
}

Response ThreadPage::show(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    if (auto ready = at_once(ctx)) return *std::move(ready);
    const auto loaded = load(ctx, *id);
    if (!loaded) return http::error_page(ctx, loaded.error());
    return respond(ctx, *id, *loaded);
}

// ---- loading -----------------------------------------------------------------------------------------------

ThreadPage::Versions ThreadPage::versions_of(const Ctx& ctx, ThreadId thread, GroupId group) const {
    const kith::Versions& v = services_.versions;
    return {v.of(thread), v.of(ctx.actor().member), v.of(group), ctx.site->version};
}

std::shared_ptr<const ThreadEntry> ThreadPage::standing(const Ctx& ctx, ThreadId id, Voice voice) {
    auto page = enabled_ ? pages_.find(key_of(ctx, id, voice)) : nullptr;
    return page && stands(*page, id) ? page : nullptr;
}

// A page that stands is shared by everybody: only what is this reader's is read.
Result<ThreadPage::Loaded> ThreadPage::load(Ctx& ctx, ThreadId id) {
    auto known = readers_.find({ctx.actor().member, id});
    const Voice guess = known ? known->rights->voices.usual : Voice::name;
    auto page = standing(ctx, id, guess);
    if (!page) page = standing(ctx, id, other(guess));
    if (!page) return load_both(ctx, id);
    auto reader = TRY(load_reader(ctx, id, page->group, std::move(known)));
    keep(ctx, id, reader);
    page = standing(ctx, id, reader->rights->voices.usual);
    if (!page) return load_both(ctx, id);
    return Loaded{std::move(page), std::move(reader)};
}

// Rights outlive a new post, so that it costs each reader two small reads.
Result<std::shared_ptr<const Reader>> ThreadPage::load_reader(Ctx& ctx, ThreadId id, GroupId group,
                                                              std::shared_ptr<const Reader> known) {
    const Versions versions = versions_of(ctx, id, group);
    const bool has_rights = known && stands(*known->rights, ctx.actor().member, group);
    return ctx.read([&](db::ReadTx& tx) -> Result<std::shared_ptr<const Reader>> {
        if (has_rights) return reader_with(tx, ctx, id, known->rights, versions);
        const groups::Access access = TRY(groups::readable(tx, ctx.actor(), group));
        return reader_with(tx, ctx, id, rights_at(tx, ctx, access, id, versions), versions);
    });
}

Result<ThreadPage::Loaded> ThreadPage::load_both(Ctx& ctx, ThreadId id) {
    const auto thread = ctx.read([&](db::ReadTx& tx) { return store::find_thread(tx, id); });
    if (!thread) return not_found();
    const Versions versions = versions_of(ctx, id, thread->group);
    Loaded loaded = TRY(ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        const auto found = store::find_thread(tx, id);
        if (!found || found->group != thread->group) return not_found();
        const groups::Access access = TRY(groups::readable(tx, ctx.actor(), found->group));
        if (ctx.page_number() > pages_for(found->last_number, posts_per_page))
            return not_found("This thread has no such page.");
        auto rights = rights_at(tx, ctx, access, id, versions);
        auto page = load_page(tx, ctx, *found, access.group, rights->voices);
        page->thread_version = versions.thread;
        page->group_version = versions.group;
        page->site_version = versions.site;
        return Loaded{std::move(page), reader_with(tx, ctx, id, std::move(rights), versions)};
    }));
    if (!enabled_) return loaded;
    const std::size_t authors_bytes = loaded.page->authors.size() * sizeof(Author);
    pages_.put(key_of(ctx, id, loaded.reader->rights->voices.usual), loaded.page,
               loaded.page->shared->memory_bytes() + authors_bytes);
    keep(ctx, id, loaded.reader);
    return loaded;
}

void ThreadPage::keep(const Ctx& ctx, ThreadId id, const std::shared_ptr<const Reader>& reader) {
    const std::size_t supports_bytes = reader->supports.size() * sizeof(store::OwnSupport);
    std::size_t words_bytes = 0;
    for (const pacing::Waiting& words : reader->rights->pace.own) words_bytes += words.markdown.size();
    for (const pacing::Setting& setting : reader->rights->pace.settings) words_bytes += setting.words.size();
    readers_.put({ctx.actor().member, id}, reader,
                 sizeof(Reader) + sizeof(Rights) + supports_bytes + words_bytes);
}

std::shared_ptr<const Rights> ThreadPage::rights_at(db::ReadTx& tx, const Ctx& ctx,
                                                    const groups::Access& access, ThreadId thread,
                                                    const Versions& versions) {
    auto rights = rights_from(tx, ctx, access, thread);
    rights->member_version = versions.member;
    rights->group_version = versions.group;
    rights->site_version = versions.site;
    return rights;
}

std::shared_ptr<const Reader> ThreadPage::reader_with(db::ReadTx& tx, const Ctx& ctx, ThreadId id,
                                                      std::shared_ptr<const Rights> rights,
                                                      const Versions& versions) {
    auto reader = std::make_shared<Reader>();
    reader->rights = std::move(rights);
    reader->thread_version = versions.thread;
    if (!ctx.session) return reader;
    const MemberId member = ctx.session->member;
    reader->muted = identity::muted_by(tx, member);
    reader->supports = store::supports_of(tx, member, id);
    reader->has_draft = drafts::exists(tx, member, drafts::reply_in(id));
    if (reader->rights->follows)
        reader->read_number = std::max(store::read_mark(tx, member, id), marks_.waiting({member, id}));
    return reader;
}

// ---- answering ---------------------------------------------------------------------------------------------

Response ThreadPage::respond(Ctx& ctx, ThreadId id, const Loaded& loaded) {
    const ThreadEntry& page = *loaded.page;
    const Rights& rights = *loaded.reader->rights;
    // The window says nothing of the condition.
    http::Frame frame{.title = ctx.site->name};
    frame.crumbs = {{std::string(ctx.t("Home")), url::home()}, {page.group_name, url::group(page.group)}};
    frame.main_class = class_of(ctx, rights);
    frame.live = url::thread_events(id).text();
    frame.has_act_form = true;
    const bool shows_title = !page.removed || rights.moderate;
    Html personal;
    personal << "<h1 dir=\"auto\">" << shown_title(shows_title ? page.title : std::string_view(), ctx.words)
             << "</h1>";
    writing_note(personal, ctx, page.group, rights);
    if (loaded.reader->has_draft && rights.write) draft_note(personal, ctx, id);
    if (ctx.session) {
        const std::int64_t read = loaded.reader->read_number;
        frame.style = reader_style(page, *loaded.reader, read);
        if (std::ranges::binary_search(ctx.session->muted_threads, id))
            frame.style += "#mute{display:none}#follow{display:inline-block}";
        if (rights.follows && (read > 0 || page.first_here() > 1)) {
            unread_note(personal, ctx, id, page, read);
            if (read < page.last_here()) frame.first_unread = std::max(read + 1, page.first_here());
        }
        mark_read(ctx, id, loaded);
    }
    return http::page(ctx, frame, personal, page.shared);
}

// A page that does not follow what was read leaves the mark where it is: what lies between stays unread.
void ThreadPage::mark_read(const Ctx& ctx, ThreadId id, const Loaded& loaded) {
    const Reader& reader = *loaded.reader;
    const std::int64_t read = reader.read_number, last = loaded.page->last_here();
    const bool goes_on = loaded.page->first_here() <= read + 1 && last >= read;
    // A notice can be of a post that was read before its author changed it.
    const bool is_news = last > read || ctx.session->has_notices;
    if (!goes_on || !is_news || !reader.rights->follows || !is_looked_at(ctx)) return;
    reader.read_number = std::max(read, last_seen(ctx, last));
    marks_.advance({ctx.session->member, id}, reader.read_number);
}

Response ThreadPage::unread(Ctx& ctx) {
    const auto first = ctx.read([&](db::ReadTx& tx) -> Result<PostId> {
        const ThreadId id = TRY(ctx.param<ThreadId>("thread"));
        const auto [thread, access] = TRY(access_thread(tx, ctx.actor(), id));
        if (!access.member && !access.lead && !access.moderate) return PostId(id, 0);
        const std::int64_t read = std::max(read_number(tx, ctx.actor(), id),
                                           marks_.waiting({ctx.actor().member, id}));
        return PostId(id, read == 0 ? 0 : std::min(read + 1, thread.last_number));
    });
    if (!first) return http::error_page(ctx, first.error());
    return Response::redirect(first->number() == 0 ? url::thread(first->thread())
                                                   : url::post_in_thread(*first));
}

}  // namespace kith::conversation

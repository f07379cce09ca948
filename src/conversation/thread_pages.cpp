#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "conversation/store.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "platform/live/bounded_cache.hpp"
#include "url.hpp"

// Pages of threads and groups, ready to send: a shared part cached for all readers, and per reader a few lines of
// styles that say what is theirs, what is unread and what they may do. Every cached piece carries the version
// numbers at which it was read and is used only while they stand.
namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

struct PageKey {
    std::int64_t id = 0;
    std::int64_t page = 1;
    Language language = Language::en;
    friend bool operator==(const PageKey&, const PageKey&) = default;
};
struct ReaderKey {
    MemberId member;
    std::int64_t id = 0;
    friend auto operator<=>(const ReaderKey&, const ReaderKey&) = default;
};
struct HashKey {
    static std::size_t mixed(std::uint64_t a, std::uint64_t b) {
        std::uint64_t x = a * 0x9e3779b97f4a7c15u ^ (b + 0x7f4a7c15u) * 0xc2b2ae3d27d4eb4fu;
        return static_cast<std::size_t>(x ^ (x >> 29));
    }
    std::size_t operator()(const PageKey& key) const {
        return mixed(static_cast<std::uint64_t>(key.id),
                     static_cast<std::uint64_t>(key.page * 4 + static_cast<int>(key.language)));
    }
    std::size_t operator()(const ReaderKey& key) const {
        return mixed(static_cast<std::uint64_t>(key.id), static_cast<std::uint64_t>(key.member.value()));
    }
};

struct Author {
    std::int64_t number = 0;
    PersonaId persona;
};

struct ThreadEntry {
    FragmentPtr shared;
    GroupId group;
    std::string group_name;
    std::string title;
    std::int64_t page = 1;
    std::int64_t pages = 1;
    std::vector<Author> authors;
    std::uint32_t thread_version = 0, group_version = 0, site_version = 0;
};

struct GroupEntry {
    FragmentPtr shared;
    std::string name;
    std::vector<ThreadId> threads;
    std::uint32_t list_version = 0, group_version = 0, site_version = 0;
};

// What one person may do and has done in one thread.
struct Reader {
    bool write = false, moderate = false, member = false;
    std::vector<PersonaId> own;
    std::vector<store::OwnSupport> supports;
    mutable std::atomic<std::int64_t> read_number = 0;
    Time good_until;
    std::uint32_t member_version = 0, thread_version = 0, group_version = 0, site_version = 0;
};

bool is_fresh(const FragmentPtr& shared, Time now) { return !shared->expires() || now < shared->expires(); }

// The moment at which opening or closing dates may change what people may do.
Time access_end(const groups::Group& group, Time now) {
    Time end{INT64_MAX};
    for (const auto& date : {group.opens_at, group.closes_at})
        if (date && *date > now) end = std::min(end, *date);
    return end;
}

// "#p3,#p7": the posts of which `pick` is true.
template <class Pick>
void reveal(std::string& style, const ThreadEntry& page, std::string_view part, std::string_view rule,
            Pick&& pick) {
    bool any = false;
    for (const Author& author : page.authors) {
        if (!pick(author)) continue;
        if (any) style += ',';
        style += "#p" + std::to_string(author.number);
        style += part;
        any = true;
    }
    if (any) style += rule;
}

template <class T>
bool contains(const std::vector<T>& sorted_or_short, const T& value) {
    return std::find(sorted_or_short.begin(), sorted_or_short.end(), value) != sorted_or_short.end();
}

std::string reader_style(const ThreadEntry& page, const Reader& reader, const Session& session,
                         std::int64_t read_number) {
    std::string style;
    const auto own = [&](const Author& a) { return contains(reader.own, a.persona); };
    reveal(style, page, " .own", "{display:inline}", own);
    reveal(style, page, " .supports button", "{display:none}", own);
    reveal(style, page, " .unread-word", "{display:inline}",
           [&](const Author& a) { return a.number > read_number && !own(a); });
    if (!session.muted.empty()) {
        const auto muted = [&](const Author& a) {
            return std::binary_search(session.muted.begin(), session.muted.end(), a.persona);
        };
        reveal(style, page, " :is(.text,.note,.supports)", "{display:none}", muted);
        reveal(style, page, " .muted-note", "{display:block}", muted);
    }
    for (const store::OwnSupport& mine : reader.supports) {
        const std::string post = "#p" + std::to_string(mine.post.number());
        style += post + " .mine-" + std::string(to_word(mine.kind)) + "{display:inline}";
        style += post + " .take-back{display:block}";
    }
    return style;
}

std::string class_of(const Ctx& ctx, bool write, bool moderate) {
    std::string out;
    if (ctx.signed_in()) out += "signed-in";
    if (write) out += " can-write";
    if (moderate) out += " can-moderate";
    return out;
}

void join_note(Html& h, const Ctx& ctx, GroupId group, bool member) {
    if (member) return;
    h << "<p class=\"notice\">"
      << (ctx.signed_in() ? ctx.t("You are reading as a visitor. Join the group to write here.")
                          : ctx.t("You are reading as a visitor. Sign up to write here."))
      << " <a href=\"" << url::membership(group) << "\">" << ctx.t("About joining") << "</a></p>";
}

}  // namespace

struct ThreadPages::Impl {
    Impl(Services& services_in, std::size_t cache_bytes)
        : services(services_in),
          enabled(cache_bytes > 0),
          pages(cache_bytes),
          lists(cache_bytes / 8),
          readers(cache_bytes / 4) {}

    Services& services;
    const bool enabled;
    BoundedCache<PageKey, ThreadEntry, HashKey> pages;
    BoundedCache<PageKey, GroupEntry, HashKey> lists;
    BoundedCache<ReaderKey, Reader, HashKey> readers;
    std::mutex marks_mutex;
    std::map<ReaderKey, std::int64_t> marks;  // read, but not written down yet

    bool stands(const ThreadEntry& entry, ThreadId thread) const {
        const Versions& v = services.versions;
        return entry.thread_version == v.of(thread) && entry.group_version == v.of(entry.group) &&
               entry.site_version == v.of_site() && is_fresh(entry.shared, services.clock.now());
    }

    bool stands(const Reader& reader, MemberId member, ThreadId thread, GroupId group) const {
        const Versions& v = services.versions;
        return reader.member_version == v.of(member) && reader.thread_version == v.of(thread) &&
               reader.group_version == v.of(group) && reader.site_version == v.of_site() &&
               services.clock.now() < reader.good_until;
    }

    // ---- a thread ----

    std::shared_ptr<ThreadEntry> load_page(db::ReadTx& tx, const Ctx& ctx, const Thread& thread,
                                           const groups::Group& group, std::int64_t page) {
        auto entry = std::make_shared<ThreadEntry>();
        ThreadView view{.thread = thread,
                        .page = page,
                        .pages = pages_for(thread.last_number, posts_per_page),
                        .closed = store::is_closed(tx, thread.id),
                        .posts = posts_on_page(tx, thread.id, page)};
        std::vector<PersonaId> ids;
        for (const Post& post : view.posts) {
            ids.push_back(post.author);
            entry->authors.push_back({post.id.number(), post.author});
        }
        view.names = identity::names_of(tx, ids);
        entry->group = group.id;
        entry->group_name = group.name;
        entry->title = thread.title;
        entry->page = page;
        entry->pages = view.pages;
        Html content = thread_view(view, ctx.words, tx.now());
        entry->shared = http::shared_part(*ctx.site, ctx.words, std::move(content),
                                          good_until(view, tx.now()));
        return entry;
    }

    std::shared_ptr<Reader> load_reader(db::ReadTx& tx, const Ctx& ctx, ThreadId thread,
                                        const groups::Access& access) {
        auto reader = std::make_shared<Reader>();
        reader->write = access.write;
        reader->moderate = access.moderate;
        reader->member = access.member || access.lead;
        reader->good_until = access_end(access.group, tx.now());
        if (!ctx.session) return reader;
        reader->own = identity::personas_of(tx, ctx.session->member);
        reader->supports = store::supports_of(tx, ctx.session->member, thread);
        reader->read_number = std::max(store::read_mark(tx, ctx.session->member, thread),
                                       waiting_mark({ctx.session->member, thread.value()}));
        return reader;
    }

    struct Loaded {
        std::shared_ptr<const ThreadEntry> page;
        std::shared_ptr<const Reader> reader;
    };

    static GroupId group_of(const Ctx& ctx, ThreadId id) {
        const auto thread = ctx.services.db.read([&](db::ReadTx& tx) { return store::find_thread(tx, id); });
        return thread ? thread->group : GroupId();
    }

    Result<Loaded> load(const Ctx& ctx, ThreadId id, std::int64_t page) {
        const Versions& v = services.versions;
        const MemberId member = ctx.actor().member;
        // All numbers are taken before the transaction that reads what they stand for.
        const GroupId group = group_of(ctx, id);
        const std::uint32_t thread_version = v.of(id), member_version = v.of(member),
                            group_version = v.of(group), site_version = ctx.site->version;
        return ctx.services.db.read([&](db::ReadTx& tx) -> Result<Loaded> {
            const auto found = store::find_thread(tx, id);
            if (!found || found->group != group) return not_found();
            const groups::Access access = TRY(groups::readable(tx, ctx.actor(), found->group));
            if (page > pages_for(found->last_number, posts_per_page))
                return not_found("This thread has no such page.");
            auto entry = load_page(tx, ctx, *found, access.group, page);
            auto reader = load_reader(tx, ctx, id, access);
            entry->thread_version = reader->thread_version = thread_version;
            entry->group_version = reader->group_version = group_version;
            entry->site_version = reader->site_version = site_version;
            reader->member_version = member_version;
            return Loaded{std::move(entry), std::move(reader)};
        });
    }

    Response show(Ctx& ctx, ThreadId id, const ThreadEntry& page, const Reader& reader) {
        // The window says nothing of the condition.
        http::Frame frame{.title = ctx.site->name, .heading = page.title};
        frame.crumbs = {{std::string(ctx.t("Home")), url::home()}, {page.group_name, url::group(page.group)}};
        frame.main_class = class_of(ctx, reader.write, reader.moderate);
        frame.live = url::thread_events(id).text();
        frame.has_act_form = true;
        if (ctx.session) {
            const std::int64_t read = reader.read_number;
            frame.style = reader_style(page, reader, *ctx.session, read);
            const std::int64_t last = page.authors.empty() ? 0 : page.authors.back().number;
            if (read > 0 && read < last) frame.first_unread = std::max(read + 1, page.authors[0].number);
            if (std::ranges::binary_search(ctx.session->muted_threads, id))
                frame.style += "#mute{display:none}#follow{display:inline-block}";
            if (reader.member) mark_read({ctx.session->member, id.value()}, reader, last);
        }
        Html personal;
        join_note(personal, ctx, page.group, reader.member);
        return http::page(ctx, frame, personal, page.shared);
    }

    // ---- how far people have read ----

    void mark_read(const ReaderKey& key, const Reader& reader, std::int64_t number) {
        if (number <= reader.read_number) return;
        reader.read_number = number;
        const std::lock_guard lock(marks_mutex);
        std::int64_t& mark = marks[key];
        mark = std::max(mark, number);
    }

    std::int64_t waiting_mark(const ReaderKey& key) {
        const std::lock_guard lock(marks_mutex);
        const auto found = marks.find(key);
        return found == marks.end() ? 0 : found->second;
    }

    void flush() {
        std::map<ReaderKey, std::int64_t> due;
        {
            const std::lock_guard lock(marks_mutex);
            due = marks;
        }
        if (due.empty()) return;
        const Done written = services.db.write([&](db::Tx& tx) -> Done {
            for (const auto& [key, number] : due)
                store::advance_read_mark(tx, key.member, ThreadId(key.id), number, tx.now());
            return {};
        });
        if (!written) return;
        // What was read meanwhile waits for the next time.
        const std::lock_guard lock(marks_mutex);
        for (const auto& [key, number] : due) {
            const auto found = marks.find(key);
            if (found != marks.end() && found->second == number) marks.erase(found);
        }
    }

    // ---- a group ----

    std::shared_ptr<GroupEntry> load_list(db::ReadTx& tx, const Ctx& ctx, const groups::Group& group,
                                          std::int64_t page) {
        auto entry = std::make_shared<GroupEntry>();
        GroupView view{.group = group.id,
                       .page = page,
                       .pages = pages_for(store::count_threads(tx, group.id), threads_per_page)};
        std::vector<PersonaId> ids;
        for (const ThreadRow& row : threads_of(tx, Actor::guest(), group.id, page)) {
            ids.push_back(row.thread.author);
            ids.push_back(row.thread.last_author);
            entry->threads.push_back(row.thread.id);
            view.threads.push_back(row.thread);
        }
        view.names = identity::names_of(tx, ids);
        entry->name = group.name;
        Html content = group_view(view, ctx.words, tx.now());
        entry->shared = http::shared_part(*ctx.site, ctx.words, std::move(content),
                                          good_until(view, tx.now()));
        return entry;
    }

    struct ListVersions {
        std::uint32_t list, own, site;
    };
    ListVersions versions_of(const Ctx& ctx, GroupId group) const {
        const Versions& v = services.versions;
        return {v.of_threads_in(group), v.of(group), ctx.site->version};
    }

    // `versions` were taken before the transaction began.
    std::shared_ptr<const GroupEntry> list_of(db::ReadTx& tx, const Ctx& ctx, const groups::Group& group,
                                              std::int64_t page, const ListVersions& versions) {
        const PageKey key{group.id.value(), page, ctx.comfort.language};
        const auto [list, own, site] = versions;
        auto known = lists.find(key);
        if (known && known->list_version == list && known->group_version == own &&
            known->site_version == site && is_fresh(known->shared, tx.now()))
            return known;
        auto entry = load_list(tx, ctx, group, page);
        entry->list_version = list;
        entry->group_version = own;
        entry->site_version = site;
        if (enabled) lists.put(key, entry, entry->shared->memory_bytes());
        return entry;
    }

    // The threads of a list that hold something new for this reader.
    std::string unread_style(db::ReadTx& tx, const GroupEntry& entry, MemberId member) {
        std::string style;
        for (const ThreadId id : entry.threads) {
            const auto thread = store::find_thread(tx, id);
            const std::int64_t read = std::max(store::read_mark(tx, member, id),
                                               waiting_mark({member, id.value()}));
            if (!thread || read >= thread->last_number) continue;
            if (!style.empty()) style += ',';
            style += "#t" + std::to_string(id.value()) + " .unread-word";
        }
        return style.empty() ? style : style + "{display:inline}";
    }
};

ThreadPages::ThreadPages(Services& services, std::size_t cache_bytes)
    : impl_(std::make_unique<Impl>(services, cache_bytes)) {}
ThreadPages::~ThreadPages() = default;

bool ThreadPages::has_read(MemberId member, PostId post) {
    return impl_->waiting_mark({member, post.thread().value()}) >= post.number();
}

void ThreadPages::flush_read_marks() { impl_->flush(); }

std::optional<Response> ThreadPages::thread_at_once(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id || ctx.wants_json() || !impl_->enabled) return std::nullopt;
    const auto page = impl_->pages.find({id->value(), ctx.page_number(), ctx.comfort.language});
    if (!page || !impl_->stands(*page, *id)) return std::nullopt;
    const MemberId member = ctx.actor().member;
    const auto reader = impl_->readers.find({member, id->value()});
    if (!reader || !impl_->stands(*reader, member, *id, page->group)) return std::nullopt;
    return impl_->show(ctx, *id, *page, *reader);
}

Response ThreadPages::thread(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    if (auto ready = thread_at_once(ctx)) return *std::move(ready);
    const auto loaded = impl_->load(ctx, *id, ctx.page_number());
    if (!loaded) return http::error_page(ctx, loaded.error());
    if (impl_->enabled) {
        impl_->pages.put({id->value(), ctx.page_number(), ctx.comfort.language}, loaded->page,
                         loaded->page->shared->memory_bytes() + loaded->page->authors.size() * 16);
        impl_->readers.put({ctx.actor().member, id->value()}, loaded->reader,
                           sizeof(Reader) + loaded->reader->supports.size() * 16);
    }
    return impl_->show(ctx, *id, *loaded->page, *loaded->reader);
}

Response ThreadPages::group(Ctx& ctx) {
    const auto id = ctx.param<GroupId>("group");
    if (!id) return http::error_page(ctx, id.error());
    struct Loaded {
        groups::Access access;
        std::shared_ptr<const GroupEntry> list;
        std::string style;
        groups::Leaders leaders;
    };
    const auto versions = impl_->versions_of(ctx, *id);
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        Loaded out;
        out.access = TRY(groups::readable(tx, ctx.actor(), *id));
        out.list = impl_->list_of(tx, ctx, out.access.group, ctx.page_number(), versions);
        if (ctx.session) out.style = impl_->unread_style(tx, *out.list, ctx.session->member);
        out.leaders = groups::leaders_of(tx, *id);
        return out;
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    http::Frame frame{.title = ctx.site->name, .heading = loaded->list->name};
    frame.crumbs = {{std::string(ctx.t("Home")), url::home()}};
    frame.main_class = class_of(ctx, loaded->access.write, loaded->access.moderate);
    frame.style = loaded->style;
    Html personal;
    join_note(personal, ctx, *id, loaded->access.member || loaded->access.lead);
    groups::group_side(personal, ctx, loaded->access, loaded->leaders.facilitators,
                       loaded->leaders.moderators);
    if (loaded->access.write)
        personal << "<p><a class=\"button\" href=\"" << url::new_thread(*id) << "\">"
                 << ctx.t("Start a thread") << "</a></p>";
    personal << "<h2>" << ctx.t("Threads") << "</h2>";
    return http::page(ctx, frame, personal, loaded->list->shared);
}

}  // namespace kith::conversation

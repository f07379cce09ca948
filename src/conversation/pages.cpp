#include "conversation/pages.hpp"

#include <charconv>

#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

ThreadPages* thread_pages = nullptr;

void write_post_json(JsonWriter& j, const Post& post, const Names& names, const Words& words) {
    j.object()
        .member("id", post.id)
        .member("number", post.id.number())
        .member("author", name_of(names, post.author, words))
        .member("created_at", post.created_at)
        .member("edited_at", post.edited_at)
        .member("removed", post.removed_at.has_value())
        .member("note", post.removed_at ? std::string() : post.note)
        .member("html", post.removed_at ? std::string() : post.html);
    if (post.reply_to > 0) j.member("reply_to", post.reply_to);
    j.end();
}

Response thread_json(Ctx& ctx) {
    const auto body = ctx.read([&](db::ReadTx& tx) -> Result<JsonWriter> {
        const ThreadId id = TRY(ctx.param<ThreadId>("thread"));
        const Thread thread = TRY(visible_thread(tx, ctx.actor(), id));
        if (ctx.page_number() > pages_for(thread.last_number, posts_per_page))
            return not_found("This thread has no such page.");
        const std::vector<Post> posts = posts_on_page(tx, thread.id, ctx.page_number());
        std::vector<PersonaId> ids;
        for (const Post& post : posts) ids.push_back(post.author);
        const Names names = identity::names_of(tx, ids);
        JsonWriter j;
        j.object()
            .member("id", thread.id)
            .member("group", thread.group)
            .member("title", thread.title)
            .member("closed", is_closed(tx, thread.id))
            .member("page", ctx.page_number())
            .member("pages", pages_for(thread.last_number, posts_per_page))
            .array("posts");
        for (const Post& post : posts) write_post_json(j, post, names, ctx.words);
        j.end().end();
        return j;
    });
    return body ? http::json(*body) : http::error_page(ctx, body.error());
}

Response group_json(Ctx& ctx) {
    const auto body = ctx.read([&](db::ReadTx& tx) -> Result<JsonWriter> {
        const GroupId id = TRY(ctx.param<GroupId>("group"));
        const groups::Access access = TRY(groups::readable(tx, ctx.actor(), id));
        JsonWriter j;
        j.object()
            .member("id", access.group.id)
            .member("name", access.group.name)
            .member("purpose", access.group.purpose)
            .member("admission", access.group.admission)
            .member("leadership", access.group.leadership)
            .member("phase", access.phase)
            .member("may_write", access.write)
            .member("page", ctx.page_number())
            .member("pages", pages_for(count_threads(tx, access.group.id), threads_per_page))
            .array("threads");
        for (const ThreadRow& row : threads_of(tx, ctx.actor(), access.group.id, ctx.page_number()))
            j.object()
                .member("id", row.thread.id)
                .member("title", row.thread.title)
                .member("last_number", row.thread.last_number)
                .member("last_post_at", row.thread.last_post_at)
                .member("unread", row.read_number < row.thread.last_number)
                .end();
        j.end().end();
        return j;
    });
    return body ? http::json(*body) : http::error_page(ctx, body.error());
}

struct SearchView {
    std::string typed;
    GroupId group;
    std::optional<std::vector<Found>> found;  // nothing typed yet: none
    Names names;
    std::unordered_map<GroupId, std::string> groups;
};

constexpr int results_per_page = 20;

Result<SearchView> search_view(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<SearchView> {
        SearchView view{.typed = std::string(ctx.query().get("q"))};
        std::int64_t group = 0, before = 0;
        const auto number = [&](std::string_view key, std::int64_t& out) {
            const std::string_view text = ctx.query().get(key);
            std::from_chars(text.data(), text.data() + text.size(), out);
        };
        number("group", group);
        number("before", before);
        view.group = GroupId(group);
        if (view.typed.empty()) return view;
        view.found = TRY(search(tx, ctx.actor(), view.typed, view.group, before, results_per_page));
        std::vector<PersonaId> people;
        std::vector<GroupId> groups;
        for (const Found& found : *view.found) {
            people.push_back(found.author);
            groups.push_back(found.group);
        }
        view.names = identity::names_of(tx, people);
        view.groups = groups::names_of(tx, groups);
        return view;
    });
}

void search_form(Html& h, const Ctx& ctx, std::string_view typed, GroupId group) {
    h << "<form class=\"search\" role=\"search\" method=\"get\" action=\"" << url::search()
      << "\"><div class=\"field\"><label for=\"q\">" << ctx.t("Words to look for")
      << "</label><p class=\"hint\" id=\"q-hint\">"
      << ctx.t("The last word may be unfinished. Put \"quotes\" around words that stand together.")
      << "</p><input id=\"q\" name=\"q\" type=\"search\" aria-describedby=\"q-hint\" value=\"" << typed
      << "\"></div>";
    if (group) h << "<input type=\"hidden\" name=\"group\" value=\"" << group.value() << "\">";
    h << "<button class=\"button\">" << ctx.t("Search") << "</button></form>";
}

void search_results(Html& h, const Ctx& ctx, const SearchView& view) {
    if (!view.found) return;
    if (view.found->empty()) {
        h << "<div class=\"empty\"><p>"
          << ctx.t("We found nothing with these words in the groups you can read.") << "</p><p>"
          << ctx.t("Fewer words, or only the beginning of a word, may find more.") << "</p></div>";
        return;
    }
    h << "<ul class=\"cards results\">";
    for (const Found& found : *view.found) {
        const auto group = view.groups.find(found.group);
        h << "<li class=\"card\"><h2><a href=\"" << url::post_in_thread(found.post) << "\">" << found.title
          << "</a></h2><p>" << found.excerpt << "</p><p class=\"meta\">"
          << name_of(view.names, found.author, ctx.words) << ", "
          << text::ago(ctx.words, found.created_at, ctx.now());
        if (group != view.groups.end()) h << " · " << group->second;
        h << "</p></li>";
    }
    h << "</ul>";
    if (view.found->size() < results_per_page) return;
    Url next = url::search().query("q", view.typed);
    if (view.group) next = next.query("group", std::to_string(view.group.value()));
    h << "<nav class=\"pagination\"><a rel=\"next\" href=\""
      << next.query("before", std::to_string(view.found->back().entry)) << "\">" << ctx.t("Older results")
      << "</a></nav>";
}

Response search_json(const SearchView& view, const Words& words) {
    JsonWriter j;
    j.object().array("found");
    for (const Found& found : view.found.value_or(std::vector<Found>()))
        j.object()
            .member("post", found.post)
            .member("thread", found.post.thread())
            .member("number", found.post.number())
            .member("group", found.group)
            .member("title", found.title)
            .member("author", name_of(view.names, found.author, words))
            .member("created_at", found.created_at)
            .member("excerpt", found.excerpt)
            .member("entry", found.entry)
            .end();
    j.end().end();
    return http::json(j);
}

std::int64_t last_event_id(const Ctx& ctx) {
    const std::string_view text = ctx.request.header("last-event-id");
    std::int64_t id = -1;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
}

// For the author alone.
void supports_received(Html& h, Ctx& ctx, PostId id) {
    const auto post = ctx.read([&](db::ReadTx& tx) { return visible_post(tx, ctx.actor(), id); });
    if (!post || post->supports == 0) return;
    h << "<h2>" << ctx.t("Support for your post") << "</h2><ul>";
    for (const Support kind : all_of<Support>())
        if (const int count = count_of(post->supports, kind); count > 0)
            h << "<li>" << how_many(ctx.words, kind, count) << "</li>";
    h << "</ul>";
}

// A stream outlives its request and is checked by its session, which a token does not have.
Response no_streams_for_tokens(Ctx& ctx) {
    return http::error_page(ctx, {Fault::forbidden, t_later("Live events need a signed-in browser."), ""});
}

Response event_stream(const Ctx& ctx, GroupId group, ThreadId thread) {
    const Versions& versions = ctx.services.versions;
    http::StreamRequest stream{
        .group = group, .thread = thread, .member = ctx.actor().member, .after = last_event_id(ctx)};
    if (ctx.session) {
        stream.session = ctx.session->id;
        stream.member_version = ctx.session->member_version;
    }
    stream.group_version = versions.of(group);
    stream.site_version = versions.of_site();
    Response response;
    response.stream = stream;
    return response;
}

}  // namespace

void use_thread_pages(ThreadPages& pages) { thread_pages = &pages; }

bool has_read(MemberId member, PostId post) { return thread_pages->has_read(member, post); }

namespace pages {

Response show_group(Ctx& ctx) { return ctx.wants_json() ? group_json(ctx) : thread_pages->group(ctx); }

Response show_thread(Ctx& ctx) { return ctx.wants_json() ? thread_json(ctx) : thread_pages->thread(ctx); }

std::optional<Response> show_thread_at_once(Ctx& ctx) { return thread_pages->thread_at_once(ctx); }

Response thread_events(Ctx& ctx) {
    if (ctx.session && ctx.session->from_token) return no_streams_for_tokens(ctx);
    const auto thread = ctx.read([&](db::ReadTx& tx) -> Result<Thread> {
        const ThreadId id = TRY(ctx.param<ThreadId>("thread"));
        return visible_thread(tx, ctx.actor(), id);
    });
    if (!thread) return http::error_page(ctx, thread.error());
    return event_stream(ctx, thread->group, thread->id);
}

Response my_events(Ctx& ctx) {
    if (ctx.session->from_token) return no_streams_for_tokens(ctx);
    return event_stream(ctx, GroupId(), ThreadId());
}

Response show_search(Ctx& ctx) {
    const auto view = search_view(ctx);
    const bool is_typing_error = !view && view.error().fault == Fault::invalid;
    if (!view && !is_typing_error) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return view ? search_json(*view, ctx.words) : http::error_page(ctx, view.error());
    Html h;
    if (!view) http::error_summary(h, ctx, view.error());
    search_form(h, ctx, ctx.query().get("q"), view ? view->group : GroupId());
    if (view) search_results(h, ctx, *view);
    http::Frame frame{.title = std::string(ctx.t("Search")), .heading = std::string(ctx.t("Search"))};
    frame.crumbs = {{std::string(ctx.t("Home")), url::home()}};
    return http::page(ctx, frame, h, view ? 200 : 422);
}

// A post's own address leads to its place in the thread.
Response show_post(Ctx& ctx) {
    const auto post = ctx.read([&](db::ReadTx& tx) -> Result<Post> {
        const PostId id = TRY(ctx.param<PostId>("post"));
        return visible_post(tx, ctx.actor(), id);
    });
    if (!post) return http::error_page(ctx, post.error());
    if (!ctx.wants_json()) return Response::redirect(url::post_in_thread(post->id));
    const PersonaId author[] = {post->author};
    const Names names = ctx.read([&](db::ReadTx& tx) { return identity::names_of(tx, author); });
    JsonWriter j;
    write_post_json(j, *post, names, ctx.words);
    return http::json(j);
}

Response show_options(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const auto options = ctx.read([&](db::ReadTx& tx) { return options_for(tx, ctx.actor(), *id); });
    if (!options) return http::error_page(ctx, options.error());
    Html h;
    if (options->remove) supports_received(h, ctx, *id);
    h << "<ul class=\"options\">";
    const auto link = [&](bool shown, const Url& to, std::string_view words) {
        if (shown) h << "<li><a href=\"" << to << "\">" << words << "</a></li>";
    };
    const auto button = [&](bool shown, const Url& to, std::string_view words) {
        if (!shown) return;
        h << "<li><form method=\"post\" action=\"" << to << "\">";
        http::token_field(h, ctx);
        h << "<button class=\"button quiet\">" << words << "</button></form></li>";
    };
    link(options->change, url::post_editing(*id), ctx.t("Change my post"));
    button(options->remove, url::post_removal(*id), ctx.t("Remove my post"));
    button(options->restore, url::post_restoring(*id), ctx.t("Bring it back"));
    link(options->history, url::post_history(*id), ctx.t("Earlier texts"));
    link(options->remove_as_moderator, url::post_removal(*id), ctx.t("Remove as moderator"));
    button(options->hide_author, url::post_author_muting(*id), ctx.t("Hide this person from me"));
    link(true, url::post_in_thread(*id), ctx.t("Back to the post"));
    h << "</ul>";
    const std::string heading = ctx.f("Post %1", std::to_string(id->number()));
    return http::page(ctx, {.title = heading, .heading = heading}, h);
}

Response show_history(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const auto versions = ctx.read([&](db::ReadTx& tx) { return history(tx, ctx.actor(), *id); });
    if (!versions) return http::error_page(ctx, versions.error());
    JsonWriter j;
    j.object().array("versions");
    Html h;
    h << "<p>" << ctx.t("Only the author and those who look after the group can see this.") << "</p>";
    for (const Version& version : *versions) {
        j.object()
            .member("version", version.version)
            .member("written_at", version.written_at)
            .member("markdown", version.markdown)
            .end();
        h << "<h2>" << text::exact(ctx.words, version.written_at) << "</h2><pre class=\"source\">"
          << version.markdown << "</pre>";
    }
    j.end().end();
    if (ctx.wants_json()) return http::json(j);
    h << "<p><a href=\"" << url::post_in_thread(*id) << "\">" << ctx.t("Back to the post") << "</a></p>";
    const http::Frame frame{.title = std::string(ctx.t("Earlier texts")),
                            .heading = std::string(ctx.t("Earlier texts of this post"))};
    return http::page(ctx, frame, h);
}

}  // namespace pages

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/groups/{group}", gate::open, pages::show_group},
        {Method::get, "/groups/{group}/threads/new", gate::member, pages::ask_new_thread},
        {Method::post, "/groups/{group}/threads", gate::member, pages::start_thread},
        {Method::get, "/threads/{thread}", gate::open, pages::show_thread, pages::show_thread_at_once},
        {Method::get, "/threads/{thread}/events", gate::open, pages::thread_events},
        {Method::get, "/threads/{thread}/posts/new", gate::member, pages::ask_reply},
        {Method::post, "/threads/{thread}/posts", gate::member, pages::send_reply},
        {Method::post, "/threads/{thread}/muting", gate::member, pages::mute_thread},
        {Method::post, "/threads/{thread}/closing", gate::moderator, pages::close_thread},
        {Method::get, "/posts/{post}", gate::open, pages::show_post},
        {Method::get, "/posts/{post}/options", gate::member, pages::show_options},
        {Method::get, "/posts/{post}/history", gate::member, pages::show_history},
        {Method::get, "/posts/{post}/editing", gate::member, pages::ask_editing},
        {Method::post, "/posts/{post}/editing", gate::member, pages::save_editing},
        {Method::get, "/posts/{post}/removal", gate::member, pages::ask_removal},
        {Method::post, "/posts/{post}/removal", gate::member, pages::remove},
        {Method::post, "/posts/{post}/restoring", gate::member, pages::restore},
        {Method::del, "/posts/{post}/removal", gate::member, pages::restore},
        {Method::post, "/posts/{post}/supports/{kind}", gate::member, pages::support},
        {Method::post, "/posts/{post}/author-muting", gate::member, pages::mute_author},
        {Method::post, "/preview", gate::member, pages::preview},
        {Method::get, "/search", gate::open, pages::show_search},
        {Method::get, "/events", gate::member, pages::my_events},
    };
}

}  // namespace kith::conversation

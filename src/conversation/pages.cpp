#include "conversation/pages.hpp"

#include "conversation/store.hpp"
#include "conversation/views.hpp"
#include "conversation/writing_limit.hpp"
#include "identity/identity.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

ThreadPages* thread_pages = nullptr;

// What the reader knows already: the last event of this stream, or what was on the page. An id that we cannot read
// may be of any time.
std::int64_t known_to_reader(Ctx& ctx) {
    const std::string_view last = ctx.request.header("last-event-id");
    const std::string_view id = last.empty() ? ctx.query().get("after") : last;
    if (id.empty()) return -1;
    return ctx.services.event_ids.sequence_of(id).value_or(0);
}

// A stream outlives its request and is checked by its session, which a token does not have.
Response no_streams_for_tokens(Ctx& ctx) {
    return http::error_page(ctx, {Fault::forbidden, t_later("Live events need a signed-in browser."), ""});
}

// Its numbers are those before the right is asked about.
http::StreamRequest stream_for(Ctx& ctx, GroupId group, ThreadId thread) {
    http::StreamRequest stream{.group = group,
                               .thread = thread,
                               .member = ctx.actor().member,
                               .after = known_to_reader(ctx),
                               .group_version = ctx.services.versions.of(group),
                               .site_version = ctx.site->version};
    if (!ctx.session) return stream;
    stream.session = ctx.session->id;
    stream.expires = ctx.session->expires;
    stream.member_version = ctx.session->member_version;
    return stream;
}

Response open_stream(http::StreamRequest stream) {
    Response response;
    response.stream = stream;
    return response;
}

}  // namespace

void use_thread_pages(ThreadPages& pages) { thread_pages = &pages; }

bool has_read(MemberId member, PostId post) { return thread_pages->has_read(member, post); }

namespace pages {

Response show_group(Ctx& ctx) { return ctx.wants_json() ? group_json(ctx) : thread_pages->group(ctx); }

Response show_thread(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (id && the_watch().opens)
        if (const Done opens = the_watch().opens(ctx, *id); !opens)
            return http::error_page(ctx, opens.error()).with("retry-after", "60");
    return ctx.wants_json() ? thread_json(ctx) : thread_pages->thread(ctx);
}

std::optional<Response> show_thread_at_once(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (id && the_watch().opens_at_once && !the_watch().opens_at_once(ctx, *id)) return std::nullopt;
    return thread_pages->thread_at_once(ctx);
}

Response show_unread(Ctx& ctx) { return thread_pages->unread(ctx); }

Response thread_events(Ctx& ctx) {
    if (ctx.session && ctx.session->from_token) return no_streams_for_tokens(ctx);
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const auto place = ctx.read([&](db::ReadTx& tx) { return store::find_thread(tx, *id); });
    const http::StreamRequest stream = stream_for(ctx, place ? place->group : GroupId(), *id);
    const auto thread = ctx.read([&](db::ReadTx& tx) -> Result<Thread> {
        Thread found = TRY(visible_thread(tx, ctx.actor(), *id));
        if (found.group != stream.group) return not_found();
        return found;
    });
    return thread ? open_stream(stream) : http::error_page(ctx, thread.error());
}

Response group_events(Ctx& ctx) {
    if (ctx.session && ctx.session->from_token) return no_streams_for_tokens(ctx);
    const auto id = ctx.param<GroupId>("group");
    if (!id) return http::error_page(ctx, id.error());
    const http::StreamRequest stream = stream_for(ctx, *id, ThreadId());
    const auto access = ctx.read([&](db::ReadTx& tx) { return groups::readable(tx, ctx.actor(), *id); });
    return access ? open_stream(stream) : http::error_page(ctx, access.error());
}

Response my_events(Ctx& ctx) {
    if (ctx.session->from_token) return no_streams_for_tokens(ctx);
    return open_stream(stream_for(ctx, GroupId(), ThreadId()));
}

// A post's own address leads to its place in the thread.
Response show_post(Ctx& ctx) {
    const auto post = ctx.read([&](db::ReadTx& tx) -> Result<Post> {
        const PostId id = TRY(ctx.param<PostId>("post"));
        return visible_post(tx, ctx.actor(), id);
    });
    if (!post) return http::error_page(ctx, post.error());
    if (!ctx.wants_json()) return Response::redirect(url::post_in_thread(post->id));
    return post_json(ctx, *post);
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
        {Method::get, "/groups/{group}/events", gate::open, pages::group_events},
        {Method::get, "/threads/{thread}/events", gate::open, pages::thread_events},
        {Method::get, "/threads/{thread}/posts/new", gate::member, pages::ask_reply},
        {Method::post, "/threads/{thread}/posts", gate::member, pages::send_reply},
        {Method::get, "/threads/{thread}/unread", gate::open, pages::show_unread},
        {Method::post, "/threads/{thread}/reading", gate::member, pages::mark_read},
        {Method::get, "/threads/{thread}/title", gate::member, pages::ask_title},
        {Method::post, "/threads/{thread}/title", gate::member, pages::save_title},
        {Method::post, "/threads/{thread}/muting", gate::member, pages::mute_thread},
        {Method::get, "/posts/{post}", gate::open, pages::show_post},
        {Method::get, "/posts/{post}/options", gate::member, pages::show_options},
        {Method::get, "/posts/{post}/history", gate::member, pages::show_history},
        {Method::get, "/posts/{post}/editing", gate::member, pages::ask_editing},
        {Method::post, "/posts/{post}/editing", gate::member, pages::save_editing},
        {Method::get, "/posts/{post}/content-notes", gate::member, pages::ask_notes},
        {Method::post, "/posts/{post}/content-notes", gate::member, pages::save_notes},
        {Method::get, "/posts/{post}/removal", gate::member, pages::ask_removal},
        {Method::post, "/posts/{post}/removal", gate::member, pages::remove},
        {Method::post, "/posts/{post}/restoring", gate::member, pages::restore},
        {Method::del, "/posts/{post}/removal", gate::member, pages::restore},
        {Method::get, "/groups/{group}/unanswered", gate::member, pages::show_unanswered},
        {Method::get, "/groups/{group}/waiting", gate::member, pages::show_waiting},
        {Method::post, "/waiting/{waiting}", gate::member, pages::answer_waiting},
        {Method::get, "/me/waiting", gate::member, pages::show_my_waiting},
        {Method::get, "/threads/{thread}/pace", gate::member, pages::show_thread_pace},
        {Method::post, "/threads/{thread}/pace", gate::member, pages::save_thread_pace},
        {Method::post, "/posts/{post}/settling", gate::member, pages::settle},
        {Method::post, "/posts/{post}/supports/{kind}", gate::member, pages::support},
        {Method::post, "/posts/{post}/author-muting", gate::member, pages::mute_author},
        {Method::get, "/posts/{post}/unmasking", gate::member, pages::show_unmasking},
        {Method::post, "/posts/{post}/unmasking", gate::member, pages::ask_unmasking},
        {Method::post, "/posts/{post}/unmasking/agreement", gate::member, pages::agree_to_unmasking},
        {Method::post, "/posts/{post}/unmasking/name", gate::member, pages::show_unmasked},
        {Method::get, "/admin/unmaskings", gate::host, pages::show_unmaskings},
        {Method::get, "/me/anonymous", gate::member, pages::show_my_aliases},
        {Method::post, "/preview", gate::member, pages::preview},
        {Method::get, "/search", gate::open, pages::show_search},
        {Method::get, "/events", gate::member, pages::my_events},
    };
}

}  // namespace kith::conversation

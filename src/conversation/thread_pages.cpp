#include "conversation/group_page.hpp"
#include "conversation/thread_page.hpp"

namespace kith::conversation {

struct ThreadPages::Impl {
    Impl(Services& services, std::size_t cache_bytes)
        : marks(services.db),
          threads(services, marks, cache_bytes / 8 * 7),
          groups(services, marks, cache_bytes / 8) {}

    ReadMarks marks;
    ThreadPage threads;
    GroupPage groups;
};

ThreadPages::ThreadPages(Services& services, std::size_t cache_bytes)
    : impl_(std::make_unique<Impl>(services, cache_bytes)) {}
ThreadPages::~ThreadPages() = default;

bool ThreadPages::has_read(MemberId member, PostId post) {
    return impl_->marks.waiting({member, post.thread()}) >= post.number();
}

void ThreadPages::flush_read_marks() { impl_->marks.flush(); }

std::optional<http::Response> ThreadPages::thread_at_once(http::Ctx& ctx) {
    return impl_->threads.at_once(ctx);
}

http::Response ThreadPages::thread(http::Ctx& ctx) { return impl_->threads.show(ctx); }

http::Response ThreadPages::unread(http::Ctx& ctx) { return impl_->threads.unread(ctx); }

http::Response ThreadPages::group(http::Ctx& ctx) { return impl_->groups.show(ctx); }

}  // namespace kith::conversation

#pragma once

#include "conversation/page_cache.hpp"
#include "conversation/read_marks.hpp"
#include "platform/http/router.hpp"
#include "platform/live/bounded_cache.hpp"

namespace kith::conversation {

// Thread pages, ready to send: a shared part cached for all readers, and per reader a few lines of styles that
// say what is theirs, what is unread and what they may do. The hot path.
class ThreadPage {
public:
    ThreadPage(Services& services, ReadMarks& marks, std::size_t cache_bytes);

    std::optional<http::Response> at_once(http::Ctx& ctx);
    http::Response show(http::Ctx& ctx);
    http::Response unread(http::Ctx& ctx);

private:
    // Taken before the transaction that reads what they stand for.
    struct Versions {
        std::uint32_t thread, member, group, site;
    };
    struct Loaded {
        std::shared_ptr<const ThreadEntry> page;
        std::shared_ptr<const Reader> reader;
    };

    bool stands(const ThreadEntry& entry, ThreadId thread) const;
    bool stands(const Rights& rights, MemberId member, GroupId group) const;

    Result<Loaded> load(http::Ctx& ctx, ThreadId thread);
    Result<std::shared_ptr<const Reader>> load_reader(http::Ctx& ctx, ThreadId thread, GroupId group,
                                                      std::shared_ptr<const Reader> known);
    Result<Loaded> load_both(http::Ctx& ctx, ThreadId thread);
    std::shared_ptr<const Reader> reader_with(db::ReadTx& tx, const http::Ctx& ctx, ThreadId thread,
                                              std::shared_ptr<const Rights> rights, const Versions& versions);
    static std::shared_ptr<const Rights> rights_at(db::ReadTx& tx, const http::Ctx& ctx,
                                                   const groups::Access& access, ThreadId thread,
                                                   const Versions& versions);
    // The page as it is kept, with that voice chosen in its composer; nothing unless it stands.
    std::shared_ptr<const ThreadEntry> standing(const http::Ctx& ctx, ThreadId thread, Voice voice);
    void keep(const http::Ctx& ctx, ThreadId thread, const std::shared_ptr<const Reader>& reader);
    Versions versions_of(const http::Ctx& ctx, ThreadId thread, GroupId group) const;

    http::Response respond(http::Ctx& ctx, ThreadId thread, const Loaded& loaded);
    void mark_read(const http::Ctx& ctx, ThreadId thread, const Loaded& loaded);

    Services& services_;
    ReadMarks& marks_;
    const bool enabled_;
    BoundedCache<PageKey, ThreadEntry, HashKey> pages_;
    BoundedCache<ReaderKey, Reader, HashKey> readers_;
};

}  // namespace kith::conversation

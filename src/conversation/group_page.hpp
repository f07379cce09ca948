#pragma once

#include "conversation/page_cache.hpp"
#include "conversation/read_marks.hpp"
#include "platform/http/router.hpp"
#include "platform/live/bounded_cache.hpp"

namespace kith::conversation {

// A group and its threads: the list is shared by all readers, which of them hold something new is not.
class GroupPage {
public:
    GroupPage(Services& services, ReadMarks& marks, std::size_t cache_bytes);

    http::Response show(http::Ctx& ctx);

private:
    // Taken before the transaction that reads what they stand for.
    struct Versions {
        std::uint32_t list, group, site;
    };
    Versions versions_of(const http::Ctx& ctx, GroupId group) const;
    Result<std::shared_ptr<const ListEntry>> list_of(db::ReadTx& tx, const http::Ctx& ctx,
                                                     const groups::Access& access, const Versions& versions);
    std::string unread_style(db::ReadTx& tx, GroupId group, std::int64_t page, MemberId member);

    Services& services_;
    ReadMarks& marks_;
    const bool enabled_;
    BoundedCache<PageKey, ListEntry, HashKey> lists_;
};

}  // namespace kith::conversation

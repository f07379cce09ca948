#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace kith {

// A row's number in the type of its table, so that a thread cannot be passed where a group is meant.
template <class Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t value) : value_(value) {}

    constexpr std::int64_t value() const { return value_; }
    constexpr explicit operator bool() const { return value_ != 0; }
    friend constexpr auto operator<=>(const Id&, const Id&) = default;

private:
    std::int64_t value_ = 0;  // 0 is no row
};

using MemberId = Id<struct MemberTag>;    // a person with an account; never shown to other members
using PersonaId = Id<struct PersonaTag>;  // a name a member writes under; all that content refers to
using SessionId = Id<struct SessionTag>;
using PasskeyId = Id<struct PasskeyTag>;
using TokenId = Id<struct TokenTag>;  // an API token
using TopicId = Id<struct TopicTag>;
using GroupId = Id<struct GroupTag>;
using InvitationId = Id<struct InvitationTag>;
using RequestId = Id<struct RequestTag>;  // a request to join a group
using ContentNoteId = Id<struct ContentNoteTag>;
using ThreadId = Id<struct ThreadTag>;
using CaseId = Id<struct CaseTag>;  // of safeguarding

// A post is its thread and its number in it, kept as one number so that the posts of a thread lie side by
// side on disk: thread << 20 | number. A thread holds at most 1,048,575 posts.
class PostId {
public:
    static constexpr int number_bits = 20;
    static constexpr std::int64_t max_number = (std::int64_t{1} << number_bits) - 1;

    constexpr PostId() = default;
    constexpr explicit PostId(std::int64_t value) : value_(value) {}
    constexpr PostId(ThreadId thread, std::int64_t number)
        : value_((thread.value() << number_bits) | number) {}

    constexpr std::int64_t value() const { return value_; }
    constexpr ThreadId thread() const { return ThreadId(value_ >> number_bits); }
    constexpr std::int64_t number() const { return value_ & max_number; }
    constexpr explicit operator bool() const { return value_ != 0; }
    friend constexpr auto operator<=>(const PostId&, const PostId&) = default;

private:
    std::int64_t value_ = 0;
};

}  // namespace kith

template <class Tag>
struct std::hash<kith::Id<Tag>> {
    std::size_t operator()(kith::Id<Tag> id) const noexcept { return std::hash<std::int64_t>()(id.value()); }
};
template <>
struct std::hash<kith::PostId> {
    std::size_t operator()(kith::PostId id) const noexcept { return std::hash<std::int64_t>()(id.value()); }
};

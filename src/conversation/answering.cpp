#include <algorithm>

#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/pacing.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/visible_text.hpp"

namespace kith::conversation {
namespace {

// "@…" in place of whom it names: a mail tells no name.
std::string without_names(db::ReadTx& tx, std::string words, std::string_view markdown) {
    for (const text::Mention& mention : text::mentions_in(markdown)) {
        const auto is_name = [&](const std::string& reading) {
            return identity::find_persona(tx, reading).has_value();
        };
        const auto named = std::ranges::find_if(mention, is_name);
        if (named == mention.end()) continue;
        const std::string from = "@" + *named;
        for (std::size_t at = words.find(from); at != std::string::npos; at = words.find(from, at + 1))
            words.replace(at, from.size(), "@…");
    }
    return words;
}

// As it looks before anything is opened.
std::string words_of(db::ReadTx& tx, const Post& post, std::string_view markdown) {
    const bool hides = post.html.find("spoiler") != std::string::npos;
    return without_names(tx, hides ? text::visible_text(post.html) : text::plain_text(markdown), markdown);
}

}  // namespace

std::optional<Answerable> answerable(db::ReadTx& tx, const Actor& actor, PostId id) {
    const auto there = access_thread(tx, actor, id.thread());
    if (!there || !groups::require_write(there->access, actor)) return std::nullopt;
    const auto pace = pacing::together(pacing::standing(tx, there->access.group.id, id.thread()));
    if (pace.read_only && !there->access.moderate) return std::nullopt;
    const auto post = store::find_post(tx, id);
    if (!post || post->removed_at || post->has_note()) return std::nullopt;
    if (store::is_closed(tx, id.thread()) && !there->access.moderate) return std::nullopt;
    const auto version = store::last_version(tx, id);
    if (!version) return std::nullopt;
    return Answerable{words_of(tx, *post, version->markdown),
                      voices_for(tx, actor, there->access, id.thread()).usual};
}

void tell_of_later_reply(db::Tx& tx, MemberId reader, PostId answered) {
    constexpr std::int64_t looked_through = 500;
    const auto post = store::find_post(tx, answered);
    if (!post) return;
    const ThreadId id = answered.thread();
    const std::int64_t last = std::min(answered.number() + looked_through, PostId::max_number);
    for (const Post& later : store::posts_between(tx, PostId(id, answered.number() + 1), PostId(id, last))) {
        if (later.author != post->author || later.removed_at || later.reply_to == 0) continue;
        const auto target = store::find_post(tx, PostId(id, later.reply_to));
        if (!target || identity::member_of(tx, target->author) != reader) continue;
        notices::tell(tx, reader, notices::Kind::reply,
                      {store::find_thread(tx, id)->group, id, later.id.number(), later.author});
        return;
    }
}

}  // namespace kith::conversation

#include "conversation/conversation.hpp"
#include "conversation/store.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/visible_text.hpp"

namespace kith::conversation {
namespace {

// As it looks before anything is opened.
std::string words_of(const Post& post, std::string_view markdown) {
    const bool hides = post.html.find("spoiler") != std::string::npos;
    return hides ? text::visible_text(post.html) : text::plain_text(markdown);
}

}  // namespace

std::optional<Answerable> answerable(db::ReadTx& tx, const Actor& actor, PostId id) {
    const auto there = access_thread(tx, actor, id.thread());
    if (!there || !groups::require_write(there->access, actor)) return std::nullopt;
    const auto post = store::find_post(tx, id);
    if (!post || post->removed_at || post->has_note()) return std::nullopt;
    if (store::is_closed(tx, id.thread()) && !there->access.moderate) return std::nullopt;
    const auto version = store::last_version(tx, id);
    if (!version) return std::nullopt;
    return Answerable{words_of(*post, version->markdown),
                      voices_for(tx, actor, there->access, id.thread()).usual};
}

}  // namespace kith::conversation

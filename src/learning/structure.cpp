#include <algorithm>

#include "conversation/conversation.hpp"
#include "learning/scoring.hpp"
#include "learning/store.hpp"
#include "platform/text/unicode.hpp"

namespace kith::learning {
namespace {

bool has_link(std::string_view text) {
    return text.find("http://") != std::string_view::npos ||
           text.find("https://") != std::string_view::npos || text.find("www.") != std::string_view::npos;
}

// Word for word, but for spaces, accents and capitals; greetings and thanks are the same everywhere.
bool stands_elsewhere(db::ReadTx& tx, const conversation::Typed& typed, PostId post) {
    constexpr std::int64_t lately_ms = 7 * day_ms;
    constexpr std::size_t long_enough = 60;
    const std::string text = text::fold(typed.markdown);
    if (text.size() < long_enough) return false;
    const auto others = store::others_by(tx, typed.author, post, tx.now() + -lately_ms);
    return std::ranges::any_of(others, [&](const std::string& other) { return text::fold(other) == text; });
}

}  // namespace

std::vector<std::string_view> structure_of(db::ReadTx& tx, PostId post) {
    const auto typed = conversation::typed(tx, post);
    if (!typed) return {};
    std::vector<std::string_view> out;
    if (has_link(typed->markdown) && store::is_first_of(tx, typed->author, post))
        out.push_back("spam.first_link");
    if (stands_elsewhere(tx, *typed, post)) out.push_back("spam.same_text");
    return out;
}

}  // namespace kith::learning

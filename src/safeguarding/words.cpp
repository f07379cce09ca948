#include "safeguarding/words.hpp"

#include "platform/text/unicode.hpp"
#include "safeguarding/safeguarding.hpp"

namespace kith::safeguarding {

Result<std::string> checked_words(std::string_view typed, Words words, std::string_view field) {
    std::string out = text::trim(text::clean(typed));
    if (words == Words::needed && out.empty()) return invalid("Please write a few words.", field);
    if (text::length(out) > words_most)
        return invalid("Please say it in fewer words. You can add more later.", field);
    return out;
}

}  // namespace kith::safeguarding

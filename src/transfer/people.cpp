#include "transfer/people.hpp"

#include "platform/text/ascii.hpp"
#include "transfer/plain_markdown.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

constexpr std::string_view begin_mark = "\uFDD0", end_mark = "\uFDD1";

}  // namespace

std::string person_mark(std::string_view name) {
    return std::string(begin_mark).append(lower_case(without_person_marks(name))).append(end_mark);
}

std::string without_person_marks(std::string_view text) {
    std::string out(text);
    for (const std::string_view mark : {begin_mark, end_mark})
        for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at))
            out.erase(at, mark.size());
    return out;
}

std::string with_names(std::string_view markdown,
                       const std::function<std::string(std::string_view name)>& name_of) {
    std::string out;
    for (;;) {
        const std::size_t begin = markdown.find(begin_mark);
        out.append(without_person_marks(markdown.substr(0, begin)));
        if (begin == std::string_view::npos) return out;
        markdown.remove_prefix(begin + begin_mark.size());
        const std::size_t end = markdown.find(end_mark);
        if (end == std::string_view::npos) return out;  // cut within the mark
        append_text(out, name_of(markdown.substr(0, end)));
        markdown.remove_prefix(end + end_mark.size());
    }
}

}  // namespace kith::transfer

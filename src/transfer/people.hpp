#pragma once

#include <functional>
#include <string>
#include <string_view>

// People whom a text names: under which name is known only when it is written down, so a mark stands for it.
namespace kith::transfer {

// Two noncharacters of Unicode around the name in lower case.
std::string person_mark(std::string_view name);
// Without the characters that marks are made of.
std::string without_person_marks(std::string_view text);
// With what `name_of` returns in place of each mark: text, which becomes Markdown. A mark that the source forged
// names somebody as any mention does; half a mark is gone.
std::string with_names(std::string_view markdown,
                       const std::function<std::string(std::string_view name)>& name_of);

}  // namespace kith::transfer

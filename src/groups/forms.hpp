#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "groups/groups.hpp"
#include "platform/http/context.hpp"

// Forms of this feature: what was typed stays in them until it is right.
namespace kith::groups {

// What was typed, and what was wrong with it.
struct Typed {
    http::Form form;
    std::optional<Error> error;

    int status() const { return !error ? 200 : error->fault == Fault::too_many ? 429 : 422; }
};

struct Field {
    std::string_view name;   // and id
    std::string_view label;  // in the reader's language
    std::string_view hint = {};
    std::string_view type = "text";  // of the input
    int rows = 0;                    // more than none: a textarea
};
void field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field);

struct Option {
    std::string value;
    std::string words;
};
// One of a few, all of them to be seen.
void choices(Html& h, const Typed& typed, std::string_view name, std::string_view legend,
             std::span<const Option> options);
// One of many, or none (the first option, `none`).
struct Selection {
    std::string_view name;
    std::string_view label;
    std::string_view none;
    std::span<const Option> options;
};
void selection(Html& h, const http::Ctx& ctx, const Typed& typed, const Selection& selection);
// Yes if it is ticked.
void tick(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field);

// The field for a name that others see, and the tick to keep one that looks real once that was said.
void name_field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field);
// That the typed name looks like a real one or like contact details, unless the person wants to keep it.
Done check_looks(const http::Form& form);

// A form of one button that posts to `action`.
struct Press {
    std::string_view words;
    std::string_view name = {};  // of the value that the button sends, if any
    std::string_view value = {};
    bool danger = false;
};
void press(Html& h, const http::Ctx& ctx, const Url& action, const Press& press);
// The beginning of a form that posts to `action`, with its token.
void open_form(Html& h, const http::Ctx& ctx, const Url& action);
// Its one button and its end.
void close_form(Html& h, std::string_view words);

// ---- between forms and rules --------------------------------------------------------------------

// "12" as 12; `invalid` of field `name` for what is no number; nothing if it was left empty.
Result<std::optional<int>> number_typed(const http::Form& form, std::string_view name);
Result<GroupForm> parse_group(const http::Form& form);
http::Form typed_group(const Group& group);
// The parts of `group` that only those who run the site may change, put before what was typed.
http::Form with_kept_terms(const Group& group, const http::Form& typed);
void group_fields(Html& h, const http::Ctx& ctx, const Typed& typed, std::span<const Topic> topics);

}  // namespace kith::groups

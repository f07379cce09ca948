#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "groups/groups.hpp"
#include "groups/views.hpp"
#include "platform/http/forms.hpp"

// Forms of this feature: what was typed stays in them until it is right.
namespace kith::groups {

// What was typed, and what was wrong with it.
struct Typed {
    http::Form form;
    std::optional<Error> error;

    const Error* wrong() const { return error ? &*error : nullptr; }
    int status() const { return !error ? 200 : error->fault == Fault::too_many ? 429 : 422; }
};

using http::close_form;
using http::open_form;

struct Field {
    std::string_view name;   // and id
    std::string_view label;  // in the reader's language
    std::string_view hint = {};
    std::string_view type = "text";  // of the input
    int rows = 0;                    // more than none: a textarea
};
void field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field);

struct Choices {
    std::string_view name;  // and id
    std::string_view label;
};
// One of a few, all of them to be seen.
void choices(Html& h, const http::Ctx& ctx, const Typed& typed, const Choices& choices,
             std::span<const http::Option> options);
struct TopicField {
    std::string_view name;
    std::string_view label;
    std::string_view none;  // the first option
    std::span<const TopicPath> topics;
};
void topic_field(Html& h, const http::Ctx& ctx, const Typed& typed, const TopicField& field);
// Yes if it is ticked.
void tick(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field);

// The field for a name that others see, and the tick to keep one that looks real once that was said.
void name_field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field);
// A form of one button that posts to `action`.
struct Press {
    std::string_view words;
    std::string_view name = {};  // of the value that the button sends, if any
    std::string_view value = {};
    bool danger = false;
};
void press(Html& h, const http::Ctx& ctx, const Url& action, const Press& press);
// ---- between forms and rules --------------------------------------------------------------------

// "12" as 12; `invalid` of field `name` for what is no number; nothing if it was left empty.
Result<std::optional<int>> number_typed(const http::Form& form, std::string_view name);
Result<GroupForm> parse_group(const http::Form& form);
http::Form typed_group(const Group& group);
// The parts of `group` that only those who run the site may change, put before what was typed.
http::Form with_kept_terms(const Group& group, const http::Form& typed);
void group_fields(Html& h, const http::Ctx& ctx, const Typed& typed, std::span<const Topic> topics);

}  // namespace kith::groups

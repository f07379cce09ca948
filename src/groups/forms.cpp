#include "groups/forms.hpp"

#include <array>
#include <charconv>

#include "groups/views.hpp"
#include "platform/http/page.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"

namespace kith::groups {
namespace {

bool is_wrong(const Typed& typed, std::string_view name) { return typed.error && typed.error->field == name; }

void remarks(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field) {
    if (!field.hint.empty())
        h << "<p class=\"hint\" id=\"" << field.name << "-hint\">" << field.hint << "</p>";
    if (is_wrong(typed, field.name))
        h << "<p class=\"error\" id=\"" << field.name << "-error\">" << ctx.t(typed.error->message) << "</p>";
}

// The attributes that tie a control to its label, hint and error.
void names(Html& h, const Typed& typed, const Field& field) {
    const bool wrong = is_wrong(typed, field.name);
    h << " id=\"" << field.name << "\" name=\"" << field.name << "\"";
    if (wrong) h << " aria-invalid=\"true\"";
    if (field.hint.empty() && !wrong) return;
    h << " aria-describedby=\"";
    if (!field.hint.empty()) h << field.name << "-hint ";
    if (wrong) h << field.name << "-error";
    h << "\"";
}

}  // namespace

void field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field) {
    h << "<div class=\"field\"><label for=\"" << field.name << "\">" << field.label << "</label>";
    remarks(h, ctx, typed, field);
    const std::string_view value = typed.form.get(field.name);
    if (field.rows > 0) {
        h << "<textarea rows=\"" << field.rows << "\"";
        names(h, typed, field);
        h << ">\n" << value << "</textarea></div>";
    } else {
        h << "<input type=\"" << field.type << "\"";
        names(h, typed, field);
        if (field.type != "password") h << " value=\"" << value << "\"";
        h << "></div>";
    }
}

void choices(Html& h, const Typed& typed, std::string_view name, std::string_view legend,
             std::span<const Option> options) {
    h << "<fieldset class=\"choices\" id=\"" << name << "\"><legend>" << legend << "</legend>";
    const std::string_view chosen = typed.form.get(name);
    for (const Option& option : options) {
        h << "<label class=\"choice\"><input type=\"radio\" name=\"" << name << "\" value=\"" << option.value
          << "\"";
        if (option.value == chosen) h << " checked";
        h << ">" << option.words << "</label>";
    }
    h << "</fieldset>";
}

void selection(Html& h, const http::Ctx& ctx, const Typed& typed, const Selection& selection) {
    const Field field{.name = selection.name, .label = selection.label};
    h << "<div class=\"field\"><label for=\"" << field.name << "\">" << field.label << "</label>";
    remarks(h, ctx, typed, field);
    h << "<select";
    names(h, typed, field);
    h << "><option value=\"\">" << selection.none << "</option>";
    for (const Option& option : selection.options) {
        h << "<option value=\"" << option.value << "\"";
        if (option.value == typed.form.get(field.name)) h << " selected";
        h << ">" << option.words << "</option>";
    }
    h << "</select></div>";
}

void tick(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field) {
    h << "<div class=\"field\">";
    remarks(h, ctx, typed, field);
    h << "<label class=\"choice\"><input type=\"checkbox\" value=\"yes\"";
    names(h, typed, field);
    if (typed.form.checked(field.name)) h << " checked";
    h << "><span>" << field.label << "</span></label></div>";
}

constexpr std::string_view keep_name = "keep_name";

void name_field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& name) {
    field(h, ctx, typed, name);
    if (is_wrong(typed, keep_name) || typed.form.has(keep_name))
        tick(h, ctx, typed, {.name = keep_name, .label = ctx.t("I know, and I want to keep this name.")});
}

Done check_looks(const http::Form& form) {
    if (form.checked(keep_name)) return {};
    const auto warning = text::pseudonym_warning(text::one_line(form.get("name")));
    if (warning) return invalid(*warning, keep_name);
    return {};
}

void open_form(Html& h, const http::Ctx& ctx, const Url& action) {
    h << "<form method=\"post\" action=\"" << action << "\">";
    http::token_field(h, ctx);
}

void close_form(Html& h, std::string_view words) {
    h << "<p><button class=\"button\">" << words << "</button></p></form>";
}

void press(Html& h, const http::Ctx& ctx, const Url& action, const Press& press) {
    open_form(h, ctx, action);
    h << "<button class=\"button quiet";
    if (press.danger) h << " danger";
    h << "\"";
    if (!press.name.empty()) h << " name=\"" << press.name << "\" value=\"" << press.value << "\"";
    h << ">" << press.words << "</button></form>";
}

// ---- between forms and rules --------------------------------------------------------------------

namespace {

bool is_ticked(const http::Form& form, std::string_view name) { return form.checked(name); }

Result<std::optional<Time>> date_typed(const http::Form& form, std::string_view name) {
    if (form.get(name).empty()) return std::nullopt;
    const std::optional<Time> date = text::parse_date(form.get(name));
    if (!date) return invalid("Please write the day like this: 2026-05-03.", name);
    return date;
}

template <WordedEnum E>
Result<E> word_typed(const http::Form& form, std::string_view name) {
    const std::optional<E> value = from_word<E>(form.get(name));
    if (!value) return invalid("Please choose one of these.", name);
    return *value;
}

std::string day_typed(std::optional<Time> time) {
    return time ? text::iso(*time).substr(0, 10) : std::string();
}

// A group is open until the end of its last day.
constexpr std::int64_t last_moment_ms = day_ms - 1;

void who_fields(Html& h, const http::Ctx& ctx, const Typed& typed) {
    std::array<Option, 3> admissions;
    for (const Admission each : all_of<Admission>())
        admissions[static_cast<std::size_t>(each)] = {std::string(to_word(each)),
                                                      std::string(admission_sentence(ctx, each))};
    choices(h, typed, "admission", ctx.t("Who may join and read"), admissions);
    tick(h, ctx, typed,
         {.name = "public_reading",
          .label = ctx.t("People without an account may read it too"),
          .hint = ctx.t("Only for groups that are open to everybody. Anyone on the internet can then "
                        "read it.")});
    tick(h, ctx, typed,
         {.name = "sensitive",
          .label = ctx.t("This group needs extra care"),
          .hint = ctx.t("Its words are never shown to people without an account.")});
}

void anonymous_field(Html& h, const http::Ctx& ctx, const Typed& typed) {
    const std::array<Option, 3> ways{
        Option{"allowed", std::string(ctx.t("Yes. Their name is chosen at first"))},
        Option{"preselected", std::string(ctx.t("Yes. Anonymous is chosen at first"))},
        Option{"off", std::string(ctx.t("No. Everybody writes with their name here"))}};
    choices(h, typed, "anonymous_posting", ctx.t("May people write anonymously?"), ways);
}

void time_fields(Html& h, const http::Ctx& ctx, const Typed& typed) {
    field(h, ctx, typed,
          {.name = "size_limit",
           .label = ctx.t("How many people at most"),
           .hint = ctx.t("Leave it empty if there is no limit."),
           .type = "number"});
    field(h, ctx, typed,
          {.name = "opens_at",
           .label = ctx.t("First day"),
           .hint = ctx.t("It begins at midnight in world time (UTC). Leave it empty if the group is open "
                         "now."),
           .type = "date"});
    field(h, ctx, typed,
          {.name = "closes_at",
           .label = ctx.t("Last day"),
           .hint = ctx.t("It ends at midnight in world time (UTC). After it people can read but not "
                         "write. Leave it empty if the group stays open."),
           .type = "date"});
}

}  // namespace

Result<std::optional<int>> number_typed(const http::Form& form, std::string_view name) {
    const std::string_view text = form.get(name);
    if (text.empty()) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return invalid("Please write a whole number here.", name);
    return value;
}

Result<GroupForm> parse_group(const http::Form& form) {
    GroupForm out;
    out.name = form.get("name");
    out.purpose = form.get("purpose");
    out.rules = form.get("rules");
    if (const auto topic = TRY(number_typed(form, "topic"))) out.topic = TopicId(*topic);
    out.admission = TRY(word_typed<Admission>(form, "admission"));
    out.leadership = TRY(word_typed<Leadership>(form, "leadership"));
    out.hours = form.get("hours");
    out.public_reading = is_ticked(form, "public_reading");
    out.sensitive = is_ticked(form, "sensitive");
    if (form.has("anonymous_posting"))
        out.anonymous_posting = TRY(word_typed<AnonymousPosting>(form, "anonymous_posting"));
    out.size_limit = TRY(number_typed(form, "size_limit"));
    out.opens_at = TRY(date_typed(form, "opens_at"));
    out.closes_at = TRY(date_typed(form, "closes_at"));
    if (out.closes_at) out.closes_at = *out.closes_at + last_moment_ms;
    return out;
}

http::Form typed_group(const Group& group) {
    http::Form form = with_kept_terms(group, http::Form());
    form.set("name", group.name);
    form.set("purpose", group.purpose);
    form.set("rules", group.rules);
    if (group.topic) form.set("topic", std::to_string(group.topic->value()));
    form.set("leadership", std::string(to_word(group.leadership)));
    form.set("hours", group.hours);
    form.set("anonymous_posting", std::string(to_word(group.anonymous_posting)));
    if (group.size_limit) form.set("size_limit", std::to_string(*group.size_limit));
    form.set("opens_at", day_typed(group.opens_at));
    form.set("closes_at", day_typed(group.closes_at));
    return form;
}

http::Form with_kept_terms(const Group& group, const http::Form& typed) {
    http::Form form;
    form.set("admission", std::string(to_word(group.admission)));
    form.set("public_reading", group.public_reading ? "yes" : "");
    form.set("sensitive", group.sensitive ? "yes" : "");
    for (const std::string_view key : {"name", "purpose", "rules", "topic", "leadership", "hours",
                                       "anonymous_posting", "size_limit", "opens_at", "closes_at"})
        if (typed.has(key)) form.set(std::string(key), std::string(typed.get(key)));
    return form;
}

void group_fields(Html& h, const http::Ctx& ctx, const Typed& typed, std::span<const Topic> topics) {
    field(h, ctx, typed, {.name = "name", .label = ctx.t("Name of the group")});
    field(h, ctx, typed,
          {.name = "purpose",
           .label = ctx.t("What it is for"),
           .hint = ctx.t("The first sentence is shown where people look for a group."),
           .rows = 4});
    field(h, ctx, typed, {.name = "rules", .label = ctx.t("Rules"), .rows = 8});
    std::vector<Option> topic_options;
    for (const TopicPath& path : topic_paths(topics))
        topic_options.push_back({std::to_string(path.id.value()), path.words});
    selection(
        h, ctx, typed,
        {.name = "topic", .label = ctx.t("Topic"), .none = ctx.t("No topic"), .options = topic_options});
    const std::array<Option, 2> leaderships{
        Option{"peer", std::string(leadership_words(ctx, Leadership::peer))},
        Option{"professional", std::string(leadership_words(ctx, Leadership::professional))}};
    choices(h, typed, "leadership", ctx.t("Who leads it"), leaderships);
    field(h, ctx, typed,
          {.name = "hours",
           .label = ctx.t("When its leaders are here"),
           .hint = ctx.t("In your own words, such as: weekdays from 9 to 5. You can leave it empty.")});
    anonymous_field(h, ctx, typed);
    if (looks_after_site(ctx)) who_fields(h, ctx, typed);
    time_fields(h, ctx, typed);
}

}  // namespace kith::groups

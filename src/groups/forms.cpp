#include "groups/forms.hpp"

#include <array>
#include <charconv>

#include "groups/views.hpp"
#include "identity/identity.hpp"
#include "platform/http/page.hpp"
#include "platform/text/pseudonym.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"

namespace kith::groups {
namespace {

http::Field as_typed(const Typed& typed, const Field& field) {
    return {.name = field.name,
            .label = field.label,
            .hint = field.hint,
            .value = typed.form.get(field.name),
            .type = field.type,
            .rows = field.rows};
}

}  // namespace

void field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field) {
    http::field(h, ctx, as_typed(typed, field), typed.wrong());
}

void choices(Html& h, const http::Ctx& ctx, const Typed& typed, const Choices& choices,
             std::span<const http::Option> options) {
    http::choices(h, ctx, {choices.name, choices.label, typed.form.get(choices.name)}, options,
                  typed.wrong());
}

void topic_field(Html& h, const http::Ctx& ctx, const Typed& typed, const TopicField& field) {
    const std::string_view chosen = typed.form.get(field.name);
    http::open_selection(h, ctx, {field.name, field.label, chosen}, typed.wrong());
    http::option(h, "", field.none, chosen);
    for (const TopicPath& path : field.topics)
        http::option(h, std::to_string(path.id.value()), path.words, chosen);
    http::close_selection(h);
}

void tick(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field) {
    h << "<div class=\"field\">";
    http::check_box(h, ctx,
                    {.name = field.name,
                     .label = field.label,
                     .hint = field.hint,
                     .checked = typed.form.checked(field.name)},
                    typed.wrong());
    h << "</div>";
}

void name_field(Html& h, const http::Ctx& ctx, const Typed& typed, const Field& field) {
    identity::name_field(h, ctx, as_typed(typed, field), typed.wrong());
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
    std::vector<http::Option> admissions;
    for (const Admission each : all_of<Admission>())
        admissions.push_back({to_word(each), admission_sentence(ctx, each)});
    choices(h, ctx, typed, {"admission", ctx.t("Who may join and read")}, admissions);
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
    const std::array ways{http::Option{"allowed", ctx.t("Yes. Their name is chosen at first")},
                          http::Option{"preselected", ctx.t("Yes. Anonymous is chosen at first")},
                          http::Option{"off", ctx.t("No. Everybody writes with their name here")}};
    choices(h, ctx, typed, {"anonymous_posting", ctx.t("May people write anonymously?")}, ways);
}

void tone_field(Html& h, const http::Ctx& ctx, const Typed& typed) {
    std::vector<http::Option> tones;
    for (const Tone tone : all_of<Tone>()) tones.push_back({to_word(tone), tone_words(ctx, tone)});
    choices(h, ctx, typed, {"tone", ctx.t("How people talk here")}, tones);
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
    if (form.has("tone")) out.tone = TRY(word_typed<Tone>(form, "tone"));
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
    form.set("tone", std::string(to_word(group.tone)));
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
                                       "anonymous_posting", "tone", "size_limit", "opens_at", "closes_at"})
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
    const std::vector<TopicPath> paths = topic_paths(topics);
    topic_field(h, ctx, typed,
                {.name = "topic", .label = ctx.t("Topic"), .none = ctx.t("No topic"), .topics = paths});
    const std::array leaderships{
        http::Option{"peer", leadership_words(ctx, Leadership::peer)},
        http::Option{"professional", leadership_words(ctx, Leadership::professional)}};
    choices(h, ctx, typed, {"leadership", ctx.t("Who leads it")}, leaderships);
    field(h, ctx, typed,
          {.name = "hours",
           .label = ctx.t("When its leaders are here"),
           .hint = ctx.t("In your own words, such as: weekdays from 9 to 5. You can leave it empty.")});
    tone_field(h, ctx, typed);
    anonymous_field(h, ctx, typed);
    if (looks_after_site(ctx)) who_fields(h, ctx, typed);
    time_fields(h, ctx, typed);
}

}  // namespace kith::groups

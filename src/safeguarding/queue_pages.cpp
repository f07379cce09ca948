#include <charconv>

#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "platform/text/visible_text.hpp"
#include "safeguarding/pages.hpp"
#include "url.hpp"

namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;

// ---- the queue -------------------------------------------------------------------------------------------

struct Queue {
    std::vector<QueueRow> rows;
    Targets targets;
    Names names;
    std::unordered_map<GroupId, std::string> groups;
    std::unordered_map<CaseId, std::string> excerpts;
};

constexpr std::size_t excerpt_most = 160;

Result<Queue> load_queue(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Queue> {
        Queue out{.rows = TRY(queue(tx, ctx.actor())), .targets = targets(tx)};
        std::vector<PersonaId> people;
        std::vector<GroupId> groups;
        for (const QueueRow& row : out.rows) {
            const Case& one = row.safety_case;
            if (one.claimed_by) people.push_back(*one.claimed_by);
            groups.push_back(one.group);
            const auto post = one.post ? conversation::visible_post(tx, ctx.actor(), one.post)
                                       : Result<conversation::Post>(not_found());
            if (post && !post->has_note())
                out.excerpts.emplace(one.id, text::first(text::visible_text(post->html), excerpt_most));
        }
        out.names = identity::names_of(tx, people);
        out.groups = groups::names_of(tx, groups);
        return out;
    });
}

std::string_view group_name(const Queue& queue, GroupId id) {
    const auto found = queue.groups.find(id);
    return found == queue.groups.end() ? std::string_view() : std::string_view(found->second);
}

void queue_card(Html& h, const Ctx& ctx, const Queue& queue, const QueueRow& row) {
    const Case& one = row.safety_case;
    h << "<li class=\"card\"><p>";
    badge(h, ctx, one.urgency);
    if (row.has_appeal) h << " <span class=\"badge\">" << ctx.t("another look is asked for") << "</span>";
    if (one.waits_for_second())
        h << " <span class=\"badge\">" << ctx.t("a second person must read it") << "</span>";
    h << "</p><h2><a href=\"" << url::safety_case(one.id) << "\">"
      << ctx.t(words_of(row.reasons.empty() ? Reason::other : row.reasons.front())) << "</a></h2>";
    if (const auto excerpt = queue.excerpts.find(one.id); excerpt != queue.excerpts.end())
        h << "<p dir=\"auto\">" << excerpt->second << "</p>";
    h << "<p class=\"meta\"><bdi>" << group_name(queue, one.group) << "</bdi>, "
      << text::ago(ctx.words, one.opened_at, ctx.now());
    const std::string clock = clock_words(ctx, one, queue.targets);
    if (!clock.empty()) h << ", " << clock;
    if (one.is_claimed(ctx.now()))
        h << ". " << ctx.f("%1 works on it.", name_of(ctx, queue.names, *one.claimed_by));
    h << "</p></li>";
}

Response queue_json(const Queue& queue) {
    JsonWriter j;
    j.object().array("cases");
    for (const QueueRow& row : queue.rows) {
        const Case& one = row.safety_case;
        j.object()
            .member("id", one.id)
            .member("group", one.group)
            .member("post", one.post ? std::optional(one.post) : std::nullopt)
            .member("urgency", one.urgency)
            .member("opened_at", one.opened_at)
            .member("due_at", due_at(one, queue.targets))
            .member("first_look_at", one.first_look_at)
            .member("claimed_until", one.claimed_until)
            .member("has_appeal", row.has_appeal)
            .member("waits_for_second", one.waits_for_second())
            .array("reasons");
        for (const Reason reason : row.reasons) j.value(to_word(reason));
        j.end().end();
    }
    j.end().end();
    return http::json(j);
}

// ---- how long reports may wait ---------------------------------------------------------------------------

std::int64_t number_in(const Ctx& ctx, std::string_view name) {
    const std::string_view typed = ctx.form().get(name);
    std::int64_t out = -1;  // no number
    std::from_chars(typed.data(), typed.data() + typed.size(), out);
    return out;
}

void number_field(Html& h, const Ctx& ctx, std::string_view name, std::string_view label, std::int64_t number,
                  const Error* error) {
    const std::string shown = error ? std::string(ctx.form().get(name)) : std::to_string(number);
    http::field(h, ctx, {.name = name, .label = label, .value = shown, .type = "number"}, error);
}

Response triage_page(Ctx& ctx, const Error* error) {
    const Targets now = ctx.read([&](db::ReadTx& tx) { return targets(tx); });
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        j.object()
            .member("crisis", now.crisis)
            .member("red", now.red)
            .member("amber", now.amber)
            .member("hide_after", now.hide_after)
            .end();
        return http::json(j);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "How many minutes a report may wait until somebody looks at it. The list of reports is in this "
             "order, so "
             "that nothing waits longer.")
      << "</p>";
    http::open_form(h, ctx, url::triage());
    number_field(h, ctx, "crisis", ctx.t("Somebody may be in danger"), now.crisis, error);
    number_field(h, ctx, "red", ctx.t("Unkind or threatening words, broken trust"), now.red, error);
    number_field(h, ctx, "amber", ctx.t("Everything else"), now.amber, error);
    number_field(
        h, ctx, "hide_after",
        ctx.t("How many members must report a post until it is hidden, before anybody has looked? 0: never"),
        now.hide_after, error);
    http::close_form(h, ctx.t("Save"));
    const std::string heading(ctx.t("How long reports may wait"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

}  // namespace

Response show_queue(Ctx& ctx) {
    const auto queue = load_queue(ctx);
    if (!queue) return http::error_page(ctx, queue.error());
    if (ctx.wants_json()) return queue_json(*queue);
    Html h;
    if (queue->rows.empty()) {
        h << "<p class=\"empty\">" << ctx.t("Nothing waits. Thank you for looking.") << "</p>";
    } else {
        h << "<ul class=\"cards\">";
        for (const QueueRow& row : queue->rows) queue_card(h, ctx, *queue, row);
        h << "</ul>";
    }
    const std::string heading(ctx.t("Reports"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("Home")), url::home()}}},
        h);
}

Response show_triage(Ctx& ctx) { return triage_page(ctx, nullptr); }

Response save_triage(Ctx& ctx) {
    const Done saved = ctx.write([&](db::Tx& tx) {
        return set_targets(tx, ctx.actor(),
                           {.amber = number_in(ctx, "amber"),
                            .red = number_in(ctx, "red"),
                            .crisis = number_in(ctx, "crisis"),
                            .hide_after = number_in(ctx, "hide_after")});
    });
    if (saved) return http::done(ctx, url::triage());
    if (saved.error().field.empty() || ctx.wants_json()) return http::error_page(ctx, saved.error());
    return triage_page(ctx, &saved.error());
}

}  // namespace kith::safeguarding::pages

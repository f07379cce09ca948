#include "conversation/unmasking.hpp"

#include "conversation/pages.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::conversation::pages {
namespace {

using http::Ctx;
using http::Response;
using State = Unmasking::State;

struct Loaded {
    Unmasking unmasking;
    std::string alias;
};

Result<Loaded> load(Ctx& ctx, PostId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        Loaded out{TRY(unmasking_of(tx, ctx.actor(), id)), {}};
        const PersonaId alias[] = {out.unmasking.alias};
        out.alias = name_of(identity::names_of(tx, alias), alias[0], ctx.words);
        return out;
    });
}

void press(Html& h, const Ctx& ctx, PostId id, const Url& action, std::string_view words,
           const Error* error) {
    http::open_form(h, ctx, action);
    identity::current_password_field(h, ctx, error, url::post_unmasking(id));
    http::close_form(h, words);
}

// Before it is needed, and not only then.
void second_people(Html& h, const Ctx& ctx, const Unmasking& unmasking) {
    if (unmasking.state == State::agreed) return;
    if (unmasking.others.empty()) {
        h << "<p class=\"notice\">"
          << ctx.t(
                 "There is nobody yet who could be the second person. A host can give somebody the task, on "
                 "the page "
                 "\"Change this group\". Is it urgent? Call the emergency number.")
          << "</p>";
        return;
    }
    h << "<p>" << ctx.t("One of these people can be the second:") << "</p><ul>";
    for (const std::string& name : unmasking.others) h << "<li><bdi>" << name << "</bdi></li>";
    h << "</ul>";
}

void asking_form(Html& h, const Ctx& ctx, PostId id, const Error* error) {
    http::open_form(h, ctx, url::post_unmasking(id));
    http::field(h, ctx,
                {.name = "reason",
                 .label = ctx.t("Who may be in danger, and why do you think so?"),
                 .hint = ctx.t("One or two sentences. The second person and the hosts read them."),
                 .value = ctx.form().get("reason")},
                error);
    identity::current_password_field(h, ctx, error);
    http::close_form(h, ctx.t("Ask a second person"));
}

void asked(Html& h, const Ctx& ctx, PostId id, const Unmasking& unmasking, const Error* error) {
    const std::string until = text::exact(ctx.words, unmasking.until);
    if (unmasking.is_part) {
        h << "<p class=\"notice\">"
          << ctx.f(
                 "You have asked. Nobody is told of it: ask a second person who looks after this group to "
                 "open this "
                 "page and agree before %1.",
                 until)
          << "</p>";
        return;
    }
    h << "<p>" << ctx.f("%1 asks to find out who wrote this, because:", unmasking.asked_by)
      << "</p><blockquote dir=\"auto\">" << unmasking.reason << "</blockquote><p>"
      << ctx.f("If you think so too, you can agree until %1. If not, do nothing: nobody learns the name.",
               until)
      << "</p>";
    press(h, ctx, id, url::post_unmasking_agreement(id), ctx.t("I agree. We both may see the name"), error);
}

void agreed(Html& h, const Ctx& ctx, PostId id, const Unmasking& unmasking, const Error* error) {
    h << "<p>"
      << ctx.f("%1 asked and %2 agreed. Both can see the name until %3.", unmasking.asked_by,
               unmasking.agreed_by, text::exact(ctx.words, unmasking.until))
      << "</p>";
    if (unmasking.is_part) press(h, ctx, id, url::post_unmasking_name(id), ctx.t("Show me the name"), error);
}

Response frame(Ctx& ctx, PostId id, const Html& h, int status) {
    const std::string heading(ctx.t("Who wrote this?"));
    return http::page(ctx,
                      {.title = heading,
                       .heading = heading,
                       .crumbs = {{std::string(ctx.t("Back to the post")), url::post_in_thread(id)}}},
                      h, status);
}

void explanation(Html& h, const Ctx& ctx, PostId id, std::string_view alias) {
    h << "<p>" << ctx.f("Post %1, %2", std::to_string(id.number()), alias) << "</p><p>"
      << ctx.t("Whoever wrote this trusts that nobody finds out. Use this only if somebody may be in danger.")
      << "</p><p>"
      << ctx.t(
             "Two people who look after the group must agree within 24 hours. Then both can see the name for "
             "24 "
             "hours. Every step is written down for the hosts, and nobody else is told.")
      << "</p><p><a href=\"" << url::help_now() << "\">" << ctx.t("Need help now?") << "</a></p>";
}

Response unmasking_page(Ctx& ctx, PostId id, const Error* error) {
    const auto loaded = load(ctx, id);
    if (!loaded) return http::error_page(ctx, loaded.error());
    Html h;
    if (error) http::error_summary(h, ctx, *error);
    explanation(h, ctx, id, loaded->alias);
    const Unmasking& unmasking = loaded->unmasking;
    second_people(h, ctx, unmasking);
    if (unmasking.state == State::none) asking_form(h, ctx, id, error);
    if (unmasking.state == State::asked) asked(h, ctx, id, unmasking, error);
    if (unmasking.state == State::agreed) agreed(h, ctx, id, unmasking, error);
    return frame(ctx, id, h, error ? http::status_of(error->fault) : 200);
}

Response unmasking_json(const Unmasking& unmasking) {
    JsonWriter j;
    j.object().member("state", unmasking.state);
    if (unmasking.state != State::none)
        j.member("asked_by", unmasking.asked_by)
            .member("agreed_by", unmasking.agreed_by)
            .member("reason", unmasking.reason)
            .member("asked_at", unmasking.asked_at)
            .member("until", unmasking.until);
    j.end();
    return http::json(j);
}

// A rule about one post, by somebody who has shown that it is them.
template <class Rule>
auto confirmed(Ctx& ctx, PostId id, Rule&& rule) -> std::invoke_result_t<Rule&, db::Tx&, PostId> {
    TRY(identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current")));
    return ctx.write([&](db::Tx& tx) { return rule(tx, id); });
}

// Runs it and comes back to this page.
template <class Rule>
Response take_step(Ctx& ctx, Rule&& rule) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const Done done = confirmed(ctx, *id, rule);
    if (done) return http::done(ctx, url::post_unmasking(*id));
    if (ctx.wants_json() || !belongs_to_form(done.error())) return http::error_page(ctx, done.error());
    return unmasking_page(ctx, *id, &done.error());
}

// ---- for the host ------------------------------------------------------------------------------------------

constexpr int unmaskings_shown = 50;

struct Records {
    std::vector<UnmaskingRow> rows;
    std::unordered_map<MemberId, std::string> people;  // main names of those who asked and agreed
};

Result<Records> load_records(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Records> {
        Records out{TRY(list_unmaskings(tx, ctx.actor(), unmaskings_shown)), {}};
        const auto add = [&](MemberId member) {
            const PersonaId persona[] = {identity::main_persona(tx, member)};
            for (const auto& [id, name] : identity::names_of(tx, persona)) out.people.emplace(member, name);
        };
        for (const UnmaskingRow& row : out.rows) {
            add(row.asked_by);
            if (row.agreed_by) add(*row.agreed_by);
        }
        return out;
    });
}

std::string person(const Records& records, std::optional<MemberId> member) {
    const auto found = member ? records.people.find(*member) : records.people.end();
    return found == records.people.end() ? std::string() : found->second;
}

void cell(Html& h, std::string_view label, std::string_view words) {
    h << "<td data-label=\"" << label << "\">" << words << "</td>";
}

void record_row(Html& h, const Ctx& ctx, const Records& records, const UnmaskingRow& row) {
    h << "<tr>";
    cell(h, ctx.t("When"), text::exact(ctx.words, row.asked_at));
    cell(h, ctx.t("Who asked"), person(records, row.asked_by));
    cell(h, ctx.t("Why"), row.reason);
    cell(h, ctx.t("Who agreed"),
         row.agreed_by ? person(records, row.agreed_by) : std::string(ctx.t("nobody")));
    cell(h, ctx.t("When they agreed"),
         row.agreed_at ? text::exact(ctx.words, *row.agreed_at) : std::string());
    h << "</tr>";
}

Html records_content(const Ctx& ctx, const Records& records) {
    Html h;
    h << "<p>" << ctx.t("Who it was is not written here. Each look at a name is in the audit log.") << "</p>";
    if (records.rows.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("Nobody has asked so far.") << "</p></div>";
        return h;
    }
    h << "<table class=\"reflow\"><thead><tr>";
    for (const std::string_view head :
         {ctx.t("When"), ctx.t("Who asked"), ctx.t("Why"), ctx.t("Who agreed"), ctx.t("When they agreed")})
        h << "<th scope=\"col\">" << head << "</th>";
    h << "</tr></thead><tbody>";
    for (const UnmaskingRow& row : records.rows) record_row(h, ctx, records, row);
    h << "</tbody></table>";
    return h;
}

Response records_json(const Records& records) {
    JsonWriter j;
    j.object().array("unmaskings");
    for (const UnmaskingRow& row : records.rows)
        j.object()
            .member("post", row.post)
            .member("asked_by", person(records, row.asked_by))
            .member("reason", row.reason)
            .member("asked_at", row.asked_at)
            .member("agreed_by", person(records, row.agreed_by))
            .member("agreed_at", row.agreed_at)
            .end();
    j.end().end();
    return http::json(j);
}

}  // namespace

Response show_unmasking(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    if (!ctx.wants_json()) return unmasking_page(ctx, *id, nullptr);
    const auto loaded = load(ctx, *id);
    return loaded ? unmasking_json(loaded->unmasking) : http::error_page(ctx, loaded.error());
}

Response ask_unmasking(Ctx& ctx) {
    return take_step(ctx, [&](db::Tx& tx, PostId id) {
        return conversation::ask_unmasking(tx, ctx.actor(), id, ctx.form().get("reason"));
    });
}

Response agree_to_unmasking(Ctx& ctx) {
    return take_step(
        ctx, [&](db::Tx& tx, PostId id) { return conversation::agree_to_unmasking(tx, ctx.actor(), id); });
}

Response show_unmasked(Ctx& ctx) {
    const auto id = ctx.param<PostId>("post");
    if (!id) return http::error_page(ctx, id.error());
    const auto name = confirmed(ctx, *id,
                                [&](db::Tx& tx, PostId post) { return see_unmasked(tx, ctx.actor(), post); });
    if (!name && !ctx.wants_json() && belongs_to_form(name.error()))
        return unmasking_page(ctx, *id, &name.error());
    if (!name) return http::error_page(ctx, name.error());
    JsonWriter j;
    j.object().member("name", *name).end();
    if (ctx.wants_json()) return http::json(j);
    Html h;
    h << "<p>" << ctx.f("In this group they write as %1.", *name) << "</p><p class=\"notice\">"
      << ctx.t("Tell nobody who does not need to know. Think first of how to help.") << "</p>";
    return frame(ctx, *id, h, 200);
}

Response show_unmaskings(Ctx& ctx) {
    const auto records = load_records(ctx);
    if (!records) return http::error_page(ctx, records.error());
    if (ctx.wants_json()) return records_json(*records);
    const std::string heading(ctx.t("Who wrote anonymously"));
    return http::page(ctx,
                      {.title = heading,
                       .heading = heading,
                       .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                      records_content(ctx, *records));
}

}  // namespace kith::conversation::pages

#include <array>

#include "identity/identity.hpp"
#include "own_data/access_log.hpp"
#include "own_data/agreements.hpp"
#include "own_data/farewell.hpp"
#include "own_data/own_data.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/list_words.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zip/zip.hpp"
#include "site/site.hpp"
#include "url.hpp"

namespace kith::own_data {
namespace {

using http::Ctx;
using http::Response;

Response page_of(Ctx& ctx, std::string_view title, const Html& body, const Error* error) {
    return http::form_page(ctx, {.title = std::string(title), .heading = std::string(title)}, body, error);
}

// ---- a copy ------------------------------------------------------------------------------------------

Response data_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>" << ctx.t("You can take a copy of all that is kept about you here.") << "</p><h2>"
      << ctx.t("Take a copy") << "</h2><p>"
      << ctx.t(
             "You get one ZIP file. In it, index.html is for reading and data.json for other programs. It "
             "holds your account, names, groups, posts, support and settings. Names of other people are "
             "left out.")
      << "</p><p class=\"notice\">"
      << ctx.t("Anybody who opens the file can read it. On a shared device, do not leave it there.")
      << "</p>";
    http::open_form(h, ctx, url::me_data());
    identity::current_password_field(h, ctx, error);
    h << "<p><button class=\"button\">" << ctx.t("Take a copy") << "</button></p></form><p><a href=\""
      << url::me_access_log() << "\">" << ctx.t("Who has opened my private data") << "</a></p><p><a href=\""
      << url::me_agreements() << "\">" << ctx.t("What I agreed to") << "</a></p><h2>"
      << ctx.t("Have it erased") << "</h2><p>"
      << ctx.t("You can also leave for good and have all about you erased.") << " <a href=\""
      << url::me_erasure() << "\">" << ctx.t("How that goes") << "</a></p>";
    return page_of(ctx, ctx.t("My data"), h, error);
}

Response get_data(Ctx& ctx) { return data_page(ctx, nullptr); }

Response post_data(Ctx& ctx) {
    const auto copy = copy_for(ctx.services, ctx.actor(), ctx.form().get("current"), ctx.words);
    if (!copy) return data_page(ctx, &copy.error());
    if (ctx.wants_json()) return Response::json(copy->json);
    std::vector<ZipFile> files{{"index.html", copy->html}, {"data.json", copy->json}};
    for (const Copy::File& picture : copy->pictures) files.push_back({picture.name, picture.bytes});
    Response response;
    response.type = "application/zip";
    response.head = make_zip(files, ctx.now());
    response.compress = false;
    return std::move(response.with("content-disposition", "attachment; filename=\"my-data.zip\""));
}

// ---- who has opened it -------------------------------------------------------------------------------

constexpr std::size_t openings_shown = 100;

std::string_view words_of(Looked what) {
    switch (what) {
        case Looked::looked_up:
            return t_later("A host looked up who writes under this name");
        case Looked::unmasked:
            return t_later("Two people who look after a group found out who wrote anonymously");
        case Looked::reached:
            return t_later("Two people who look after a group opened how to reach you in an emergency");
        case Looked::exported:
            return t_later("A host had to give a report about a post of yours to an authority");
        case Looked::named:
            return t_later("A host had to give something that you reported to an authority, with your name");
        case Looked::held:
            return t_later("A host put your account on hold");
        case Looked::hold_lifted:
            return t_later("A host took your account off hold");
        case Looked::reset_code:
            return t_later("A host made a code for a new password for you");
        case Looked::factors_ended:
            return t_later("Somebody who runs the site took away your passkeys and codes");
    }
    return {};
}

void opening(Html& h, const Ctx& ctx, const Opening& entry) {
    h << "<li class=\"card\"><p><strong>" << ctx.t(words_of(entry.what)) << "</strong></p>";
    if (entry.name) h << "<p dir=\"auto\">" << identity::shown_name(*entry.name, ctx.words) << "</p>";
    if (entry.reason) h << "<blockquote dir=\"auto\">" << *entry.reason << "</blockquote>";
    h << "<p class=\"meta\">";
    std::vector<std::string> who;
    for (const auto& one : {entry.by, entry.with})
        if (one) who.push_back(*one);
    if (!who.empty()) h << text::listed(ctx.words, who) << ", ";
    h << text::exact(ctx.words, entry.at) << "</p></li>";
}

Response openings_json(const std::vector<Opening>& log) {
    JsonWriter j;
    j.object().array("entries");
    for (const Opening& entry : log)
        j.object()
            .member("at", entry.at)
            .member("what", entry.what)
            .member("name", entry.name)
            .member("reason", entry.reason)
            .member("by", entry.by)
            .member("with", entry.with)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_openings(Ctx& ctx) {
    const auto log = ctx.read(
        [&](db::ReadTx& tx) { return access_log(tx, ctx.session->member, openings_shown); });
    if (ctx.wants_json()) return openings_json(log);
    Html h;
    h << "<p>"
      << ctx.t(
             "Who writes under a name stays closed here. If somebody opens it, it is written down: who, "
             "when, "
             "and why.")
      << " "
      << ctx.n("You see a look at who you are after %d day, because it may be about somebody's safety.",
               "You see a look at who you are after %d days, because it may be about somebody's safety.",
               days_unseen)
      << "</p>";
    if (log.empty()) {
        h << "<p class=\"empty\">" << ctx.t("Nobody has opened anything of yours.") << "</p>";
    } else {
        h << "<ul class=\"cards\">";
        for (const Opening& entry : log) opening(h, ctx, entry);
        h << "</ul>";
    }
    if (!ctx.site->contact.empty())
        h << "<p>" << ctx.f("Questions? Write to %1.", ctx.site->contact) << "</p>";
    return page_of(ctx, ctx.t("Who has opened my private data"), h, nullptr);
}

// ---- what I agreed to --------------------------------------------------------------------------------

// One press ends it; what that does stands above the button.
void agreement(Html& h, const Ctx& ctx, std::string_view what, Time since, std::string_view effect,
               const Url& action, std::string_view field, std::string_view value) {
    h << "<li class=\"card\"><h2>" << what << "</h2><p class=\"meta\">"
      << ctx.f("Since %1", text::date(ctx.words, since)) << "</p><p>" << effect << "</p>";
    http::open_form(h, ctx, action);
    if (!field.empty()) h << "<input type=\"hidden\" name=\"" << field << "\" value=\"" << value << "\">";
    h << "<button class=\"button quiet\">" << ctx.t("Take this back") << "</button></form></li>";
}

Response agreements_json(const Agreements& mine) {
    JsonWriter j;
    j.object().array("policies");
    for (const policies::Agreed& one : mine.policies)
        j.object()
            .member("policy", one.policy)
            .member("version", one.number)
            .member("title", one.title)
            .member("at", one.at)
            .end();
    j.end().member("anything_waits", mine.anything_waits).array("rules");
    for (const RulesAgreed& rules : mine.rules)
        j.object().member("group", rules.group).member("name", rules.name).member("at", rules.at).end();
    j.end()
        .member("mails_since", mine.mails_since)
        .member("mails_tell_more", mine.mails_tell_more)
        .member("mails_show_words", mine.mails_show_words)
        .end();
    return http::json(j);
}

std::string_view mails_agreed_to(const Ctx& ctx, const Agreements& mine) {
    if (mine.mails_show_words && mine.mails_tell_more)
        return ctx.t("Mails that show the words of replies, and name this site and its groups");
    if (mine.mails_show_words) return ctx.t("Mails that show the words of replies");
    if (mine.mails_tell_more) return ctx.t("Mails that name this site and its groups");
    return ctx.t("Mails that say something is new");
}

std::string agreed_on(const Ctx& ctx, const policies::Agreed& one) {
    return ctx.f("Version %1, agreed on %2", std::to_string(one.number), text::date(ctx.words, one.at));
}

// A yes to words of the host is no consent to take back: whoever wants no more of it leaves.
void policies_agreed(Html& h, const Ctx& ctx, const Agreements& mine) {
    if (mine.anything_waits)
        h << "<p class=\"notice\"><a href=\"" << url::agreement() << "\">"
          << ctx.t("Something waits for your yes or no.") << "</a></p>";
    if (mine.policies.empty()) return;
    h << "<h2>" << ctx.t("What holds for everybody") << "</h2><ul class=\"cards\">";
    for (const policies::Agreed& one : mine.policies)
        h << "<li class=\"card\"><a dir=\"auto\" href=\""
          << url::policy_version(one.policy.value(), one.number) << "\">" << one.title
          << "</a><p class=\"meta\">" << agreed_on(ctx, one) << "</p></li>";
    h << "</ul><p>"
      << ctx.t("If you do not agree any more, you can close your account, and take your data with you.")
      << " <a href=\"" << url::me_closure() << "\">" << ctx.t("Close my account") << "</a></p>";
}

Response get_agreements(Ctx& ctx) {
    const auto mine = ctx.read([&](db::ReadTx& tx) { return agreements_of(tx, ctx.session->member); });
    if (ctx.wants_json()) return agreements_json(mine);
    Html h;
    policies_agreed(h, ctx, mine);
    if (!mine.policies.empty()) h << "<h2>" << ctx.t("Groups and mails") << "</h2>";
    h << "<p>" << ctx.t("You can take back each of these, whenever you like and without a reason.") << "</p>";
    if (mine.rules.empty() && !mine.mails_since)
        h << "<p class=\"empty\">" << ctx.t("Nothing just now.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const RulesAgreed& rules : mine.rules)
        agreement(
            h, ctx, ctx.f("The rules of %1", rules.name), rules.at,
            ctx.t("Taking it back means that you leave the group. What you wrote stays, and you can come "
                  "back."),
            url::leaving(rules.group), {}, {});
    if (mine.mails_since)
        agreement(h, ctx, mails_agreed_to(ctx, mine), *mine.mails_since,
                  ctx.t("Taking it back means that you get no more mails. News still stands here."),
                  url::me_notices(), "way", "site");
    h << "</ul>";
    return page_of(ctx, ctx.t("What I agreed to"), h, nullptr);
}

// ---- erasure -----------------------------------------------------------------------------------------

void choices(Html& h, const Ctx& ctx, const Error* error) {
    const std::array options{
        http::Option{"keep", ctx.t("Keep my words under no name. Answers to them still make sense.")},
        http::Option{"take", ctx.t("Take my words away too, also where others quoted them. Others see that a "
                                   "post was removed.")}};
    const http::Choices words{.name = "words",
                              .label = ctx.t("What shall happen to your words?"),
                              .chosen = ctx.form().get("words"),
                              .required = true};
    http::choices(h, ctx, words, options, error);
}

Response erasure_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.n("Then you are signed out everywhere. After %d day all about you is erased for good.",
               "Then you are signed out everywhere. After %d days all about you is erased for good.",
               days_to_undo)
      << " " << ctx.t("If you change your mind, sign in before that: then nothing is erased.") << "</p><p>"
      << ctx.t(
             "Your names, groups, read marks, notices and settings go, and nobody else can take your "
             "names. What others wrote about you in their own words stays.")
      << " " << site::words_about_backups(ctx.words, *ctx.site) << "</p><p><a href=\"" << url::me_data()
      << "\">" << ctx.t("Take a copy first") << "</a></p>";
    http::open_form(h, ctx, url::me_erasure());
    choices(h, ctx, error);
    identity::current_password_field(h, ctx, error);
    h << "<p><button class=\"button danger\">" << ctx.t("Erase all about me")
      << "</button></p></form><p><a href=\"" << url::me() << "\">" << ctx.t("No, I want to stay")
      << "</a></p>";
    return page_of(ctx, ctx.t("Have all about me erased"), h, error);
}

Response get_erasure(Ctx& ctx) { return erasure_page(ctx, nullptr); }

Done ask(Ctx& ctx) {
    const auto words = from_word<OwnWords>(ctx.form().get("words"));
    if (!words) return invalid("Please choose what shall happen to your words.", "words");
    return ask_erasure(ctx.services, ctx.actor(), {*words, std::string(ctx.form().get("current"))});
}

Response post_erasure(Ctx& ctx) {
    const Done asked = ask(ctx);
    if (!asked) return erasure_page(ctx, &asked.error());
    Response response = http::done(ctx, url::goodbye().query("words", ctx.form().get("words")));
    return std::move(identity::forget_all(ctx, response));
}

void list(Html& h, std::string_view heading, const std::vector<std::string>& items) {
    h << "<h2>" << heading << "</h2><ul>";
    for (const std::string& item : items) h << "<li>" << item << "</li>";
    h << "</ul>";
}

// For whoever has just gone: it knows nothing of them.
Response get_goodbye(Ctx& ctx) {
    const auto words = from_word<OwnWords>(ctx.query().get("words")).value_or(OwnWords::keep);
    const Farewell told = farewell(ctx.words, *ctx.site, words);
    Html h;
    h << "<p>" << ctx.t("You are signed out on all devices.") << " "
      << ctx.n("After %d day all about you is erased for good.",
               "After %d days all about you is erased for good.", days_to_undo)
      << " " << ctx.t("If you change your mind, sign in before that: then nothing is erased.") << "</p>";
    list(h, ctx.t("What goes"), told.goes);
    list(h, ctx.t("What stays, without your name"), told.stays);
    if (ctx.site->sends_mail)
        h << "<p>" << ctx.t("If we have an e-mail address of yours that works, you get this by mail, too.")
          << "</p>";
    h << "<p>" << ctx.t("Thank you for having been here. Take care of yourself.") << "</p><p><a href=\""
      << url::help_now() << "\">" << ctx.t("Urgent help") << "</a></p>";
    return page_of(ctx, ctx.t("Goodbye"), h, nullptr);
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/data", gate::member, get_data},
        {Method::post, "/me/data", gate::member, post_data},
        {Method::get, "/me/access-log", gate::member, get_openings},
        {Method::get, "/me/agreements", gate::member, get_agreements},
        {Method::get, "/me/erasure", gate::member, get_erasure},
        {Method::post, "/me/erasure", gate::member, post_erasure},
        {Method::get, "/goodbye", gate::open, get_goodbye},
    };
}

}  // namespace kith::own_data

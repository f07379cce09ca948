#include "matching/pages.hpp"

#include <algorithm>

#include "platform/http/forms.hpp"
#include "platform/http/page.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::matching::pages {
namespace {

using http::Ctx;
using http::Response;

// ---- words ---------------------------------------------------------------------------------------------------

std::string_view words_of(Since since) {
    switch (since) {
        case Since::unsaid:
            return t_later("I would rather not say");
        case Since::fresh:
            return t_later("Less than a year");
        case Since::years:
            return t_later("One to five years");
        case Since::lasting:
            return t_later("More than five years");
    }
    return {};
}

std::string_view words_of(Stage stage) {
    switch (stage) {
        case Stage::unsaid:
            return t_later("I would rather not say");
        case Stage::waiting:
            return t_later("Waiting for answers");
        case Stage::treatment:
            return t_later("In treatment");
        case Stage::changed:
            return t_later("My treatment has changed or ended");
        case Stage::daily:
            return t_later("Living with it day by day");
        case Stage::close:
            return t_later("I am here because of somebody close to me");
    }
    return {};
}

std::string_view words_of(Hope hope) {
    switch (hope) {
        case Hope::listen:
            return t_later("To read and listen");
        case Hope::share:
            return t_later("To say how I am");
        case Hope::learn:
            return t_later("To learn what helps others");
        case Hope::company:
            return t_later("Company");
    }
    return {};
}

std::string words_of(const Ctx& ctx, const Suggestion& suggestion, Reason reason) {
    switch (reason) {
        case Reason::topic:
            return ctx.f("It is about %1.", suggestion.topic);
        case Reason::since:
            return std::string(ctx.t("Several people there have lived with it for about as long as you."));
        case Reason::stage:
            return std::string(ctx.t("Several people there are at the same point as you."));
        case Reason::reading:
            return std::string(ctx.t("You can read along before you write."));
        case Reason::nameless:
            return std::string(ctx.t("You can write there without your name."));
        case Reason::professional:
            return std::string(ctx.t("Professionals lead it."));
        case Reason::company:
            return std::string(ctx.t("People wrote there today."));
        case Reason::tone:
            return ctx.f("How people talk there: %1.", groups::tone_words(ctx, suggestion.group.tone));
    }
    return {};
}

// ---- the form ------------------------------------------------------------------------------------------------

struct Choosable {
    std::vector<groups::TopicPath> topics;  // under which there is a group
};

Choosable choosable(db::ReadTx& tx, const Actor& actor) {
    Choosable out{groups::topic_paths(groups::topics(tx))};
    std::vector<TopicId> used;
    for (const groups::Group& group : groups::listed_groups(tx, actor))
        if (group.topic) used.push_back(*group.topic);
    // With those above them: parents come before what is below them.
    for (auto path = out.topics.rbegin(); path != out.topics.rend(); ++path)
        if (path->parent && std::ranges::find(used, path->id) != used.end()) used.push_back(*path->parent);
    std::erase_if(out.topics,
                  [&](const auto& path) { return std::ranges::find(used, path.id) == used.end(); });
    return out;
}

AboutMe typed(const http::Form& form) {
    AboutMe out;
    for (const std::string_view topic : form.all("topics"))
        out.topics.push_back(TopicId(std::atoll(std::string(topic).c_str())));
    out.since = from_word<Since>(form.get("since")).value_or(Since::unsaid);
    out.stage = from_word<Stage>(form.get("stage")).value_or(Stage::unsaid);
    for (const std::string_view hope : form.all("hopes"))
        if (const auto known = from_word<Hope>(hope)) out.hopes.push_back(*known);
    out.tone = from_word<groups::Tone>(form.get("tone")).value_or(groups::Tone::any);
    return out;
}

void open_boxes(Html& h, std::string_view id, std::string_view legend) {
    h << "<fieldset class=\"choices\" id=\"" << id << "\"><legend>" << legend << "</legend>";
}

void box(Html& h, std::string_view name, const std::string& value, std::string_view words, bool ticked) {
    h << "<label class=\"choice\"><input type=\"checkbox\" name=\"" << name << "\" value=\"" << value << "\"";
    if (ticked) h << " checked";
    h << "><span>" << words << "</span></label>";
}

template <class E>
void one_of(Html& h, const Ctx& ctx, std::string_view name, std::string_view legend, E chosen) {
    std::vector<http::Option> options;
    for (const E each : all_of<E>()) options.push_back({to_word(each), ctx.t(words_of(each))});
    http::choices(h, ctx, {name, legend, to_word(chosen)}, options, nullptr);
}

void form(Html& h, const Ctx& ctx, const Choosable& choosable, const AboutMe& about) {
    http::open_form(h, ctx, url::people_like_me());
    if (!choosable.topics.empty()) {
        open_boxes(h, "topics", ctx.t("What is it about for you?"));
        for (const groups::TopicPath& path : choosable.topics)
            box(h, "topics", std::to_string(path.id.value()), path.words,
                std::ranges::find(about.topics, path.id) != about.topics.end());
        h << "</fieldset>";
    }
    one_of(h, ctx, "since", ctx.t("How long has it been part of your life?"), about.since);
    one_of(h, ctx, "stage", ctx.t("Where are you with it?"), about.stage);
    open_boxes(h, "hopes", ctx.t("What do you hope for here?"));
    for (const Hope hope : all_of<Hope>())
        box(h, "hopes", std::string(to_word(hope)), ctx.t(words_of(hope)),
            std::ranges::find(about.hopes, hope) != about.hopes.end());
    h << "</fieldset>";
    std::vector<http::Option> tones;
    for (const groups::Tone tone : all_of<groups::Tone>())
        tones.push_back({to_word(tone), groups::tone_words(ctx, tone)});
    http::choices(h, ctx, {"tone", ctx.t("How do you like people to talk?"), to_word(about.tone)}, tones,
                  nullptr);
    h << "<p class=\"row\"><button class=\"button\">" << ctx.t("Show me what fits") << "</button>";
    if (ctx.signed_in() && !about.says_anything())
        h << " <button class=\"button quiet\" name=\"do\" value=\"skip\">" << ctx.t("Skip this")
          << "</button>";
    h << "</p></form>";
}

// ---- what fits -----------------------------------------------------------------------------------------------

struct Fitting {
    std::vector<Suggestion> groups;
    std::vector<SuggestedThread> threads;
};

Fitting fitting(db::ReadTx& tx, const Actor& actor, const AboutMe& about) {
    return {groups_for(tx, actor, about), threads_for(tx, actor, about)};
}

void results(Html& h, const Ctx& ctx, const Fitting& fitting) {
    h << "<section><h2 id=\"fits\">" << ctx.t("Groups that may fit") << "</h2>";
    if (fitting.groups.empty())
        h << "<p class=\"empty\">"
          << ctx.t(
                 "There is no other group that fits what you said. Look at all groups, or leave some "
                 "questions out.")
          << "</p>";
    group_cards(h, ctx, fitting.groups);
    h << "<p><a href=\"" << url::groups() << "\">" << ctx.t("See all groups") << "</a></p>";
    if (!fitting.threads.empty()) {
        h << "<h2>" << ctx.t("Threads that may speak to you") << "</h2><ul class=\"threads\">";
        for (const SuggestedThread& one : fitting.threads)
            h << "<li class=\"thread-row\"><h3><a class=\"thread-title\" dir=\"auto\" href=\""
              << url::thread(one.thread.id) << "\">" << conversation::shown_title(one.thread.title, ctx.words)
              << "</a></h3><p class=\"meta\">" << one.group << " · "
              << ctx.f("because you said: %1", one.topic) << "</p></li>";
        h << "</ul>";
    }
    h << "</section>";
}

void forget_form(Html& h, const Ctx& ctx) {
    h << "<h2>" << ctx.t("What you said") << "</h2><p>"
      << ctx.t("It is kept for you alone, to lead you to groups. You can take it back.") << "</p>";
    http::open_form(h, ctx, url::people_like_me());
    h << "<button class=\"button quiet\" name=\"do\" value=\"forget\">" << ctx.t("Forget my answers")
      << "</button></form>";
}

Response as_json(const Ctx& ctx, const AboutMe& about, const Fitting& fitting) {
    JsonWriter j;
    j.object().array("topics");
    for (const TopicId topic : about.topics) j.value(topic);
    j.end().member("since", about.since).member("stage", about.stage).array("hopes");
    for (const Hope hope : about.hopes) j.value(hope);
    j.end().member("tone", about.tone).array("groups");
    groups_json(j, ctx, fitting.groups);
    j.end().array("threads");
    for (const SuggestedThread& one : fitting.threads)
        j.object()
            .member("id", one.thread.id)
            .member("title", conversation::shown_title(one.thread.title, ctx.words))
            .member("group", one.thread.group)
            .member("topic", one.topic)
            .end();
    j.end().end();
    return http::json(j);
}

Response page_for(Ctx& ctx, const std::optional<AboutMe>& said) {
    struct Loaded {
        Choosable choosable;
        Fitting fitting;
    };
    const AboutMe about = said.value_or(AboutMe());
    const Loaded loaded = ctx.read([&](db::ReadTx& tx) {
        return Loaded{choosable(tx, ctx.actor()),
                      about.says_anything() ? fitting(tx, ctx.actor(), about) : Fitting()};
    });
    if (ctx.wants_json()) return as_json(ctx, about, loaded.fitting);
    Html h;
    h << "<p>"
      << ctx.t("A few questions, to lead you to people who know what it is like. Leave out what you like.")
      << " "
      << (ctx.signed_in()
              ? ctx.t("Nobody else sees what you say. Only if five people or more in a group said the same "
                      "can it show there, without names.")
              : ctx.t("You have no account here: what you say is not kept."))
      << "</p>";
    if (about.says_anything()) results(h, ctx, loaded.fitting);
    if (about.says_anything()) h << "<h2>" << ctx.t("Your answers") << "</h2>";
    form(h, ctx, loaded.choosable, about);
    if (ctx.signed_in() && about.says_anything()) forget_form(h, ctx);
    const std::string heading(ctx.t("People like me"));
    return http::page(ctx,
                      {.title = heading,
                       .heading = heading,
                       .crumbs = {{std::string(ctx.t("Find a group")), url::groups()}}},
                      h);
}

}  // namespace

void group_cards(Html& h, const Ctx& ctx, std::span<const Suggestion> suggestions) {
    if (suggestions.empty()) return;
    h << "<ul class=\"cards\">";
    for (const Suggestion& suggestion : suggestions) {
        h << "<li class=\"card\"><h3><a dir=\"auto\" href=\"" << url::membership(suggestion.group.id) << "\">"
          << suggestion.group.name << "</a></h3>";
        groups::badges(h, ctx, suggestion.group);
        h << "<ul>";
        for (const Reason reason : suggestion.reasons)
            h << "<li>" << words_of(ctx, suggestion, reason) << "</li>";
        h << "</ul></li>";
    }
    h << "</ul>";
}

void groups_json(JsonWriter& j, const Ctx& ctx, std::span<const Suggestion> suggestions) {
    for (const Suggestion& suggestion : suggestions) {
        j.object().member("id", suggestion.group.id).member("name", suggestion.group.name).array("reasons");
        for (const Reason reason : suggestion.reasons) j.value(words_of(ctx, suggestion, reason));
        j.end().end();
    }
}

Response show(Ctx& ctx) {
    const auto said = ctx.session ? ctx.read([&](db::ReadTx& tx) { return about(tx, ctx.session->member); })
                                  : std::nullopt;
    return page_for(ctx, said);
}

Response save(Ctx& ctx) {
    const AboutMe said = typed(ctx.form());
    // What a guest says is answered and forgotten.
    if (!ctx.session) return page_for(ctx, said);
    const std::string_view act = ctx.form().get("do");
    const Done saved = ctx.write([&](db::Tx& tx) {
        if (act == "forget") return take_back(tx, ctx.actor());
        // Whoever said something before has it kept.
        if (act == "skip" && about(tx, ctx.session->member)) return Done();
        return say(tx, ctx.actor(), act == "skip" ? AboutMe() : said);
    });
    if (!saved) return http::error_page(ctx, saved.error());
    if (act == "skip") return http::done(ctx, url::groups());
    return http::done(ctx, act == "forget" ? url::people_like_me() : url::people_like_me().fragment("fits"));
}

}  // namespace kith::matching::pages

namespace kith::matching {

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/people-like-me", gate::open, pages::show},
        {Method::post, "/people-like-me", gate::open, pages::save},
        {Method::get, "/groups/{group}/fit", gate::member, pages::show_fit},
        {Method::post, "/groups/{group}/fit", gate::member, pages::save_fit},
    };
}

}  // namespace kith::matching

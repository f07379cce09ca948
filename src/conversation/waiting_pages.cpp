#include "assist/assist.hpp"
#include "conversation/pages.hpp"
#include "conversation/views.hpp"
#include "conversation/waiting.hpp"
#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "site/site.hpp"
#include "training/training.hpp"
#include "url.hpp"

// What waits until somebody has looked: for those who look, and for whoever wrote it. The pace of one thread.
namespace kith::conversation {

void waiting_text(Html& h, const http::Ctx& ctx, const pacing::Waiting& words,
                  std::span<const content_notes::Note> note_list) {
    if (!words.title.empty()) h << "<h3 dir=\"auto\">" << words.title << "</h3>";
    careful_text(h, shown_post(words), note_list, ctx.words);
}

void own_waiting(Html& h, const http::Ctx& ctx, const pacing::Here& here,
                 std::span<const content_notes::Note> note_list) {
    if (here.own.empty()) return;
    h << "<section id=\"waiting\" aria-labelledby=\"waiting-heading\"><h2 id=\"waiting-heading\">"
      << ctx.t("Waits until somebody has looked") << "</h2><p class=\"meta\">" << ctx.t("Only you see this.")
      << " <a href=\"" << url::me_waiting() << "\">" << ctx.t("My posts that wait") << "</a></p>";
    for (const pacing::Waiting& one : here.own) {
        h << "<article class=\"post\">";
        waiting_text(h, ctx, one, note_list);
        h << "</article>";
    }
    h << "</section>";
}

namespace pages {
namespace {

using http::Ctx;
using http::Response;
using pacing::Outcome;
using pacing::Place;
using pacing::Waiting;

// ---- for those who look ------------------------------------------------------------------------------------

struct List {
    std::string group_name;
    std::vector<ToLookAt> waiting;
    std::vector<content_notes::Note> note_list;
    bool is_trained = true;  // who reads
};

Result<List> load(db::ReadTx& tx, const Actor& actor, GroupId group) {
    return List{.group_name = TRY(groups::access(tx, actor, group)).group.name,
                .waiting = TRY(to_look_at(tx, actor, group)),
                .note_list = content_notes::list(tx),
                .is_trained = training::is_trained(tx, actor)};
}

std::string_view name_of(const Ctx& ctx, const ToLookAt& one) {
    return one.name.empty() ? ctx.t("Anonymous") : identity::shown_name(one.name, ctx.words);
}

std::string minutes_waited(const Ctx& ctx, const Waiting& words) {
    const auto minutes = static_cast<long>((ctx.now() - words.written_at) / minute_ms);
    return ctx.n("%d minute so far", "%d minutes so far", minutes);
}

Response as_json(const Ctx& ctx, const List& list) {
    JsonWriter j;
    j.object().array("posts");
    for (const ToLookAt& one : list.waiting)
        j.object()
            .member("id", one.words.id)
            .member("kind", one.words.kind)
            .member("author", name_of(ctx, one))
            .member("own", one.own)
            .member("title", one.words.title.empty() ? one.title : one.words.title)
            .member("html", shown_post(one.words).html)
            .member("note", one.words.note)
            .member("cause", one.words.cause)
            .member("is_danger", one.words.is_danger)
            .member("written_at", one.words.written_at)
            .end();
    j.end().end();
    return http::json(j);
}

void place_words(Html& h, const Ctx& ctx, const ToLookAt& one) {
    switch (one.words.kind) {
        case Place::thread:
            h << ctx.t("A new thread");
            return;
        case Place::reply:
            h << ctx.t("A reply in") << " <a dir=\"auto\" href=\"" << url::thread(one.words.thread()) << "\">"
              << shown_title(one.title, ctx.words) << "</a>";
            return;
        case Place::change:
            h << "<a href=\"" << url::post_in_thread(PostId(one.words.place)) << "\">"
              << ctx.t("A change of a post that stands there") << "</a>";
            return;
    }
}

void answer_form(Html& h, const Ctx& ctx, const Waiting& words, const Error* error) {
    const std::string id = "words-" + std::to_string(words.id);
    http::open_form(h, ctx, url::waiting_post(words.id));
    h << "<p><button class=\"button\" name=\"do\" value=\"let_through\">" << ctx.t("Let it through")
      << "</button></p><details";
    if (error) h << " open";
    h << "><summary>" << ctx.t("Send it back with a few kind words")
      << "</summary><div class=\"field\"><label for=\"" << id << "\">" << ctx.t("Your words to the author")
      << "</label><p class=\"hint\">"
      << ctx.t("What could be said another way, and that they still belong here. They find their text again.")
      << "</p>";
    if (error) h << "<p class=\"error\">" << ctx.t(error->message) << "</p>";
    h << "<textarea id=\"" << id << "\" name=\"words\" rows=\"4\" dir=\"auto\">\n"
      << (error ? ctx.form().get("words") : std::string_view())
      << "</textarea></div><button class=\"button quiet\" name=\"do\" value=\"send_back\">"
      << ctx.t("Send it back") << "</button></details></form>";
}

void card(Html& h, const Ctx& ctx, const List& list, const ToLookAt& one, const Error* error) {
    h << "<li class=\"card\" id=\"w" << one.words.id << "\">";
    if (one.words.is_danger)
        h << "<p><span class=\"badge urgency-crisis\">" << ctx.t("somebody may be in danger")
          << "</span></p>";
    h << "<h2><bdi>" << name_of(ctx, one) << "</bdi></h2><p class=\"meta\">" << minutes_waited(ctx, one.words)
      << "</p><p>";
    place_words(h, ctx, one);
    h << "</p><p class=\"hint\">" << ctx.t(pacing::words_of(one.words.cause)) << "</p>";
    waiting_text(h, ctx, one.words, list.note_list);
    if (one.own) h << "<p class=\"notice\">" << ctx.t("You wrote this. Somebody else looks at it.") << "</p>";
    else if (list.is_trained) answer_form(h, ctx, one.words, error);
    h << "</li>";
}

// `wrong`: the post whose words to the author were not right.
Response waiting_page(Ctx& ctx, GroupId group, std::int64_t wrong, const Error* error) {
    const auto list = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), group); });
    if (!list) return http::error_page(ctx, list.error());
    if (ctx.wants_json() && !error) return as_json(ctx, *list);
    Html h;
    if (list->waiting.empty()) {
        h << "<p class=\"empty\">" << ctx.t("Nothing waits. Thank you for looking.") << "</p>";
    } else {
        h << "<p>"
          << ctx.t("The oldest first. Nobody else can read these until one of you lets them through.")
          << "</p>";
        if (!list->is_trained) training::ask_first(h, ctx);
        h << "<ul class=\"cards\">";
        for (const ToLookAt& one : list->waiting)
            card(h, ctx, *list, one, one.words.id == wrong ? error : nullptr);
        h << "</ul>";
    }
    const std::string heading(ctx.t("What waits for a look"));
    return http::form_page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{list->group_name, url::group(group)}}}, h,
        error);
}

std::optional<Waiting> found(Ctx& ctx) {
    const auto id = http::Form::parse("id=" + std::string(ctx.text_param("waiting"))).number("id");
    if (!id) return std::nullopt;
    return ctx.read([&](db::ReadTx& tx) { return pacing::find_waiting(tx, *id); });
}

Done answer(db::Tx& tx, const Ctx& ctx, std::int64_t id) {
    const std::string_view act = ctx.form().get("do");
    if (act == "take_back") return take_back(tx, ctx.actor(), id);
    if (act == "send_back") return send_back(tx, ctx.actor(), id, ctx.form().get("words"));
    if (act != "let_through") return invalid("Please choose what you decide.", "do");
    TRY(let_through(tx, ctx.actor(), id));
    return {};
}

}  // namespace

Response show_waiting(Ctx& ctx) {
    const auto group = ctx.param<GroupId>("group");
    if (!group) return http::error_page(ctx, group.error());
    return waiting_page(ctx, *group, 0, nullptr);
}

Response answer_waiting(Ctx& ctx) {
    const auto words = found(ctx);
    if (!words) return http::error_page(ctx, Error{Fault::not_found, t_later("We could not find that."), ""});
    const Done done = ctx.write([&](db::Tx& tx) { return answer(tx, ctx, words->id); });
    const bool is_own = ctx.form().get("do") == "take_back";
    if (done) return http::done(ctx, is_own ? url::me_waiting() : url::waiting(words->group));
    const bool is_typed = done.error().fault == Fault::invalid && !done.error().field.empty();
    if (!is_typed || ctx.wants_json()) return http::error_page(ctx, done.error());
    Error at_field = done.error();
    at_field.field = "words-" + std::to_string(words->id);
    return waiting_page(ctx, words->group, words->id, &at_field);
}

// ---- for whoever wrote it ----------------------------------------------------------------------------------

namespace {

Url place_of(const Waiting& words) {
    if (words.kind == Place::change) return url::post_editing(PostId(words.place));
    return words.kind == Place::reply ? url::new_reply(ThreadId(words.place)) : url::new_thread(words.group);
}

bool needs_help(const Waiting& words) {
    return !words.looked_at && (words.is_danger || words.cause == pacing::Cause::method);
}

void why_it_waits(Html& h, const Ctx& ctx, const Waiting& words) {
    h << "<p>";
    if (words.cause == pacing::Cause::method)
        h << ctx.t(
            "It may tell how somebody could harm themselves. That can put others in danger who read it on a "
            "bad day, so a person looks first. You did nothing wrong by writing how you feel.");
    else if (words.cause == pacing::Cause::newcomer)
        h << ctx.t("First posts wait here until somebody has looked. Everybody begins like this.");
    else if (words.cause == pacing::Cause::person)
        h << ctx.t(
            "After an earlier post of yours somebody decided that what you write next in this group waits "
            "for "
            "a look. Why stands in “Decisions about my posts”.");
    else h << ctx.t("For a while, posts wait here until somebody who looks after the group has looked.");
    h << " " << ctx.t("Your words are kept. You hear of it as soon as somebody has looked.") << "</p>";
}

void own_card(Html& h, const Ctx& ctx, const Waiting& words, std::span<const content_notes::Note> note_list) {
    h << "<li class=\"card\"><h2>"
      << (words.outcome ? ctx.t("Somebody wrote to you about this")
                        : ctx.t("Waits until somebody has looked"))
      << "</h2>";
    if (!words.outcome) why_it_waits(h, ctx, words);
    if (!words.words.empty()) h << "<blockquote dir=\"auto\">" << words.words << "</blockquote>";
    waiting_text(h, ctx, words, note_list);
    if (words.outcome) {
        h << "<p><a class=\"button\" href=\"" << place_of(words) << "\">" << ctx.t("Go on writing")
          << "</a></p>";
    } else {
        http::open_form(h, ctx, url::waiting_post(words.id));
        h << "<button class=\"button quiet\" name=\"do\" value=\"take_back\">"
          << ctx.t("Take it back and go on writing") << "</button></form>";
    }
    h << "</li>";
}

struct Mine {
    std::vector<Waiting> words;
    std::vector<content_notes::Note> note_list;
};

Response mine_json(const Mine& mine) {
    JsonWriter j;
    j.object().array("posts");
    for (const Waiting& one : mine.words)
        j.object()
            .member("id", one.id)
            .member("group", one.group)
            .member("kind", one.kind)
            .member("place", one.place)
            .member("title", one.title)
            .member("text", one.markdown)
            .member("written_at", one.written_at)
            .member("sent_back", one.outcome.has_value())
            .member("words", one.words)
            .end();
    j.end().end();
    return http::json(j);
}

}  // namespace

Response show_my_waiting(Ctx& ctx) {
    Mine mine = ctx.read([&](db::ReadTx& tx) {
        return Mine{pacing::waiting_of(tx, ctx.session->member), content_notes::list(tx)};
    });
    std::erase_if(mine.words, [](const Waiting& one) { return one.outcome == Outcome::taken_back; });
    if (ctx.wants_json()) return mine_json(mine);
    Html h;
    if (std::ranges::any_of(mine.words, needs_help))
        h << "<section class=\"notice\" aria-labelledby=\"help-first\"><h2 id=\"help-first\">"
          << ctx.t("Is it too much to carry right now?") << "</h2><p>"
          << ctx.t("These people are there for you at once, whatever it is. You need not wait.") << "</p>"
          << site::short_help(ctx) << "</section>";
    if (mine.words.empty()) h << "<p class=\"empty\">" << ctx.t("Nothing of yours waits.") << "</p>";
    h << "<ul class=\"cards\">";
    for (const Waiting& one : mine.words) own_card(h, ctx, one, mine.note_list);
    h << "</ul>";
    const std::string heading(ctx.t("My posts that wait"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
        h);
}

// ---- the pace of a thread ----------------------------------------------------------------------------------

namespace {

Response thread_pace_page(Ctx& ctx, ThreadId id, const Error* error) {
    struct Loaded {
        Thread thread;
        std::vector<pacing::Setting> standing;
        bool is_trained = true;  // who reads
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        const auto [thread, access] = TRY(access_thread(tx, ctx.actor(), id));
        if (!access.moderate) return not_found();
        auto standing = pacing::standing(tx, thread.group, id);
        std::erase_if(standing, [](const pacing::Setting& one) { return !one.thread; });
        return Loaded{thread, std::move(standing), training::is_trained(tx, ctx.actor())};
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    Html h;
    h << "<p>" << ctx.t("This is for one thread. For the whole group there is a page of its own.")
      << " <a href=\"" << url::pace(loaded->thread.group) << "\">" << ctx.t("How fast people write here")
      << "</a></p>";
    if (loaded->is_trained) pacing::pace_form(h, ctx, url::thread_pace(id), loaded->standing, error);
    else training::ask_first(h, ctx);
    const std::string heading(ctx.t("The pace of this thread"));
    return http::form_page(
        ctx,
        {.title = heading,
         .heading = heading,
         .crumbs = {{std::string(shown_title(loaded->thread.title, ctx.words)), url::thread(id)}}},
        h, error);
}

}  // namespace

Response show_thread_pace(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    return id ? thread_pace_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response save_thread_pace(Ctx& ctx) {
    const auto id = ctx.param<ThreadId>("thread");
    if (!id) return http::error_page(ctx, id.error());
    const Done saved = ctx.write(
        [&](db::Tx& tx) { return set_thread_pace(tx, ctx.actor(), *id, pacing::typed_pace(ctx)); });
    if (saved) return http::done(ctx, url::thread(*id));
    if (saved.error().fault != Fault::invalid || ctx.wants_json())
        return http::error_page(ctx, saved.error());
    return thread_pace_page(ctx, *id, &saved.error());
}

}  // namespace pages
}  // namespace kith::conversation

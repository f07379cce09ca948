#include "learning/pages.hpp"

#include <cmath>

#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "url.hpp"

namespace kith::learning::pages {
namespace {

using http::Ctx;
using http::Response;

// What stands right before it, so that it is understood.
constexpr std::int64_t posts_before = 2;

struct View {
    std::string group, title;
    std::vector<conversation::Post> posts;  // the last is the one to be read
    std::vector<content_notes::Note> note_list;
    std::unordered_map<PersonaId, std::string> names;
};

Result<View> load(db::ReadTx& tx, const Actor& actor, PostId post) {
    TRY(may_label(tx, actor, post));
    const auto thread = TRY(conversation::visible_thread(tx, actor, post.thread()));
    View out{.group = {}, .title = thread.title};
    const GroupId group[] = {thread.group};
    for (auto& [id, name] : groups::names_of(tx, group)) out.group = name;
    for (std::int64_t n = std::max<std::int64_t>(1, post.number() - posts_before); n <= post.number(); ++n)
        if (auto one = conversation::visible_post(tx, actor, PostId(post.thread(), n)))
            out.posts.push_back(*std::move(one));
    out.note_list = content_notes::list(tx);
    std::vector<PersonaId> people;
    for (const auto& one : out.posts) people.push_back(one.author);
    out.names = identity::names_of(tx, people);
    return out;
}

void post_part(Html& h, const Ctx& ctx, PostId post, const View& view) {
    h << "<p class=\"meta\"><bdi>" << view.group << "</bdi> · <a dir=\"auto\" href=\""
      << url::post_in_thread(post) << "\">" << conversation::shown_title(view.title, ctx.words) << "</a></p>";
    for (const conversation::Post& one : view.posts) {
        const auto name = view.names.find(one.author);
        h << (one.id == post ? Markup("<article class=\"card reported\"><h2>")
                             : Markup("<article class=\"card\"><h2>"))
          << (name == view.names.end() ? std::string(ctx.t("Former member"))
                                       : std::string(identity::shown_name(name->second, ctx.words)))
          << "</h2>";
        conversation::careful_text(h, one, view.note_list, ctx.words);
        h << "</article>";
    }
}

void label_form(Html& h, const Ctx& ctx, PostId post, bool by_lot) {
    http::open_form(h, ctx, url::post_label(post));
    if (by_lot) h << "<input type=\"hidden\" name=\"next\" value=\"yes\">";
    h << "<p><button class=\"button\" name=\"do\" value=\"nothing\">" << ctx.t("Nothing needed")
      << "</button></p><details><summary>" << ctx.t("It needs somebody") << "</summary>";
    std::vector<http::Option> urgencies;
    for (const Urgency urgency : all_of<Urgency>())
        urgencies.push_back({to_word(urgency), ctx.t(safeguarding::words_of(urgency))});
    http::choices(h, ctx, {"urgency", ctx.t("How soon?"), "green"}, urgencies, nullptr);
    h << "<fieldset class=\"choices\" id=\"flags\"><legend>" << ctx.t("What is it about?") << "</legend>";
    for (const Flag flag : all_of<Flag>())
        http::check_box(h, ctx, {.name = to_word(flag), .label = ctx.t(pages::words_of(flag))});
    h << "</fieldset><p><button class=\"button\" name=\"do\" value=\"needed\">" << ctx.t("Save this")
      << "</button></p></details></form>";
}

LabelForm typed(const http::Form& form) {
    if (form.get("do") == "nothing") return {};
    return {.urgency = from_word<Urgency>(form.get("urgency")).value_or(Urgency::green),
            .crisis = form.checked("crisis"),
            .hostile = form.checked("hostile"),
            .spam = form.checked("spam"),
            .advice = form.checked("advice")};
}

http::Frame frame(const Ctx& ctx, std::string_view heading) {
    return {.title = std::string(heading),
            .heading = std::string(heading),
            .crumbs = {{std::string(ctx.t("Reports")), url::cases()}}};
}

Response post_json(std::optional<PostId> post) {
    JsonWriter j;
    j.object().member("post", post).end();
    return http::json(j);
}

}  // namespace

std::string_view words_of(Flag flag) {
    switch (flag) {
        case Flag::crisis:
            return t_later("Somebody may be in danger");
        case Flag::hostile:
            return t_later("It is unkind or threatening");
        case Flag::spam:
            return t_later("It is advertising, or a trick");
        case Flag::advice:
            return t_later("It gives medical advice that may do harm");
    }
    return {};
}

std::string of_hundred(const Ctx& ctx, double share) {
    return ctx.f("%1 of 100", std::to_string(std::lround(100 * share)));
}

Response show_next(Ctx& ctx) {
    struct Loaded {
        std::optional<PostId> post;
        View view;
    };
    const auto loaded = ctx.read([&](db::ReadTx& tx) -> Result<Loaded> {
        const PostId left(ctx.query().number("after").value_or(0));
        Loaded out{TRY(next_to_read(tx, ctx.actor(), left)), {}};
        if (out.post) out.view = TRY(load(tx, ctx.actor(), *out.post));
        return out;
    });
    if (!loaded) return http::error_page(ctx, loaded.error());
    if (ctx.wants_json()) return post_json(loaded->post);
    Html h;
    h << "<p>"
      << ctx.t(
             "These posts were drawn by lot from those that nobody and nothing had pointed to. So we see "
             "what is missed. Most of them need nothing.")
      << "</p>";
    if (loaded->post) {
        post_part(h, ctx, *loaded->post, loaded->view);
        label_form(h, ctx, *loaded->post, true);
        h << "<p><a href=\"" << url::learning().query("after", std::to_string(loaded->post->value())) << "\">"
          << ctx.t("Leave it to somebody else") << "</a></p>";
    } else {
        h << "<p class=\"empty\">" << ctx.t("There is nothing to read for now. Thank you.") << "</p>";
    }
    return http::page(ctx, frame(ctx, ctx.t("Read a few posts")), h);
}

Response show_label(Ctx& ctx) {
    const auto post = ctx.param<PostId>("post");
    if (!post) return http::error_page(ctx, post.error());
    const auto view = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), *post); });
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return post_json(*post);
    Html h;
    h << "<p>"
      << ctx.t(
             "What you say here teaches the house what to read first. The author is not told, and nothing "
             "happens to the post. If it needs somebody, it comes to the list of reports.")
      << "</p>";
    post_part(h, ctx, *post, *view);
    label_form(h, ctx, *post, false);
    return http::page(ctx, frame(ctx, ctx.t("What does this post need?")), h);
}

Response save_label(Ctx& ctx) {
    const auto post = ctx.param<PostId>("post");
    if (!post) return http::error_page(ctx, post.error());
    const auto opened = ctx.write(
        [&](db::Tx& tx) { return label(tx, ctx.actor(), *post, typed(ctx.form())); });
    if (!opened) return http::error_page(ctx, opened.error());
    if (*opened) return http::done(ctx, url::safety_case(**opened));
    return http::done(ctx, ctx.form().get("next") == "yes" ? url::learning() : url::post_in_thread(*post));
}

}  // namespace kith::learning::pages

namespace kith::learning {

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/learning", gate::moderator, pages::show_next},
        {Method::get, "/posts/{post}/label", gate::moderator, pages::show_label},
        {Method::post, "/posts/{post}/label", gate::moderator, pages::save_label},
        {Method::get, "/admin/learning", gate::host, pages::show_learned},
        {Method::post, "/admin/learning", gate::host, pages::save_audit},
        {Method::post, "/admin/learning/{flag}", gate::host, pages::act_on_flag},
        {Method::get, "/admin/learning/report", gate::host, pages::show_report},
    };
}

}  // namespace kith::learning

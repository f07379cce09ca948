#include <charconv>

#include "drafts/drafts.hpp"
#include "platform/http/page.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::drafts {
namespace {

using http::Ctx;
using http::Response;

// ---- addresses -----------------------------------------------------------------------------------------

Url address_of(Place place) { return url::draft(to_word(place.kind), place.id); }

// Where the writing goes on.
Url writing_at(Place place) {
    switch (place.kind) {
        case Kind::thread:
            return url::new_thread(GroupId(place.id));
        case Kind::reply:
            return url::new_reply(ThreadId(place.id));
        case Kind::change:
            return url::post_editing(PostId(place.id));
    }
    return url::home();
}

std::string_view words_of(Kind kind) {
    switch (kind) {
        case Kind::thread:
            return t_later("A new thread");
        case Kind::reply:
            return t_later("A reply");
        case Kind::change:
            return t_later("A change of your post");
    }
    return {};
}

Result<Place> place_in(const Ctx& ctx) {
    struct DraftPlace;
    const auto kind = from_word<Kind>(ctx.text_param("kind"));
    const Id<DraftPlace> id = TRY(ctx.param<Id<DraftPlace>>("place"));
    if (!kind || id.value() <= 0) return not_found();
    return Place{*kind, id.value()};
}

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::max<std::int64_t>(number, 0);
}

Typed typed_in(const http::Form& form) {
    constexpr std::size_t longest_voice = 20;
    return {.title = std::string(form.get("title")),
            .markdown = std::string(form.get("text")),
            .note = std::string(form.get("note")),
            .reply_to = number_in(form.get("reply_to")),
            .voice = std::string(form.get("voice").substr(0, longest_voice)),
            .notes = notes_typed(form)};
}

// ---- JSON ----------------------------------------------------------------------------------------------

void draft_members(JsonWriter& j, const Draft& draft) {
    const Typed& typed = draft.typed;
    j.member("kind", draft.place.kind).member("place", draft.place.id);
    j.member("title", typed.title).member("text", typed.markdown).member("note", typed.note);
    j.member("reply_to", typed.reply_to).member("voice", typed.voice).member("notes", typed.notes);
    j.member("edition", edition_of(typed)).member("saved_at", draft.saved_at);
}

// What stands, with the outcome; 409 where nothing was saved.
Response saving_json(const Saving& saving) {
    JsonWriter j;
    j.object().member("outcome", saving.outcome);
    if (saving.standing) {
        j.object("draft");
        draft_members(j, *saving.standing);
        j.end();
    }
    j.end();
    return http::json(j, saving.outcome == Outcome::saved ? 200 : 409);
}

Response list_json(const std::vector<Draft>& drafts) {
    JsonWriter j;
    j.object().array("drafts");
    for (const Draft& draft : drafts) {
        j.object();
        draft_members(j, draft);
        j.end();
    }
    j.end().end();
    return http::json(j);
}

// ---- pages ---------------------------------------------------------------------------------------------

Response framed(Ctx& ctx, std::string_view heading, const Html& content, int status = 200) {
    return http::page(ctx,
                      {.title = std::string(heading),
                       .heading = std::string(heading),
                       .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
                      content, status);
}

void put_away_form(Html& h, const Ctx& ctx, const Draft& draft) {
    h << "<form method=\"post\" action=\"" << url::draft_removal(to_word(draft.place.kind), draft.place.id)
      << "\">";
    http::token_field(h, ctx);
    h << "<input type=\"hidden\" name=\"edition\" value=\"" << edition_of(draft.typed)
      << "\"><button class=\"button quiet\">" << ctx.t("Throw away") << "</button></form>";
}

void own_words(Html& h, const Typed& typed) {
    if (!typed.title.empty())
        h << "<p dir=\"auto\"><strong>" << text::one_line(typed.title) << "</strong></p>";
    h << "<p class=\"own-words\" dir=\"auto\">" << typed.markdown << "</p>";
}

// All of it: the place may be one where nothing can be sent any more.
void entry(Html& h, const Ctx& ctx, const Draft& draft) {
    h << "<li class=\"card\"><h2>" << ctx.t(words_of(draft.place.kind)) << "</h2><p class=\"meta\">"
      << ctx.f("Saved %1", text::ago(ctx.words, draft.saved_at, ctx.now())) << "</p>";
    own_words(h, draft.typed);
    h << "<div class=\"row\"><a class=\"button\" href=\"" << writing_at(draft.place) << "\">"
      << ctx.t("Go on writing") << "</a>";
    put_away_form(h, ctx, draft);
    h << "</div></li>";
}

Response show_mine(Ctx& ctx) {
    const auto drafts = ctx.read([&](db::ReadTx& tx) { return list_of(tx, ctx.session->member); });
    if (ctx.wants_json()) return list_json(drafts);
    Html h;
    if (drafts.empty()) {
        h << "<p class=\"empty\">"
          << ctx.t("Nothing. While you write, your words are saved here until you send them.") << "</p>";
    } else {
        h << "<p>" << ctx.t("Only you see this. Nothing here has been sent.") << "</p><ul class=\"cards\">";
        for (const Draft& draft : drafts) entry(h, ctx, draft);
        h << "</ul><p class=\"meta\">" << ctx.t("What you have not touched for a year is thrown away.")
          << "</p>";
    }
    return framed(ctx, ctx.t("What I have begun to write"), h);
}

Response show(Ctx& ctx) {
    const auto draft = ctx.read([&](db::ReadTx& tx) -> Result<Draft> {
        const Place place = TRY(place_in(ctx));
        auto found = find(tx, ctx.session->member, place);
        if (!found) return not_found("Nothing is kept for this place.");
        return *std::move(found);
    });
    if (!draft) return http::error_page(ctx, draft.error());
    if (!ctx.wants_json()) return Response::redirect(writing_at(draft->place));
    JsonWriter j;
    j.object();
    draft_members(j, *draft);
    j.end();
    return http::json(j);
}

void hidden(Html& h, std::string_view name, std::string_view value) {
    h << "<input type=\"hidden\" name=\"" << name << "\" value=\"" << value << "\">";
}

// One of two drafts for a place: mine can still be changed, the other one stands beside it to be read.
class Side {
public:
    Side(Html& h, const Ctx& ctx, bool is_mine) : h_(h), ctx_(ctx), mine_(is_mine) {}

    void title(const Typed& typed) { line("title", ctx_.t("Title"), typed.title); }
    void note(const Typed& typed) { line("note", ctx_.t("Content note"), typed.note); }
    void text(const Typed& typed) {
        label("text", mine_ ? ctx_.t("What you wrote here") : ctx_.t("What you wrote there"));
        h_ << "<textarea rows=\"8\"";
        attributes("text");
        h_ << ">\n" << typed.markdown << "</textarea></div>";
    }

private:
    std::string id(std::string_view name) const { return (mine_ ? "" : "other-") + std::string(name); }
    void label(std::string_view name, std::string_view words) {
        h_ << "<div class=\"field\"><label for=\"" << id(name) << "\">" << words << "</label>";
    }
    void attributes(std::string_view name) {
        h_ << " id=\"" << id(name) << "\" dir=\"auto\"";
        if (mine_) h_ << " name=\"" << name << "\"";
        else h_ << " readonly";
    }
    void line(std::string_view name, std::string_view words, std::string_view value) {
        label(name, words);
        h_ << "<input value=\"" << value << "\"";
        attributes(name);
        h_ << "></div>";
    }

    Html& h_;
    const Ctx& ctx_;
    bool mine_;
};

// What neither of the two has is left out; so both show the same.
void one_side(Html& h, const Ctx& ctx, bool is_mine, const Typed& typed, const Typed& other) {
    Side side(h, ctx, is_mine);
    if (!typed.title.empty() || !other.title.empty()) side.title(typed);
    if (!typed.note.empty() || !other.note.empty()) side.note(typed);
    side.text(typed);
}

// Two drafts for one place: both are shown, and the person says which of them stays.
Response choose_page(Ctx& ctx, Place place, const Typed& mine, const Saving& saving) {
    const Typed other = saving.standing ? saving.standing->typed : Typed();
    Html h;
    h << "<p>";
    h << (saving.standing
              ? ctx.t("You also wrote here in another window or on another device. Nothing is lost.")
              : ctx.t("What you began here was sent or thrown away in another window. Nothing is lost."));
    h << "</p>";
    if (saving.standing) one_side(h, ctx, false, other, mine);
    h << "<form class=\"composer\" method=\"post\" action=\"" << address_of(place) << "\">";
    http::token_field(h, ctx);
    hidden(h, "draft_edition", saving.standing ? edition_of(other) : std::string());
    hidden(h, "reply_to", std::to_string(mine.reply_to));
    hidden(h, "voice", mine.voice);
    hidden(h, "notes", mine.notes);
    one_side(h, ctx, true, mine, other);
    h << "<button class=\"button\">" << ctx.t("Keep the words I wrote here") << "</button></form>";
    if (saving.standing)
        h << "<p><a class=\"button quiet\" href=\"" << writing_at(place) << "\">"
          << ctx.t("Keep the words I wrote there") << "</a></p>";
    return framed(ctx, ctx.t("Which words shall stay?"), h, 409);
}

Response keep(Ctx& ctx) {
    const auto place = place_in(ctx);
    if (!place) return http::error_page(ctx, place.error());
    const Typed typed = typed_in(ctx.form());
    const auto saving = ctx.write(
        [&](db::Tx& tx) { return save(tx, ctx.actor(), *place, typed, ctx.form().get("draft_edition")); });
    if (!saving) return http::error_page(ctx, saving.error());
    if (ctx.wants_json()) return saving_json(*saving);
    if (saving->outcome != Outcome::saved) return choose_page(ctx, *place, typed, *saving);
    return Response::redirect(url::me_drafts());
}

Response throw_away(Ctx& ctx) {
    const auto place = place_in(ctx);
    if (!place) return http::error_page(ctx, place.error());
    const Done gone = ctx.write(
        [&](db::Tx& tx) { return put_away(tx, ctx.actor(), *place, ctx.form().get("edition")); });
    return gone ? http::done(ctx, url::me_drafts()) : http::error_page(ctx, gone.error());
}

}  // namespace

std::string notes_typed(const http::Form& form) {
    constexpr std::size_t longest = 200;
    std::string out;
    for (const std::string_view value : form.all("notes")) {
        if (value.empty() || out.size() + value.size() >= longest) continue;
        if (!out.empty()) out += ',';
        out += value;
    }
    return out;
}

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/drafts", gate::member, show_mine},
        {Method::get, "/drafts/{kind}/{place}", gate::member, show},
        {Method::post, "/drafts/{kind}/{place}", gate::member, keep},
        {Method::post, "/drafts/{kind}/{place}/removal", gate::member, throw_away},
    };
}

}  // namespace kith::drafts

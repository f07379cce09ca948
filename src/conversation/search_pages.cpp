#include <algorithm>
#include <charconv>

#include "conversation/pages.hpp"
#include "conversation/search_turns.hpp"
#include "conversation/views.hpp"
#include "identity/identity.hpp"
#include "platform/text/search_text.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

using http::Ctx;
using http::Response;

constexpr int results_per_page = 20;

SearchTurns turns;

struct SearchView {
    GroupId group;
    std::optional<FoundPage> page;  // nothing typed yet: none
    Names names;
    std::unordered_map<GroupId, std::string> groups;
};

std::int64_t number_of(const Ctx& ctx, std::string_view key) {
    const std::string_view text = ctx.query().get(key);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Result<SearchView> search_view(Ctx& ctx, LastWord last) {
    return ctx.read([&](db::ReadTx& tx) -> Result<SearchView> {
        SearchView view{.group = GroupId(number_of(ctx, "group"))};
        view.page = TRY(search(tx, ctx.actor(), ctx.query().get("q"), view.group, number_of(ctx, "before"),
                               results_per_page, last));
        std::vector<PersonaId> people;
        std::vector<GroupId> groups;
        for (const Found& found : view.page->found) {
            people.push_back(found.author);
            groups.push_back(found.group);
        }
        view.names = identity::names_of(tx, people);
        view.groups = groups::names_of(tx, groups);
        return view;
    });
}

// A beginning of too many words is taken as a word.
Result<SearchView> search_view(Ctx& ctx) {
    if (ctx.query().get("q").empty()) return SearchView{.group = GroupId(number_of(ctx, "group"))};
    const MemberId member = ctx.actor().member;
    const auto turn = TRY(turns.take(member ? std::to_string(member.value()) : ctx.request.client));
    try {
        return search_view(ctx, LastWord::may_be_unfinished);
    } catch (const db::TooSlow&) {
    }
    try {
        return search_view(ctx, LastWord::whole);
    } catch (const db::TooSlow&) {
        return invalid("This would take too long. Please use a rarer word, or one more word.", "q");
    }
}

void search_form(Html& h, const Ctx& ctx, std::string_view typed, GroupId group) {
    h << "<form class=\"search\" role=\"search\" method=\"get\" action=\"" << url::search()
      << "\"><div class=\"field\"><label for=\"q\">" << ctx.t("Words to look for")
      << "</label><p class=\"hint\" id=\"q-hint\">"
      << ctx.t("Three letters of the last word are enough. Put \"quotes\" around words that stand together.")
      << "</p><input id=\"q\" name=\"q\" type=\"search\" aria-describedby=\"q-hint\" value=\"" << typed
      << "\"></div>";
    if (group) h << "<input type=\"hidden\" name=\"group\" value=\"" << group.value() << "\">";
    h << "<button class=\"button\">" << ctx.t("Search") << "</button></form>";
}

// All but the last, and whatever is short, are only found whole. Scripts that are written without spaces have words of
// one character.
bool has_unfinished_word(std::string_view typed) {
    const auto query = text::parse_query(typed);
    if (!query) return false;
    return query->terms.size() > 1 || std::ranges::any_of(query->terms, [](const text::Term& term) {
               const std::string& word = term.words.front();
               return text::length(word) < text::prefix_least &&
                      static_cast<unsigned char>(word.front()) < 0xE0;
           });
}

void nothing_found(Html& h, const Ctx& ctx) {
    h << "<div class=\"empty\"><p>" << ctx.t("We found nothing with these words in the groups you can read.")
      << "</p>";
    if (has_unfinished_word(ctx.query().get("q")))
        h << "<p>"
          << ctx.t(
                 "Only the last word may be unfinished, from three letters on. Please type the others in "
                 "full.")
          << "</p>";
    h << "<p>" << ctx.t("Fewer words, or only the beginning of a word, may find more.") << "</p></div>";
}

void result_card(Html& h, const Ctx& ctx, const SearchView& view, const Found& found) {
    const auto group = view.groups.find(found.group);
    h << "<li class=\"card\"><h2><a href=\"" << url::post_in_thread(found.post) << "\" dir=\"auto\">"
      << shown_title(found.title, ctx.words) << "</a></h2><p>" << found.excerpt << "</p><p class=\"meta\">"
      << name_of(view.names, found.author, ctx.words) << ", "
      << text::ago(ctx.words, found.created_at, ctx.now());
    if (group != view.groups.end()) h << " · " << group->second;
    h << "</p></li>";
}

void search_results(Html& h, const Ctx& ctx, const SearchView& view) {
    if (!view.page) return;
    const FoundPage& page = *view.page;
    if (page.found.empty() && page.older == 0) return nothing_found(h, ctx);
    h << "<ul class=\"cards results\">";
    for (const Found& found : page.found) result_card(h, ctx, view, found);
    h << "</ul>";
    if (page.older == 0) return;
    Url next = url::search().query("q", ctx.query().get("q"));
    if (view.group) next = next.query("group", std::to_string(view.group.value()));
    h << "<nav class=\"pagination\"><a rel=\"next\" href=\""
      << next.query("before", std::to_string(page.older)) << "\">" << ctx.t("Older results") << "</a></nav>";
}

Response search_json(const SearchView& view, const Words& words) {
    const FoundPage page = view.page.value_or(FoundPage());
    JsonWriter j;
    j.object().array("found");
    for (const Found& found : page.found)
        j.object()
            .member("post", found.post)
            .member("thread", found.post.thread())
            .member("number", found.post.number())
            .member("group", found.group)
            .member("title", shown_title(found.title, words))
            .member("author", name_of(view.names, found.author, words))
            .member("created_at", found.created_at)
            .member("excerpt", found.excerpt)
            .end();
    j.end().member("before", page.older > 0 ? std::optional(page.older) : std::nullopt).end();
    return http::json(j);
}

bool can_be_mended(const Error& error) {
    return error.fault == Fault::invalid || error.fault == Fault::too_many;
}

}  // namespace

namespace pages {

Response show_search(Ctx& ctx) {
    const auto view = search_view(ctx);
    if (!view && (ctx.wants_json() || !can_be_mended(view.error())))
        return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return search_json(*view, ctx.words);
    Html h;
    if (!view) http::error_summary(h, ctx, view.error());
    search_form(h, ctx, ctx.query().get("q"), GroupId(number_of(ctx, "group")));
    if (view) search_results(h, ctx, *view);
    http::Frame frame{.title = std::string(ctx.t("Search")), .heading = std::string(ctx.t("Search"))};
    frame.crumbs = {{std::string(ctx.t("Home")), url::home()}};
    return http::page(ctx, frame, h, view ? 200 : http::status_of(view.error().fault));
}

}  // namespace pages
}  // namespace kith::conversation

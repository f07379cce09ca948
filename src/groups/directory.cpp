#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "groups/pages.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"

// Find a group.
namespace kith::groups::pages {
namespace {

constexpr std::size_t cards_per_page = 20;
constexpr std::size_t line_most = 140;  // code points of a purpose on a card

struct Listing {
    std::vector<Group> groups;  // by topic, then by name
    std::vector<TopicPath> topics;
    std::unordered_set<GroupId> mine;
};

// Whether each of the words is in the text; both folded.
bool has_words(std::string_view text, std::string_view words) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (text.find(words.substr(0, end)) == std::string::npos) return false;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return true;
}

// "pain café" leaves groups with both words in name, purpose or the topics above them.
void keep_matching(db::ReadTx& tx, Listing& listing, std::string_view words) {
    if (words.empty()) return;
    std::unordered_map<TopicId, std::string> topics;
    for (const TopicPath& path : listing.topics) topics.emplace(path.id, text::fold(path.words));
    const std::unordered_map<GroupId, std::string> texts = store::search_words(tx);
    std::erase_if(listing.groups, [&](const Group& group) {
        const std::string topic = group.topic ? topics.at(*group.topic) : std::string();
        return !has_words(texts.at(group.id) + " " + topic, words);
    });
}

// Each topic's groups together, in the order they came; those without a topic last.
void sort_by_topic(Listing& listing) {
    std::unordered_map<TopicId, std::size_t> places;
    for (const TopicPath& path : listing.topics) places.emplace(path.id, places.size());
    std::vector<std::vector<Group>> by_topic(places.size() + 1);
    for (Group& group : listing.groups)
        by_topic[group.topic ? places.at(*group.topic) : places.size()].push_back(std::move(group));
    listing.groups.clear();
    for (std::vector<Group>& groups : by_topic) std::ranges::move(groups, std::back_inserter(listing.groups));
}

Listing load(db::ReadTx& tx, const Actor& actor, std::string_view words) {
    Listing out;
    out.groups = listed_groups(tx, actor);
    out.topics = topic_paths(store::topics(tx));
    for (const store::Belonging& each : store::belongings(tx, actor.member)) out.mine.insert(each.group);
    keep_matching(tx, out, words);
    sort_by_topic(out);
    return out;
}

std::string first_line(std::string_view markdown) {
    const std::string line = text::one_line(text::plain_text(markdown));
    if (text::length(line) <= line_most) return line;
    return std::string(text::first(line, line_most)) + "…";
}

void card(Html& h, const Ctx& ctx, const Group& group, bool mine) {
    h << "<li class=\"card\"><h3><a href=\"" << (mine ? url::group(group.id) : url::membership(group.id))
      << "\">" << group.name << "</a></h3><p>" << first_line(group.purpose) << "</p>";
    badges(h, ctx, group);
    h << "</li>";
}

std::string_view topic_words(const Ctx& ctx, const Listing& listing, const Group& group) {
    const auto at = std::ranges::find_if(listing.topics,
                                         [&](const TopicPath& path) { return path.id == group.topic; });
    return at == listing.topics.end() ? ctx.t("More groups") : std::string_view(at->words);
}

void cards_by_topic(Html& h, const Ctx& ctx, const Listing& listing, std::span<const Group> shown) {
    std::optional<std::string_view> heading;
    for (const Group& group : shown) {
        const std::string_view words = topic_words(ctx, listing, group);
        if (heading != words) {
            if (heading) h << "</ul>";
            h << "<h2>" << words << "</h2><ul class=\"cards\">";
            heading = words;
        }
        card(h, ctx, group, listing.mine.contains(group.id));
    }
    if (heading) h << "</ul>";
}

void search_box(Html& h, const Ctx& ctx, std::string_view typed) {
    h << "<form method=\"get\" action=\"" << url::groups()
      << "\" role=\"search\"><div class=\"field\"><label for=\"q\">" << ctx.t("What is it about?")
      << "</label><p class=\"hint\" id=\"q-hint\">" << ctx.t("A word or two, like a feeling or an illness.")
      << "</p><input type=\"search\" id=\"q\" name=\"q\" aria-describedby=\"q-hint\" value=\"" << typed
      << "\"> <button class=\"button quiet\">" << ctx.t("Find groups") << "</button></div></form>";
}

void people_link(Html& h, const Ctx& ctx) {
    h << "<p><a class=\"button quiet\" href=\"" << url::people_like_me() << "\">"
      << ctx.t("Find people like me") << "</a></p>";
}

void code_link(Html& h, const Ctx& ctx) {
    h << "<p>" << ctx.t("Somebody gave you an invitation?") << " <a href=\"" << url::invited() << "\">"
      << ctx.t("I have a code") << "</a></p>";
}

void nothing_found(Html& h, const Ctx& ctx, bool searched) {
    h << "<div class=\"empty\">";
    if (searched) {
        h << "<p>" << ctx.t("We found no group with these words. Try a shorter word.") << "</p><p><a href=\""
          << url::groups() << "\">" << ctx.t("See all groups") << "</a></p>";
    } else {
        h << "<p>" << ctx.t("There are no groups to show yet. Please come back in a while.") << "</p>";
    }
    h << "</div>";
}

void my_groups(Html& h, const Ctx& ctx, const Listing& listing) {
    h << "<section><h2>" << ctx.t("My groups") << "</h2><ul class=\"cards\">";
    for (const Group& group : listing.groups)
        if (listing.mine.contains(group.id)) card(h, ctx, group, true);
    h << "</ul></section>";
}

void host_links(Html& h, const Ctx& ctx) {
    h << "<p class=\"row\"><a class=\"button quiet\" href=\"" << url::new_group() << "\">"
      << ctx.t("Start a new group") << "</a><a class=\"button quiet\" href=\"" << url::topics() << "\">"
      << ctx.t("Topics") << "</a></p>";
}

// The part of a list that is on the page asked for.
std::span<const Group> page_of(const std::vector<Group>& groups, http::Ctx& ctx, Pages& pages) {
    pages.last = static_cast<int>(
        std::max<std::size_t>(1, (groups.size() + cards_per_page - 1) / cards_per_page));
    pages.page = std::min(ctx.page_number(), pages.last);
    const std::size_t begin = static_cast<std::size_t>(pages.page - 1) * cards_per_page;
    return std::span(groups).subspan(begin, std::min(cards_per_page, groups.size() - begin));
}

Response as_json(const Ctx& ctx, const Listing& listing, std::span<const Group> shown, Pages pages) {
    JsonWriter j;
    j.object().member("page", pages.page).member("pages", pages.last).array("groups");
    for (const Group& group : shown) group_json(j, group, ctx.now());
    j.end().array("mine");
    for (const GroupId id : listing.mine) j.value(id);
    j.end().end();
    return http::json(j);
}

Url address(std::string_view typed) {
    return typed.empty() ? url::groups() : url::groups().query("q", typed);
}

}  // namespace

Answer show_directory(Ctx& ctx) {
    const std::string_view typed = ctx.query().get("q");
    Listing listing = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor(), text::fold(typed)); });
    Pages pages;
    if (ctx.wants_json()) return as_json(ctx, listing, page_of(listing.groups, ctx, pages), pages);
    Html h;
    search_box(h, ctx, typed);
    if (typed.empty()) people_link(h, ctx);
    if (typed.empty() && !listing.mine.empty()) {
        if (ctx.page_number() == 1) my_groups(h, ctx, listing);
        std::erase_if(listing.groups, [&](const Group& each) { return listing.mine.contains(each.id); });
    }
    cards_by_topic(h, ctx, listing, page_of(listing.groups, ctx, pages));
    if (listing.groups.empty() && (listing.mine.empty() || !typed.empty()))
        nothing_found(h, ctx, !typed.empty());
    pagination(h, ctx, address(typed), pages);
    code_link(h, ctx);
    if (looks_after_site(ctx)) host_links(h, ctx);
    return http::page(
        ctx, {.title = std::string(ctx.t("Find a group")), .heading = std::string(ctx.t("Find a group"))}, h);
}

}  // namespace kith::groups::pages

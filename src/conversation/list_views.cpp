#include "conversation/views.hpp"

#include <algorithm>

#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::conversation {

std::int64_t pages_for(std::int64_t items, int per_page) {
    return std::max<std::int64_t>(1, (items + per_page - 1) / per_page);
}

void pagination(Html& h, const Words& words, std::int64_t page, std::int64_t pages,
                const std::function<Url(std::int64_t)>& url_of) {
    if (pages <= 1) return;
    h << "<nav class=\"pagination\" aria-label=\"" << words.t("Pages") << "\">";
    if (page > 1)
        h << "<a rel=\"prev\" href=\"" << url_of(page - 1) << "\">" << words.t("Earlier page") << "</a>";
    h << "<span aria-current=\"page\">"
      << words.f("Page %1 of %2", std::to_string(page), std::to_string(pages)) << "</span>";
    if (page < pages)
        h << "<a rel=\"next\" href=\"" << url_of(page + 1) << "\">" << words.t("Next page") << "</a>";
    if (page + 1 < pages) h << "<a href=\"" << url_of(pages) << "\">" << words.t("Last page") << "</a>";
    h << "</nav>";
}

namespace {

// The same for every reader: the address finds out what is new to them.
void thread_row(Html& h, const GroupView& view, const Thread& thread, const Words& words, Time now) {
    h << "<li class=\"thread-row\" id=\"t" << thread.id.value()
      << "\"><h3><a class=\"thread-title\" dir=\"auto\" href=\"" << url::thread_unread(thread.id) << "\">"
      << shown_title(thread.title, words) << "</a> <span class=\"badge unread-word\" hidden>"
      << words.t("unread") << "</span></h3><p class=\"meta\">"
      << (thread.last_number > 1 ? words.f("last word by %1", name_of(view.names, thread.last_author, words))
                                 : words.f("begun by %1", name_of(view.names, thread.author, words)))
      << ", ";
    time_element(h, words, thread.last_post_at, now);
    h << "</p>";
    if (!thread.notes.empty() && !thread.removed_at)
        h << "<p class=\"meta\">"
          << words.f("Content note: %1", content_notes::words_of(view.note_list, thread.notes, words))
          << "</p>";
    h << "</li>";
}

}  // namespace

Html group_view(const GroupView& view, const Words& words, Time now) {
    Html h(8 * 1024);
    if (view.threads.empty()) {
        h << "<div class=\"empty\"><p>" << words.t("Nobody has written here yet.")
          << "</p><p class=\"can-write-only\">"
          << words.t("You could begin: say hello, or ask something you have wondered about.") << "</p></div>";
        return h;
    }
    h << "<ul class=\"threads\">";
    for (const Thread& thread : view.threads) thread_row(h, view, thread, words, now);
    h << "</ul>";
    pagination(h, words, view.page, view.pages,
               [&](std::int64_t page) { return url::group(view.group).query("page", std::to_string(page)); });
    return h;
}

Time good_until(const GroupView& view, Time now) {
    Time soonest_change{};
    for (const Thread& thread : view.threads) {
        const Time change = text::next_change(thread.last_post_at, now);
        if (!soonest_change || change < soonest_change) soonest_change = change;
    }
    return soonest_change;
}

}  // namespace kith::conversation

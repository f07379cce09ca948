#include "conversation/views.hpp"

#include <algorithm>

#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::conversation {
namespace {

void time_element(Html& h, const Words& words, Time then, Time now) {
    h << "<time datetime=\"" << text::iso(then) << "\" title=\"" << text::exact(words, then) << "\">"
      << text::ago(words, then, now) << "</time>";
}

// A shape and a colour from the pseudonym, and its first letter.
void avatar(Html& h, PersonaId id, std::string_view name) {
    h << "<span class=\"avatar a" << id.value() % 12 << " b" << id.value() / 12 % 6
      << "\" aria-hidden=\"true\">" << text::first(name, 1) << "</span>";
}

void post_heading(Html& h, const ThreadView& view, const Post& post, const Words& words) {
    const std::string number = std::to_string(post.id.number());
    h << "<h2>" << words.f("Post %1", number) << ", " << name_of(view.names, post.author, words)
      << "<span class=\"own\"> " << words.t("(you)") << "</span><span class=\"unread-word\">, "
      << words.t("unread") << "</span>";
    if (post.reply_to > 0)
        h << " <a class=\"reply-link\" href=\"" << url::post_in_thread(PostId(view.thread.id, post.reply_to))
          << "\">" << words.f("in reply to post %1", std::to_string(post.reply_to)) << "</a>";
    h << "</h2>";
}

void post_text(Html& h, const Post& post, const Words& words) {
    // Made by the renderer when the post was written.
    const Safe html = Safe::from_renderer(post.html);
    if (post.note.empty()) {
        h << "<div class=\"text\">" << html << "</div>";
        return;
    }
    h << "<details class=\"note\"><summary>" << words.f("Content note: %1. Show the post", post.note)
      << "</summary><div class=\"text\">" << html << "</div></details>";
}

}  // namespace

std::string how_many(const Words& words, Support kind, long count) {
    switch (kind) {
        case Support::with_you:
            return words.n("%d person is with you", "%d people are with you", count);
        case Support::me_too:
            return words.n("%d person: me too", "%d people: me too", count);
        case Support::thank_you:
            return words.n("%d person thanks you", "%d people thank you", count);
        case Support::hug:
            return words.n("%d gentle hug", "%d gentle hugs", count);
    }
    return {};
}

namespace {

// Everybody sees that somebody is there; how many is for the author alone, on the page of the post's options.
void supports(Html& h, const Post& post, const Words& words) {
    h << "<ul class=\"supports\">";
    for (const Support kind : all_of<Support>()) {
        const int count = count_of(post.supports, kind);
        if (count > 0) {
            h << "<li class=\"given\">";
        } else {
            h << "<li>";
        }
        h << "<button class=\"can-write-only\" form=\"act\" formaction=\""
          << url::post_support(post.id, to_word(kind)) << "\">" << words.t(words_of(kind)) << "</button>";
        if (count > 0) h << "<span class=\"given-word\">" << words.t(words_of(kind)) << "</span>";
        h << "<span class=\"mine-" << to_word(kind) << "\">" << words.t("from you") << "</span></li>";
    }
    h << "<li class=\"take-back\"><button form=\"act\" formaction=\"" << url::post_support(post.id, "none")
      << "\">" << words.t("Take back") << "</button></li></ul>";
}

void hidden_name(Html& h, const Words& words, std::int64_t number) {
    h << "<span class=\"visually-hidden\"> " << words.f("(post %1)", std::to_string(number)) << "</span>";
}

void actions(Html& h, const ThreadView& view, const Post& post, const Words& words) {
    const std::int64_t number = post.id.number();
    h << "<div class=\"post-actions\">";
    if (!view.closed) {
        h << "<a class=\"reply-to can-write-only\" data-number=\"" << number << "\" href=\""
          << url::new_reply(view.thread.id, number) << "\">" << words.t("Reply");
        hidden_name(h, words, number);
        h << "</a>";
    }
    h << "<a class=\"own\" href=\"" << url::post_editing(post.id) << "\">" << words.t("Change");
    hidden_name(h, words, number);
    h << "</a><a class=\"member-only\" href=\"" << url::post_options(post.id) << "\">" << words.t("More");
    hidden_name(h, words, number);
    h << "</a></div>";
}

void removed_text(Html& h, const Post& post, const Words& words) {
    h << "<p class=\"removed\">" << words.t("This post has been removed.")
      << "</p><p class=\"post-actions\"><a class=\"own\" href=\"" << url::post_options(post.id) << "\">"
      << words.t("Bring it back") << "</a> <a class=\"can-moderate-only\" href=\""
      << url::post_options(post.id) << "\">" << words.t("As moderator") << "</a></p>";
}

void post_article(Html& h, const ThreadView& view, const Post& post, const Words& words, Time now) {
    h << "<article class=\"post\" id=\"p" << post.id.number()
      << "\" tabindex=\"-1\"><header class=\"post-head\">";
    avatar(h, post.author, name_of(view.names, post.author, words));
    post_heading(h, view, post, words);
    h << "<span class=\"when\">";
    time_element(h, words, post.created_at, now);
    if (post.edited_at) h << " · " << words.t("changed later");
    h << "</span></header>";
    if (post.removed_at) {
        removed_text(h, post, words);
    } else {
        h << "<p class=\"muted-note\">" << words.t("You have hidden this person.") << " <a href=\""
          << url::me_muted() << "\">" << words.t("People I have hidden") << "</a></p>";
        post_text(h, post, words);
        supports(h, post, words);
        actions(h, view, post, words);
    }
    h << "</article>";
}

void reply_box(Html& h, const ThreadView& view, const Words& words) {
    if (view.closed) {
        h << "<p class=\"notice\">"
          << words.t("This thread is closed. You can read it, or start a new one in the group.") << "</p>";
        return;
    }
    h << "<section class=\"composer can-write-only\" id=\"reply-box\"><h2>" << words.t("Write a reply")
      << "</h2>";
    composer(
        h, words,
        {.form = "reply", .action = url::replies(view.thread.id), .send_words = words.t("Send my reply")});
    h << "</section>";
}

Time soonest(Time a, Time b) { return !a || b < a ? b : a; }

}  // namespace

std::string_view name_of(const Names& names, PersonaId id, const Words& words) {
    const auto found = names.find(id);
    return found == names.end() ? words.t("Former member") : std::string_view(found->second);
}

std::string_view words_of(Support kind) {
    switch (kind) {
        case Support::with_you:
            return t_later("With you");
        case Support::me_too:
            return t_later("Me too");
        case Support::thank_you:
            return t_later("Thank you");
        case Support::hug:
            return t_later("Gentle hug");
    }
    return {};
}

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

void composer(Html& h, const Words& words, const ComposerView& view) {
    const auto field = [&](std::string_view id, std::string_view label, std::string_view value, int most) {
        h << "<div class=\"field\"><label for=\"" << id << "\">" << label << "</label><input id=\"" << id
          << "\" name=\"" << id << "\" form=\"" << view.form << "\" maxlength=\"" << most
          << "\" autocomplete=\"off\" value=\"" << value << "\"></div>";
    };
    if (view.with_title) field("title", words.t("Title"), view.title, static_cast<int>(title_most));
    h << "<div class=\"field\"><label for=\"text\">" << words.t("Your words")
      << "</label><textarea id=\"text\" name=\"text\" rows=\"8\" data-toolbar form=\"" << view.form << "\">"
      << (view.markdown.empty() ? std::string() : "\n" + view.markdown) << "</textarea></div>";
    if (view.reply_to > 0)
        h << "<input type=\"hidden\" name=\"reply_to\" form=\"" << view.form << "\" value=\"" << view.reply_to
          << "\">";
    h << "<details class=\"more-fields\"><summary>" << words.t("Add a content note") << "</summary>";
    field("note", words.t("In a few words, what might be hard to read (people choose whether to open it)"),
          view.note, static_cast<int>(note_most));
    h << "</details><button class=\"button\" form=\"" << view.form << "\" formaction=\"" << view.action
      << "\" data-sending=\"" << words.t("Sending") << "\">" << view.send_words << "</button>";
}

Html thread_view(const ThreadView& view, const Words& words, Time now) {
    Html h(32 * 1024);
    h << "<section id=\"posts\" aria-label=\"" << words.t("Posts") << "\" data-thread=\""
      << view.thread.id.value() << "\" data-page=\"" << view.page << "\" data-pages=\"" << view.pages
      << "\" data-new-one=\"" << words.t("Show 1 new post") << "\" data-new-many=\""
      << words.t("Show %d new posts") << "\">";
    for (const Post& post : view.posts) post_article(h, view, post, words, now);
    h << "<div id=\"end-of-posts\"></div><div class=\"arrivals\" role=\"status\"></div></section>";
    pagination(h, words, view.page, view.pages,
               [&](std::int64_t page) { return url::thread_page(view.thread.id, page); });
    reply_box(h, view, words);
    h << "<p class=\"thread-actions member-only\"><button id=\"mute\" class=\"button quiet\" form=\"act\" "
         "formaction=\""
      << url::thread_muting(view.thread.id) << "\">" << words.t("No more news of this thread")
      << "</button><button id=\"follow\" class=\"button quiet\" form=\"act\" name=\"undo\" value=\"yes\" "
         "formaction=\""
      << url::thread_muting(view.thread.id) << "\">" << words.t("Tell me of news in this thread again")
      << "</button> <button class=\"button quiet can-moderate-only\" form=\"act\" formaction=\""
      << url::thread_closing(view.thread.id) << "\">"
      << (view.closed ? words.t("Open this thread again") : words.t("Close this thread")) << "</button></p>";
    return h;
}

Time good_until(const ThreadView& view, Time now) {
    Time soonest_change{};
    for (const Post& post : view.posts)
        soonest_change = soonest(soonest_change, text::next_change(post.created_at, now));
    return soonest_change;
}

void thread_row(Html& h, const RowView& row, const Words& words, Time now) {
    const Thread& thread = row.thread;
    const std::int64_t first_new = std::min(row.read_number + 1, thread.last_number);
    h << "<li class=\"thread-row\" id=\"t" << thread.id.value() << "\"><h3><a class=\"thread-title\" href=\""
      << (row.shows_unread && row.read_number > 0 ? url::post_in_thread(PostId(thread.id, first_new))
                                                  : url::thread(thread.id))
      << "\">" << thread.title << "</a>";
    if (row.shows_unread) {
        h << " <span class=\"badge\">" << words.t("unread") << "</span>";
    } else {
        h << " <span class=\"badge unread-word\">" << words.t("unread") << "</span>";
    }
    h << "</h3><p class=\"meta\">";
    if (!row.group.empty()) h << row.group << " · ";
    if (thread.last_number > 1) {
        h << words.f("last word by %1", row.last_author);
    } else {
        h << words.f("begun by %1", row.author);
    }
    h << ", ";
    time_element(h, words, thread.last_post_at, now);
    h << "</p></li>";
}

Html group_view(const GroupView& view, const Words& words, Time now) {
    Html h(8 * 1024);
    if (view.threads.empty()) {
        h << "<div class=\"empty\"><p>" << words.t("Nobody has written here yet.")
          << "</p><p class=\"can-write-only\">"
          << words.t("You could begin: say hello, or ask something you have wondered about.") << "</p></div>";
        return h;
    }
    h << "<ul class=\"threads\">";
    for (const Thread& thread : view.threads)
        thread_row(h,
                   {.thread = thread,
                    .author = std::string(name_of(view.names, thread.author, words)),
                    .last_author = std::string(name_of(view.names, thread.last_author, words))},
                   words, now);
    h << "</ul>";
    pagination(h, words, view.page, view.pages,
               [&](std::int64_t page) { return url::group(view.group).query("page", std::to_string(page)); });
    return h;
}

Time good_until(const GroupView& view, Time now) {
    Time soonest_change{};
    for (const Thread& thread : view.threads)
        soonest_change = soonest(soonest_change, text::next_change(thread.last_post_at, now));
    return soonest_change;
}

}  // namespace kith::conversation

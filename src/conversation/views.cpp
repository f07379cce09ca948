#include "conversation/views.hpp"

#include <algorithm>
#include <optional>

#include "drafts/drafts.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

namespace kith::conversation {
void time_element(Html& h, const Words& words, Time then, Time now) {
    h << "<time datetime=\"" << text::iso(then) << "\" title=\"" << text::exact(words, then) << "\">"
      << text::ago(words, then, now) << "</time>";
}

namespace {

// A shape and a colour from the pseudonym, and its first letter.
void avatar(Html& h, PersonaId id, std::string_view name) {
    h << "<span class=\"avatar a" << id.value() % 12 << " b" << id.value() / 12 % 6
      << "\" aria-hidden=\"true\">" << text::first(name, 1) << "</span>";
}

// The word for somebody who looks after the group; nothing for all others.
std::string_view duty_of(const ThreadView& view, PersonaId author) {
    const auto is_among = [&](const std::vector<PersonaId>& people) {
        return std::ranges::find(people, author) != people.end();
    };
    if (is_among(view.facilitators)) return t_later("facilitator");
    if (is_among(view.moderators)) return t_later("moderator");
    return {};
}

// The author of the post that is answered; nothing if there is no such post.
std::optional<PersonaId> target_author(const ThreadView& view, PostId target) {
    for (const Post& post : view.posts)
        if (post.id == target) return post.author;
    for (const store::Written& written : view.targets)
        if (written.post == target) return written.author;
    return std::nullopt;
}

void reply_link(Html& h, const ThreadView& view, const Post& post, const Words& words) {
    const PostId target(view.thread.id, post.reply_to);
    const auto author = target_author(view, target);
    const std::string number = std::to_string(post.reply_to);
    h << "<span class=\"reply-link\">, <a href=\"" << url::post_in_thread(target) << "\">"
      << (author ? words.f("in reply to post %1 by %2", number, name_of(view.names, *author, words))
                 : words.f("in reply to post %1", number))
      << "</a></span>";
}

// "Post 6, Maple, unread, in reply to post 2 by Otter".
void post_heading(Html& h, const ThreadView& view, const Post& post, const Words& words) {
    const std::string_view name = name_of(view.names, post.author, words);
    h << "<h2>" << words.f("Post %1", std::to_string(post.id.number())) << ", <bdi>" << name << "</bdi>";
    if (const std::string_view duty = duty_of(view, post.author); !duty.empty())
        h << " <span class=\"badge\">" << words.t(duty) << "</span>";
    h << "<span class=\"own\" hidden> " << words.t("(you)") << "</span><span class=\"unread-word\" hidden>, "
      << words.t("unread") << "</span>";
    if (post.reply_to > 0) reply_link(h, view, post, words);
    h << "</h2>";
}

}  // namespace

std::string notes_in_words(std::span<const content_notes::Note> note_list, NoteSet notes,
                           std::string_view own, const Words& words) {
    std::string out = content_notes::words_of(note_list, notes, words);
    if (!out.empty() && !own.empty()) out += ", ";
    return out.append(own);
}

void post_text(Html& h, const Post& post, std::span<const content_notes::Note> note_list,
               const Words& words) {
    // Made by the renderer when the post was written.
    const Safe html = text::announce_hidden(Safe::from_renderer(post.html), words.t("Hidden text"));
    if (!post.has_note()) {
        h << "<div class=\"text\" dir=\"auto\">" << html << "</div>";
        return;
    }
    const std::string note = notes_in_words(note_list, post.notes, post.note, words);
    // Stands there for whoever wants such posts open.
    if (!post.notes.empty())
        h << "<p class=\"note-words\" hidden>" << words.f("Content note: %1", note) << "</p>";
    h << "<details class=\"note\"><summary>" << words.f("Content note: %1. Show the post", note)
      << "</summary><div class=\"text\" dir=\"auto\">" << html << "</div></details>";
}

void careful_text(Html& h, const Post& post, std::span<const content_notes::Note> list, const Words& words) {
    Post careful = post;
    careful.html = text::blur_pictures(Safe::from_renderer(post.html)).html();
    post_text(h, careful, list, words);
}

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

void support_button(Html& h, const Post& post, Support kind, const Words& words) {
    h << "<button class=\"can-write-only\" form=\"act\" formaction=\""
      << url::post_support(post.id, to_word(kind)) << "\">" << words.t(words_of(kind))
      << "<span class=\"mine-" << to_word(kind) << "\" hidden> · " << words.t("sent") << "</span></button>";
}

// Everybody sees that somebody is there; how many is for the author alone, on the page of the post's options.
void supports(Html& h, const Post& post, const Words& words) {
    h << "<ul class=\"supports\">";
    for (const Support kind : all_of<Support>()) {
        const bool is_given = count_of(post.supports, kind) > 0;
        h << "<li class=\"kind-" << to_word(kind) << (is_given ? std::string_view(" given") : "") << "\">";
        support_button(h, post, kind, words);
        if (is_given) h << "<span class=\"given-word\">" << words.t(words_of(kind)) << "</span>";
        h << "</li>";
    }
    h << "<li class=\"take-back\"><button form=\"act\" formaction=\"" << url::post_support(post.id, "none")
      << "\">" << words.t("Take back") << "</button></li></ul>";
}

void hidden_name(Html& h, const Words& words, std::int64_t number) {
    h << "<span class=\"visually-hidden\"> " << words.f("(post %1)", std::to_string(number)) << "</span>";
}

// A closed thread takes replies from those who look after it.
std::string_view who_replies(const ThreadView& view) {
    return view.closed ? "can-write-only can-moderate-only" : "can-write-only";
}

void actions(Html& h, const ThreadView& view, const Post& post, const Words& words) {
    const std::int64_t number = post.id.number();
    h << "<div class=\"post-actions\">";
    h << "<a class=\"reply-to " << who_replies(view) << "\" data-number=\"" << number << "\" href=\""
      << url::new_reply(view.thread.id, number) << "\">" << words.t("Reply");
    hidden_name(h, words, number);
    h << "</a>";
    h << "<a class=\"own\" href=\"" << url::post_editing(post.id) << "\">" << words.t("Change");
    hidden_name(h, words, number);
    h << "</a><a class=\"member-only\" href=\"" << url::post_options(post.id) << "\">" << words.t("More");
    hidden_name(h, words, number);
    h << "</a><a href=\"" << url::post_report(post.id) << "\">" << words.t("Report");
    hidden_name(h, words, number);
    h << "</a></div>";
}

// The pictures of a post, as its html has them: each with a way to report it alone.
void picture_reports(Html& h, const Post& post, const Words& words) {
    constexpr std::string_view before = "<img src=\"/pictures/";
    const std::string_view html = post.html;
    for (std::size_t at = html.find(before); at != html.npos; at = html.find(before, at)) {
        at += before.size();
        const std::string_view key = html.substr(at, html.find('"', at) - at);
        h << "<p class=\"meta\"><a href=\"" << url::post_report(post.id).query("picture", key) << "\">"
          << words.t("Report the picture");
        hidden_name(h, words, post.id.number());
        h << "</a></p>";
    }
}

void removed_text(Html& h, const ThreadView& view, const Post& post, const Words& words) {
    const bool by_staff = std::ranges::find(view.removed_by_staff, post.id) != view.removed_by_staff.end();
    h << "<p class=\"removed\">" << words.t("This post has been removed.")
      << "</p><p class=\"post-actions\"><a class=\"own\" href=\"" << url::post_options(post.id) << "\">"
      << (by_staff ? words.t("Why it was removed") : words.t("Bring it back"))
      << "</a> <a class=\"can-moderate-only\" href=\"" << url::post_options(post.id) << "\">"
      << words.t("As moderator") << "</a>";
    // Withdrawn by its author: whoever has read it may still report it.
    if (!by_staff)
        h << " <a class=\"member-only\" href=\"" << url::post_report(post.id) << "\">" << words.t("Report")
          << "</a>";
    h << "</p>";
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
        removed_text(h, view, post, words);
    } else {
        h << "<p class=\"muted-note\" hidden>" << words.t("You have hidden this person.") << " <a href=\""
          << url::me_muted() << "\">" << words.t("People I have hidden") << "</a></p>";
        if (!post.notes.empty())
            h << "<p class=\"kept-away\" hidden>" << words.t("This post is kept from you, as you chose.")
              << " <a href=\"" << url::me_content_notes() << "\">" << words.t("What I would rather not read")
              << "</a></p>";
        post_text(h, post, view.note_list, words);
        picture_reports(h, post, words);
        supports(h, post, words);
        actions(h, view, post, words);
    }
    h << "</article>";
}

void reply_box(Html& h, const ThreadView& view, const Words& words) {
    h << "<div id=\"reply-place\">";
    if (view.closed)
        h << "<p class=\"notice\">"
          << words.t("This thread is closed. You can read it, or start a new one in the group.")
          << " <span class=\"can-moderate-only\">"
          << words.t("You look after the group, so you can still write here.") << "</span></p>";
    h << "<section class=\"composer " << who_replies(view) << "\" id=\"reply-box\"><h2>"
      << words.t("Write a reply") << "</h2>";
    composer(h, words,
             {.form = "reply",
              .action = url::replies(view.thread.id),
              .note_list = view.note_list,
              .send_words = words.t("Send my reply"),
              .voice = view.voice,
              .draft = url::draft(to_word(drafts::Kind::reply), view.thread.id.value())});
    h << "</section></div>";
}

void thread_actions(Html& h, const ThreadView& view, const Words& words) {
    const ThreadId id = view.thread.id;
    h << "<p class=\"thread-actions member-only\"><button id=\"mute\" class=\"button quiet\" form=\"act\" "
         "formaction=\""
      << url::thread_muting(id) << "\">" << words.t("No more news of this thread")
      << "</button><button id=\"follow\" class=\"button quiet\" form=\"act\" name=\"undo\" value=\"yes\" "
         "formaction=\""
      << url::thread_muting(id) << "\">" << words.t("Tell me of news in this thread again")
      << "</button> <a class=\"button quiet can-moderate-only\" href=\"" << url::thread_title(id) << "\">"
      << words.t("Change the title") << "</a> <a class=\"button quiet can-moderate-only\" href=\""
      << url::thread_pace(id) << "\">" << words.t("Pace of this thread")
      << "</a> <button class=\"button quiet can-moderate-only\" form=\"act\" ";
    if (view.closed) h << "name=\"undo\" value=\"yes\" ";
    h << "formaction=\"" << url::thread_closing(id) << "\">"
      << (view.closed ? words.t("Open this thread again") : words.t("Close this thread")) << "</button></p>";
}

Time soonest(Time a, Time b) { return !a || b < a ? b : a; }

}  // namespace

std::string_view name_of(const Names& names, PersonaId id, const Words& words) {
    const auto found = names.find(id);
    return found == names.end() ? words.t("Former member") : identity::shown_name(found->second, words);
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
    thread_actions(h, view, words);
    return h;
}

Time good_until(const ThreadView& view, Time now) {
    Time soonest_change{};
    for (const Post& post : view.posts)
        soonest_change = soonest(soonest_change, text::next_change(post.created_at, now));
    return soonest_change;
}

}  // namespace kith::conversation

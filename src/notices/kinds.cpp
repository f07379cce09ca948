#include "notices/kinds.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "url.hpp"

// What each kind of notice says, how much it matters, and where it leads.
namespace kith::notices {
namespace {

struct Row {
    Kind kind;
    Weight weight;
    std::string_view words;  // %1: who it is from
};

using enum Kind;

constexpr Row rows[] = {
    {reply, Weight::light, t_later("%1 replied to you.")},
    {mention, Weight::light, t_later("%1 wrote your name.")},
    {support, Weight::usual, t_later("%1 sent you support.")},
    {welcome, Weight::light, t_later("%1 welcomed you to your new group.")},
    {joined, Weight::light, t_later("%1 joined your group.")},
    {request, Weight::usual, t_later("%1 asks to join your group.")},
    {request_accepted, Weight::usual, t_later("You are in: the group said yes.")},
    {request_declined, Weight::usual, t_later("This group could not take you in. You still belong here.")},
    {removal, Weight::usual, t_later("A post of yours was taken down. You still belong here. See why.")},
    {noted, Weight::usual,
     t_later("A content note was put on a post of yours. Everybody can still read it.")},
    {first_words, Weight::usual, t_later("%1 is new and wrote for the first time. Say hello.")},
    {membership_ended, Weight::usual,
     t_later("Your stay in a group has ended. See why, and how to come back.")},
    {mail_paused, Weight::usual, t_later("Mail to your address came back. Please look at the address.")},
    {report, Weight::usual, t_later("Somebody reported something in a group that you look after.")},
    {crisis, Weight::danger, t_later("Somebody may be in danger. Please look at the report now.")},
    {second_reading, Weight::usual,
     t_later("A decision about somebody in danger waits for a second person to read it.")},
    {report_done, Weight::usual, t_later("Somebody has looked at what you reported. See what came of it.")},
    {decision, Weight::usual,
     t_later("Somebody who looks after your group wrote to you about a post. You still belong here.")},
    {appeal, Weight::usual, t_later("Somebody asks for another look at a decision.")},
    {appeal_done, Weight::usual, t_later("Somebody else has looked at it again, as you asked.")},
    {coming_back, Weight::account, t_later("Somebody wants to come in with a code of a helper. Is it you?")},
    {came_back, Weight::account, t_later("Your password is new: it was set with the code of a helper.")},
    {shift, Weight::usual, t_later("Something changed in the rota. Please have a look.")},
    {training, Weight::usual, t_later("Some of your training runs out soon. It does not take long.")},
    {outsiders, Weight::usual, t_later("Something at the door of the site needs a look.")},
    {words_wait, Weight::usual, t_later("A post waits until somebody of you has looked.")},
    {danger_waits, Weight::danger,
     t_later("Somebody may be in danger, and their post waits. Please look now.")},
    {let_through, Weight::usual, t_later("Somebody has looked: your post is there for everybody.")},
    {sent_back, Weight::usual, t_later("Somebody wrote to you about a post of yours. Your words are kept.")},
    {look_again, Weight::usual, t_later("Your group has been quiet for a while. Shall it go on like this?")},
    {review_due, Weight::usual, t_later("It is time to look again at what could go wrong here.")},
    {debrief, Weight::usual,
     t_later("You looked after somebody in danger. How are you? A page for you alone.")},
    {debrief_shared, Weight::usual,
     t_later("Somebody who looked after a hard case would like to talk with you.")},
    {taken_back, Weight::usual, t_later("What was decided about a post of yours was taken back.")},
};

// In the order of the kinds, none left out.
static_assert([] {
    std::size_t place = 0;
    return std::ranges::all_of(rows,
                               [&](const Row& row) { return row.kind == static_cast<Kind>(place++); }) &&
           place == enum_words(Kind()).size();
}());

const Row& row_of(Kind kind) { return rows[static_cast<std::size_t>(kind)]; }

Url address_of_place(const Notice& notice) {
    if (notice.thread && notice.number > 0) return url::post_in_thread(PostId(notice.thread, notice.number));
    if (notice.thread) return url::thread(notice.thread);
    return notice.group ? url::group(notice.group) : url::groups();
}

}  // namespace

Weight weight_of(Kind kind) { return row_of(kind).weight; }

bool gathers(Kind kind) { return kind == reply || kind == mention; }

bool is_about_danger(Kind kind) { return weight_of(kind) == Weight::danger; }

std::string sentence(const Words& words, Kind kind, std::string_view from) {
    return words.f(row_of(kind).words, from);
}

std::string count_words(const Words& words, Kind kind, long count) {
    switch (kind) {
        case reply:
            return words.n("%d reply to you", "%d replies to you", count);
        case mention:
            return words.n("your name once", "your name %d times", count);
        case support:
            return words.n("support for you once", "support for you %d times", count);
        case request:
            return words.n("%d person asks to join", "%d people ask to join", count);
        default:
            return words.n("%d other notice", "%d other notices", count);
    }
}

Url address(const Notice& notice) {
    switch (notice.kind) {
        case removal:  // the page says why
            return notice.number > 0 ? url::post_options(PostId(notice.thread, notice.number))
                                     : address_of_place(notice);
        case report:
        case crisis:
        case second_reading:
        case appeal:
            return url::cases();
        case report_done:
            return url::me_reports();
        case decision:
        case appeal_done:
        case taken_back:
            return url::me_decisions();
        case words_wait:
        case danger_waits:
            return url::waiting(notice.group);
        case sent_back:
            return url::me_waiting();
        case look_again:
            return url::memorial(notice.group);
        case request:
            return url::requests(notice.group);
        case request_declined:
            return url::groups();
        case membership_ended:
            return url::membership(notice.group);
        case mail_paused:
            return url::me();
        case coming_back:
            return url::me_helpers();
        case came_back:
            return url::me_security();
        case shift:
            return url::rota();
        case training:
            return url::training();
        case outsiders:
            return url::admin_door();
        case review_due:
            return url::risks();
        case debrief:
            return url::me_debriefs();
        case debrief_shared:
            return url::debriefs();
        default:
            return address_of_place(notice);
    }
}

}  // namespace kith::notices

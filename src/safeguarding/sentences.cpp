#include "platform/words/words.hpp"

#include "safeguarding/resting.hpp"

// The words of the desk.
namespace kith::safeguarding {

std::string_view words_of(Reason reason) {
    switch (reason) {
        case Reason::danger:
            return t_later("Somebody may be in danger");
        case Reason::hostile:
            return t_later("It is unkind or threatening");
        case Reason::confidentiality:
            return t_later("It tells who somebody is, or what was said in trust");
        case Reason::inappropriate:
            return t_later("It does not belong in a group like this");
        case Reason::advice:
            return t_later("It gives medical advice that may do harm");
        case Reason::misinformation:
            return t_later("It says something about health that is not true");
        case Reason::spam:
            return t_later("It is advertising, or a trick");
        case Reason::disruptive:
            return t_later("Somebody disturbs the group again and again");
        case Reason::tension:
            return t_later("There is a quarrel");
        case Reason::comparison:
            return t_later("It compares who has it worse or does better");
        case Reason::misunderstanding:
            return t_later("People misunderstand each other");
        case Reason::worse:
            return t_later("I feel worse after reading it");
        case Reason::other:
            return t_later("Something else");
    }
    return {};
}

std::string_view words_of(Urgency urgency) {
    switch (urgency) {
        case Urgency::green:
            return t_later("No hurry");
        case Urgency::amber:
            return t_later("When you can");
        case Urgency::red:
            return t_later("Soon");
        case Urgency::crisis:
            return t_later("Now: somebody may be in danger");
    }
    return {};
}

std::string_view words_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::nothing:
            return t_later("No rule was broken");
        case Outcome::talked:
            return t_later("Wrote to the author");
        case Outcome::warned:
            return t_later("Warned the author");
        case Outcome::closed:
            return t_later("Closed the thread");
        case Outcome::removed:
            return t_later("Removed the post");
        case Outcome::suspended:
            return t_later("Removed the post, and put the author's account on hold");
    }
    return {};
}

std::string sentence(const Words& words, const Event& event, std::string_view who) {
    switch (event.step) {
        case Step::hidden:
            return std::string(
                words.t("Several people reported it, so it was hidden until somebody has looked."));
        case Step::paged:
            return std::string(
                event.words.empty()
                    ? words.t("Nobody had taken it on yet. Those who can act were told again.")
                    : words.t("Nobody had taken it on yet, and nobody is here who could act."));
        case Step::paused:
            return std::string(
                words.t("Several posts under this name were reported, so the account is on hold until "
                        "somebody has looked."));
        case Step::claimed:
            if (event.words == claimed_over)
                return words.f("%1 took it over from the one who worked on it.", who);
            return event.words.empty()
                       ? words.f("%1 took it on.", who)
                       : words.f("%1 took it on, though it was time to rest: nobody else was there.", who);
        case Step::released:
            return event.words == handed_on
                       ? words.f("%1 has carried much in these days, so it was handed on.", who)
                       : words.f("%1 gave it back.", who);
        case Step::urgency:
            return words.f("%1 changed how urgent it is: %2.", who,
                           words.t(words_of(from_word<Urgency>(event.words).value_or(Urgency::amber))));
        case Step::note:
            return words.f("%1 noted:", who);
        case Step::decided:
            if (event.words == decided_back) return words.f("%1 took the decision back.", who);
            return words.f("%1 decided: %2.", who,
                           words.t(words_of(from_word<Outcome>(event.words).value_or(Outcome::nothing))));
        case Step::second:
            return words.f("%1 read it as the second person.", who);
        case Step::reopened:
            return words.f("%1 read it as the second person, and opened it again.", who);
        case Step::appealed:
            return std::string(words.t("The author asked for another look."));
        case Step::reviewed:
            return words.f("%1 looked at it again: %2.", who,
                           event.words == to_word(Review::overturned) ? words.t("the decision was changed")
                                                                      : words.t("the decision stands"));
    }
    return {};
}

}  // namespace kith::safeguarding

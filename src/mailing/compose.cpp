#include "mailing/compose.hpp"

#include <algorithm>
#include <map>

#include "url.hpp"

namespace kith::mailing {
namespace {

std::string address(const Site& site, const Url& url) { return site.public_url + url.text(); }

// "The circle: 2 replies to you", a line each.
std::string details(const Letter& letter) {
    std::map<std::pair<GroupId, std::string_view>, std::pair<notices::Kind, long>> counts;
    for (const notices::Notice& notice : letter.mail.notices) {
        auto& [kind, count] = counts[{notice.group, to_word(notice.kind)}];
        kind = notice.kind;
        ++count;
    }
    std::string out;
    for (const auto& [key, counted] : counts) {
        const auto group = letter.groups.find(key.first);
        if (group != letter.groups.end()) out += group->second + ": ";
        out += notices::count_words(letter.words, counted.first, counted.second) + "\n";
    }
    return out + "\n";
}

void end_with_stop_link(mail::Message& out, const Letter& letter) {
    out.unsubscribe = address(letter.site, url::mail_stopping(letter.stop_link));
    out.body += std::string(letter.words.t(
                    "You get this mail because you asked for it. This link ends such mails:")) +
                "\n" + out.unsubscribe + "\n";
}

}  // namespace

mail::Message compose_notices(const Letter& letter) {
    const Words& words = letter.words;
    const auto count = static_cast<long>(letter.mail.notices.size());
    mail::Message out;
    out.subject = words.t("Something new for you");
    if (letter.mail.wish.tells_more) out.subject = words.f("%1: something new for you", letter.site.name);
    const bool is_danger = std::ranges::any_of(letter.mail.notices, notices::is_about_danger,
                                               &notices::Notice::kind);
    if (is_danger) out.subject = words.t("Please look now");
    out.body = std::string(words.t("Hello,")) + "\n\n";
    if (is_danger)
        out.body += std::string(words.t("somebody whom you look after may be in danger. Please look now.")) +
                    "\n\n";
    out.body += words.n("there is %d new thing for you.", "there are %d new things for you.", count) + "\n\n";
    if (letter.mail.wish.tells_more) out.body += details(letter);
    out.body += std::string(words.t("You can see it here, once you are signed in:")) + "\n" +
                address(letter.site, url::notices()) + "\n\n";
    end_with_stop_link(out, letter);
    return out;
}

std::string_view write_above(const Words& words) {
    return words.t("Please write your answer above this line");
}

mail::Message compose_shown(const Letter& letter, const Shown& shown) {
    const Words& words = letter.words;
    mail::Message out;
    out.subject = words.t("Something new for you");
    if (letter.mail.wish.tells_more) out.subject = words.f("%1: something new for you", letter.site.name);
    out.body = "=== " + std::string(write_above(words)) + " ===\n\n" + std::string(words.t("Hello,")) +
               "\n\n";
    out.body += std::string(shown.kind == notices::Kind::mention
                                ? words.t("somebody wrote your name, in these words:")
                                : words.t("somebody replied to you, in these words:")) +
                "\n\n" + shown.text + "\n\n";
    out.body += std::string(words.t(
                    "To answer, reply to this mail. All who may read there will see what you write.")) +
                "\n" +
                std::string(shown.voice == conversation::Voice::anonymous
                                ? words.t("Your answer will be anonymous.")
                                : words.t("Your answer will carry your name in that group.")) +
                "\n" +
                std::string(words.t("Take out your own name, if your mail program puts it below. Files that "
                                    "you attach are left out.")) +
                "\n\n";
    out.body += std::string(words.t("You can see it here, once you are signed in:")) + "\n" +
                address(letter.site, url::notices()) + "\n\n";
    end_with_stop_link(out, letter);
    return out;
}

mail::Message compose_waits(const Words& words, const Site& site) {
    mail::Message out;
    out.subject = words.t("Your answer has arrived");
    out.body = std::string(words.t("Hello,")) + "\n\n" +
               std::string(
                   words.t("the answer that you sent by mail is here. It waits until somebody who looks "
                           "after the group has looked. You need do nothing, and nothing is lost.")) +
               "\n\n" + std::string(words.t("You can see it here, once you are signed in:")) + "\n" +
               address(site, url::me_waiting()) + "\n";
    return out;
}

mail::Message compose_giving_back(const Words& words, const Site& site, const Error& reason,
                                  std::string_view answer) {
    mail::Message out;
    out.subject = words.t("Your answer was not sent");
    out.body = std::string(words.t("Hello,")) + "\n\n" +
               std::string(words.t("the answer that you sent by mail is not on the site, for this reason:")) +
               "\n\n" + words.say(reason) + "\n\n";
    out.body += std::string(words.t("You can go on here, once you are signed in:")) + "\n" +
                address(site, url::notices()) + "\n\n";
    if (!answer.empty())
        out.body += std::string(words.t("This is what you wrote:")) + "\n\n" + std::string(answer) + "\n";
    return out;
}

mail::Message compose_confirmation(const Words& words, const Site& site, std::string_view link) {
    mail::Message out;
    out.subject = words.t("Please confirm your e-mail address");
    out.body = std::string(words.t("Hello,")) + "\n\n";
    out.body += std::string(words.t("somebody gave us this address, to get mails here. Was it you? Then "
                                    "please follow this link within 3 days:")) +
                "\n" + address(site, url::mail_confirming(link)) + "\n\n";
    out.body += std::string(words.t("Was it not you? Then do nothing, and you get no more mails from us.")) +
                "\n";
    return out;
}

namespace {

// Nothing of health, and nobody's name: others may see the mail.
mail::Message compose_danger(const Words& words, const Site& site) {
    mail::Message out;
    out.subject = words.t("Please look now");
    out.body = std::string(words.t("Hello,")) + "\n\n" +
               std::string(words.t("something that you look after cannot wait. Please sign in and look:")) +
               "\n" + address(site, url::cases()) + "\n\n" +
               std::string(
                   words.t("You get this mail whatever you chose, because you may be the only one who can "
                           "look now.")) +
               "\n";
    return out;
}

}  // namespace

mail::Message compose_warning(const Words& words, const Site& site, Warning warning) {
    if (warning == Warning::danger) return compose_danger(words, site);
    const bool is_back = warning == Warning::came_back;
    mail::Message out;
    out.subject = is_back ? words.t("You have a new password") : words.t("Please look: is it you?");
    out.body = std::string(words.t("Hello,")) + "\n\n";
    if (is_back) {
        out.body += std::string(words.t("your password was set anew, with a code that you once gave to "
                                        "somebody you trust. Was it not you? Then please write at once to "
                                        "those who look after the site. Who they are stands here:")) +
                    "\n" + address(site, url::about()) + "\n\n";
    } else {
        out.body += std::string(words.t("somebody wants to come into your account, with a code that you once "
                                        "gave to somebody you trust. In three days they can choose a new "
                                        "password. Is it you? Then you need not do anything. Is it not you? "
                                        "Then please sign in before that and stop it here:")) +
                    "\n" + address(site, url::me_helpers()) + "\n\n";
    }
    out.body += std::string(words.t("You get this mail whatever you chose, because it is about how you sign "
                                    "in.")) +
                "\n";
    return out;
}

}  // namespace kith::mailing

#include "own_data/farewell.hpp"

#include "own_data/store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/time_words.hpp"
#include "site/site.hpp"
#include "url.hpp"

namespace kith::own_data {
namespace {

std::string list(std::string_view heading, const std::vector<std::string>& items) {
    std::string out = std::string(heading) + "\n";
    for (const std::string& item : items) out += "- " + item + "\n";
    return out + "\n";
}

}  // namespace

Farewell farewell(const Words& words, const Site& site, OwnWords own_words) {
    const auto t = [&](std::string_view sentence) { return std::string(words.t(sentence)); };
    const bool takes_words = own_words == OwnWords::take;
    Farewell out;
    out.goes = {
        t(t_later("Your account, your names, your e-mail address and every way to sign in.")),
        t(t_later("Your groups, drafts, notices and settings, and what you have read and supported.")),
        t(t_later("Your name where others wrote it with an @, or above a quote."))};
    if (takes_words)
        out.goes.push_back(t(t_later("The words and pictures of your posts, and quotes of them.")));
    out.stays = {
        takes_words
            ? t(t_later("The places of your posts, empty, so that the answers to them still make sense."))
            : t(t_later("Your posts, under no name, and quotes of them.")),
        t(t_later("What others wrote about you in their own words.")),
        t(t_later("What you reported and what was decided about your posts, without your name.")),
        t(t_later("The list of what was done on this site. A number stands there in your place.")),
        t(t_later("A scrambled form of your names, so that nobody else can take them.")),
        site::words_about_backups(words, site)};
    return out;
}

mail::Message last_mail(const Words& words, const Site& site, OwnWords own_words, Time due) {
    const Farewell told = farewell(words, site, own_words);
    mail::Message out;
    out.subject = words.t("You asked to be erased");
    out.body = std::string(words.t("Hello,")) + "\n\n" +
               words.f("on %1 all about you is erased for good, as you asked.", text::date(words, due)) +
               " " +
               std::string(words.t("Did you change your mind, or was it not you? Then sign in before that, "
                                   "and nothing is erased:")) +
               "\n" + site.public_url + url::sign_in().text() + "\n\n" +
               list(words.t("This goes:"), told.goes) +
               list(words.t("This stays, without your name:"), told.stays) +
               std::string(words.t("This is the last mail that you get from us: then we do not have your "
                                   "address any more.")) +
               "\n";
    return out;
}

void send_last_mail(Services& services, std::string_view payload, const mailing::Outgoing& outgoing) {
    const MemberId member = jobs::member_in(payload);
    const auto asked = services.db.read([&](db::ReadTx& tx) { return store::erasure_of(tx, member); });
    if (!asked) return;
    mailing::send_about_account(
        services, member,
        [&](const Words& words, const Site& site) {
            return last_mail(words, site, asked->words, asked->due);
        },
        outgoing);
}

}  // namespace kith::own_data

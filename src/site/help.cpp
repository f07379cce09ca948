#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

using Paragraphs = std::initializer_list<std::string_view>;

void section(Html& h, std::string_view heading, Paragraphs paragraphs) {
    h << "<h2>" << heading << "</h2>";
    for (const std::string_view words : paragraphs) h << "<p>" << words << "</p>";
}

void part(Html& h, std::string_view heading) { h << "<h3>" << heading << "</h3>"; }

void bullets(Html& h, Paragraphs items) {
    h << "<ul>";
    for (const std::string_view words : items) h << "<li>" << words << "</li>";
    h << "</ul>";
}

Response text_page(Ctx& ctx, std::string_view title, const Html& content) {
    if (!ctx.wants_json())
        return http::page(ctx, {.title = std::string(title), .heading = std::string(title)}, content);
    JsonWriter j;
    j.object().member("title", title).member("html", content.text()).end();
    return http::json(j);
}

// Set once before serving, then only read.
using FindOwnWords = std::optional<Url> (*)(db::ReadTx& tx, std::string_view page);
FindOwnWords& own_words() {
    static FindOwnWords find = nullptr;
    return find;
}

std::optional<Response> led_to_own_words(Ctx& ctx, std::string_view page) {
    if (!own_words()) return std::nullopt;
    const auto url = ctx.read([&](db::ReadTx& tx) { return own_words()(tx, page); });
    return url ? std::optional(Response::redirect(*url)) : std::nullopt;
}

void quick_exit_words(Html& h, const Ctx& ctx) {
    section(h, ctx.t("Leaving in a hurry"),
            {ctx.t("\"Leave this site\" shows another page at once, signs you out here and removes this "
                   "page from the list behind the back button."),
             ctx.t("Pressing the Shift key three times does the same.")});
    h << "<p>" << ctx.t("What it cannot do:") << "</p>";
    bullets(h, {ctx.t("It does not erase the history of your browser. Pages you read before are still "
                      "listed there."),
                ctx.t("It does not hide anything from software that watches your device, or from the "
                      "network at work or at school."),
                ctx.t("It does not close other windows of this site.")});
}

Response get_safety(Ctx& ctx) {
    Html h;
    if (ctx.site->quick_exit) quick_exit_words(h, ctx);
    section(h, ctx.t("If somebody looks at your device"),
            {ctx.t("Open this site in a private window (also called incognito). When you close that window, "
                   "the browser forgets where you have been."),
             ctx.t("Or delete the history afterwards. Deleting only some pages can be less noticeable than "
                   "deleting everything."),
             ctx.t("If you can, use a device that nobody else can open.")});
    section(h, ctx.t("Stay unknown, if you like"),
            {ctx.t("Choose a name that you use nowhere else. Leave out your street, your workplace, your "
                   "doctor and your face."),
             ctx.t("Nobody here may press you for your name, a photo, money or a meeting. Report it "
                   "if it happens.")});
    section(h, ctx.t("If things get very hard"), {});
    h << "<p><a class=\"button\" href=\"" << url::help_now() << "\">" << ctx.t("Urgent help") << "</a></p>";
    return text_page(ctx, ctx.t("Staying safe"), h);
}

Response get_rules(Ctx& ctx) {
    if (auto led = led_to_own_words(ctx, "rules")) return *std::move(led);
    Html h;
    h << "<p>" << ctx.t("These rules hold everywhere here. A group may add its own.") << "</p>";
    section(h, ctx.t("Be kind"),
            {ctx.t("Everybody here has a hard time of their own. Write as you would speak to a friend who is "
                   "tired."),
             ctx.t("Disagree with ideas, never attack people.")});
    section(h, ctx.t("Speak for yourself"),
            {ctx.t("Say what helped you. Do not tell others to start, stop or change a medicine: that is "
                   "between them and their doctor.")});
    section(h, ctx.t("Keep what you read here"),
            {ctx.t("Do not share what others wrote, and do not try to find out who they are.")});
    section(h, ctx.t("Take care with hard topics"),
            {ctx.t("Put a content note in front of what may hurt to read. Leave out ways and means of "
                   "self-harm.")});
    section(h, ctx.t("No selling"),
            {ctx.t("No advertising, no collecting of people for studies without the "
                   "host's consent.")});
    section(h, ctx.t("When a rule is broken"),
            {ctx.t("A moderator may remove a post and tells you which rule it was about. You still belong "
                   "here. If you think it was a mistake, ask for another look, beside the post.")});
    section(h, ctx.t("When somebody else breaks a rule"),
            {ctx.t("Press \"Report\" below the post, or on the page of the group. It is private: nobody is "
                   "told that "
                   "it was you.")});
    return text_page(ctx, ctx.t("Rules"), h);
}

// ---- privacy -----------------------------------------------------------------------------------------------

void what_we_keep(Html& h, const Ctx& ctx) {
    section(h, ctx.t("What we keep"), {});
    part(h, ctx.t("About your account"));
    bullets(h, {ctx.t("Your made-up name, and your password in a form that cannot be read back."),
                ctx.t("Names that you had before, so that nobody else can take them."),
                ctx.t("The devices on which you are signed in, so that you can sign them out."),
                ctx.t("When you signed in and changed your name, password or tokens, without what you "
                      "typed.")});
    part(h, ctx.t("What you do here"));
    bullets(h, {ctx.t("What you write, and which posts you have read, so that you find your place again."),
                ctx.t("The groups you are in, and how you like to read (size, colours, language)."),
                ctx.t("Pictures that you add, without where and when they were taken."),
                ctx.t("What you would rather not read, what you say about yourself under \"People like me\", "
                      "and whether a group is right for you. Nobody else sees it.")});
    part(h, ctx.t("To keep everybody safe"));
    bullets(h, {ctx.t("What you report, and what was decided about your posts. Nobody is told who reported. "
                      "Once you are erased, a report stays without you."),
                ctx.t("In your first days: how much you write, and a scrambled form of it, so that the same "
                      "advert from many accounts is noticed. For 90 days by which invitation you came to a "
                      "group.")});
    part(h, ctx.t("Only if you choose it"));
    bullets(h, {ctx.t("What you call the people who keep a code for you, if you ask any, and when they began "
                      "to."),
                ctx.t("An e-mail address, only if you give us one for notices."),
                ctx.t("How to reach you in an emergency, only if you leave it: sealed, for two people to "
                      "open together if you may be in danger."),
                ctx.t("Your country, only if you choose one so that its numbers for urgent help come first."),
                ctx.t("If you turn on signals on a device: its address at the maker of its browser. The "
                      "maker learns that this site has something new for it, and nothing else.")});
}

void what_we_do_not_keep(Html& h, const Ctx& ctx) {
    section(h, ctx.t("What we do not keep"), {});
    bullets(h, {ctx.t("Your real name, your address or your date of birth: we do not ask."),
                ctx.t("The network address you came from. When signing in fails, a scrambled form of it is "
                      "kept for a short time, to stop people from guessing passwords. While an account is on "
                      "hold, a scrambled form of the network that it comes from is kept as well, so that the "
                      "same person with another account is noticed."),
                ctx.t("Where else you go. There is no advertising here, nothing is loaded from other "
                      "companies, and nothing is sold.")});
}

void cookies(Html& h, const Ctx& ctx) {
    section(
        h, ctx.t("Cookies"),
        {ctx.t("One cookie keeps you signed in. Another remembers how you like to read, and the country "
               "that you chose for urgent help. Two more last for minutes: one between your password and a "
               "second step, and one that lets a page say \"Saved\" once. There are no others."),
         ctx.t("While you are signed in, your browser also keeps a page with the numbers for urgent help, to "
               "show it when there is no connection. It names nobody. Signing out deletes it.")});
}

void who_can_see(Html& h, const Ctx& ctx) {
    section(
        h, ctx.t("Who can see what you write"),
        {ctx.t("The members of the group. In groups that say so, anybody. Those who look after the "
               "site can read everything."),
         ctx.t("Who stands behind a name that you use in one group only, nobody sees. Only a host can look "
               "it up. They must write down why, and it stays on record."),
         ctx.t("When you write anonymously, nobody sees who you are, also not those who look after the "
               "group. Only if somebody may be in danger can two of them find out together. They must write "
               "down why, and it stays on record."),
         ctx.t("If a law makes this site give a report about your posts to an authority, you can read that a "
               "week later, unless the law forbids to tell you."),
         ctx.site->takes_answers
             ? ctx.t("Members may wish that a mail shows them the words of a reply. Such a mail does not say "
                     "who wrote them or in which group. It passes through the mail servers of others. What "
                     "they answer by mail passes through a mailbox of this site, with their address.")
             : ctx.t("No mail holds what you write."),
         ctx.t("What staff change is written down too: roles, accounts on hold, new codes, removed "
               "posts.")});
}

Response get_privacy(Ctx& ctx) {
    if (auto led = led_to_own_words(ctx, "privacy")) return *std::move(led);
    Html h;
    what_we_keep(h, ctx);
    what_we_do_not_keep(h, ctx);
    cookies(h, ctx);
    who_can_see(h, ctx);
    section(h, ctx.t("Your choice"),
            {ctx.t("In \"My space\" you can change your name, hide people, sign out devices and close your "
                   "account."),
             ctx.t("You can also take a copy of all about you, or have it erased."),
             words_about_backups(ctx.words, *ctx.site)});
    if (!ctx.site->contact.empty())
        h << "<p>" << ctx.f("Questions? Write to %1.", ctx.site->contact) << "</p>";
    return text_page(ctx, ctx.t("Privacy"), h);
}

// ---- about the site ----------------------------------------------------------------------------------------

Response get_accessibility(Ctx& ctx) {
    Html h;
    h << "<p>" << ctx.t("This site should work for you on a hard day, too.") << "</p>";
    bullets(h, {ctx.t("Everything works with a keyboard, with a screen reader and without scripts."),
                ctx.t("Text may be made twice as large without anything getting lost."),
                ctx.t("There is a light and a dark look, and more contrast if your device asks for it."),
                ctx.t("The low-energy view shows less at once, in larger letters."),
                ctx.t("Nothing moves or blinks by itself, and nothing runs out of time while you write.")});
    h << "<p><a class=\"button\" href=\"" << url::comfort() << "\">" << ctx.t("Change how this site looks")
      << "</a></p>";
    section(h, ctx.t("What we aim for"),
            {ctx.t("The rules called WCAG 2.2, at level AA. We think that we follow them, apart from what is "
                   "listed below.")});
    h << "<h2>" << ctx.t("How we test it") << "</h2>";
    bullets(h, {ctx.t("With each change a program called axe looks at every page, in light, in dark and in "
                      "the low-energy view. It must find nothing."),
                ctx.t("Every page must fit a screen of 320 points, which is what 400 % zoom leaves of a "
                      "large one. Everything to press must be large enough."),
                ctx.t("People's ways through the site are walked by keyboard alone, and without scripts.")});
    h << "<h2>" << ctx.t("What we know is not good yet") << "</h2>";
    bullets(h, {ctx.t("No group of people who use screen readers every day has tried all of it yet."),
                ctx.t("What members write is theirs: a post may be long, or a link in it may say little."),
                ctx.t("Windows for passkeys belong to your browser. You can sign in with a password "
                      "instead.")});
    section(h, ctx.t("Something does not work?"),
            {ctx.t("We want to know, and will tell you what we can do about it."),
             ctx.t("This page was last looked at in November 2026.")});
    if (!ctx.site->contact.empty()) h << "<p>" << ctx.f("Please write to %1.", ctx.site->contact) << "</p>";
    return text_page(ctx, ctx.t("Accessibility"), h);
}

Response get_about(Ctx& ctx) {
    Html h;
    if (!ctx.site->purpose.empty()) h << "<p>" << ctx.site->purpose << "</p>";
    section(h, ctx.t("What this is"),
            {ctx.t("A quiet place where people who live with the same thing talk to each other."),
             ctx.t("It does not replace a doctor or a therapist, and it is not for emergencies.")});
    section(h, ctx.t("Who looks after it"), {});
    if (!ctx.site->run_by.empty()) h << "<p>" << ctx.f("Run by %1.", ctx.site->run_by) << "</p>";
    if (!ctx.site->moderated.empty()) h << "<p>" << ctx.f("Looked after %1.", ctx.site->moderated) << "</p>";
    h << "<p>" << ctx.t("Each group names the people who welcome newcomers and keep it safe.") << "</p>";
    if (!ctx.site->contact.empty()) h << "<p>" << ctx.f("Contact: %1.", ctx.site->contact) << "</p>";
    section(h, ctx.t("What it is made with"),
            {ctx.t("Kith, free software that a community can run by itself.")});
    return text_page(ctx, ctx.t("About"), h);
}

}  // namespace

void use_own_words(FindOwnWords find) { own_words() = find; }

std::vector<http::Route> help_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/safety", gate::open, get_safety},
            {Method::get, "/rules", gate::open, get_rules},
            {Method::get, "/privacy", gate::open, get_privacy},
            {Method::get, "/accessibility", gate::open, get_accessibility},
            {Method::get, "/about", gate::open, get_about}};
}

}  // namespace kith::site

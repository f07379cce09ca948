#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "notices/notices.hpp"
#include "platform/db/db.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/inbox.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/services.hpp"

// Notices by mail: what each member wishes, and what is sent of it. Words are made when a mail goes, so that a job
// holds ids alone.
namespace kith::mailing {

// ---- wishes ------------------------------------------------------------------------------------------

// By a person. Faults: `invalid` with field "way" (mails, but the address is not confirmed, or came back), "hour",
// "weekday", "quiet_from", "quiet_until", "zone".
Done save_wish(db::Tx& tx, const Actor& actor, const notices::Wish& wish);

// ---- links in mails ----------------------------------------------------------------------------------

// What a link that we sealed is for.
struct Link {
    enum class Kind { stop, confirm };
    Kind kind = Kind::stop;
    MemberId member;
    std::string email{};  // to confirm
    Time expires{};       // to confirm
};
std::string seal(std::string_view key, const Link& link);
std::optional<Link> unseal(std::string_view key, std::string_view sealed);

// Whoever has the link acts, signed in or not. Fault `not_found` for a link that is not ours, or works no more.
Done confirm(db::Tx& tx, std::string_view link);
Done stop(db::Tx& tx, std::string_view link);

// ---- sending -----------------------------------------------------------------------------------------

// How a mail is handed on; mail::send with the server of the configuration.
using Send = std::function<mail::Outcome(const mail::Message&)>;
struct Outgoing {
    std::string from;
    Send send;                    // none: no mail is sent
    bool takes_answers = false;   // what comes to `from` is read
    std::string checked_by = {};  // whose word about the sender of an answer counts; empty: nobody's
};

// The jobs `mail` and `mail_confirmation`; the payload is a member. Trouble is thrown, so that the job comes again; an
// address that is none is paused.
void send_notices(Services& services, std::string_view payload, const Outgoing& outgoing);
void send_confirmation(Services& services, std::string_view payload, const Outgoing& outgoing);

// About their account, to a confirmed address, whatever they chose for notices: somebody wants to come in with the code
// of a helper (job `mail_coming_back`), or has done so (`mail_came_back`); see `recovery`. Or somebody whom they look
// after may be in danger (notices::danger_mail_job).
enum class Warning { coming_back, came_back, danger };
void send_warning(Services& services, std::string_view payload, Warning warning, const Outgoing& outgoing);

// Any other mail about their account, in the same way; `compose` makes subject and body.
using Compose = std::function<mail::Message(const Words& words, const Site& site)>;
void send_about_account(Services& services, MemberId member, const Compose& compose,
                        const Outgoing& outgoing);

// As the configuration says.
Outgoing outgoing();

// All these as jobs; `how` is asked each time.
jobs::Handlers sending_handlers(Services& services, const std::function<Outgoing()>& how);

// Reads what came back to our address, a file each, in `new` of a Maildir: addresses that failed for good are paused.
// What is no report of a delivery is left in `cur` for people.
void take_bounces(Services& services, const std::filesystem::path& maildir);

// Of the configuration; set before serving. Without: no mail is sent.
struct Post {
    mail::Server server;
    std::filesystem::path bounces;  // empty: none
    mail::Inbox inbox;              // not set: it is not read, and no mail can be answered
    std::string checked_by;         // whose word about the sender of an answer counts; empty: nobody's
};
void use_post(Post post);

// A mail that came to our address. An answer is posted, unless a program wrote it or it does not come from the address
// of its member: then it is dropped. One that cannot be posted goes back to its writer with the reason. A report about
// a delivery is taken as above. Everything else is left for people, also answers of members whom no mail reaches (on a
// break, on hold, an address that came back). Trouble is thrown: the mail is looked at again.
mail::Verdict take_mail(Services& services, std::string_view mail, const Outgoing& outgoing);
// Answers to older mails are left for people.
bool forget_answers(db::Tx& tx);

jobs::Handlers handlers(Services& services);
std::vector<http::Route> routes();

}  // namespace kith::mailing

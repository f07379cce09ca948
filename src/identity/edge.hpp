#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/forms.hpp"
#include "platform/http/router.hpp"
#include "platform/http/session.hpp"
#include "platform/services.hpp"

// Who sent a request, and what forms of every feature ask of a person. Others include it with identity.hpp.
namespace kith::identity {

// ---- sessions ----------------------------------------------------------------------------------------

// Rights of a member in groups come from the feature above: `groups` fills this in app/features.cpp.
using GroupRights = std::function<std::vector<GroupRight>(db::ReadTx&, const Actor&)>;
// And those threads a member does not follow from `conversation`, ascending.
using MutedThreads = std::function<std::vector<ThreadId>(db::ReadTx&, MemberId)>;
// And from when on they are asked to agree to something, from `policies`; nothing: there is nothing to ask.
using AskedFrom = std::function<std::optional<Time>(db::ReadTx&, MemberId)>;

// Finds who sent a request, in memory where possible. A session or token is dropped from memory the moment a
// change of kind `member` (or `site`) says so.
class Sessions {
public:
    Sessions(Services& services, GroupRights rights, MutedThreads muted_threads = {},
             AskedFrom asked_from = {});
    ~Sessions();

    std::optional<http::Visitor> know_at_once(const http::Request& request);
    http::Visitor know(const http::Request& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Whether a session has neither ended nor run out: for streams that outlive their request.
bool session_stands(db::ReadTx& tx, SessionId session);
// Who acts through a session, as its rows say.
Actor actor_of(db::ReadTx& tx, MemberId member, SessionId session);

// "__Host-kith" over TLS or on localhost, "kith" elsewhere.
std::string_view cookie_name(const Site& site);
// The header that lets a browser keep a session for 30 days.
std::string kept_cookie(const Site& site, std::string_view value);

// In a form that signs in: that the browser will not keep the session, where it came over plain http from another
// machine, and what to do; else nothing.
void connection_note(Html& h, const http::Ctx& ctx);

// What a browser that signs out is told to forget.
http::Response& forget_all(http::Ctx& ctx, http::Response& response);

// ---- forms -------------------------------------------------------------------------------------------

// Whether the person has shown lately that it is them (confirm()).
bool is_confirmed(const http::Ctx& ctx);
// "Firefox, Android" of a user-agent header: enough to know one's own devices by.
std::string device_words(std::string_view agent);

// The present password, before something grave: field "current". Nothing once it was given lately. `page`: where the
// form stands, for who shows it is them in another way; none: it is sent to its own page.
void current_password_field(Html& h, const http::Ctx& ctx, const Error* error,
                            const std::optional<Url>& page = {});

// That the name typed into field "name" looks like a real one or like contact details, unless the person wants to keep
// it: fault `invalid`, field "keep_name". The field for it has the tick once that was said.
Done check_looks(const http::Form& form);
void name_field(Html& h, const http::Ctx& ctx, const http::Field& name, const Error* error);

}  // namespace kith::identity

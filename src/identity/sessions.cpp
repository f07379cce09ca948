#include "identity/sessions.hpp"

#include <limits>

#include "audit/audit.hpp"
#include "identity/comfort.hpp"
#include "identity/factor_store.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/live/bounded_cache.hpp"

namespace kith::identity {
namespace {

constexpr std::size_t memory_bytes = 16 << 20;
constexpr std::size_t secret_most = 200;  // longer is no cookie or token of ours
constexpr std::int64_t kept_ms = 30 * day_ms;
constexpr Time for_ever{std::numeric_limits<std::int64_t>::max()};

// What a request shows to say who sent it.
struct CookieTicket {
    enum class Kind { none, cookie, token };
    Kind kind = Kind::none;
    std::string_view secret;

    std::string key() const { return (kind == Kind::token ? "token " : "cookie ") + std::string(secret); }
};

CookieTicket ticket_of(const http::Request& request, const Site& site) {
    constexpr std::string_view scheme = "Bearer ";
    CookieTicket ticket{CookieTicket::Kind::cookie, request.cookie(cookie_name(site))};
    const std::string_view authorization = request.header("authorization");
    if (authorization.starts_with(scheme))
        ticket = {CookieTicket::Kind::token, authorization.substr(scheme.size())};
    if (ticket.secret.empty() || ticket.secret.size() > secret_most) return {};
    return ticket;
}

Actor acting(const Session& session) {
    Actor actor = Actor::of(session.member);
    actor.second_factor = session.second_factor;
    return actor;
}

// The part of a session that cookies and tokens have in common.
template <class Row>
Session common_part(db::ReadTx& tx, const Row& row) {
    Session session;
    session.member = row.member;
    session.name = row.name;
    session.comfort = {row.language, row.theme, row.view, row.keys, country_of(row.country)};
    session.expires = row.expires;
    session.second_factor = row.second_factor;
    session.has_notices = notices::any_unread(tx, row.member);
    if (const auto holds = store::standing_holds(tx, row.member); !holds.empty()) {
        session.held_until = holds.front().until.value_or(for_ever);
        return session;
    }
    const std::vector<store::Grant> grants = store::grants_of(tx, row.member);
    session.roles_wait = !grants.empty() && roles_wait(tx, acting(session));
    for (const store::Grant& grant : grants) {
        if (session.roles_wait) break;
        session.host |= grant.role == Role::host;
        session.coordinator |= grant.role == Role::coordinator;
        session.researcher |= grant.role == Role::researcher;
    }
    if (const auto pause = standing_pause(tx, row.member))
        session.away_until = pause->until.value_or(for_ever);
    return session;
}

std::optional<MemberId> member_behind(db::ReadTx& tx, const CookieTicket& ticket) {
    const std::string digest = crypto::digest(ticket.secret);
    return ticket.kind == CookieTicket::Kind::token ? store::token_member(tx, digest)
                                                    : store::session_member(tx, digest);
}

std::optional<Loaded> load(db::ReadTx& tx, const CookieTicket& ticket) {
    return ticket.kind == CookieTicket::Kind::token ? load_token(tx, ticket.secret)
                                                    : load_session(tx, ticket.secret);
}

}  // namespace

std::optional<Loaded> load_session(db::ReadTx& tx, std::string_view cookie) {
    const auto row = store::find_session(tx, crypto::digest(cookie));
    if (!row || store::closed_at(tx, row->member)) return std::nullopt;
    Loaded loaded{common_part(tx, *row), row->seen_at};
    loaded.session.id = row->id;
    loaded.session.form_token = row->form_token;
    loaded.session.confirmed_at = row->confirmed_at;
    return loaded;
}

std::optional<Loaded> load_token(db::ReadTx& tx, std::string_view token) {
    const auto row = store::find_token(tx, crypto::digest(token));
    if (!row || !is_active(tx, row->member)) return std::nullopt;
    Loaded loaded{common_part(tx, *row), tx.now()};
    loaded.session.from_token = true;
    loaded.session.scope = row->scope == "all" ? Actor::Scope::all : Actor::Scope::read;
    return loaded;
}

// ---- in memory ---------------------------------------------------------------------------------------

struct Sessions::Impl {
    Services& services;
    GroupRights rights;
    MutedThreads muted_threads;
    AskedFrom asked_from;
    BoundedCache<std::string, Loaded> known{memory_bytes};

    using Known = std::shared_ptr<const Loaded>;

    http::Visitor guest(const http::Request& request) const {
        return {nullptr, comfort_of_guest(request, *services.site())};
    }

    static http::Visitor visitor(const Known& loaded) {
        return {SessionPtr(loaded, &loaded->session), loaded->session.comfort};
    }

    bool is_good(const Loaded& loaded) const {
        const Session& session = loaded.session;
        return services.versions.of(session.member) == session.member_version &&
               services.versions.of_site() == session.site_version &&
               services.clock.now() < session.expires && !has_come_off_hold(session);
    }

    // Their rights have not been read.
    bool has_come_off_hold(const Session& session) const {
        return session.held_until != Time() && services.clock.now() >= session.held_until;
    }

    bool is_seen_lately(const Loaded& loaded) const {
        return loaded.session.from_token || services.clock.now() - loaded.seen_at < hour_ms;
    }

    Known in_memory(const CookieTicket& ticket) {
        Known found = known.find(ticket.key());
        return found && is_good(*found) && is_seen_lately(*found) ? found : nullptr;
    }

    // The versions are taken before the rows are read: a change in between makes it stale, never wrong.
    std::optional<Loaded> in_database(const CookieTicket& ticket) {
        const auto member = services.db.read([&](db::ReadTx& tx) { return member_behind(tx, ticket); });
        if (!member) return std::nullopt;
        const std::uint32_t member_version = services.versions.of(*member);
        const std::uint32_t site_version = services.versions.of_site();
        auto loaded = services.db.read([&](db::ReadTx& tx) { return load_whole(tx, ticket); });
        if (!loaded) return std::nullopt;
        loaded->session.member_version = member_version;
        loaded->session.site_version = site_version;
        return loaded;
    }

    std::optional<Loaded> load_whole(db::ReadTx& tx, const CookieTicket& ticket) const {
        auto loaded = load(tx, ticket);
        if (!loaded) return loaded;
        Session& session = loaded->session;
        if (session.held_until != Time()) return loaded;
        session.groups = rights(tx, acting(session));
        if (muted_threads) session.muted_threads = muted_threads(tx, session.member);
        if (asked_from) session.asked_from = asked_from(tx, session.member);
        return loaded;
    }

    // A full disk keeps nobody out: the time is noted with the next request then.
    void note_seen(Loaded& loaded) {
        if (is_seen_lately(loaded)) return;
        try {
            const Done noted = services.db.write([&](db::Tx& tx) -> Done {
                store::touch_session(tx, loaded.session.id);
                return {};
            });
            if (noted) loaded.seen_at = services.clock.now();
        } catch (const db::Unavailable&) {
        }
    }

    Known remember(const CookieTicket& ticket, Loaded loaded) {
        const Session& session = loaded.session;
        const std::size_t weight = sizeof(Loaded) + session.name.size() + session.form_token.size() +
                                   session.groups.size() * sizeof(GroupRight) +
                                   session.muted_threads.size() * sizeof(ThreadId);
        auto kept = std::make_shared<const Loaded>(std::move(loaded));
        known.put(ticket.key(), kept, weight);
        return kept;
    }
};

Sessions::Sessions(Services& services, GroupRights rights, MutedThreads muted_threads, AskedFrom asked_from)
    : impl_(new Impl{services, std::move(rights), std::move(muted_threads), std::move(asked_from)}) {}

Sessions::~Sessions() = default;

std::optional<http::Visitor> Sessions::know_at_once(const http::Request& request) {
    const CookieTicket ticket = ticket_of(request, *impl_->services.site());
    if (ticket.kind == CookieTicket::Kind::none) return impl_->guest(request);
    if (const Impl::Known known = impl_->in_memory(ticket)) return Impl::visitor(known);
    return std::nullopt;
}

http::Visitor Sessions::know(const http::Request& request) {
    if (const auto visitor = know_at_once(request)) return *visitor;
    const CookieTicket ticket = ticket_of(request, *impl_->services.site());
    auto loaded = impl_->in_database(ticket);
    if (!loaded) return impl_->guest(request);
    impl_->note_seen(*loaded);
    return Impl::visitor(impl_->remember(ticket, *std::move(loaded)));
}

std::string_view cookie_name(const Site& site) {
    const std::string_view url = site.public_url;
    constexpr std::string_view local = "http://localhost";
    const bool at_home = url == local || url.starts_with("http://localhost:") ||
                         url.starts_with("http://localhost/");
    return url.starts_with("https://") || at_home ? "__Host-kith" : "kith";
}

// ---- rules -------------------------------------------------------------------------------------------

Result<std::string> start_session(db::Tx& tx, MemberId member, std::string_view device, Random& random,
                                  bool second_factor) {
    TRY(present_person(tx, Actor::of(member)));
    std::string cookie = random.token(24);
    store::insert_session(tx, {member, crypto::digest(cookie), random.token(), std::string(device),
                               tx.now() + session_ms, second_factor});
    return cookie;
}

std::vector<OpenSession> sessions_of(db::ReadTx& tx, MemberId member) {
    return store::sessions_of(tx, member);
}

Done end_session(db::Tx& tx, const Actor& actor, SessionId session) {
    const MemberId member = TRY(present_person(tx, actor));
    if (!store::end_session(tx, member, session)) return not_found();
    announce(tx, member);
    return {};
}

Done end_all_sessions(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(acting_person(tx, actor));
    store::end_sessions(tx, member, SessionId());
    store::end_tokens(tx, member);
    audit::record(tx, actor, "member.signed_out_everywhere", "member", member.value());
    announce(tx, member);
    return {};
}

std::vector<Token> tokens_of(db::ReadTx& tx, MemberId member) { return store::tokens_of(tx, member); }

Done end_token(db::Tx& tx, const Actor& actor, TokenId token) {
    const MemberId member = TRY(acting_person(tx, actor));
    if (!store::end_token(tx, member, token)) return not_found();
    audit::record(tx, actor, "token.ended", "member", member.value());
    announce(tx, member);
    return {};
}

Actor actor_of(db::ReadTx& tx, MemberId member, SessionId session) {
    Actor actor = Actor::of(member);
    actor.session = session;
    actor.second_factor = !session || store::has_second_factor(tx, session);
    return actor;
}

bool session_stands(db::ReadTx& tx, SessionId session) { return store::session_stands(tx, session); }

void forget_old_sessions(db::Tx& tx) {
    store::delete_attempts_before(tx, tx.now() + -day_ms);
    store::delete_sessions_before(tx, tx.now() + -kept_ms);
    store::delete_old_factors(tx, tx.now().ms / day_ms - 1);
}

}  // namespace kith::identity

// What needs the present password of the one who acts, so that a device left open gives nothing away for good.
#include "audit/audit.hpp"
#include "identity/factor_store.hpp"
#include "identity/limits.hpp"
#include "identity/rules.hpp"
#include "identity/second_step.hpp"
#include "identity/store.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/message.hpp"
#include "platform/text/code.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr std::size_t token_name_most = 60;
constexpr int token_days_most = 365;
constexpr std::int64_t reset_code_ms = day_ms;

store::Account nobody() { return {MemberId(), crypto::nobodys_hash(), ""}; }

bool is_email(std::string_view text) {
    return mail::is_address(text) && text.find('.', text.find('@')) != std::string_view::npos;
}

// Nobody has mails sent to many strangers. A new address gets the link to confirm it.
Done give_email(db::Tx& tx, const Actor& actor, const std::string& email) {
    const MemberId member = TRY(acting_person(tx, actor));
    const Limits limits = email_limits(member);
    if (!email.empty()) {
        TRY(check_limits(tx, limits));
        count_try(tx, limits);
    }
    store::set_email(tx, member, email);
    const auto box = store::mailbox_of(tx, member);
    if (box && !box->confirmed_at)
        jobs::enqueue(tx, "mail_confirmation", std::to_string(member.value()), tx.now());
    audit::record(tx, actor, "email.changed", "member", member.value());
    announce(tx, member);
    return {};
}

Result<store::Account> account_acting(db::ReadTx& tx, const Actor& actor, const Limits& limits) {
    const MemberId member = TRY(present_person(tx, actor));
    TRY(check_limits(tx, limits));
    return store::account_of(tx, member).value_or(nobody());
}

Done count_failure(db::Tx& tx, const Actor& actor, const Limits& limits) {
    if (count_try(tx, limits)) audit::record(tx, actor, "password.limited", "member", actor.member.value());
    return {};
}

// The name as it will be kept.
Result<std::string> check_token(const TokenForm& form) {
    std::string name = text::one_line(form.name);
    if (name.empty() || text::length(name) > token_name_most)
        return invalid("Please give it a name of 1 to 60 characters.", "name");
    if (form.days < 1 || form.days > token_days_most)
        return invalid("Please choose how long it works: 1 to 365 days.", "days");
    return name;
}

}  // namespace

Result<MemberId> proven(Services& services, const Actor& actor, std::string_view current) {
    // What is typed must be right, also by somebody who need not type it.
    if (actor.session && current.empty()) {
        const Result<MemberId> lately = services.db.read([&](db::ReadTx& tx) -> Result<MemberId> {
            const MemberId member = TRY(present_person(tx, actor));
            TRY(require_confirmed(tx, actor));
            return member;
        });
        if (lately || lately.error().field != "current") return lately;
    }
    const Limits limits = password_limits(actor.member);
    const store::Account account = TRY(
        services.db.read([&](db::ReadTx& tx) { return account_acting(tx, actor, limits); }));
    if (crypto::verify_password(account.password_hash, current) && account.member) {
        if (actor.session)
            TRY(services.db.write([&](db::Tx& tx) -> Done {
                note_confirmed(tx, actor);
                return {};
            }));
        return account.member;
    }
    TRY(services.db.write([&](db::Tx& tx) { return count_failure(tx, actor, limits); }));
    return invalid("This is not your present password.", "current");
}

Done confirm(Services& services, const Actor& actor, std::string_view current) {
    TRY(proven(services, actor, current));
    return {};
}

// ---- passwords and codes -----------------------------------------------------------------------------

void replace_password(db::Tx& tx, MemberId member, std::string_view hash, SessionId keep) {
    store::set_password(tx, member, hash);
    store::end_sessions(tx, member, keep);
    store::end_tokens(tx, member);
    store::delete_halves(tx, member);
    announce(tx, member);
}

Done change_password(Services& services, const Actor& actor, const PasswordChange& form) {
    const MemberId member = TRY(proven(services, actor, form.current));
    const std::string name = services.db.read([&](db::ReadTx& tx) { return main_name(tx, member); });
    TRY(check_password(form.password, name, "password"));
    const std::string hash = crypto::hash_password(form.password);
    return services.db.write([&](db::Tx& tx) -> Done {
        replace_password(tx, TRY(acting_person(tx, actor)), hash, form.keep);
        audit::record(tx, actor, "password.changed", "member", member.value());
        return {};
    });
}

Result<std::vector<std::string>> renew_recovery_codes(Services& services, const Actor& actor,
                                                      std::string_view password) {
    TRY(proven(services, actor, password));
    return services.db.write([&](db::Tx& tx) -> Result<std::vector<std::string>> {
        const MemberId member = TRY(acting_person(tx, actor));
        audit::record(tx, actor, "recovery_codes.made", "member", member.value());
        return make_recovery_codes(tx, member, services.random);
    });
}

Done set_password(db::Tx& tx, const Actor& actor, MemberId member, std::string_view password_hash) {
    TRY(require_host(tx, actor));
    if (!store::account_of(tx, member)) return not_found();
    replace_password(tx, member, password_hash, SessionId());
    audit::record(tx, actor, "password.set", "member", member.value());
    return {};
}

Result<std::vector<std::string>> begin_anew(db::Tx& tx, MemberId member, std::string_view password_hash,
                                            Random& random) {
    if (!store::account_of(tx, member)) return not_found();
    if (has_second_factor(tx, member)) TRY(end_second_factors(tx, Actor::system(), member));
    replace_password(tx, member, password_hash, SessionId());
    return make_recovery_codes(tx, member, random);
}

// ---- e-mail and tokens -------------------------------------------------------------------------------

Done set_email(Services& services, const Actor& actor, const EmailForm& form) {
    const std::string email = text::one_line(form.email);
    if (!email.empty() && !is_email(email))
        return invalid("This does not look like an e-mail address.", "email");
    TRY(proven(services, actor, form.current));
    return services.db.write([&](db::Tx& tx) { return give_email(tx, actor, email); });
}

std::optional<Mailbox> mailbox_of(db::ReadTx& tx, MemberId member) {
    if (!is_active(tx, member) || standing_pause(tx, member)) return std::nullopt;
    return store::mailbox_of(tx, member);
}

std::optional<Mailbox> mailbox_for_warning(db::ReadTx& tx, MemberId member) {
    return store::mailbox_of(tx, member);
}

Done confirm_email(db::Tx& tx, MemberId member, std::string_view email) {
    if (!is_active(tx, member) || !store::confirm_email(tx, member, email)) return not_found();
    audit::record(tx, Actor::of(member), "email.confirmed", "member", member.value());
    return {};
}

void pause_email(db::Tx& tx, MemberId member) {
    if (!store::pause_email(tx, member)) return;
    audit::record(tx, Actor::system(), "email.paused", "member", member.value());
    notices::tell(tx, member, notices::Kind::mail_paused, {});
}

Result<std::string> create_token(Services& services, const Actor& actor, const TokenForm& form) {
    const std::string name = TRY(check_token(form));
    TRY(proven(services, actor, form.current));
    return services.db.write([&](db::Tx& tx) -> Result<std::string> {
        const MemberId member = TRY(acting_person(tx, actor));
        const std::string scope = form.scope == Actor::Scope::all ? "all" : "read";
        std::string secret = "kith_" + services.random.token(24);
        store::insert_token(tx, member, {TokenId(), name, scope, tx.now(), tx.now() + form.days * day_ms},
                            crypto::digest(secret), form.second_factor);
        audit::record(tx, actor, "token.made", "member", member.value());
        announce(tx, member);
        return secret;
    });
}

// ---- what a host does for others ---------------------------------------------------------------------

Done appoint_host(Services& services, const Actor& actor, MemberId member, const Proof& proof) {
    TRY(services.db.read([&](db::ReadTx& tx) { return require_host(tx, actor); }));
    TRY(proven(services, actor, proof.current));
    return services.db.write([&](db::Tx& tx) -> Done {
        if (!store::account_of(tx, member)) return not_found();
        return grant_role(tx, actor, member, Role::host);
    });
}

Done dismiss_host(Services& services, const Actor& actor, MemberId member, const Proof& proof) {
    TRY(services.db.read([&](db::ReadTx& tx) { return require_host(tx, actor); }));
    TRY(proven(services, actor, proof.current));
    return services.db.write([&](db::Tx& tx) { return end_role(tx, actor, member, Role::host); });
}

Result<std::string> create_reset_code(Services& services, const Actor& actor, MemberId member,
                                      const Proof& proof) {
    TRY(services.db.read([&](db::ReadTx& tx) { return require_host(tx, actor); }));
    TRY(proven(services, actor, proof.current));
    return services.db.write([&](db::Tx& tx) -> Result<std::string> {
        TRY(require_host(tx, actor));
        if (!store::account_of(tx, member)) return not_found();
        const std::string code = text::make_code(services.random, code_fours);
        store::delete_reset_codes(tx, member);
        store::insert_recovery_code(tx, member, recovery_digest(member, code), tx.now() + reset_code_ms);
        audit::record(tx, actor, "reset_code.made", "member", member.value());
        return code;
    });
}

}  // namespace kith::identity

#include "identity/second_step.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "identity/factor_store.hpp"
#include "identity/limits.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/totp.hpp"

namespace kith::identity {
namespace {

constexpr int most_half_tries = 5;

tl::unexpected<Error> wrong_code() {
    return invalid("This code is not right. Wait for the next one in your app and type that.", "code");
}

tl::unexpected<Error> half_is_over() {
    return unauthenticated("That took too long, or there were too many wrong codes. Please sign in again.");
}

// "123 456" as people type it.
std::string digits_of(std::string_view typed) {
    std::string out;
    std::ranges::copy_if(typed, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

bool is_app_code(std::string_view typed) {
    return std::ranges::all_of(typed, [](char c) { return (c >= '0' && c <= '9') || c == ' '; });
}

bool use_app_code(db::Tx& tx, MemberId member, std::string_view typed) {
    const auto app = store::code_app(tx, member);
    if (!app) return false;
    const auto step = crypto::totp_step(app->secret, digits_of(typed), tx.now());
    return step && store::use_step(tx, member, *step);
}

bool use_code(db::Tx& tx, MemberId member, std::string_view typed) {
    if (is_app_code(typed)) return use_app_code(tx, member, typed);
    if (!store::use_recovery_code(tx, member, recovery_digest(member, typed))) return false;
    audit::record(tx, Actor::of(member), "recovery_code.used", "member", member.value());
    return true;
}

Result<store::HalfRow> standing_half(db::ReadTx& tx, std::string_view digest) {
    const auto half = store::half_session(tx, digest);
    if (!half || half->tries >= most_half_tries) return half_is_over();
    return *half;
}

void count_wrong(db::Tx& tx, MemberId member, const Limits& limits) {
    if (count_try(tx, limits)) audit::record(tx, Actor::of(member), "code.limited", "member", member.value());
}

// Whether it is the code of the app; a wrong one counts.
Result<bool> try_app_code(db::Tx& tx, MemberId member, std::string_view code) {
    const Limits limits = code_app_limits(member);
    TRY(check_limits(tx, limits));
    if (use_app_code(tx, member, code)) return true;
    count_wrong(tx, member, limits);
    return false;
}

// Nothing when the code is not right, which counts.
Result<std::optional<std::string>> let_in_with(db::Tx& tx, std::string_view digest, std::string_view code,
                                               const Device& device, Random& random) {
    const store::HalfRow half = TRY(standing_half(tx, digest));
    const Limits limits = code_app_limits(half.member);
    TRY(check_limits(tx, limits));
    if (!use_code(tx, half.member, code)) {
        store::count_half_try(tx, digest);
        count_wrong(tx, half.member, limits);
        return std::optional<std::string>();
    }
    store::delete_half(tx, digest);
    return std::optional(TRY(let_in(tx, half.member, {half.device, "", device.replaces}, random, true)));
}

}  // namespace

// ---- the app -------------------------------------------------------------------------------------------

CodeApp code_app_of(db::ReadTx& tx, MemberId member) {
    auto row = store::code_app(tx, member);
    if (!row) return {};
    if (row->confirmed_at) return {CodeAppState::on, "", *row->confirmed_at};
    if (tx.now() - row->created_at > code_app_pending_ms) return {};
    return {CodeAppState::pending, std::move(row->secret), row->created_at};
}

Done begin_code_app(db::Tx& tx, const Actor& actor, Random& random) {
    const MemberId member = TRY(acting_person(tx, actor));
    TRY(require_confirmed(tx, actor));
    if (store::has_code_app(tx, member))
        return conflict("You have an app for codes already. End that one first.");
    store::put_code_app(tx, member, crypto::make_totp_secret(random));
    return {};
}

Done prove_code_app(Services& services, const Actor& actor, std::string_view code) {
    const bool right = TRY(services.db.write([&](db::Tx& tx) -> Result<bool> {
        const MemberId member = TRY(acting_person(tx, actor));
        TRY(require_confirmed(tx, actor));
        if (code_app_of(tx, member).state != CodeAppState::pending)
            return conflict("This took too long. Please begin again.");
        if (!TRY(try_app_code(tx, member, code))) return false;
        store::confirm_code_app(tx, member);
        store::set_second_factor(tx, actor.session);
        audit::record(tx, actor, "code_app.begun", "member", member.value());
        announce(tx, member);
        return true;
    }));
    if (!right) return wrong_code();
    return {};
}

Done end_code_app(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(acting_person(tx, actor));
    TRY(require_confirmed(tx, actor));
    if (!store::delete_code_app(tx, member)) return not_found();
    audit::record(tx, actor, "code_app.ended", "member", member.value());
    settle_second_factors(tx, member);
    return {};
}

Done end_second_factors(db::Tx& tx, const Actor& actor, MemberId member) {
    if (!actor.is_system()) return forbidden("Only whoever looks after the server can do this.");
    store::delete_code_app(tx, member);
    for (const store::PasskeyRow& passkey : store::passkeys_of(tx, member))
        store::delete_passkey(tx, member, passkey.id);
    audit::record(tx, actor, "second_factors.ended", "member", member.value());
    settle_second_factors(tx, member);
    return {};
}

bool has_second_factor(db::ReadTx& tx, MemberId member) {
    return store::has_code_app(tx, member) || store::has_passkey(tx, member);
}

void settle_second_factors(db::Tx& tx, MemberId member) {
    if (!has_second_factor(tx, member)) store::clear_second_factors(tx, member);
    announce(tx, member);
}

// ---- half sessions -------------------------------------------------------------------------------------

bool needs_code(db::ReadTx& tx, MemberId member) { return store::has_code_app(tx, member); }

std::string start_half(db::Tx& tx, MemberId member, const Device& device, Random& random) {
    std::string cookie = random.token(24);
    store::insert_half(tx, crypto::digest(cookie), member, device.words, tx.now() + half_session_ms);
    return cookie;
}

bool is_half_in(db::ReadTx& tx, std::string_view cookie) {
    return standing_half(tx, crypto::digest(cookie)).has_value();
}

Result<std::string> finish_sign_in(Services& services, std::string_view cookie, std::string_view code,
                                   const Device& device) {
    const std::string digest = crypto::digest(cookie);
    auto in = TRY(services.db.write(
        [&](db::Tx& tx) { return let_in_with(tx, digest, code, device, services.random); }));
    if (in) return *std::move(in);
    return wrong_code();
}

// ---- making sure who acts ------------------------------------------------------------------------------

namespace {
bool is_confirmed_lately(db::ReadTx& tx, SessionId session) {
    return session && tx.now() - store::confirmed_at(tx, session) < confirmed_for_ms;
}
}  // namespace

Done require_confirmed(db::ReadTx& tx, const Actor& actor) {
    if (actor.by_token) return forbidden("An access token cannot do this. Please sign in.");
    if (!actor.session || is_confirmed_lately(tx, actor.session)) return {};
    return invalid("Please type your present password, so that we know it is you.", "current");
}

void note_confirmed(db::Tx& tx, const Actor& actor) {
    store::set_confirmed(tx, actor.session);
    announce(tx, actor.member);
}

Done confirm_with_code(Services& services, const Actor& actor, std::string_view code) {
    const bool right = TRY(services.db.write([&](db::Tx& tx) -> Result<bool> {
        const MemberId member = TRY(present_person(tx, actor));
        if (!store::has_code_app(tx, member) || !TRY(try_app_code(tx, member, code))) return false;
        store::set_second_factor(tx, actor.session);
        note_confirmed(tx, actor);
        return true;
    }));
    if (!right) return wrong_code();
    return {};
}

}  // namespace kith::identity

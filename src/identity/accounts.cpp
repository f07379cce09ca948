#include "audit/audit.hpp"
#include "identity/limits.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/code.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr int recovery_codes = 10;
constexpr std::int64_t claim_code_ms = claim_code_days * day_ms;

Result<NewAccount> open_account(db::Tx& tx, MemberId member, std::string_view name,
                                std::string_view password_hash, Random& random) {
    if (!store::insert_account(tx, member, key_of(name), password_hash)) return name_taken();
    announce(tx, member);
    return NewAccount{member, make_recovery_codes(tx, member, random), GroupId()};
}

}  // namespace

// Set once before serving, then only read.
Door& the_door() {
    static Door door;
    return door;
}

void use_door(const Door& door) { the_door() = door; }

bool roles_wait(db::ReadTx& tx, const Actor& actor) {
    return !actor.second_factor && the_door().roles_need_factor && the_door().roles_need_factor(tx);
}

Way way_in(db::ReadTx& tx, std::string_view next) {
    const Door& door = the_door();
    if (!door.is_open || door.is_open(tx)) return Way::open;
    return door.is_invitation && door.is_invitation(tx, next) ? Way::by_invitation : Way::closed;
}

std::vector<ToAgree> to_agree(db::ReadTx& tx) {
    return the_door().to_agree ? the_door().to_agree(tx) : std::vector<ToAgree>();
}

// ---- signing up --------------------------------------------------------------------------------------

Done check_sign_up(const SignUp& form) {
    Mistakes mistakes;
    mistakes.note(valid_name(form.name));
    mistakes.note(check_password(form.password, form.name, "password"));
    return mistakes.done();
}

Result<NewAccount> sign_up(db::Tx& tx, const SignUp& form, std::string_view password_hash, Random& random) {
    const Way way = way_in(tx, form.next);
    if (way == Way::closed)
        return forbidden("This site does not take in new people just now. Please come back another day.");
    NewAccount account = TRY(add_account(tx, form, password_hash, random));
    if (the_door().agree) the_door().agree(tx, account.member, form.agreed);
    if (way == Way::by_invitation)
        account.joined = TRY(the_door().use_invitation(tx, Actor::of(account.member), form.next));
    return account;
}

Result<NewAccount> add_account(db::Tx& tx, const SignUp& form, std::string_view password_hash,
                               Random& random) {
    TRY(check_sign_up(form));
    const std::string name = TRY(valid_name(form.name));
    const NewMember made = TRY(add_member(tx, form.language, name));
    return open_account(tx, made.member, name, password_hash, random);
}

Time joined_at(db::ReadTx& tx, MemberId member) { return store::joined_at(tx, member); }

Done take_sign_up(db::Tx& tx, std::string_view network, Random& random, int most) {
    const Limits limits = sign_up_limits(network, keys_for_limits(tx, random), most);
    TRY(check_limits(tx, limits));
    count_try(tx, limits);
    return {};
}

Done take_guest_report(db::Tx& tx, std::string_view network, Random& random) {
    const Limits limits = guest_report_limits(network, keys_for_limits(tx, random));
    TRY(check_limits(tx, limits));
    count_try(tx, limits);
    return {};
}

std::string recovery_digest(MemberId member, std::string_view typed) {
    return crypto::digest("recovery " + std::to_string(member.value()) + " " + text::plain_code(typed));
}

std::string claim_digest(std::string_view typed) {
    return crypto::digest("claim " + text::plain_code(typed));
}

std::vector<std::string> make_recovery_codes(db::Tx& tx, MemberId member, Random& random) {
    store::delete_recovery_codes(tx, member);
    std::vector<std::string> codes;
    for (int i = 0; i < recovery_codes; ++i) {
        codes.push_back(text::make_code(random, code_fours));
        store::insert_recovery_code(tx, member, recovery_digest(member, codes.back()), std::nullopt);
    }
    return codes;
}

// ---- placeholders ------------------------------------------------------------------------------------

Result<PersonaId> create_placeholder(db::Tx& tx, const Actor& actor, std::string_view typed) {
    TRY(require_staff(tx, actor));
    const std::string name = TRY(valid_name(typed));
    return TRY(add_member(tx, Language::en, name)).persona;
}

Result<std::string> create_claim_code(db::Tx& tx, const Actor& actor, PersonaId persona, Random& random) {
    TRY(require_staff(tx, actor));
    const auto member = store::member_of(tx, persona);
    if (!member) return not_found();
    if (store::account_of(tx, *member)) return conflict("This person has an account already.");
    store::delete_claim_codes(tx, *member);
    const std::string code = text::make_code(random, code_fours);
    store::insert_claim_code(tx, *member, claim_digest(code), tx.now() + claim_code_ms);
    audit::record(tx, actor, "claim_code.made", "member", member->value());
    return code;
}

Result<NewAccount> claim(db::Tx& tx, std::string_view code, std::string_view password,
                         std::string_view password_hash, Random& random) {
    const auto member = store::use_claim_code(tx, claim_digest(code));
    if (!member || store::account_of(tx, *member))
        return invalid("This code does not work. It may be used already, or too old.", "code");
    const std::string name = main_name(tx, *member);
    TRY(check_password(password, name, "password"));
    audit::record(tx, Actor::of(*member), "member.claimed", "member", member->value());
    return open_account(tx, *member, name, password_hash, random);
}

// ---- suspension and closure --------------------------------------------------------------------------

Done suspend(db::Tx& tx, const Actor& actor, MemberId member, std::string_view reason,
             std::optional<Time> until) {
    TRY(require_host(tx, actor));
    const Hold hold{text::one_line(reason), {}, until, {}};
    if (!store::member_exists(tx, member)) return not_found();
    if (hold.reason.empty()) return invalid("Please say why, in a sentence.", "reason");
    if (until && *until <= tx.now()) return invalid("Please choose a day that is still ahead.", "until");
    TRY(keep_a_host(tx, member));
    announce_standing(tx, member);
    store::lift_holds(tx, member, CaseId(), who(actor));
    store::insert_hold(tx, member, hold, who(actor));
    store::end_sessions(tx, member, SessionId());
    store::end_tokens(tx, member);
    audit::record(tx, actor, "member.suspended", "member", member.value());
    return {};
}

Done lift_suspension(db::Tx& tx, const Actor& actor, MemberId member) {
    TRY(require_host(tx, actor));
    if (!store::lift_holds(tx, member, CaseId(), who(actor))) return not_found();
    audit::record(tx, actor, "member.suspension_lifted", "member", member.value());
    announce_standing(tx, member);
    return {};
}

std::vector<Hold> standing_holds(db::ReadTx& tx, MemberId member) {
    return store::standing_holds(tx, member);
}

Done hold_by_case(db::Tx& tx, MemberId member, const HoldCause& cause, std::optional<Time> until) {
    if (!store::account_of(tx, member) || store::had_task_at(tx, member, cause.written_at))
        return conflict(
            "The account behind this cannot be put on hold from here. Choose something else, or ask a host.");
    announce(tx, member);
    store::insert_hold(tx, member, {"", {}, until, cause.by_case}, std::nullopt);
    return {};
}

bool end_hold_by_case(db::Tx& tx, MemberId member, CaseId by_case) {
    if (!store::lift_holds(tx, member, by_case, std::nullopt)) return false;
    announce(tx, member);
    return true;
}

Done close_account(db::Tx& tx, const Actor& actor, Address address) {
    const MemberId member = TRY(present_person(tx, actor));
    TRY(require_confirmed(tx, actor));
    TRY(keep_a_host(tx, member));
    announce_standing(tx, member);
    store::insert_closure(tx, member);
    store::end_sessions(tx, member, SessionId());
    store::end_tokens(tx, member);
    if (address == Address::forget) store::set_email(tx, member, "");
    audit::record(tx, actor, "member.closed", "member", member.value());
    return {};
}

// ---- feeds -------------------------------------------------------------------------------------------

std::optional<FeedKey> find_feed_key(db::ReadTx& tx, std::string_view digest) {
    return store::find_feed_key(tx, digest);
}
std::optional<Time> feed_key_made_at(db::ReadTx& tx, MemberId member) {
    return store::feed_key_made_at(tx, member);
}
void put_feed_key(db::Tx& tx, MemberId member, std::string_view digest, Language language) {
    store::put_feed_key(tx, member, digest, language);
}
void end_feed_key(db::Tx& tx, MemberId member) { store::delete_feed_key(tx, member); }

// ---- settings ----------------------------------------------------------------------------------------

Done set_comfort(db::Tx& tx, const Actor& actor, const Comfort& comfort) {
    const MemberId member = TRY(present_member(tx, actor));
    store::set_comfort(tx, member, comfort);
    announce(tx, member);
    return {};
}

}  // namespace kith::identity

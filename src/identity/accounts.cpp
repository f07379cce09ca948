#include "audit/audit.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"

namespace kith::identity {
namespace {

constexpr std::size_t password_least = 8;
constexpr std::size_t password_most = 128;
constexpr std::size_t name_in_password_least = 3;  // a shorter name may well be part of a word
constexpr int recovery_codes = 10;
constexpr std::int64_t claim_code_ms = 30 * day_ms;

// Nothing that is mistaken for something else: 0 and o, 1, i and l are left out. 12 of 31 are 59 bits.
constexpr std::string_view code_letters = "23456789abcdefghjkmnpqrstuvwxyz";
constexpr int code_length = 12;

std::string code_as_kept(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (code_letters.find(lower) != std::string_view::npos) out += lower;
    }
    return out;
}

bool contains_name(std::string_view password, std::string_view name) {
    const std::string folded = text::fold(name);
    return text::length(folded) >= name_in_password_least &&
           text::fold(password).find(folded) != std::string::npos;
}

Result<NewAccount> open_account(db::Tx& tx, MemberId member, std::string_view name,
                                std::string_view password_hash, Random& random) {
    if (!store::insert_account(tx, member, key_of(name), password_hash)) return name_taken();
    announce(tx, member);
    return NewAccount{member, make_recovery_codes(tx, member, random)};
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.size() > 254) return false;
    const std::string_view domain = text.substr(at + 1);
    const std::size_t dot = domain.find('.');
    return text.find(' ') == std::string_view::npos && domain.find('@') == std::string_view::npos &&
           dot != std::string_view::npos && dot > 0 && domain.back() != '.';
}

}  // namespace

// ---- signing up --------------------------------------------------------------------------------------

Done check_password(std::string_view password, std::string_view name, std::string_view field) {
    const std::size_t length = text::length(password);
    if (length < password_least) return invalid("Please use at least 8 characters.", field);
    if (length > password_most) return invalid("Please use at most 128 characters.", field);
    if (crypto::is_breached(password))
        return invalid("This password is easy to guess. Please choose another one.", field);
    if (contains_name(password, name)) return invalid("Please leave your name out of the password.", field);
    return {};
}

Done check_sign_up(const SignUp& form) {
    const std::string name = TRY(valid_name(form.name));
    return check_password(form.password, name, "password");
}

Result<NewAccount> sign_up(db::Tx& tx, const SignUp& form, std::string_view password_hash, Random& random) {
    TRY(check_sign_up(form));
    const std::string name = TRY(valid_name(form.name));
    const MemberId member = store::insert_member(tx, form.language);
    TRY(add_main_persona(tx, member, name));
    return open_account(tx, member, name, password_hash, random);
}

std::string make_code(Random& random) {
    std::string code;
    for (int i = 0; i < code_length; ++i) {
        if (i > 0 && i % 4 == 0) code += '-';
        code += code_letters[random.below(code_letters.size())];
    }
    return code;
}

std::string recovery_digest(MemberId member, std::string_view typed) {
    return crypto::digest("recovery " + std::to_string(member.value()) + " " + code_as_kept(typed));
}

std::string claim_digest(std::string_view typed) { return crypto::digest("claim " + code_as_kept(typed)); }

std::vector<std::string> make_recovery_codes(db::Tx& tx, MemberId member, Random& random) {
    store::delete_recovery_codes(tx, member);
    std::vector<std::string> codes;
    for (int i = 0; i < recovery_codes; ++i) {
        codes.push_back(make_code(random));
        store::insert_recovery_code(tx, member, recovery_digest(member, codes.back()));
    }
    return codes;
}

// ---- placeholders ------------------------------------------------------------------------------------

Result<PersonaId> create_placeholder(db::Tx& tx, const Actor& actor, std::string_view typed) {
    TRY(require_staff(tx, actor));
    const std::string name = TRY(valid_name(typed));
    return add_main_persona(tx, store::insert_member(tx, Language::en), name);
}

Result<std::string> create_claim_code(db::Tx& tx, const Actor& actor, PersonaId persona, Random& random) {
    TRY(require_staff(tx, actor));
    const auto member = store::member_of(tx, persona);
    if (!member) return not_found();
    if (store::account_of(tx, *member)) return conflict("This person has an account already.");
    store::delete_claim_codes(tx, *member);
    const std::string code = make_code(random);
    store::insert_claim_code(tx, *member, claim_digest(code), tx.now() + claim_code_ms);
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
    const store::Suspension suspension{text::one_line(reason), until};
    if (!store::member_exists(tx, member)) return not_found();
    if (suspension.reason.empty()) return invalid("Please say why, in a sentence.", "reason");
    if (until && *until <= tx.now()) return invalid("Please choose a day that is still ahead.", "until");
    TRY(keep_a_host(tx, member));
    store::lift_suspensions(tx, member, who(actor));
    store::insert_suspension(tx, member, suspension, who(actor));
    store::end_sessions(tx, member, SessionId());
    audit::record(tx, actor, "member.suspended", "member", member.value());
    announce(tx, member);
    return {};
}

Done lift_suspension(db::Tx& tx, const Actor& actor, MemberId member) {
    TRY(require_host(tx, actor));
    if (!store::lift_suspensions(tx, member, who(actor))) return not_found();
    audit::record(tx, actor, "member.suspension_lifted", "member", member.value());
    announce(tx, member);
    return {};
}

Done close_account(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(acting_member(tx, actor));
    TRY(keep_a_host(tx, member));
    store::insert_closure(tx, member);
    store::end_sessions(tx, member, SessionId());
    store::end_tokens(tx, member);
    store::set_email(tx, member, "");
    audit::record(tx, actor, "member.closed", "member", member.value());
    announce(tx, member);
    return {};
}

// ---- settings ----------------------------------------------------------------------------------------

Done set_email(db::Tx& tx, const Actor& actor, std::string_view typed) {
    const MemberId member = TRY(acting_member(tx, actor));
    const std::string email = text::one_line(typed);
    if (!email.empty() && !is_email(email))
        return invalid("This does not look like an e-mail address.", "email");
    store::set_email(tx, member, email);
    announce(tx, member);
    return {};
}

Done set_comfort(db::Tx& tx, const Actor& actor, const Comfort& comfort) {
    const MemberId member = TRY(acting_member(tx, actor));
    store::set_comfort(tx, member, comfort);
    announce(tx, member);
    return {};
}

}  // namespace kith::identity

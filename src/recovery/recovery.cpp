#include "recovery/recovery.hpp"

#include <algorithm>
#include <functional>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/code.hpp"
#include "platform/text/unicode.hpp"
#include "recovery/store.hpp"

namespace kith::recovery {
namespace {

constexpr int code_fours = 5;  // 99 bits
constexpr std::size_t name_most = 60;

// A digest for one member fits no other.
std::string digest_of(MemberId member, std::string_view typed) {
    return crypto::digest("helper " + std::to_string(member.value()) + " " + text::plain_code(typed));
}

std::optional<Wait> wait_of(const Helper& helper, Time now) {
    if (!helper.begun_at) return std::nullopt;
    const Wait wait{*helper.begun_at};
    return now < wait.closes_at() ? std::optional(wait) : std::nullopt;
}

tl::unexpected<Error> wrong_pair() {
    return invalid(
        "That name and code do not go together, or the code works no more. Check both. If you look after "
        "something here, please ask a host instead.",
        "name");
}

tl::unexpected<Error> not_open() {
    return conflict("You cannot choose a new password yet. Please come back once the time is over.");
}

// What whoever typed a right code is let to do, in one transaction.
using Rule = std::function<Done(db::Tx&, const Helper&)>;

Done with_helper(Services& services, const Typed& typed, const Rule& rule) {
    const auto use = [&](db::Tx& tx, MemberId member) -> Result<bool> {
        const auto helper = store::by_code(tx, member, digest_of(member, typed.code));
        if (!helper || !identity::is_plain_member(tx, member)) return false;
        TRY(rule(tx, *helper));
        return true;
    };
    if (!TRY(identity::try_code(services, {typed.name, typed.network}, use))) return wrong_pair();
    return {};
}

// In the house and on devices, and by a mail of its own, whatever they chose for notices.
void tell(db::Tx& tx, MemberId member, notices::Kind kind) {
    notices::tell_again(tx, member, kind, {});
    jobs::enqueue(tx, "mail_" + std::string(to_word(kind)), std::to_string(member.value()), tx.now());
}

Wait begin(db::Tx& tx, const Helper& helper) {
    if (const auto wait = wait_of(helper, tx.now())) return *wait;
    store::begin(tx, helper.id);
    audit::record(tx, Actor::system(), "helper.begun", "member", helper.member.value());
    tell(tx, helper.member, notices::Kind::coming_back);
    return {tx.now()};
}

Done require_open(db::ReadTx& tx, const Helper& helper) {
    const auto wait = wait_of(helper, tx.now());
    if (!wait || tx.now() < wait->opens_at()) return not_open();
    return {};
}

Result<std::vector<std::string>> let_back(db::Tx& tx, const Helper& helper, std::string_view hash,
                                          Random& random) {
    TRY(require_open(tx, helper));
    store::remove(tx, helper.member, helper.id);
    audit::record(tx, Actor::of(helper.member), "helper.used", "member", helper.member.value());
    tell(tx, helper.member, notices::Kind::came_back);
    return identity::begin_anew(tx, helper.member, hash, random);
}

}  // namespace

// ---- helpers -------------------------------------------------------------------------------------------

std::vector<Helper> helpers_of(db::ReadTx& tx, MemberId member) { return store::helpers_of(tx, member); }

std::optional<Helper> find_helper(db::ReadTx& tx, MemberId member, HelperId id) {
    const std::vector<Helper> all = store::helpers_of(tx, member);
    const auto found = std::ranges::find(all, id, &Helper::id);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

Result<std::string> make_helper(db::Tx& tx, const Actor& actor, std::string_view typed, Random& random) {
    const MemberId member = TRY(identity::acting_person(tx, actor));
    const std::string name = text::one_line(typed);
    if (name.empty() || text::length(name) > name_most)
        return invalid("Please say in 1 to 60 characters who it is.", "name");
    TRY(identity::require_confirmed(tx, actor));
    if (!identity::is_plain_member(tx, member))
        return conflict("You look after something here, so a host helps you back in, not a helper.");
    if (store::helpers_of(tx, member).size() >= helpers_most)
        return conflict("Three people keep a code for you. End one of them first.");
    std::string code = text::make_code(random, code_fours);
    store::insert(tx, member, name, digest_of(member, code));
    audit::record(tx, actor, "helper.made", "member", member.value());
    return code;
}

Done end_helper(db::Tx& tx, const Actor& actor, HelperId id) {
    const MemberId member = TRY(identity::present_person(tx, actor));
    TRY(identity::require_confirmed(tx, actor));
    if (!store::remove(tx, member, id)) return not_found();
    audit::record(tx, actor, "helper.ended", "member", member.value());
    return {};
}

// ---- waiting -------------------------------------------------------------------------------------------

std::optional<Wait> standing_wait(db::ReadTx& tx, MemberId member) {
    std::optional<Wait> first;
    for (const Helper& helper : store::helpers_of(tx, member)) {
        const auto wait = wait_of(helper, tx.now());
        if (wait && (!first || wait->begun_at < first->begun_at)) first = wait;
    }
    return first;
}

Done stop(db::Tx& tx, const Actor& actor) {
    const MemberId member = TRY(identity::present_person(tx, actor));
    if (store::remove_begun(tx, member, tx.now() + -(wait_ms + open_ms)) > 0)
        audit::record(tx, actor, "helper.stopped", "member", member.value());
    return {};
}

// ---- coming back ---------------------------------------------------------------------------------------

Result<Wait> ask(Services& services, const Typed& typed) {
    Wait wait;
    TRY(with_helper(services, typed, [&](db::Tx& tx, const Helper& helper) -> Done {
        wait = begin(tx, helper);
        return {};
    }));
    return wait;
}

// Hashing takes time: nobody makes the house do it without a right code.
Result<std::vector<std::string>> come_back(Services& services, const Typed& typed,
                                           std::string_view password) {
    TRY(with_helper(services, typed, require_open));
    TRY(identity::check_password(password, typed.name, "password"));
    const std::string hash = crypto::hash_password(password);
    std::vector<std::string> codes;
    TRY(with_helper(services, typed, [&](db::Tx& tx, const Helper& helper) -> Done {
        codes = TRY(let_back(tx, helper, hash, services.random));
        return {};
    }));
    return codes;
}

}  // namespace kith::recovery

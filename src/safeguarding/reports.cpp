#include <algorithm>
#include <set>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/pacing.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/text/markdown.hpp"
#include "safeguarding/filing.hpp"
#include "safeguarding/holds.hpp"
#include "safeguarding/safeguarding.hpp"
#include "safeguarding/store.hpp"
#include "safeguarding/words.hpp"

namespace kith::safeguarding {
namespace {

// Whoever has read a post may report it: also what its author has withdrawn since, and after leaving the group. What
// staff removed is decided.
bool has_read(db::ReadTx& tx, const Actor& actor, PostId post) {
    if (conversation::read_number(tx, actor, post.thread()) < post.number()) return false;
    const auto options = conversation::options_for(tx, Actor::system(), post);
    return options && (!options->removal || options->removal->own);
}

// What the actor may report.
Result<Subject> subject_of(db::ReadTx& tx, const Actor& actor, PostId post) {
    const auto seen = conversation::visible_post(tx, actor, post);
    if (!seen && !has_read(tx, actor, post)) return tl::unexpected(seen.error());
    const PersonaId author = TRY(conversation::visible_post(tx, Actor::system(), post)).author;
    return Subject{TRY(conversation::visible_thread(tx, Actor::system(), post.thread())).group, post, author};
}

}  // namespace

Opened open_or_join(db::Tx& tx, const Subject& subject, Urgency urgency) {
    const auto open = store::open_case(tx, subject);
    if (open && urgency <= open->urgency) return {open->id};
    const CaseId id = open ? open->id : store::insert_case(tx, subject, urgency);
    if (open) store::set_urgency(tx, id, urgency, std::max(open->worst, urgency));
    if (urgency != Urgency::crisis) return {id};
    if (open) store::wait_anew(tx, id);
    end_pauses(tx, subject);
    ask_to_page(tx, id);
    return {id, true};
}

void ask_to_page(db::Tx& tx, CaseId id) {
    const std::int64_t numbers[] = {id.value(), tx.now().ms};
    jobs::enqueue(tx, crisis_waits_job, jobs::payload_of(numbers), tx.now(), jobs::Lane::urgent);
}

notices::About about(const Subject& subject) {
    return {subject.group, subject.post.thread(), subject.post.number(), {}};
}

void tell_staff(db::Tx& tx, const Subject& subject, bool is_crisis) {
    const MemberId writer[] = {writer_of(tx, subject)};
    std::vector<MemberId> staff = staff_for(tx, subject, writer);
    // The others hear of it when it still waits (src/paging).
    if (is_crisis) staff = rota::first_to_tell(tx, subject.group, std::move(staff));
    for (const MemberId member : staff)
        notices::tell(tx, member, is_crisis ? notices::Kind::crisis : notices::Kind::report, about(subject));
}

namespace {

// Several members, not one who insists.
void hide_if_many(db::Tx& tx, const Subject& subject, CaseId id) {
    const std::int64_t most = pacing::flags_hide(tx, subject.group) ? 1 : store::targets(tx).hide_after;
    if (most == 0 || !subject.post) return;
    std::set<MemberId> members;
    for (const store::Voice& voice : store::voices_of(tx, id))
        if (hides(voice.reason)) members.insert(voice.member);
    if (static_cast<std::int64_t>(members.size()) < most) return;
    if (conversation::hold_post(tx, subject.post))
        store::insert_event(tx, id, Step::hidden, std::nullopt, "");
}

// The author may have changed the post since: the report comes, about all of it.
std::string_view picture_in(db::ReadTx& tx, PostId post, std::string_view key) {
    const auto typed = post && !key.empty() ? conversation::typed(tx, post) : std::nullopt;
    const auto pictures = typed ? text::pictures_in(typed->markdown) : std::vector<text::PictureIn>();
    return std::ranges::count(pictures, key, &text::PictureIn::key) > 0 ? key : std::string_view();
}

constexpr std::int64_t reports_an_hour = 30;

Done check_limit(db::ReadTx& tx, const Actor& actor, Reason reason) {
    if (reason == Reason::danger || !actor.is_member()) return {};
    if (store::reports_since(tx, actor.member, tx.now() + -hour_ms) < reports_an_hour) return {};
    return too_many(
        "You have sent many reports in an hour. Please wait a little. If somebody is in danger, say so.");
}

Result<CaseId> file(db::Tx& tx, const Actor& actor, const Subject& subject, const ReportForm& form) {
    if (!form.reason) return invalid("Please choose what it is about.", "reason");
    const std::string words = TRY(checked_words(form.words, Words::may_be_empty));
    TRY(check_limit(tx, actor, *form.reason));
    const Opened opened = open_or_join(tx, subject, urgency_of(*form.reason));
    store::insert_report(tx, opened.id, actor.is_member() ? std::optional(actor.member) : std::nullopt,
                         *form.reason, words, picture_in(tx, subject.post, form.picture));
    // Who it was stands nowhere in the log.
    audit::record(tx, Actor::system(), "report.filed", "case", opened.id.value());
    if (hides(*form.reason)) hide_if_many(tx, subject, opened.id);
    if (hides(*form.reason) && subject.post) pause_if_many(tx, subject.author);
    tell_staff(tx, subject, opened.is_crisis_now);
    return opened.id;
}

// Somebody was told of as much before.
bool is_known(std::span<const store::Known> known, const Sign& sign) {
    return std::ranges::any_of(
        known, [&](const store::Known& one) { return one.rule == sign.rule && one.urgency >= sign.urgency; });
}

// Whether it is a crisis now, and was none before.
bool note_sign(db::Tx& tx, const Subject& subject, const Sign& sign) {
    const Opened opened = open_or_join(tx, subject, sign.urgency);
    store::insert_notice(tx, opened.id, sign.reason, sign.rule, sign.urgency);
    audit::record(tx, Actor::system(), "report.noticed", "case", opened.id.value());
    return opened.is_crisis_now;
}

}  // namespace

Urgency urgency_of(Reason reason) {
    switch (reason) {
        case Reason::danger:
            return Urgency::crisis;
        case Reason::hostile:
        case Reason::confidentiality:
            return Urgency::red;
        default:
            return Urgency::amber;
    }
}

bool hides(Reason reason) {
    switch (reason) {
        case Reason::hostile:
        case Reason::confidentiality:
        case Reason::inappropriate:
        case Reason::advice:
        case Reason::misinformation:
        case Reason::spam:
        case Reason::disruptive:
            return true;
        default:
            return false;
    }
}

Done may_report(db::ReadTx& tx, const Actor& actor, PostId post) {
    TRY(subject_of(tx, actor, post));
    return {};
}

Result<CaseId> file_report(db::Tx& tx, const Actor& actor, PostId post, const ReportForm& form) {
    return file(tx, actor, TRY(subject_of(tx, actor, post)), form);
}

Result<CaseId> file_report(db::Tx& tx, const Actor& actor, GroupId group, const ReportForm& form) {
    TRY(groups::access(tx, actor, group));
    return file(tx, actor, {group}, form);
}

std::optional<CaseId> file_signs(db::Tx& tx, PostId post, std::vector<Sign> signs) {
    const auto typed = conversation::typed(tx, post);
    if (!typed) return std::nullopt;
    const Subject subject{typed->group, post, typed->author};
    const std::vector<store::Known> known = store::known_of(tx, post);
    std::erase_if(signs, [&](const Sign& sign) { return is_known(known, sign); });
    bool is_crisis_now = false;
    for (const Sign& sign : signs) is_crisis_now |= note_sign(tx, subject, sign);
    if (!signs.empty() && std::ranges::max(signs, {}, &Sign::urgency).urgency >= Urgency::red)
        tell_staff(tx, subject, is_crisis_now);
    const auto open = store::open_case(tx, subject);
    return open ? std::optional(open->id) : std::nullopt;
}

std::string words_of_post(const conversation::Typed& post) {
    return post.title + "\n" + post.note + "\n" + post.markdown;
}

std::vector<OwnReport> reports_by(db::ReadTx& tx, MemberId member) {
    constexpr int most = 50;
    return store::reports_by(tx, member, most);
}

}  // namespace kith::safeguarding

#include <algorithm>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/store.hpp"
#include "platform/text/unicode.hpp"
#include "training/training.hpp"

// The pace of a place: set, ended, and asked about.
namespace kith::pacing {
namespace {

void announce(db::Tx& tx, GroupId group) { tx.changed({.kind = Change::Kind::group, .group = group}); }

// Under which name somebody acts who moderates the group and knows what that needs.
Result<PersonaId> moderator(db::ReadTx& tx, const Actor& actor, GroupId group) {
    TRY(identity::acting_member(tx, actor));
    const groups::Access access = TRY(groups::access(tx, actor, group));
    if (!access.moderate) return not_found();
    TRY(training::require_trained(tx, actor));
    return access.persona;
}

Result<std::string> checked(std::string_view typed, std::string_view field) {
    std::string out = text::trim(text::clean(typed));
    if (text::length(out) > words_most) return invalid("Please keep it to 1000 letters.", field);
    return out;
}

Result<std::int64_t> one_of(std::int64_t typed, std::span<const std::int64_t> choices,
                            std::string_view field) {
    if (typed != 0 && std::ranges::find(choices, typed) == choices.end())
        return invalid("Please choose one of these.", field);
    return typed;
}

// A day from tomorrow on.
Result<Time> look_day(const db::ReadTx& tx, std::optional<Time> day) {
    constexpr std::int64_t most_days = 60;
    if (!day || *day <= tx.now() || *day - tx.now() > most_days * day_ms)
        return invalid("Please choose a day in the next 60 days.", "look_at");
    return *day;
}

void put(db::Tx& tx, const Setting& setting) {
    store::end_setting(tx, setting.group, setting.thread, setting.kind, setting.set_by);
    store::insert_setting(tx, setting);
    announce(tx, setting.group);
}

std::optional<Setting> memorial_in(db::ReadTx& tx, GroupId group) {
    for (Setting& one : store::standing(tx, group, ThreadId()))
        if (one.kind == Kind::memorial) return std::move(one);
    return std::nullopt;
}

}  // namespace

Pace together(std::span<const Setting> settings) {
    Pace out;
    for (const Setting& one : settings) {
        out.slow_minutes = std::max(out.slow_minutes, one.pace.slow_minutes);
        out.held_first |= one.pace.held_first;
        out.read_only |= one.pace.read_only;
        out.flags_hide |= one.pace.flags_hide;
    }
    return out;
}

std::vector<Setting> standing(db::ReadTx& tx, GroupId group, ThreadId thread) {
    return store::standing(tx, group, thread);
}

std::vector<Setting> history(db::ReadTx& tx, GroupId group) {
    constexpr int most = 20;
    return store::history(tx, group, most);
}

Done set_pace(db::Tx& tx, const Actor& actor, GroupId group, ThreadId thread, const PaceForm& form) {
    const PersonaId by = TRY(moderator(tx, actor, group));
    Setting setting{.group = group, .thread = thread, .kind = Kind::set, .pace = form.pace};
    setting.pace.slow_minutes = TRY(one_of(form.pace.slow_minutes, slow_choices, "slow"));
    const std::int64_t hours = TRY(one_of(form.hours, hour_choices, "hours"));
    setting.words = TRY(checked(form.words, "words"));
    setting.reason = TRY(checked(form.reason, "reason"));
    setting.pace.flags_hide = false;  // is for when nobody is on shift
    if (setting.pace.is_usual()) {
        if (!store::end_setting(tx, group, thread, Kind::set, by)) return {};
        announce(tx, group);
    } else {
        setting.set_by = by;
        setting.set_at = tx.now();
        if (hours > 0) setting.until = tx.now() + hours * hour_ms;
        put(tx, setting);
    }
    audit::record(tx, actor, "pace.set", thread ? "thread" : "group",
                  thread ? thread.value() : group.value());
    return {};
}

// ---- after a death or a disclosure -------------------------------------------------------------------------

Done begin_memorial(db::Tx& tx, const Actor& actor, GroupId group, const MemorialForm& form) {
    const PersonaId by = TRY(moderator(tx, actor, group));
    Setting setting{.group = group, .kind = Kind::memorial, .pace = {.held_first = true}};
    setting.pace.slow_minutes = TRY(one_of(form.slow_minutes, slow_choices, "slow"));
    setting.words = TRY(checked(form.words, "words"));
    setting.reason = TRY(checked(form.reason, "reason"));
    setting.look_at = TRY(look_day(tx, form.look_at));
    if (memorial_in(tx, group))
        return conflict("Somebody has begun this already. It stands on this page, with its day.");
    setting.set_by = by;
    setting.set_at = tx.now();
    put(tx, setting);
    audit::record(tx, actor, "memorial.begun", "group", group.value());
    return {};
}

Done look_at_memorial(db::Tx& tx, const Actor& actor, GroupId group, Look look, std::optional<Time> day) {
    const PersonaId by = TRY(moderator(tx, actor, group));
    const auto standing = memorial_in(tx, group);
    if (!standing) return conflict("It has ended already.");
    if (look == Look::end) {
        store::end_setting(tx, group, ThreadId(), Kind::memorial, by);
    } else {
        const Time on = TRY(look_day(tx, day));
        const bool goes_on = look == Look::go_on;
        store::set_look(tx, standing->id, goes_on ? std::optional(on) : std::nullopt,
                        goes_on ? std::nullopt : std::optional(on));
    }
    announce(tx, group);
    audit::record(tx, actor, "memorial.looked_at", "group", group.value());
    return {};
}

bool is_memorial(db::ReadTx& tx, GroupId group) { return memorial_in(tx, group).has_value(); }

void ask_about_memorials(db::Tx& tx) {
    for (const Setting& one : store::to_look_at(tx)) {
        std::vector<identity::Holder> people = identity::holders_in(tx, one.group);
        if (people.empty()) people = identity::holders_of(tx, identity::Role::host, {});
        for (const identity::Holder& holder : people)
            notices::tell_again(tx, holder.member, notices::Kind::look_again, {.group = one.group});
    }
}

// ---- while nobody is on shift ------------------------------------------------------------------------------

Cover mode_without_cover(db::ReadTx& tx, GroupId group) { return store::choice(tx, group).cover; }

void set_by_cover(db::Tx& tx, GroupId group, bool covered) {
    const Cover mode = covered ? Cover::none : mode_without_cover(tx, group);
    const Pace wanted{.slow_minutes = mode == Cover::slow ? cover_slow_minutes : 0,
                      .read_only = mode == Cover::read_only,
                      .flags_hide = mode == Cover::flags_hide};
    Pace now;
    for (const Setting& one : store::standing(tx, group, ThreadId()))
        if (one.kind == Kind::cover) now = one.pace;
    if (now == wanted) return;
    if (!wanted.is_usual())
        return put(tx, {.group = group, .kind = Kind::cover, .pace = wanted, .set_at = tx.now()});
    store::end_setting(tx, group, ThreadId(), Kind::cover, std::nullopt);
    announce(tx, group);
}

bool flags_hide(db::ReadTx& tx, GroupId group) {
    return together(store::standing(tx, group, ThreadId())).flags_hide;
}

// ---- choices -----------------------------------------------------------------------------------------------

namespace {

Done check_newcomers(std::int64_t posts) {
    if (posts >= 0 && posts <= newcomer_most) return {};
    return invalid("Please write a number from 0 to 50.", "posts");
}

}  // namespace

std::int64_t site_newcomer_posts(db::ReadTx& tx) {
    return store::choice(tx, GroupId()).newcomer_posts.value_or(0);
}

std::optional<std::int64_t> newcomer_posts(db::ReadTx& tx, GroupId group) {
    return store::choice(tx, group).newcomer_posts;
}

Done set_site_newcomers(db::Tx& tx, const Actor& actor, std::int64_t posts) {
    TRY(identity::require_host(tx, actor));
    TRY(check_newcomers(posts));
    store::put_choice(tx, GroupId(), {posts, Cover::none});
    audit::record(tx, actor, "newcomers.changed", "site", 0);
    return {};
}

Done set_choices(db::Tx& tx, const Actor& actor, GroupId group, const ChoiceForm& form) {
    TRY(moderator(tx, actor, group));
    if (form.newcomer_posts) TRY(check_newcomers(*form.newcomer_posts));
    const store::Choice before = store::choice(tx, group);
    store::put_choice(tx, group, {form.newcomer_posts, form.cover});
    if (before.cover != form.cover) jobs::enqueue(tx, cover_asked, std::to_string(group.value()), tx.now());
    announce(tx, group);
    audit::record(tx, actor, "pace.chosen", "group", group.value());
    return {};
}

}  // namespace kith::pacing

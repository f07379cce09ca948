#include <algorithm>

#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "identity/identity.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"

namespace kith::groups {
namespace {

constexpr std::size_t name_least = 3, name_most = 60;  // code points
constexpr std::size_t purpose_most = 2'000;            // code points
constexpr std::size_t rules_most = 5'000;              // code points
constexpr std::size_t hours_most = 120;                // code points
constexpr int size_least = 2, size_most = 100'000;     // members

GroupForm tidied(GroupForm form) {
    form.name = text::one_line(form.name);
    form.purpose = text::trim(text::clean(form.purpose));
    form.rules = text::trim(text::clean(form.rules));
    form.hours = text::one_line(form.hours);
    return form;
}

Done check_words(const GroupForm& form) {
    const std::size_t length = text::length(form.name);
    if (length < name_least || length > name_most || text::fold(form.name).empty())
        return invalid("Please give the group a name of 3 to 60 letters.", "name");
    if (form.purpose.empty()) return invalid("Please say in a few words what the group is for.", "purpose");
    if (text::length(form.purpose) > purpose_most)
        return invalid("The purpose is too long. Please use at most 2,000 letters.", "purpose");
    if (text::length(form.rules) > rules_most)
        return invalid("The rules are too long. Please use at most 5,000 letters.", "rules");
    if (text::length(form.hours) > hours_most)
        return invalid("The hours are too long. Please use at most 120 letters.", "hours");
    return {};
}

Done check_terms(const GroupForm& form) {
    if (form.size_limit && (*form.size_limit < size_least || *form.size_limit > size_most))
        return invalid("Please give a number from 2 to 100,000, or leave it empty.", "size_limit");
    if (form.opens_at && form.closes_at && *form.closes_at <= *form.opens_at)
        return invalid("The group cannot close before it opens. Please choose a later day.", "closes_at");
    if (form.public_reading && form.admission != Admission::open)
        return invalid("Only a group that is open to everybody can be read without an account.",
                       "public_reading");
    if (form.public_reading && form.sensitive)
        return invalid("A group that needs extra care cannot be read without an account.", "public_reading");
    return {};
}

Done check_topic(db::ReadTx& tx, std::optional<TopicId> topic) {
    const std::vector<Topic> all = store::topics(tx);
    if (topic && std::ranges::find(all, *topic, &Topic::id) == all.end())
        return invalid("Please choose a topic from the list.", "topic");
    return {};
}

// The form as it will be kept; `group` is the one that may have this name already.
Result<GroupForm> checked(db::ReadTx& tx, const GroupForm& typed, GroupId group) {
    GroupForm form = tidied(typed);
    TRY(check_words(form));
    TRY(check_terms(form));
    TRY(check_topic(tx, form.topic));
    const std::optional<GroupId> other = store::find_by_key(tx, text::fold(form.name));
    if (other && *other != group)
        return conflict("There is already a group with this name. Please choose another one.", "name");
    return form;
}

store::GroupKeys keys_of(const GroupForm& form) {
    return {text::fold(form.name), text::fold(form.name + " " + text::plain_text(form.purpose))};
}

std::string terms_json(const GroupForm& form) {
    JsonWriter j;
    j.object().member("admission", form.admission).member("leadership", form.leadership);
    j.member("public_reading", form.public_reading).member("sensitive", form.sensitive);
    j.member("size_limit", form.size_limit).member("opens_at_ms", form.opens_at);
    j.member("closes_at_ms", form.closes_at).member("anonymous_posting", form.anonymous_posting);
    j.member("tone", form.tone).end();
    return j.str();
}

void group_changed(db::Tx& tx, GroupId group) { tx.changed({.kind = Change::Kind::group, .group = group}); }

bool opens_differently(const Group& group, const GroupForm& form) {
    return group.admission != form.admission || group.public_reading != form.public_reading ||
           group.sensitive != form.sensitive;
}

Done set_archived(db::Tx& tx, const Actor& actor, GroupId group, std::optional<Time> at) {
    TRY(require_site_lead(tx, actor));
    TRY(leading(tx, actor, group));
    store::set_archived(tx, group, at);
    audit::record(tx, actor, at ? "group.archived" : "group.unarchived", "group", group.value());
    group_changed(tx, group);
    return {};
}

}  // namespace

Result<GroupId> create_group(db::Tx& tx, const Actor& actor, const GroupForm& typed) {
    TRY(require_site_lead(tx, actor));
    const GroupForm form = TRY(checked(tx, typed, GroupId()));
    const GroupId group = store::insert_group(tx, form, keys_of(form), doer(actor));
    audit::record(tx, actor, "group.created", "group", group.value(), terms_json(form));
    group_changed(tx, group);
    return group;
}

Done change_group(db::Tx& tx, const Actor& actor, GroupId id, const GroupForm& typed) {
    const Access access = TRY(leading(tx, actor, id));
    const GroupForm form = TRY(checked(tx, typed, id));
    if (opens_differently(access.group, form) && !runs_site(tx, actor))
        return forbidden("Who may read a group can only be changed by those who run this site.");
    store::update_group(tx, id, form, keys_of(form));
    audit::record(tx, actor, "group.changed", "group", id.value(), terms_json(form));
    group_changed(tx, id);
    return {};
}

Done archive_group(db::Tx& tx, const Actor& actor, GroupId group) {
    return set_archived(tx, actor, group, tx.now());
}

Done unarchive_group(db::Tx& tx, const Actor& actor, GroupId group) {
    return set_archived(tx, actor, group, std::nullopt);
}

std::optional<GroupId> find_group(db::ReadTx& tx, std::string_view name) {
    return store::find_by_key(tx, text::fold(text::one_line(name)));
}

Done change_lead(db::Tx& tx, const Actor& actor, GroupId group, const LeadForm& form) {
    TRY(require_site_lead(tx, actor));
    TRY(leading(tx, actor, group));
    const std::optional<identity::Role> role = from_word<identity::Role>(form.role);
    if (role != identity::Role::facilitator && role != identity::Role::moderator)
        return invalid("Please choose what this person does in the group.", "role");
    const std::optional<PersonaId> persona = identity::find_persona(tx, form.name);
    if (!persona) return invalid("Nobody here has this name. Please check how it is written.", "person");
    const MemberId member = identity::member_of(tx, *persona);
    if (form.ends) {
        TRY(identity::end_role(tx, actor, member, *role, group));
    } else {
        TRY(identity::grant_role(tx, actor, member, *role, group));
        TRY(add_member(tx, actor, group, member, persona_here(tx, group, member)));
    }
    membership_changed(tx, group, member);
    return {};
}

}  // namespace kith::groups

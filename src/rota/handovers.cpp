#include <algorithm>

#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"
#include "rota/rules.hpp"

namespace kith::rota {
namespace {

constexpr int shown_most = 20;

bool is_by(db::ReadTx& tx, const Handover& one, MemberId member) {
    return identity::member_of(tx, one.author) == member;
}

// For who has every group, in one read; not of groups that were put away.
std::vector<Handover> newest_of_all(db::ReadTx& tx, const Desk& desk) {
    std::vector<Handover> out = store::newest_handovers(tx, shown_most);
    std::erase_if(out, [&](const Handover& one) {
        return one.group && std::ranges::find(desk.groups, one.group) == desk.groups.end();
    });
    return out;
}

}  // namespace

Done write_handover(db::Tx& tx, const Actor& actor, GroupId group, std::string_view typed) {
    const Desk at = TRY(desk(tx, actor));
    if (!at.sees(group)) return not_found();
    std::string words = text::trim(text::clean(typed));
    if (words.empty()) return invalid("Please write a few words.", "words");
    if (text::length(words) > words_most)
        return invalid("Please say it in fewer words. You can add more later.", "words");
    store::insert_handover(
        tx, {.group = group, .author = name_on(tx, group, at.member), .words = std::move(words)});
    return {};
}

std::vector<Handover> handovers(db::ReadTx& tx, const Desk& desk) {
    if (desk.plans) return newest_of_all(tx, desk);
    std::vector<Handover> out = store::handovers(tx, {}, shown_most);
    for (const GroupId group : desk.groups)
        for (Handover& one : store::handovers(tx, group, shown_most)) out.push_back(std::move(one));
    std::ranges::sort(out, std::greater(), &Handover::id);
    if (out.size() > shown_most) out.resize(shown_most);
    return out;
}

bool handover_waits(db::ReadTx& tx, const Desk& desk) {
    const HandoverId last = store::last_read(tx, desk.member);
    const std::vector<Handover> all = handovers(tx, desk);
    return std::ranges::any_of(
        all, [&](const Handover& one) { return one.id > last && !is_by(tx, one, desk.member); });
}

Done read_handovers(db::Tx& tx, const Actor& actor, HandoverId last) {
    const Desk at = TRY(desk(tx, actor));
    const std::vector<Handover> all = handovers(tx, at);
    // No further than there are any: what comes later is still to be read.
    if (!all.empty()) store::set_last_read(tx, at.member, std::min(last, all.front().id));
    return {};
}

}  // namespace kith::rota

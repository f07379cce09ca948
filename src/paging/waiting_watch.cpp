#include "pacing/pacing.hpp"
#include "paging/waking.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

// Words of somebody who may be in danger wait until somebody has looked: nobody may be left alone behind that. Until
// somebody looks, people are woken as for a crisis.
namespace kith::paging {
namespace {

std::optional<pacing::Waiting> unseen(db::ReadTx& tx, std::int64_t id) {
    auto words = pacing::find_waiting(tx, id);
    if (words && (words->looked_at || !words->member)) words.reset();
    return words;
}

std::optional<Waits> find(db::ReadTx& tx, std::int64_t id) {
    const auto words = unseen(tx, id);
    if (!words) return std::nullopt;
    return Waits{.since = words->written_at,
                 .times_paged = words->times_paged,
                 .claimed_until = {},
                 .about = {.group = words->group},
                 .address = url::waiting(words->group)};
}

std::vector<MemberId> staff(db::ReadTx& tx, std::int64_t id) {
    const auto words = unseen(tx, id);
    return safeguarding::staff_for_post_in(tx, words->group, *words->member);
}

std::vector<MemberId> hosts(db::ReadTx& tx, std::int64_t id, safeguarding::Breaks breaks) {
    return safeguarding::hosts_without(tx, *unseen(tx, id)->member, breaks);
}

void note_paged(db::Tx& tx, std::int64_t id, bool) { pacing::note_paged(tx, id); }

constexpr Matter danger{.begin_job = pacing::danger_job,
                        .turn_job = "page_danger",
                        .hook_job = "call_waiting_hook",
                        .event = "danger_waits",
                        .id_name = "waiting",
                        .notice = notices::Kind::danger_waits,
                        .find = find,
                        .staff = staff,
                        .hosts = hosts,
                        .note_paged = note_paged};

// What spoke of danger and does not stand here leaves a case, which a second person reads: about the group, as there is
// no post. A crash may run this again: one case is enough.
Done leave_case(db::Tx& tx, std::int64_t id, const Words& words) {
    const auto waited = pacing::find_waiting(tx, id);
    if (!waited || waited->left_case) return {};
    const std::string said = std::string(
                                 words.t("These words waited here for a look. They were sent back, or "
                                         "their author took them back:")) +
                             "\n\n" + waited->title + "\n" + waited->markdown;
    const std::string_view kept = text::first(said, safeguarding::words_most);
    const CaseId left = TRY(safeguarding::file_report(tx, Actor::system(), waited->group,
                                                      {safeguarding::Reason::danger, std::string(kept)}));
    pacing::note_case(tx, id, left);
    return {};
}

}  // namespace

jobs::Handlers danger_handlers(Services& services) {
    jobs::Handlers out = handlers_of(services, danger);
    out[std::string(pacing::danger_hidden_job)] = {[&services](const std::string& payload) {
        const Done left = services.db.write([&](db::Tx& tx) {
            return leave_case(tx, jobs::numbers_in(payload).at(0), Words::of(services.site()->language));
        });
        CHECK(left);
    }};
    return out;
}

}  // namespace kith::paging

#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "pacing/pacing.hpp"
#include "paging/waking.hpp"
#include "platform/text/unicode.hpp"
#include "url.hpp"

// Words of somebody who may be in danger wait until somebody has looked: nobody may be left alone behind that. Until
// somebody looks, people are woken as for a crisis.
namespace kith::paging {
namespace {

constexpr std::string_view hook_job = "call_waiting_hook";

struct Turn {
    std::int64_t waiting = 0, round = 0;

    std::string payload() const {
        const std::int64_t numbers[] = {waiting, round};
        return jobs::payload_of(numbers);
    }
};

Turn turn_in(std::string_view payload) {
    const std::vector<std::int64_t> numbers = jobs::numbers_in(payload);
    return {numbers.at(0), numbers.at(1)};
}

std::vector<MemberId> people_for(db::ReadTx& tx, const pacing::Waiting& words, std::int64_t round) {
    using safeguarding::Breaks;
    const MemberId writer = *words.member;
    std::vector<MemberId> out = safeguarding::staff_for_post_in(tx, words.group, writer);
    if (round >= rounds_in_time) add(out, safeguarding::hosts_without(tx, writer, Breaks::respected));
    return out.empty() ? safeguarding::hosts_without(tx, writer, Breaks::ended) : out;
}

// What spoke of danger and does not stand here leaves a case, which a second person reads: about the group, as there is
// no post.
void leave_case(db::Tx& tx, const pacing::Waiting& waited, const Words& words) {
    const std::string said = std::string(
                                 words.t("These words waited here for a look. They were sent back, or "
                                         "their author took them back:")) +
                             "\n\n" + waited.title + "\n" + waited.markdown;
    const std::string_view kept = text::first(said, safeguarding::words_most);
    const auto filed = safeguarding::file_report(tx, Actor::system(), waited.group,
                                                 {safeguarding::Reason::danger, std::string(kept)});
    CHECK(filed);
}

void take_turn(db::Tx& tx, const Turn& turn, const Words& language) {
    const auto words = pacing::find_waiting(tx, turn.waiting);
    if (!words || !words->member) return;
    if (words->looked_at) {
        if (words->outcome != pacing::Outcome::let_through) leave_case(tx, *words, language);
        return;
    }
    for (const MemberId member : people_for(tx, *words, turn.round))
        notices::tell_again(tx, member, notices::Kind::danger_waits, {.group = words->group});
    const Turn next{turn.waiting, turn.round + 1};
    const Time due = tx.now() + wait_ms(safeguarding::targets(tx), turn.round);
    jobs::enqueue(tx, hook_job, turn.payload(), tx.now(), jobs::Lane::urgent);
    jobs::enqueue(tx, pacing::danger_job, next.payload(), due, jobs::Lane::urgent);
}

void call_hook(Services& services, const Turn& turn) {
    const auto words = services.db.read(
        [&](db::ReadTx& tx) { return pacing::find_waiting(tx, turn.waiting); });
    if (!words || words->looked_at) return;
    JsonWriter j;
    j.object()
        .member("event", "danger_waits")
        .member("waiting", turn.waiting)
        .member("round", turn.round)
        .member("waits_since", words->written_at)
        .member("address", pager_address(url::waiting(words->group)))
        .end();
    call_pager(services, j);
}

}  // namespace

jobs::Handlers waiting_handlers(Services& services) {
    jobs::Handlers out;
    out[std::string(pacing::danger_job)] = {[&services](const std::string& payload) {
        const Done taken = services.db.write([&](db::Tx& tx) -> Done {
            take_turn(tx, turn_in(payload), Words::of(services.site()->language));
            return {};
        });
        CHECK(taken);
    }};
    out[std::string(hook_job)] = {
        [&services](const std::string& payload) { call_hook(services, turn_in(payload)); }};
    return out;
}

}  // namespace kith::paging

#include "app/demo/safety.hpp"

#include <algorithm>

#include "conversation/conversation.hpp"
#include "crises/crises.hpp"
#include "doors/doors.hpp"
#include "identity/identity.hpp"
#include "learning/learning.hpp"
#include "noticing/noticing.hpp"
#include "pacing/pacing.hpp"
#include "replies/replies.hpp"

namespace kith::app {
namespace {

class Safety {
public:
    Safety(db::Tx& tx, Random& random, const DemoPeople& people, std::span<const GroupId> groups,
           std::span<const Planned> posts)
        : tx_(tx), random_(random), people_(people), groups_(groups), posts_(posts) {}

    Result<ClosedCrisis> run() {
        TRY(write_lists());
        TRY(look_after());
        TRY(quieten_a_thread());
        TRY(choose_paces());
        TRY(teach());
        note_reader();
        return closed_;
    }

private:
    Actor actor(std::string_view name) const { return Actor::of(people_.at(name)); }
    Actor host() const { return actor(demo_sign_ins().front().name); }

    // Somebody may be in danger: what was tried and told.
    Done look_after_crisis(const Planned& planned, CaseId id) {
        const ReportText& text = planned.text().report;
        const Actor moderator = actor(demo_groups()[planned.group].moderator);
        TRY(crises::note_attempt(tx_, moderator, id,
                                 {crises::Way::here, crises::Reached::yes, std::string(text.tried)}));
        if (!text.told.empty())
            TRY(crises::note_escalation(tx_, moderator, id,
                                        {"Crisis team", 0, std::string(text.told), "47"}));
        TRY(safeguarding::decide(tx_, moderator, id,
                                 {safeguarding::Outcome::talked, std::string(text.to_author)}));
        if (!text.is_closed) return open_contact(planned, id);
        TRY(safeguarding::read_second(tx_, host(), id));
        closed_ = {id, people_.at(demo_groups()[planned.group].moderator), MemberId()};
        return give_to_authority(id);
    }

    // Whoever wrote it left a way to reach them; one has asked, a second one has not agreed yet.
    Done open_contact(const Planned& planned, CaseId id) {
        TRY(crises::leave_contact(tx_, actor(planned.text().author),
                                  {.phone = "555 0122", .person = "My sister"}));
        return crises::ask_opening(tx_, actor(demo_groups()[planned.group].moderator), id,
                                   "They have not written since, and their sister should know.");
    }

    // A court asked for a case that is closed.
    Done give_to_authority(CaseId id) {
        TRY(crises::export_case(tx_, host(), id,
                                {.requester = "District court, room 3",
                                 .reference = "HC 12/7",
                                 .reason = "An order of the court, read by the Trust's lawyer."},
                                Words::of(Language::en)));
        return {};
    }

    // Whom staff can tell, and words of the house.
    Done write_lists() {
        const Actor as_host = host();
        TRY(crises::put_service(tx_, as_host,
                                {.name = "Ambulance and police",
                                 .purpose = "Danger now",
                                 .contact = "112",
                                 .note = "They ask first where the person is."}));
        TRY(crises::put_service(tx_, as_host,
                                {.name = "Crisis team",
                                 .purpose = "Comes to the house",
                                 .contact = "555 0111",
                                 .hours = "17:00 to 8:00"}));
        return replies::put(
            tx_, as_host,
            {.name = "A number was removed",
             .words = "We took out a telephone number. It was kindly meant, and you still belong "
                      "here. Numbers stay out of the group, so that everybody is safe."});
    }

    // What somebody reported, and what came of it.
    Done report(const Planned& planned) {
        const ReportText& text = planned.text().report;
        const CaseId id = TRY(safeguarding::file_report(tx_, actor(text.by), planned.post,
                                                        {text.reason, std::string(text.words)}));
        if (!text.to_author.empty()) return look_after_crisis(planned, id);
        if (!text.on_hold_because.empty())
            return safeguarding::decide(
                tx_, actor(demo_groups()[planned.group].moderator), id,
                {safeguarding::Outcome::suspended, std::string(text.on_hold_because)});
        if (planned.text().removed_because.empty()) return {};
        TRY(safeguarding::decide(
            tx_, actor(demo_groups()[planned.group].moderator), id,
            {safeguarding::Outcome::removed, std::string(planned.text().removed_because)}));
        return safeguarding::file_appeal(tx_, actor(planned.text().author), id, text.appeal);
    }

    // What the moderators did.
    Done look_after() {
        for (const Planned& planned : posts_) {
            const std::string_view moderator = demo_groups()[planned.group].moderator;
            const PostText& text = planned.text();
            if (!text.report.by.empty()) TRY(report(planned));
            if (!text.removed_because.empty() && text.report.by.empty())
                TRY(conversation::remove_post(tx_, actor(moderator), planned.post, text.removed_because));
            if (planned.thread->closed && planned.index == 0)
                TRY(conversation::close_thread(tx_, actor(moderator), planned.post.thread()));
        }
        // What rules notice: new posts are read by themselves, these are older.
        for (const Planned& planned : posts_) noticing::read_post(tx_, planned.post);
        return {};
    }

    // A tender subject goes slowly, and each post is looked at first. One waits.
    Done quieten_a_thread() {
        for (const Planned& planned : posts_) {
            const GroupText& text = demo_groups()[planned.group];
            if (!planned.thread->quiet || planned.index > 0) continue;
            const ThreadId thread = planned.post.thread();
            TRY(pacing::set_pace(
                tx_, actor(text.moderator), groups_[planned.group], thread,
                {.pace = {.slow_minutes = 30, .held_first = true},
                 .words = "This is a tender subject. We go slowly here, and read each post before it stands.",
                 .reason = "Two people were hurt by quick answers last week."}));
            const auto is_free = [&](const BelongingText& one) {
                return one.asks.empty() && one.name != text.moderator && one.name != text.facilitator;
            };
            const auto writer = std::ranges::find_if(text.members, is_free);
            TRY(conversation::write_post(
                tx_, actor(writer->name), thread,
                {.markdown =
                     "Thank you for going slowly. I read it all twice, and I feel less alone with it."}));
            return {};
        }
        return {};
    }

    // Somebody of a group has died: it is quiet there. And what a group chose for hours without anybody on shift.
    Done choose_paces() {
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            const GroupText& text = demo_groups()[i];
            if (!text.mourns.empty())
                TRY(pacing::begin_memorial(tx_, actor(text.facilitator), groups_[i],
                                           {.words = std::string(text.mourns),
                                            .reason = "Ferry's daughter wrote to the office.",
                                            .look_at = tx_.now() + 10 * day_ms}));
            if (text.cover != pacing::Cover::none)
                TRY(pacing::set_choices(tx_, actor(text.moderator), groups_[i], {.cover = text.cover}));
        }
        return {};
    }

    // What moderators said of posts that they read, one of two, and some that wait to be read.
    Done teach() {
        constexpr std::int64_t audit_percent = 25, days = 40;
        for (const Planned& planned : posts_) {
            const std::string_view moderator = demo_groups()[planned.group].moderator;
            if (moderator.empty() || planned.place % 2 != 0 || !planned.text().removed_because.empty())
                continue;
            const Done said = learning::may_label(tx_, actor(moderator), planned.post);
            if (said) TRY(learning::label(tx_, actor(moderator), planned.post, {}));
        }
        TRY(learning::set_audit_percent(tx_, host(), audit_percent));
        for (std::int64_t ago = days; ago > 0; --ago)
            learning::draw_lots(tx_, random_, tx_.now() + -ago * day_ms);
        return {};
    }

    // Somebody opened far more conversations than people read.
    void note_reader() {
        constexpr std::int64_t opened = 640;
        doors::note_alarm(tx_, people_.at("Driftwood"), opened, tx_.now() + -5 * hour_ms);
    }

    db::Tx& tx_;
    Random& random_;
    const DemoPeople& people_;
    std::span<const GroupId> groups_;
    std::span<const Planned> posts_;
    ClosedCrisis closed_;
};

}  // namespace

Result<ClosedCrisis> fill_demo_safety(db::Tx& tx, Random& random, const DemoPeople& people,
                                      std::span<const GroupId> groups, std::span<const Planned> posts) {
    return Safety(tx, random, people, groups, posts).run();
}

Done look_back(Services& services, const ClosedCrisis& closed) {
    const auto personas = services.db.read([&](db::ReadTx& tx) {
        return std::array{closed.id.value(), identity::main_persona(tx, closed.moderator).value(),
                          identity::main_persona(tx, closed.host).value()};
    });
    crises::handlers(services)
        .at(std::string(safeguarding::crisis_closed_job))
        .run(jobs::payload_of(personas));
    return services.db.write([&](db::Tx& tx) -> Done {
        for (const crises::Debrief& one : crises::debriefs_of(tx, closed.moderator))
            TRY(crises::write_debrief(tx, Actor::of(closed.moderator), one.id,
                                      {.hard = "I read it at one in the night, and lay awake after it.",
                                       .help = "A short talk, and no shift on Friday.",
                                       .share = crises::Share::call}));
        return {};
    });
}

Done come_again(Services& services, MemberId on_hold, const identity::SignUp& form, std::string_view hash) {
    const std::string network = "203.0.113.0";
    doors::HeldVisits().note(services, on_hold, network);
    const std::string digest = doors::network_digest(services, network);
    return services.db.write([&](db::Tx& tx) -> Done {
        const MemberId member = TRY(identity::add_account(tx, form, hash, services.random)).member;
        return doors::come_in(tx, member, {.network = digest});
    });
}

}  // namespace kith::app

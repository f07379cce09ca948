#include "app/app.hpp"
#include "app/home.hpp"
#include "app/upkeep.hpp"
#include "content_notes/content_notes.hpp"
#include "conversation/conversation.hpp"
#include "crises/crises.hpp"
#include "doors/doors.hpp"
#include "drafts/drafts.hpp"
#include "feeds/feeds.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "learning/learning.hpp"
#include "mailing/mailing.hpp"
#include "matching/matching.hpp"
#include "noticing/noticing.hpp"
#include "own_data/own_data.hpp"
#include "pacing/pacing.hpp"
#include "paging/paging.hpp"
#include "pictures/pictures.hpp"
#include "policies/policies.hpp"
#include "pushing/pushing.hpp"
#include "recovery/recovery.hpp"
#include "replies/replies.hpp"
#include "risks/risks.hpp"
#include "rota/rota.hpp"
#include "safeguarding/safeguarding.hpp"
#include "site/site.hpp"
#include "training/training.hpp"
#include "transparency/transparency.hpp"

// The one list of features: whoever adds or removes one changes this file.
namespace kith {
namespace {

site::GroupNeeds group_needs(db::ReadTx& tx) {
    const std::vector<GroupId> ids = groups::readable_groups(tx, Actor::system());
    site::GroupNeeds needs{.any_group = !ids.empty(), .without_facilitator = {}};
    for (const auto& [id, name] : groups::names_of(tx, ids))
        if (!rota::is_room(tx, id) &&
            identity::personas_with_role(tx, identity::Role::facilitator, id).empty())
            needs.without_facilitator.push_back({id, name});
    return needs;
}

// While nobody is on shift a group is as those who moderate it chose for that time.
void follow_cover(Services& services, const std::string& payload) {
    const GroupId group(jobs::numbers_in(payload).at(0));
    const Done done = services.db.write([&](db::Tx& tx) -> Done {
        pacing::set_by_cover(tx, group, rota::covered_now(tx, group, tx.now()));
        return {};
    });
    CHECK(done);
}

}  // namespace

std::vector<http::Route> all_routes() {
    site::use_group_needs(group_needs);
    site::use_hours(rota::hours_in_words);
    groups::use_hours(rota::show_hours);
    identity::use_other_way({recovery::warn, recovery::part_of_security});
    safeguarding::use_teller(learning::tell);
    identity::use_door({site::is_door_open, groups::is_invitation, groups::join_by_invitation,
                        site::do_roles_need_factor, doors::ask, doors::check, doors::come_in,
                        policies::to_agree, policies::agree_on_joining});
    conversation::use_watch({doors::on_words, doors::opens_at_once, doors::opens});
    site::use_own_words(policies::own_words);
    std::vector<http::Route> routes{{http::Method::get, "/", http::gate::open, app::home}};
    const auto add = [&](std::vector<http::Route> more) {
        routes.insert(routes.end(), more.begin(), more.end());
    };
    add(site::routes());
    add(identity::routes());
    add(groups::routes());
    add(policies::routes());
    add(risks::routes());
    add(transparency::routes());
    add(content_notes::routes());
    add(pacing::routes());
    add(conversation::routes());
    add(drafts::routes());
    add(pictures::routes());
    add(rota::routes());
    add(training::routes());
    add(replies::routes());
    add(safeguarding::routes());
    add(noticing::routes());
    add(crises::routes());
    add(learning::routes());
    add(doors::routes());
    add(matching::routes());
    add(feeds::routes());
    add(pushing::routes());
    add(recovery::routes());
    add(mailing::routes());
    add(own_data::routes());
    return routes;
}

jobs::Handlers all_jobs(Services& services) {
    jobs::Handlers handlers = app::upkeep(services);
    handlers.merge(mailing::handlers(services));
    handlers.merge(pacing::handlers(services));
    handlers.merge(pushing::handlers(services));
    handlers.merge(noticing::handlers(services));
    handlers.merge(paging::handlers(services));
    handlers.merge(rota::handlers(services));
    handlers.merge(learning::handlers(services));
    // The rules first, so that nothing that was learned can keep them from reading.
    auto& reads = handlers.at(std::string(conversation::posts_written_job)).run;
    reads = [&services, by_rules = std::move(reads)](const std::string& posts) {
        by_rules(posts);
        learning::read_posts(services, posts);
    };
    handlers.merge(doors::handlers(services));
    handlers.merge(training::handlers(services));
    for (const std::string_view job : {rota::cover_changed, pacing::cover_asked})
        handlers[std::string(job)] = {
            [&services](const std::string& payload) { follow_cover(services, payload); }};
    handlers.merge(risks::handlers(services));
    handlers.merge(crises::handlers(services));
    handlers.merge(own_data::handlers(services));
    return handlers;
}

}  // namespace kith

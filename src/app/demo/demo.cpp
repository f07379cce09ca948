#include "app/demo/demo.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/demo/account.hpp"
#include "app/demo/posts.hpp"
#include "app/demo/rota.hpp"
#include "app/demo/safety.hpp"
#include "app/demo/texts.hpp"
#include "conversation/conversation.hpp"
#include "doors/doors.hpp"
#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "learning/learning.hpp"
#include "notices/notices.hpp"
#include "platform/crypto/crypto.hpp"
#include "recovery/recovery.hpp"
#include "site/site.hpp"

namespace kith::app {
namespace {

using conversation::Support;
using identity::Role;

constexpr std::int64_t unread_ms = 2 * day_ms;  // what happened since then is new to everybody
constexpr std::int64_t invitation_ms = 19 * day_ms;
constexpr int invitation_uses = 10;

struct Account {
    std::string_view name;
    std::string password;
    std::string hash;
};

std::string password_of(std::string_view role) { return "harbour-demo-" + std::string(role); }

// The host first. Nobody knows the password of those without a role: hexadecimal digits hold no name.
std::vector<Account> make_accounts(Random& random) {
    std::vector<Account> out;
    for (const SignInText& one : demo_sign_ins()) {
        const std::string password = password_of(one.role);
        out.push_back({one.name, password, crypto::hash_password(password)});
    }
    const std::string secret = crypto::digest_hex(random.token());
    const std::string hash = crypto::hash_password(secret);
    for (const std::string_view name : demo_others()) out.push_back({name, secret, hash});
    return out;
}

Done require_empty(db::ReadTx& tx) {
    if (identity::list_members(tx, 1).empty()) return {};
    return conflict("There are members here already. The demo needs an empty database.");
}

std::optional<Time> in_days(db::ReadTx& tx, std::optional<int> days) {
    if (!days) return std::nullopt;
    return tx.now() + *days * day_ms;
}

// Fills one transaction, step by step.
class Filling {
public:
    Filling(db::Tx& tx, Random& random, std::span<const Account> accounts)
        : tx_(tx), random_(random), accounts_(accounts), posts_(plan_posts(tx.now())) {}

    // A crisis that is closed: look_back() tells the rest.
    Result<ClosedCrisis> run() {
        TRY(require_empty(tx_));
        TRY(set_up_site());
        TRY(open_accounts());
        TRY(grant_site_roles());
        TRY(create_topics());
        for (const GroupText& group : demo_groups()) TRY(create_group(group));
        TRY(create_invitation());
        for (Planned& planned : posts_) TRY(write(planned));
        TRY(bring_news());
        TRY(ask_to_join());
        TRY(ask_helper());
        TRY(let_outsiders_in());
        TRY(give_account(tx_, members_));
        TRY(welcome_newcomer());
        TRY(fill_demo_rota(tx_, members_, groups_.front().id));
        std::vector<GroupId> ids;
        for (const Group& group : groups_) ids.push_back(group.id);
        return fill_demo_safety(tx_, random_, members_, ids, posts_);
    }

    MemberId member(std::string_view name) const { return members_.at(name); }

private:
    struct Group {
        GroupId id;
        std::vector<MemberId> members;
        std::map<std::string_view, PersonaId> personas;  // by the name used there
    };

    Actor actor(std::string_view name) const { return Actor::of(members_.at(name)); }

    // ---- the house -------------------------------------------------------------------------------------

    Done set_up_site() {
        const SiteText& text = demo_site();
        const Account& host = accounts_.front();
        const site::SetUpForm first{.site_name = std::string(text.name),
                                    .helplines = std::string(text.helplines),
                                    .host_name = std::string(host.name),
                                    .password = host.password};
        members_[host.name] = TRY(site::set_up(tx_, first, host.hash, random_)).member;
        site::SiteForm form;
        form.name = text.name;
        form.purpose = text.purpose;
        form.run_by = text.run_by;
        form.moderated = text.moderated;
        form.contact = text.contact;
        form.helplines = text.helplines;
        form.exit_url = Site{}.exit_url;
        return site::change_site(tx_, actor(host.name), form);
    }

    Done open_accounts() {
        for (const Account& account : accounts_.subspan(1)) {
            const identity::SignUp form{.name = std::string(account.name), .password = account.password};
            members_[account.name] = TRY(identity::add_account(tx_, form, account.hash, random_)).member;
        }
        return {};
    }

    Done grant_site_roles() {
        for (const SignInText& one : demo_sign_ins()) {
            const auto role = from_word<Role>(one.role);
            if (role == Role::coordinator || role == Role::researcher)
                TRY(identity::grant_role(tx_, Actor::system(), members_.at(one.name), *role));
        }
        return {};
    }

    Done create_topics() {
        for (const TopicText& topic : demo_topics()) {
            std::optional<TopicId> parent;
            if (!topic.parent.empty()) parent = topics_.at(topic.parent);
            topics_[topic.name] = TRY(groups::create_topic(tx_, Actor::system(), parent, topic.name));
        }
        return {};
    }

    // ---- groups ----------------------------------------------------------------------------------------

    groups::GroupForm form_of(const GroupText& text) const {
        return {.name = std::string(text.name),
                .purpose = std::string(text.purpose),
                .rules = std::string(text.rules),
                .topic = topics_.at(text.topic),
                .admission = text.admission,
                .leadership = text.leadership,
                .public_reading = text.public_reading,
                .size_limit = text.size_limit,
                .opens_at = in_days(tx_, text.opens_in_days),
                .closes_at = in_days(tx_, text.closes_in_days)};
    }

    Done create_group(const GroupText& text) {
        const Actor system = Actor::system();
        Group group;
        group.id = TRY(groups::create_group(tx_, system, form_of(text)));
        TRY(identity::grant_role(tx_, system, members_.at(text.facilitator), Role::facilitator, group.id));
        if (!text.moderator.empty())
            TRY(identity::grant_role(tx_, system, members_.at(text.moderator), Role::moderator, group.id));
        for (const BelongingText& one : text.members)
            if (one.asks.empty()) TRY(take_in(text, group, one));
        groups_.push_back(std::move(group));
        return {};
    }

    // Into an open group by themselves, into others by the house.
    Done take_in(const GroupText& text, Group& group, const BelongingText& one) {
        const MemberId member = members_.at(one.name);
        if (text.admission == groups::Admission::open) {
            const groups::Joining form{.rules_agreed = true, .name = std::string(one.as)};
            TRY(groups::join(tx_, Actor::of(member), group.id, form));
        } else {
            TRY(groups::add_member(tx_, Actor::system(), group.id, member, PersonaId()));
            TRY(groups::agree_to_rules(tx_, Actor::of(member), group.id));
        }
        const std::string_view name = one.as.empty() ? one.name : one.as;
        group.members.push_back(member);
        group.personas[name] = identity::find_persona(tx_, name).value();
        return {};
    }

    // One link still to be used, where people come in by invitation only.
    Done create_invitation() {
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            const GroupText& text = demo_groups()[i];
            if (text.admission != groups::Admission::invitation || !text.mourns.empty()) continue;
            const groups::InvitationForm form{.label = "Spring course, late starters",
                                              .expires_at = tx_.now() + invitation_ms,
                                              .uses = invitation_uses};
            passed_on_ = {
                i, TRY(groups::create_invitation(tx_, actor(text.facilitator), groups_[i].id, form, random_))
                       .code};
        }
        return {};
    }

    // Somebody passed the invitation on: three come by it and post the same advert.
    Done let_outsiders_in() {
        const auto& [index, code] = passed_on_;
        const auto in_group = [&](const Planned& planned) { return planned.group == index; };
        const auto last = std::ranges::find_if(posts_.rbegin(), posts_.rend(), in_group);
        if (last == posts_.rend()) return {};
        for (const std::string_view name : demo_outsiders()) {
            const Account& account = accounts_.back();
            const MemberId member = TRY(identity::add_account(tx_, {std::string(name), account.password},
                                                              account.hash, random_))
                                        .member;
            const Actor outsider = Actor::of(member);
            TRY(doors::come_in(tx_, member, {}));
            TRY(groups::join(tx_, outsider, groups_[index].id,
                             {.rules_agreed = true, .invitation_code = code}));
            const PostId post = TRY(conversation::write_post(tx_, outsider, last->post.thread(),
                                                             {.markdown = std::string(demo_advert())}));
            TRY(doors::on_words(tx_, member, post, conversation::Watch::Did::wrote, demo_advert()));
        }
        return {};
    }

    // ---- posts -----------------------------------------------------------------------------------------

    PersonaId author_of(const Planned& planned) {
        const Group& group = groups_[planned.group];
        const PersonaId named = group.personas.at(planned.text().author);
        if (!planned.text().anonymous) return named;
        const ThreadId thread = threads_.at(planned.thread);
        return identity::alias_for(tx_, identity::member_of(tx_, named), group.id, thread);
    }

    Done write(Planned& planned) {
        const PostText& text = planned.text();
        const Group& group = groups_[planned.group];
        groups::note_first_post(tx_, group.id, identity::member_of(tx_, group.personas.at(text.author)));
        content_notes::NoteSet notes;
        notes.add(ContentNoteId(text.content_note));
        const conversation::ImportedPost post{.author = author_of(planned),
                                              .created_at = planned.at,
                                              .markdown = std::string(text.text),
                                              .reply_to = text.reply_to,
                                              .note = std::string(text.note),
                                              .notes = notes};
        if (planned.index == 0) {
            const ThreadId thread = conversation::import_thread(tx_, group.id, planned.thread->title, post);
            threads_[planned.thread] = thread;
            planned.post = PostId(thread, 1);
        } else {
            planned.post = conversation::import_post(tx_, threads_.at(planned.thread), post).value();
        }
        return {};
    }

    // By everybody in the group.
    Done mark_read(const Planned& planned) {
        for (const MemberId member : groups_[planned.group].members)
            TRY(conversation::mark_read(tx_, Actor::of(member), planned.post));
        return {};
    }

    Done mark_read_by_author(const Planned& planned) {
        const PersonaId author = groups_[planned.group].personas.at(planned.text().author);
        return conversation::mark_read(tx_, Actor::of(identity::member_of(tx_, author)), planned.post);
    }

    Done support(const Planned& planned) {
        const Given& given = planned.text().given;
        std::size_t next = static_cast<std::size_t>(planned.post.value() % 97);
        TRY(support(planned, Support::with_you, given.with_you, next));
        TRY(support(planned, Support::me_too, given.me_too, next));
        TRY(support(planned, Support::thank_you, given.thank_you, next));
        return support(planned, Support::hug, given.hug, next);
    }

    // From the next `count` members in turn, without the author.
    Done support(const Planned& planned, Support kind, int count, std::size_t& next) {
        const Group& group = groups_[planned.group];
        const MemberId author = identity::member_of(tx_, group.personas.at(planned.text().author));
        while (count > 0) {
            const MemberId giver = group.members[next++ % group.members.size()];
            if (giver == author) continue;
            TRY(conversation::give_support(tx_, Actor::of(giver), planned.post, kind));
            --count;
        }
        return {};
    }

    // What is older has been seen by everybody.
    Done bring_news() {
        const Time since = tx_.now() + -unread_ms;
        const auto first_new = std::ranges::lower_bound(posts_, since, {}, &Planned::at);
        for (auto at = posts_.begin(); at != first_new; ++at) {
            TRY(support(*at));
            TRY(mark_read(*at));
        }
        for (const auto& [name, member] : members_) notices::mark_all_read(tx_, member);
        for (auto at = first_new; at != posts_.end(); ++at) {
            TRY(support(*at));
            TRY(mark_read_by_author(*at));
            tell_of_reply(*at);
        }
        return {};
    }

    void tell_of_reply(const Planned& planned) {
        const PostText& text = planned.text();
        if (text.reply_to == 0) return;
        const Group& group = groups_[planned.group];
        const PostText& answered = planned.thread->posts[static_cast<std::size_t>(text.reply_to - 1)];
        const MemberId reader = identity::member_of(tx_, group.personas.at(answered.author));
        notices::tell(tx_, reader, notices::Kind::reply,
                      {group.id, threads_.at(planned.thread), planned.post.number(), author_of(planned)});
    }

    Done ask_to_join() {
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            for (const BelongingText& one : demo_groups()[i].members) {
                if (one.asks.empty()) continue;
                const groups::Joining form{.rules_agreed = true, .request_words = std::string(one.asks)};
                TRY(groups::join(tx_, actor(one.name), groups_[i].id, form));
            }
        }
        return {};
    }

    // The sister of the member has nothing but a code.
    Done ask_helper() {
        const auto member = std::ranges::find(demo_sign_ins(), "member", &SignInText::role);
        TRY(recovery::make_helper(tx_, actor(member->name), "My sister", random_));
        return {};
    }

    // Somebody has just come in and says hello.
    Done welcome_newcomer() {
        const NewcomerText& text = demo_newcomer();
        const GroupId group = groups_.front().id;
        TRY(groups::join(tx_, actor(text.name), group, {.rules_agreed = true}));
        TRY(conversation::start_thread(tx_, actor(text.name), group, text.title,
                                       {.markdown = std::string(text.text)}));
        return {};
    }

    db::Tx& tx_;
    Random& random_;
    std::span<const Account> accounts_;
    std::vector<Planned> posts_;
    std::map<std::string_view, MemberId> members_;
    std::map<std::string_view, TopicId> topics_;
    std::vector<Group> groups_;
    std::map<const ThreadText*, ThreadId> threads_;
    std::pair<std::size_t, std::string> passed_on_;  // a group, and the code of its invitation
};

}  // namespace

Done fill_demo(Services& services) {
    TRY(services.db.read([](db::ReadTx& tx) { return require_empty(tx); }));
    const std::vector<Account> accounts = make_accounts(services.random);
    MemberId held;
    const ClosedCrisis closed = TRY(services.db.write([&](db::Tx& tx) -> Result<ClosedCrisis> {
        Filling filling(tx, services.random, accounts);
        ClosedCrisis out = TRY(filling.run());
        held = filling.member(demo_held());
        out.host = filling.member(accounts.front().name);
        return out;
    }));
    TRY(look_back(services, closed));
    const Account& nobodys = accounts.back();
    TRY(come_again(services, held, {std::string(demo_again()), nobodys.password}, nobodys.hash));
    learning::report_week(services);
    return {};
}

std::vector<DemoSignIn> sign_ins_of_demo() {
    std::vector<DemoSignIn> out;
    for (const SignInText& one : demo_sign_ins())
        out.push_back({std::string(one.role), std::string(one.name), password_of(one.role)});
    return out;
}

bool has_demo(Services& services) {
    return services.db.read([](db::ReadTx& tx) {
        return std::ranges::all_of(demo_sign_ins(), [&](const SignInText& one) {
            return identity::find_member(tx, one.name).has_value();
        });
    });
}

}  // namespace kith::app

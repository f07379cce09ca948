#include "training/training.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "notices/notices.hpp"
#include "platform/text/unicode.hpp"
#include "training/store.hpp"

namespace kith::training {
namespace {

using identity::Role;

constexpr std::int64_t month_ms = 365 * day_ms / 12;

std::vector<std::string> parts_of(std::string_view line) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find('|', begin), line.size());
        out.push_back(text::one_line(line.substr(begin, end - begin)));
        begin = end + 1;
    }
    return out;
}

std::vector<std::vector<std::string>> lines_of(std::string_view typed) {
    std::vector<std::vector<std::string>> out;
    for (std::size_t begin = 0; begin < typed.size();) {
        const std::size_t end = std::min(typed.find('\n', begin), typed.size());
        if (const std::string line = text::one_line(typed.substr(begin, end - begin)); !line.empty())
            out.push_back(parts_of(line));
        begin = end + 1;
    }
    return out;
}

std::set<Role> roles_held(db::ReadTx& tx, MemberId member) {
    std::set<Role> out;
    for (const identity::GroupRole& held : identity::roles_of(tx, member)) out.insert(held.role);
    return out;
}

State state_of(const std::optional<Time>& expires_at, Time now) {
    if (!expires_at) return State::done;
    if (*expires_at <= now) return State::expired;
    return *expires_at - now <= remind_ms ? State::soon : State::done;
}

// What is asked of somebody with these roles, of a module.
void add_needs(Own& own, const std::vector<store::Need>& needs, const std::set<Role>& roles) {
    for (const store::Need& need : needs) {
        if (need.module != own.module.id || !roles.contains(need.role)) continue;
        own.needed_from = own.is_needed ? std::min(*own.needed_from, need.from) : need.from;
        own.is_needed = true;
    }
}

std::vector<Own> training_of(db::ReadTx& tx, MemberId member) {
    const std::vector<store::Need> needs = store::needs(tx);
    const std::vector<store::Finished> finished = store::finished_by(tx, member);
    const std::set<Role> roles = roles_held(tx, member);
    std::vector<Own> out;
    if (roles.empty()) return out;
    for (Module& module : store::modules(tx)) {
        if (module.retired_at) continue;
        Own own{.module = std::move(module)};
        add_needs(own, needs, roles);
        const auto done = std::ranges::find(finished, own.module.id, &store::Finished::module);
        if (done != finished.end()) {
            own.expires_at = done->expires_at;
            own.state = state_of(done->expires_at, tx.now());
        }
        out.push_back(std::move(own));
    }
    std::ranges::stable_sort(out, std::greater(), [&](const Own& own) { return own.stops(tx.now()); });
    return out;
}

}  // namespace

std::vector<Question> questions_of(const Module& module) {
    std::vector<Question> out;
    for (std::vector<std::string>& parts : lines_of(module.questions)) {
        Question one{parts[0], parts.size() > 1 ? parts[1] : std::string(), {parts.begin() + 1, parts.end()}};
        std::ranges::sort(one.answers);
        out.push_back(std::move(one));
    }
    return out;
}

// ---- for whoever has a role ------------------------------------------------------------------------------

Result<std::vector<Own>> own_training(db::ReadTx& tx, const Actor& actor) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (identity::roles_of(tx, member).empty()) return not_found();
    return training_of(tx, member);
}

Result<Own> own_module(db::ReadTx& tx, const Actor& actor, ModuleId id) {
    const std::vector<Own> all = TRY(own_training(tx, actor));
    const auto found = std::ranges::find(all, id, [](const Own& own) { return own.module.id; });
    if (found == all.end()) return not_found();
    return *found;
}

bool training_waits(db::ReadTx& tx, const Actor& actor) {
    const std::vector<Own> all = training_of(tx, actor.member);
    return std::ranges::any_of(all, [](const Own& own) { return own.is_needed && own.state != State::done; });
}

Done require_trained(db::ReadTx& tx, const Actor& actor) {
    if (actor.is_system()) return {};
    const std::vector<Own> all = training_of(tx, TRY(identity::acting_member(tx, actor)));
    if (std::ranges::none_of(all, [&](const Own& own) { return own.stops(tx.now()); })) return {};
    return forbidden(
        "You can read everything here. To decide, please do your training first: it is under “Your "
        "training”.");
}

bool is_trained(db::ReadTx& tx, const Actor& actor) { return require_trained(tx, actor).has_value(); }

Done finish(db::Tx& tx, const Actor& actor, ModuleId id, const Answers& answers) {
    const Own own = TRY(own_module(tx, actor, id));
    const std::vector<Question> questions = questions_of(own.module);
    Mistakes mistakes;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const bool is_right = i < answers.chosen.size() && answers.chosen[i] == questions[i].right;
        if (!is_right)
            mistakes.note(Done(invalid("This is not it yet. Please read that part again, and take your time.",
                                       "q" + std::to_string(i + 1))));
    }
    if (!own.module.statement.empty() && !answers.agreed)
        mistakes.note(Done(invalid("Please say that you agree, if you do.", "agreed")));
    TRY(mistakes.done());
    const auto expires = own.module.months == 0 ? std::nullopt
                                                : std::optional(tx.now() + own.module.months * month_ms);
    store::put_finished(tx, actor.member, {id, tx.now(), expires});
    return {};
}

// ---- for hosts -------------------------------------------------------------------------------------------

namespace {

Result<Module> checked(const Module& typed) {
    Module out{.id = typed.id,
               .title = text::one_line(typed.title),
               .words = text::trim(text::clean(typed.words)),
               .questions = text::trim(text::clean(typed.questions)),
               .statement = text::one_line(typed.statement),
               .months = typed.months};
    if (out.title.empty() || text::length(out.title) > title_most)
        return invalid("Please give it a title of at most 80 letters.", "title");
    if (out.words.empty() || text::length(out.words) > words_most)
        return invalid("Please write what people should know, in at most 20,000 letters.", "words");
    const auto lines = lines_of(out.questions);
    const bool are_right = std::ranges::all_of(lines, [](const std::vector<std::string>& parts) {
        return parts.size() >= 3 &&
               std::ranges::none_of(parts, [](const auto& part) { return part.empty(); });
    });
    if (!are_right || lines.size() > questions_most)
        return invalid(
            "Please write a line for each question, at most 10: question | right answer | other answer.",
            "questions");
    if (lines.empty() && out.statement.empty())
        return invalid("Please write a question, or a sentence that people agree to.", "statement");
    if (text::length(out.statement) > 500)
        return invalid("This is too long. Please use at most 500 letters.", "statement");
    if (out.months < 0 || out.months > 60)
        return invalid("Please write a number of months from 1 to 60, or 0 for good.", "months");
    return out;
}

Plan plan_of(Module module, const std::vector<store::Need>& needs) {
    Plan out{std::move(module), {}};
    for (const store::Need& need : needs)
        if (need.module == out.module.id) out.roles.insert(need.role);
    return out;
}

// Whoever has a role already gets some time to do what is new.
void set_roles(db::Tx& tx, ModuleId id, const std::set<Role>& roles) {
    for (const Role role : all_of<Role>()) {
        if (roles.contains(role)) store::put_need(tx, {role, id, tx.now() + grace_ms});
        else store::remove_need(tx, role, id);
    }
}

}  // namespace

Result<std::vector<Plan>> plans(db::ReadTx& tx, const Actor& actor) {
    TRY(identity::require_host(tx, actor));
    const std::vector<store::Need> needs = store::needs(tx);
    std::vector<Plan> out;
    for (Module& module : store::modules(tx)) out.push_back(plan_of(std::move(module), needs));
    return out;
}

Result<Plan> plan(db::ReadTx& tx, const Actor& actor, ModuleId id) {
    TRY(identity::require_host(tx, actor));
    auto module = store::find_module(tx, id);
    if (!module) return not_found();
    return plan_of(*std::move(module), store::needs(tx));
}

Result<ModuleId> add_module(db::Tx& tx, const Actor& actor, const Plan& typed) {
    TRY(identity::require_host(tx, actor));
    const ModuleId id = store::insert_module(tx, TRY(checked(typed.module)));
    set_roles(tx, id, typed.roles);
    audit::record(tx, actor, "training.added", "training_module", id.value());
    return id;
}

Done change_module(db::Tx& tx, const Actor& actor, const Plan& typed) {
    TRY(plan(tx, actor, typed.module.id));
    store::set_module(tx, TRY(checked(typed.module)));
    set_roles(tx, typed.module.id, typed.roles);
    audit::record(tx, actor, "training.changed", "training_module", typed.module.id.value());
    return {};
}

Done offer_module(db::Tx& tx, const Actor& actor, ModuleId id, Offer offer) {
    TRY(plan(tx, actor, id));
    store::set_retired(tx, id, offer == Offer::yes ? std::nullopt : std::optional(tx.now()));
    audit::record(tx, actor, offer == Offer::yes ? "training.offered" : "training.retired", "training_module",
                  id.value());
    return {};
}

// ---- what comes round ------------------------------------------------------------------------------------

namespace {

// Once; who has no role any more, or needs it no more, is left alone.
void remind(db::Tx& tx) {
    for (const store::Due& due : store::due_before(tx, tx.now() + remind_ms)) {
        const std::vector<Own> all = training_of(tx, due.member);
        const bool is_needed = std::ranges::any_of(
            all, [&](const Own& own) { return own.module.id == due.module && own.is_needed; });
        if (is_needed) notices::tell(tx, due.member, notices::Kind::training, {});
        store::set_reminded(tx, due);
    }
}

}  // namespace

jobs::Handlers handlers(Services& services) {
    return {{"remind_training", jobs::round(services, remind, day_ms)}};
}

}  // namespace kith::training

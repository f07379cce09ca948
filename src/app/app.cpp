#include "app/app.hpp"

#include "doors/doors.hpp"
#include "groups/groups.hpp"
#include "platform/json/writer.hpp"
#include "platform/live/changes.hpp"
#include "platform/log/log.hpp"
#include "policies/policies.hpp"
#include "site/site.hpp"

namespace kith {
namespace {

constexpr int most_missed = 200;

std::string_view event_name(Change::Kind kind) {
    switch (kind) {
        case Change::Kind::post:
            return "post";
        case Change::Kind::post_edited:
        case Change::Kind::thread:
            return "edit";
        case Change::Kind::notice:
            return "notice";
        case Change::Kind::site:
            return "reload";
        default:
            return "";
    }
}

bool is_told(Change::Kind kind) { return kind != Change::Kind::site && !event_name(kind).empty(); }

bool changes_rights(Change::Kind kind) {
    return kind == Change::Kind::member || kind == Change::Kind::membership || kind == Change::Kind::group ||
           kind == Change::Kind::site;
}

void grow(Versions& versions, const Change& change) {
    switch (change.kind) {
        case Change::Kind::post:
        case Change::Kind::thread:
            versions.grow_threads_in(change.group);
            [[fallthrough]];
        case Change::Kind::post_edited:
            versions.grow(change.thread);
            break;
        case Change::Kind::group:
            versions.grow(change.group);
            break;
        case Change::Kind::name:
            versions.grow_names();
            [[fallthrough]];
        case Change::Kind::membership:
        case Change::Kind::member:
        case Change::Kind::notice:
            versions.grow(change.member);
            break;
        case Change::Kind::site:
            versions.grow_site();
            break;
    }
}

}  // namespace

App::App(const config::Config& config, db::Database& database, const Clock& clock, Random& random)
    : config_(config),
      services_{database, clock, random, versions_},
      router_(services_, all_routes()),
      sessions_(services_, groups::rights_of, conversation::muted_threads, policies::asked_from),
      pages_(services_, static_cast<std::size_t>(config.cache_mb) * 1024 * 1024),
      held_visits_(std::make_unique<doors::HeldVisits>()) {
    if (!reload_site()) throw db::Unavailable("the settings of the site cannot be read");
    conversation::use_thread_pages(pages_);
    router_.on_visitor([this](const http::Request& request) { return sessions_.know_at_once(request); },
                       [this](const http::Request& request) { return know(request); });
    services_.event_ids = load_event_ids();
    database.on_change([this](std::span<const Change> changes) { on_changes(changes); });
    versions_.reach(database.read([](db::ReadTx& tx) { return last_sequence(tx); }));
}

// Whoever is on hold is known again by their network for a while.
http::Visitor App::know(const http::Request& request) {
    http::Visitor visitor = sessions_.know(request);
    const bool is_held = visitor.session && services_.clock.now() < visitor.session->held_until;
    if (is_held) held_visits_->note(services_, visitor.session->member, request.client);
    return visitor;
}

App::~App() {
    listen(nullptr);
    services_.db.on_change({});
}

bool App::reload_site() {
    const std::uint32_t version = versions_.of_site();  // before its rows are read
    const Language language = from_word<Language>(config_.language).value_or(Language::en);
    try {
        Site site = *services_.db.read([&](db::ReadTx& tx) {
            doors::use_numbers(doors::numbers(tx));
            return site::load_site(tx, config_.public_url, language);
        });
        site.version = version;
        site.sends_mail = !config_.smtp_url.empty();
        site.takes_answers = site.sends_mail && !config_.mail_inbox.empty();
        services_.set_site(std::make_shared<const Site>(std::move(site)));
        return true;
    } catch (const std::exception& problem) {
        log::error("cannot load the site", {{"problem", problem.what()}});
        return false;
    }
}

EventIds App::load_event_ids() {
    const std::string known = services_.db.read([](db::ReadTx& tx) { return site::event_secret(tx); });
    if (!known.empty()) return EventIds(known);
    const auto made = services_.db.write(
        [&](db::Tx& tx) { return site::make_event_secret(tx, services_.random); });
    CHECK(made.has_value());
    return EventIds(*made);
}

http::Application App::application() {
    return {
        .answer_at_once = [this](const http::Request& r) { return router_.answer_at_once(r); },
        .handle = [this](const http::Request& r) { return router_.handle(r); },
        .may_receive_at_once =
            [this](const http::StreamRequest& stream) { return may_receive_at_once(stream); },
        .may_receive = [this](http::StreamRequest& stream) { return may_receive(stream); },
        .event_text = [this](const Change& change) { return event_text(change); },
        .missed = [this](const http::StreamRequest& stream) { return missed(stream); },
    };
}

std::string App::event_text(const Change& change) const {
    const std::string_view name = event_name(change.kind);
    if (name.empty()) return {};
    JsonWriter j;
    j.object().member("thread", change.thread).member("number", change.number).end();
    std::string out = "id: " + services_.event_ids.id_of(change.sequence) + "\nevent: ";
    out += name;
    out += "\ndata: " + j.str() + "\n\n";
    return out;
}

// What cannot be told one by one is one change of everything: the page is loaded again.
std::vector<Change> App::missed(const http::StreamRequest& stream) {
    const std::int64_t last = versions_.last_change();
    // SQLite commits in order: most pages open their stream before anything has happened.
    if (services_.db.engine() == db::Engine::sqlite && stream.after == last) return {};
    return services_.db.read([&](db::ReadTx& tx) -> std::vector<Change> {
        const std::int64_t first = first_sequence(tx);
        std::vector<Change> out = changes_after(tx, stream.after, stream.group, stream.thread, stream.member,
                                                most_missed + 1);
        const bool is_forgotten = first > stream.after + 1;
        if (is_forgotten || out.size() > most_missed)
            return {Change{.kind = Change::Kind::site, .sequence = std::max(last, stream.after)}};
        return out;
    });
}

void App::flush() {
    if (services_.site()->version != versions_.of_site()) reload_site();
    pages_.flush_read_marks();
}

// Runs after a commit and before its writer goes on: whoever reads next reads the new state.
void App::on_changes(std::span<const Change> changes) {
    bool rights = false, site = false;
    for (const Change& change : changes) {
        grow(versions_, change);
        rights = rights || changes_rights(change.kind);
        site = site || change.kind == Change::Kind::site;
    }
    if (site) reload_site();
    for (const Change& change : changes) versions_.reach(change.sequence);
    const std::lock_guard lock(server_mutex_);
    http::Server* const server = server_;
    if (!server) return;
    for (const Change& change : changes)
        if (is_told(change.kind)) server->publish(change);
    if (rights) server->recheck_streams();
}

// While the numbers stand; a right that was lost is never remembered, so memory does not say no.
std::optional<bool> App::may_receive_at_once(const http::StreamRequest& stream) const {
    const bool stands = stream.member_version == versions_.of(stream.member) &&
                        stream.group_version == versions_.of(stream.group) &&
                        stream.site_version == services_.site()->version;
    return stands ? std::optional(true) : std::nullopt;
}

bool App::may_receive(http::StreamRequest& stream) {
    const std::shared_ptr<const Site> known_site = services_.site();
    stream.member_version = versions_.of(stream.member);
    stream.group_version = versions_.of(stream.group);
    stream.site_version = known_site->version;
    return services_.db.read([&](db::ReadTx& tx) {
        const Actor actor = stream.member ? identity::actor_of(tx, stream.member, stream.session)
                                          : Actor::guest(known_site->public_reading);
        if (stream.session && !identity::session_stands(tx, stream.session)) return false;
        if (stream.member && identity::standing_pause(tx, stream.member)) return false;
        if (!stream.group) return stream.member && identity::acting_member(tx, actor).has_value();
        return groups::readable(tx, actor, stream.group).has_value();
    });
}

}  // namespace kith

#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "platform/config/config.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/live/versions.hpp"
#include "platform/services.hpp"

namespace kith::doors {
class HeldVisits;
}

namespace kith {

// Every route of every feature; app/features.cpp is the one list of features.
std::vector<http::Route> all_routes();

// Every kind of job and who handles it, from the same list.
jobs::Handlers all_jobs(Services& services);

// The application behind the edge: routes, sessions, caches, and what follows from a committed change.
// Owns everything that lives as long as the process except the database.
class App {
public:
    App(const config::Config& config, db::Database& database, const Clock& clock, Random& random);
    App(const App&) = delete;
    ~App();

    Services& services() { return services_; }
    http::Router& router() { return router_; }
    // What a Server asks of this application.
    http::Application application();
    // Gets each event as it is committed; null: nobody listens.
    void listen(http::Server* server) {
        const std::lock_guard lock(server_mutex_);
        server_ = server;
    }
    // Writes down what is kept in memory for a moment (how far people have read).
    void flush();

private:
    http::Visitor know(const http::Request& request);
    void on_changes(std::span<const Change> changes);
    // Whether the site in memory is the one in the database now.
    bool reload_site();
    std::optional<bool> may_receive_at_once(const http::StreamRequest& stream) const;
    EventIds load_event_ids();
    // The bytes of one event.
    std::string event_text(const Change& change) const;
    std::vector<Change> missed(const http::StreamRequest& stream);
    bool may_receive(http::StreamRequest& stream);

    config::Config config_;
    Versions versions_;
    Services services_;
    http::Router router_;
    identity::Sessions sessions_;
    conversation::ThreadPages pages_;
    std::unique_ptr<doors::HeldVisits> held_visits_;
    std::mutex server_mutex_;  // held while a change is handed on
    http::Server* server_ = nullptr;
};

}  // namespace kith

#pragma once

#include <memory>
#include <vector>

#include "conversation/conversation.hpp"
#include "identity/identity.hpp"
#include "platform/config/config.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"
#include "platform/live/versions.hpp"
#include "platform/services.hpp"

namespace kith {

// Every route of every feature; app/features.cpp is the one list of features.
std::vector<http::Route> all_routes();

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
    void listen(http::Server* server) { server_ = server; }
    // Writes down what is kept in memory for a moment (how far people have read).
    void flush();

private:
    void on_changes(std::span<const Change> changes);
    // Whether the site in memory is the one in the database now.
    bool reload_site();
    bool may_receive(http::StreamRequest& stream);
    bool asks_rules(const std::function<bool(db::ReadTx&)>& rule);

    config::Config config_;
    Versions versions_;
    Services services_;
    http::Router router_;
    identity::Sessions sessions_;
    conversation::ThreadPages pages_;
    std::atomic<http::Server*> server_ = nullptr;
};

}  // namespace kith

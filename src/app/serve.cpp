#include "app/serve.hpp"

#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <system_error>
#include <thread>

#include "platform/crypto/crypto.hpp"
#include "platform/db/migrate.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/live/changes.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "site/site.hpp"

namespace kith::app {
namespace {

int threads_of(const config::Config& config) {
    const unsigned cores = std::thread::hardware_concurrency();
    return config.io_threads > 0 ? config.io_threads : static_cast<int>(std::max(1u, cores));
}

db::Options database_options(const config::Config& config) {
    db::Options options;
    options.url = config.database;
    options.file = config.data / "kith.db";
    return options;
}

http::ServerOptions server_options(const config::Config& config) {
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.io_threads = threads_of(config);
    options.write_workers = config.write_workers;
    options.trusted_proxies = config.trusted_proxies;
    return options;
}

// Event streams are a descriptor each.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Blocks the signals that end the server in every thread that starts later; `wait` gets them.
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        // A client that hangs up, or a file that may not grow, is an error of that write alone.
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGXFSZ, SIG_IGN);
    }
    void wait() {
        int signal = 0;
        sigwait(&set_, &signal);
    }

private:
    sigset_t set_;
};

void add_counts(metrics::Registry& registry, const http::Server& server) {
    const auto add = [&](std::string name, std::string help, std::string type, auto field) {
        registry.add(std::move(name), std::move(help), std::move(type),
                     [&server, field] { return static_cast<double>(server.counts().*field); });
    };
    using Counts = http::Server::Counts;
    add("kith_http_requests_total", "Requests answered.", "counter", &Counts::requests);
    add("kith_http_requests_at_once_total", "Requests answered from memory.", "counter", &Counts::at_once);
    add("kith_http_errors_4xx_total", "Answers that refuse.", "counter", &Counts::errors_4xx);
    add("kith_http_errors_5xx_total", "Answers that failed.", "counter", &Counts::errors_5xx);
    add("kith_http_connections", "Open connections.", "gauge", &Counts::connections);
    add("kith_http_streams", "Open event streams.", "gauge", &Counts::streams);
}

// A second, tiny server that only shows numbers.
class MetricsServer {
public:
    MetricsServer(const config::Config& config, const http::Server& main, const Clock& clock,
                  Random& random) {
        if (config.metrics_port == 0) return;
        add_counts(registry_, main);
        http::ServerOptions options;
        options.address = config.metrics_address;
        options.port = config.metrics_port;
        options.io_threads = 1;
        options.read_workers = options.write_workers = 1;
        server_ = std::make_unique<http::Server>(
            options,
            http::Application{
                .answer_at_once = [this](const http::Request& request) -> std::optional<http::Response> {
                    if (request.path != "/metrics") return http::Response::text("not found\n", 404);
                    http::Response response = http::Response::text(registry_.text());
                    response.type = metrics::content_type;
                    return response;
                },
                .handle = [](const http::Request&) { return http::Response::text("not found\n", 404); },
                .may_receive = [](http::StreamRequest&) { return false; },
                .event_text = [](const Change&) { return std::string(); },
                .missed = [](const http::StreamRequest&) { return std::vector<Change>(); }},
            clock, random);
        server_->start();
    }

private:
    metrics::Registry registry_;
    std::unique_ptr<http::Server> server_;
};

void add_tasks(jobs::Every& every, App& app) {
    constexpr std::int64_t keep_changes_ms = day_ms, keep_forms_ms = day_ms, keep_jobs_ms = 7 * day_ms;
    every.add("write read marks", 2 * second_ms, [&app] { app.flush(); });
    every.add("forget what is old", hour_ms, [&app] {
        const Done done = app.services().db.write([](db::Tx& tx) -> Done {
            forget_changes_before(tx, tx.now() + -keep_changes_ms);
            conversation::forget_sent_forms_before(tx, tx.now() + -keep_forms_ms);
            identity::forget_old_sessions(tx);
            jobs::forget_done_before(tx, tx.now() + -keep_jobs_ms);
            return {};
        });
        if (!done) log::warn("could not forget what is old");
    });
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

// On this machine alone: not behind a proxy that is open to the world.
bool is_private(const config::Config& config) {
    return is_loopback(config.address) && (config.public_url.starts_with("http://localhost") ||
                                           config.public_url.starts_with("http://127."));
}

// Whoever finds an empty server first must not become its host. Before it listens.
std::string next_step(App& app, const config::Config& config) {
    if (app.services().site()->ready) return {};
    const std::string next = "Next: open this address and set up your community.\n";
    if (is_private(config)) return next;
    const std::string code = app.services().random.token(9);
    site::use_setup_code(code);
    return next + "The set-up page asks for this code: " + code + "\n";
}

}  // namespace

int with_app(cli::Invocation& call, const std::function<int(App&)>& use) {
    const SystemClock clock;
    crypto::SystemRandom random;
    if (call.config.database.empty()) {
        std::error_code error;
        std::filesystem::create_directories(call.config.data, error);
        if (error)
            return cli::report(
                call, {Fault::unavailable, "cannot make the folder " + call.config.data.string(), ""});
    }
    auto database = db::Database::open(database_options(call.config), clock);
    if (!database) return cli::report(call, database.error());
    const auto migrated = db::migrate(**database, embed::schema());
    if (!migrated) return cli::report(call, migrated.error());
    conversation::limit_writing(call.config.posts_per_minute);
    App app(call.config, **database, clock, random);
    return use(app);
}

int serve(App& app, cli::Invocation& call, const std::string& greeting) {
    raise_descriptor_limit();
    EndSignals signals;
    const std::string next = next_step(app, call.config);
    http::Server server(server_options(call.config), app.application(), app.services().clock,
                        app.services().random);
    try {
        server.start();
    } catch (const std::system_error& problem) {
        return cli::report(call, {Fault::unavailable,
                                  "cannot listen on " + call.config.address + ":" +
                                      std::to_string(call.config.port) + ": " + problem.code().message(),
                                  ""});
    }
    app.listen(&server);
    const MetricsServer metrics(call.config, server, app.services().clock, app.services().random);
    jobs::Every every;
    add_tasks(every, app);
    every.start();
    call.out << greeting << "Kith is at " << call.config.public_url << " (listening on "
             << call.config.address << ":" << server.port() << "). Ctrl-C ends it.\n"
             << next;
    call.out.flush();
    signals.wait();
    server.stop();
    app.listen(nullptr);
    every.stop();
    app.flush();
    return 0;
}

}  // namespace kith::app

#include "app/metrics_server.hpp"

#include <limits>

#include "platform/jobs/jobs.hpp"

namespace kith::app {
namespace {

void add_requests(metrics::Registry& registry, const http::Server& server) {
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
    registry.add_histogram("kith_http_answer_seconds",
                           "From the whole request to the last byte of its answer.", [&server] {
                               const Counts counts = server.counts();
                               constexpr auto& bounds = http::Server::duration_bounds_s;
                               return metrics::Histogram{{bounds.begin(), bounds.end()},
                                                         {counts.durations.begin(), counts.durations.end()},
                                                         counts.duration_sum_s};
                           });
}

void add_database(metrics::Registry& registry, const db::Database& database) {
    const auto add = [&](std::string name, std::string help, std::string type, auto field) {
        registry.add(std::move(name), std::move(help), std::move(type),
                     [&database, field] { return static_cast<double>(database.counts().*field); });
    };
    using db::Counts;
    add("kith_db_commits_total", "Transactions that wrote.", "counter", &Counts::commits);
    add("kith_db_commit_groups_total", "Waits for the disk; SQLite commits many transactions in one.",
        "counter", &Counts::groups);
    add("kith_db_retries_total", "Transactions repeated because they lost a race.", "counter",
        &Counts::retries);
    add("kith_db_slow_queries_total", "Statements that took longer than slow_query_ms.", "counter",
        &Counts::slow_queries);
    add("kith_db_connections", "Connections to PostgreSQL, or readers of SQLite.", "gauge",
        &Counts::connections);
}

// Not a number while the database cannot be asked.
void add_jobs(metrics::Registry& registry, Services& services) {
    const auto add = [&](std::string name, std::string help, auto field) {
        registry.add(std::move(name), std::move(help), "gauge", [&services, field] {
            try {
                return static_cast<double>(services.db.read([](db::ReadTx& tx) { return jobs::count(tx); }).*
                                           field);
            } catch (const std::exception&) {
                return std::numeric_limits<double>::quiet_NaN();
            }
        });
    };
    add("kith_jobs_due", "Jobs that should run now or do.", &jobs::Counts::due);
    add("kith_jobs_failed", "Jobs that were given up.", &jobs::Counts::failed);
}

}  // namespace

void add_metrics(metrics::Registry& registry, const http::Server& server, App& app) {
    add_requests(registry, server);
    add_database(registry, app.services().db);
    add_jobs(registry, app.services());
}

MetricsServer::MetricsServer(const config::Config& config, const http::Server& main, App& app) {
    if (config.metrics_port == 0) return;
    add_metrics(registry_, main, app);
    http::ServerOptions options;
    options.address = config.metrics_address;
    options.port = config.metrics_port;
    options.io_threads = 1;
    options.read_workers = options.write_workers = 1;
    server_ = std::make_unique<http::Server>(
        options,
        http::Application{.answer_at_once = [](const http::Request&) -> std::optional<http::Response> {
                              return std::nullopt;
                          },
                          .handle =
                              [this](const http::Request& request) {
                                  if (request.path != "/metrics")
                                      return http::Response::text("not found\n", 404);
                                  http::Response response = http::Response::text(registry_.text());
                                  response.type = metrics::content_type;
                                  return response;
                              },
                          .may_receive_at_once = [](const http::StreamRequest&) { return false; },
                          .may_receive = [](http::StreamRequest&) { return false; },
                          .event_text = [](const Change&) { return std::string(); },
                          .missed = [](const http::StreamRequest&) { return std::vector<Change>(); }},
        app.services().clock, app.services().random);
    server_->start();
}

}  // namespace kith::app

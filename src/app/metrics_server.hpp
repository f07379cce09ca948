#pragma once

#include <memory>

#include "app/app.hpp"
#include "platform/metrics/metrics.hpp"

namespace kith::app {

// Everything that /metrics shows. `server` and `app` outlive the registry.
void add_metrics(metrics::Registry& registry, const http::Server& server, App& app);

// A second, tiny server that only shows numbers; none if the port is 0.
class MetricsServer {
public:
    MetricsServer(const config::Config& config, const http::Server& main, App& app);

private:
    metrics::Registry registry_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace kith::app

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

// Numbers for Prometheus, on a port of their own. Never names, texts or addresses.
namespace kith::metrics {

// How many values lie up to each bound and above the one before it, the last above all; and their sum.
struct Histogram {
    std::vector<double> bounds;
    std::vector<std::uint64_t> counts;
    double sum = 0;
};

// A list of numbers, each asked for when somebody looks. Filled before serving; then read from any thread.
class Registry {
public:
    // With kith_build_info and what the operating system knows of this process.
    Registry();

    // `type` is "counter" or "gauge"; `value` may be called from any thread.
    void add(std::string name, std::string help, std::string type, std::function<double()> value);
    void add_histogram(std::string name, std::string help, std::function<Histogram()> value);
    // All of them in Prometheus' text format, version 0.0.4.
    std::string text() const;

private:
    struct Metric {
        std::string name, help, type;
        std::function<double()> value;
        std::string labels;
        std::function<Histogram()> histogram = nullptr;  // instead of value
    };
    static void write(std::string& out, const Metric& metric, const Histogram& histogram);
    std::vector<Metric> metrics_;
};

// The content type of text().
inline constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace kith::metrics

#include "platform/metrics/metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>

namespace kith::metrics {
namespace {

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double pages = 0, resident_pages = 0;
    statm >> pages >> resident_pages;
    return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_fds() {
    std::error_code ignored;
    double count = 0;
    for (std::filesystem::directory_iterator at("/proc/self/fd", ignored), end; !ignored && at != end;
         at.increment(ignored))
        ++count;
    return count;
}

std::string number(double value) {
    char buffer[32];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

}  // namespace

Registry::Registry() {
    metrics_.push_back({"kith_build_info", "The version that runs.", "gauge", [] { return 1.0; },
                        "{version=\"" KITH_VERSION "\"}"});
    add("process_resident_memory_bytes", "Memory in use.", "gauge", resident_bytes);
    add("process_cpu_seconds_total", "Processor time used.", "counter", cpu_seconds);
    add("process_open_fds", "Open files and connections.", "gauge", open_fds);
}

void Registry::add(std::string name, std::string help, std::string type, std::function<double()> value) {
    metrics_.push_back({std::move(name), std::move(help), std::move(type), std::move(value), ""});
}

void Registry::add_histogram(std::string name, std::string help, std::function<Histogram()> value) {
    metrics_.push_back({std::move(name), std::move(help), "histogram", nullptr, "", std::move(value)});
}

// Prometheus counts from the smallest value on.
void Registry::write(std::string& out, const Metric& metric, const Histogram& histogram) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        below += histogram.counts[i];
        const std::string bound = i < histogram.bounds.size() ? number(histogram.bounds[i]) : "+Inf";
        out += metric.name + "_bucket{le=\"" + bound + "\"} " + std::to_string(below) + "\n";
    }
    out += metric.name + "_sum " + number(histogram.sum) + "\n";
    out += metric.name + "_count " + std::to_string(below) + "\n";
}

std::string Registry::text() const {
    std::string out;
    for (const Metric& metric : metrics_) {
        out += "# HELP " + metric.name + " " + metric.help + "\n";
        out += "# TYPE " + metric.name + " " + metric.type + "\n";
        if (metric.histogram) {
            write(out, metric, metric.histogram());
            continue;
        }
        out += metric.name + metric.labels + " " + number(metric.value()) + "\n";
    }
    return out;
}

}  // namespace kith::metrics

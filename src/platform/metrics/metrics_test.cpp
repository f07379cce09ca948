#include "platform/metrics/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kith::metrics {
namespace {

using testing::HasSubstr;

TEST(Metrics, are_written_as_prometheus_reads_them) {
    Registry registry;
    registry.add("kith_requests_total", "Requests answered.", "counter", [] { return 12345678.0; });
    EXPECT_THAT(registry.text(), HasSubstr("# HELP kith_requests_total Requests answered.\n"
                                           "# TYPE kith_requests_total counter\n"
                                           "kith_requests_total 12345678\n"));
    EXPECT_THAT(registry.text(), HasSubstr("kith_build_info{version=\"" KITH_VERSION "\"} 1\n"));
}

TEST(Metrics, count_a_histogram_from_the_smallest_value_on) {
    Registry registry;
    registry.add_histogram("kith_answer_seconds", "How long.",
                           [] { return Histogram{{0.1, 1}, {3, 2, 1}, 4.5}; });
    EXPECT_THAT(registry.text(), HasSubstr("# TYPE kith_answer_seconds histogram\n"
                                           "kith_answer_seconds_bucket{le=\"0.1\"} 3\n"
                                           "kith_answer_seconds_bucket{le=\"1\"} 5\n"
                                           "kith_answer_seconds_bucket{le=\"+Inf\"} 6\n"
                                           "kith_answer_seconds_sum 4.5\n"
                                           "kith_answer_seconds_count 6\n"));
}

TEST(Metrics, know_the_process) {
    const std::string text = Registry().text();
    EXPECT_THAT(text, HasSubstr("\nprocess_cpu_seconds_total "));
    EXPECT_THAT(text, testing::Not(HasSubstr("\nprocess_resident_memory_bytes 0\n")));
    EXPECT_THAT(text, testing::Not(HasSubstr("\nprocess_open_fds 0\n")));
}

}  // namespace
}  // namespace kith::metrics

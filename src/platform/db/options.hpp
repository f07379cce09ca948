#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::db {

// How a Database is opened.
struct Options {
    std::string url;             // postgresql://... ; empty: SQLite
    std::filesystem::path file;  // of SQLite
    int readers = 4;             // reading connections of SQLite
    int connections = 20;        // connections of PostgreSQL at most, and one more that listens
    std::int64_t slow_query_ms = 100;
    std::uint64_t wal_limit_bytes = 256 << 20;  // SQLite: a longer log is cut down
    // Opens what is there, makes nothing and locks nothing: beside a server that runs. A write is a Failure.
    bool read_only = false;
    // For tests: gets the engine's plan of each statement when a connection first runs it.
    std::function<void(std::string_view sql, const std::vector<std::string>& plan)> on_plan;
};

// What a Database has done since it was opened.
struct Counts {
    std::uint64_t commits = 0;       // transactions that wrote
    std::uint64_t groups = 0;        // waits for the disk: SQLite commits many transactions in one
    std::uint64_t retries = 0;       // transactions that lost a race and were repeated (PostgreSQL)
    std::uint64_t slow_queries = 0;  // statements that took longer than Options::slow_query_ms
    std::int64_t connections = 0;    // open to PostgreSQL, or reading from SQLite
};

}  // namespace kith::db

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

// The settings of one installation: a TOML file, then the environment (KITH_PORT), then flags (--port); the
// later one wins. What the host decides about the community is in the database instead (site/site.hpp).
namespace kith::config {

struct Config {
    std::filesystem::path data = "var";
    std::string database;           // postgresql://... ; empty: SQLite in `data`
    int database_connections = 20;  // to PostgreSQL at most
    int slow_query_ms = 100;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::uint16_t metrics_port = 0;  // 0: off
    std::string metrics_address = "127.0.0.1";
    // Without a slash at the end; not given: it follows address and port.
    std::string public_url = "http://localhost:8080";
    std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
    std::string language = "en";
    std::string log_level = "info";
    int io_threads = 0;  // 0: one per core
    int write_workers = 64;
    int cache_mb = 48;
    int posts_per_minute = 12;  // of one member; 0: no limit
    bool log_addresses = false;
    std::string smtp_url;  // smtp:// or smtps://; empty: no mail is sent
    std::string smtp_user;
    std::string smtp_password;
    std::filesystem::path smtp_ca;  // certificates trusted besides those of the machine
    std::string mail_from;
    std::filesystem::path mail_bounces;  // a Maildir; empty: none
    std::string mail_inbox;              // imaps:// of the mailbox of mail_from; empty: it is not read
    std::string mail_checked_by;         // the server whose word about a sender counts; empty: nobody's
    std::string page_url;                // called while a crisis waits; empty: nothing is
    std::string page_secret;             // signs these calls
    std::vector<std::string>
        push_services;  // hosts that signals may go to; empty: those of the known browsers

    friend bool operator==(const Config&, const Config&) = default;
};

// One setting: its name in the file ("metrics_port"), what --help says, and how text becomes its value.
// `set` returns what is wrong and what to write instead; empty if it was right.
struct Key {
    std::string_view name;
    std::string_view help;
    std::string (*set)(Config& config, std::string_view text);
};
std::span<const Key> keys();
std::string flag_of(std::string_view key);      // "--metrics-port"
std::string variable_of(std::string_view key);  // "KITH_METRICS_PORT"

struct Mistake {
    std::string where;  // "kith.toml:7", "KITH_PORT" or "--port"
    std::string
        what;  // what is wrong and what to write instead; never the value of `database` or of a password
};

// Settings by key name, as typed after the flags of the command line.
using Flags = std::map<std::string, std::string>;

// All settings. Fault `invalid` with every mistake on a line of its own. `file` may be empty: none is read.
// `environment` is the list of "NAME=value" that ends with a null pointer; null: none.
Result<Config> load(const std::filesystem::path& file, const Flags& flags, const char* const* environment);

// All mistakes at once, those of the file first.
std::vector<Mistake> check(const std::filesystem::path& file, const Flags& flags,
                           const char* const* environment);

// Only a browser on this machine reaches the server: it does not listen to others, nor stand behind a proxy that does.
bool is_private(const Config& config);
// What is no mistake and yet likely not meant: others reach the server, and not over https.
std::optional<Mistake> unprotected(const Config& config);
// Variables with our prefix that do nothing.
std::vector<Mistake> unknown_variables(const char* const* environment);

}  // namespace kith::config

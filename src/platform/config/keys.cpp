#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

#include "platform/config/config.hpp"
#include "platform/log/log.hpp"
#include "platform/mail/message.hpp"
#include "platform/words/words.hpp"

// Each setting, and how its text becomes a value.
namespace kith::config {
namespace {

// ---- from text to values ------------------------------------------------------------------------------

template <class Number>
std::string set_number(Number& out, std::string_view text, long low, long high) {
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
        return "write a whole number from " + std::to_string(low) + " to " + std::to_string(high);
    out = static_cast<Number>(value);
    return {};
}

std::string set_switch(bool& out, std::string_view text) {
    if (text != "true" && text != "false") return "write true or false";
    out = text == "true";
    return {};
}

bool is_address(std::string_view text) {
    unsigned char bytes[sizeof(in6_addr)];
    const std::string terminated(text);
    return inet_pton(AF_INET, terminated.c_str(), bytes) == 1 ||
           inet_pton(AF_INET6, terminated.c_str(), bytes) == 1;
}

std::string set_address(std::string& out, std::string_view text) {
    if (!is_address(text))
        return "write an IP address, such as 127.0.0.1 (this computer alone) or 0.0.0.0 (reachable from "
               "elsewhere)";
    out = text;
    return {};
}

bool is_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (!is_address(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    const int most = text.substr(0, slash).find(':') == std::string_view::npos ? 32 : 128;
    int bits = 0;
    return set_number(bits, text.substr(slash + 1), 0, most).empty();
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string set_proxies(std::vector<std::string>& out, std::string_view text) {
    std::vector<std::string> networks;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view network = trimmed(text.substr(0, comma));
        if (!is_network(network))
            return "write IP addresses or networks, such as 127.0.0.1 or 10.0.0.0/8; in the environment and "
                   "after the flag with commas between them";
        networks.emplace_back(network);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    out = std::move(networks);
    return {};
}

std::string set_public_url(std::string& out, std::string_view text) {
    while (text.ends_with('/')) text.remove_suffix(1);
    const bool right = text.starts_with("https://") || text.starts_with("http://");
    if (!right || text.find_first_of(" ?#\"<>") != std::string_view::npos)
        return "write the address that people type, such as https://kith.example.org";
    out = text;
    return {};
}

std::string set_database(std::string& out, std::string_view text) {
    if (!text.empty() && !text.starts_with("postgresql://") && !text.starts_with("postgres://"))
        return "write an address that begins with postgresql://, or nothing for SQLite";
    out = text;
    return {};
}

std::string set_smtp_url(std::string& out, std::string_view text) {
    const bool right = text.starts_with("smtps://") || text.starts_with("smtp://");
    if (!text.empty() && (!right || text.find_first_of(" ?#@\"<>") != std::string_view::npos))
        return "write the mail server as smtps://mail.example.org or smtp://mail.example.org:587, without "
               "name and "
               "password; or nothing to send no mail";
    out = text;
    return {};
}

// The first line.
std::string set_password_from(std::string& out, std::string_view file) {
    if (file.empty()) return {};
    std::ifstream in{std::string(file)};
    if (!in || !std::getline(in, out))
        return "write a file that this account may read and whose first line is the password";
    return {};
}

std::string set_mail_from(std::string& out, std::string_view text) {
    if (!text.empty() && !mail::is_address(text))
        return "write the address alone that mails come from, such as harbour@example.org";
    out = text;
    return {};
}

std::string set_mail_inbox(std::string& out, std::string_view text) {
    const bool is_scheme = text.starts_with("imaps://") || text.starts_with("imap://");
    const std::size_t slash = is_scheme ? text.find('/', text.find("://") + 3) : std::string_view::npos;
    const bool right = slash != std::string_view::npos && slash + 1 < text.size();
    if (!text.empty() && (!right || text.find_first_of(" ?#@;\"<>") != std::string_view::npos))
        return "write the mailbox as imaps://mail.example.org/INBOX, without name and password; or nothing "
               "to read none";
    out = text;
    return {};
}

// To another machine only where nobody can read along.
std::string set_page_url(std::string& out, std::string_view text) {
    const bool is_secure = text.starts_with("https://");
    const bool is_local = text.starts_with("http://127.0.0.1:") || text.starts_with("http://localhost:");
    if (!text.empty() &&
        ((!is_secure && !is_local) || text.find_first_of(" @\"<>") != std::string_view::npos))
        return "write an address that begins with https://, or with http://localhost: and a port; or nothing "
               "to call no program";
    out = text;
    return {};
}

// Hosts alone, without a scheme or a path.
std::string set_hosts(std::vector<std::string>& out, std::string_view text) {
    out.clear();
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view host = text.substr(0, comma);
        if (host.empty() || host.find_first_of(" /:@") != std::string_view::npos)
            return "write hosts alone, such as push.example.org, with commas between them";
        out.emplace_back(host);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return {};
}

std::string set_existing(std::filesystem::path& out, std::string_view text, std::string_view what) {
    std::error_code ignored;
    if (!text.empty() && !std::filesystem::exists(text, ignored))
        return "there is no such " + std::string(what);
    out = text;
    return {};
}

std::string set_data(Config& config, std::string_view text) {
    if (text.empty()) return "write the folder for database and files, such as /var/lib/kith";
    config.data = text;
    return {};
}

template <std::size_t N>
std::string set_word(std::string& out, std::string_view text, const std::array<std::string_view, N>& words) {
    if (std::find(words.begin(), words.end(), text) == words.end()) {
        std::string list;
        for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
        return "write one of: " + list;
    }
    out = text;
    return {};
}

using Text = std::string_view;

constexpr Key all_keys[] = {
    {"data", "folder of the database and all files", set_data},
    {"database", "postgresql://... ; empty: SQLite in the data folder",
     [](Config& c, Text t) { return set_database(c.database, t); }},
    {"database_connections", "connections to PostgreSQL at most; one more listens for changes",
     [](Config& c, Text t) { return set_number(c.database_connections, t, 2, 1000); }},
    {"slow_query_ms", "a query that takes longer is logged, in milliseconds",
     [](Config& c, Text t) { return set_number(c.slow_query_ms, t, 1, 600000); }},
    {"address", "IP address to listen on", [](Config& c, Text t) { return set_address(c.address, t); }},
    {"port", "port to listen on; 0: any free one",
     [](Config& c, Text t) { return set_number(c.port, t, 0, 65535); }},
    {"metrics_port", "port of the metrics for Prometheus; 0: off",
     [](Config& c, Text t) { return set_number(c.metrics_port, t, 0, 65535); }},
    {"metrics_address", "IP address of the metrics",
     [](Config& c, Text t) { return set_address(c.metrics_address, t); }},
    {"public_url", "address that people type, such as https://kith.example.org",
     [](Config& c, Text t) { return set_public_url(c.public_url, t); }},
    {"trusted_proxies", "addresses or networks whose X-Forwarded-For is believed",
     [](Config& c, Text t) { return set_proxies(c.trusted_proxies, t); }},
    {"language", "language until the host has chosen one: en or es",
     [](Config& c, Text t) { return set_word(c.language, t, enum_words(Language())); }},
    {"log_level", "error, warn, info or debug",
     [](Config& c, Text t) { return set_word(c.log_level, t, enum_words(log::Level())); }},
    {"io_threads", "threads for connections; 0: one per core",
     [](Config& c, Text t) { return set_number(c.io_threads, t, 0, 256); }},
    {"write_workers", "requests that may wait for the database to write at once",
     [](Config& c, Text t) { return set_number(c.write_workers, t, 1, 1024); }},
    {"cache_mb", "memory for pages that are ready to send; 0: none",
     [](Config& c, Text t) { return set_number(c.cache_mb, t, 0, 65536); }},
    {"smtp_url", "mail server, such as smtps://mail.example.org; empty: no mail is sent",
     [](Config& c, Text t) { return set_smtp_url(c.smtp_url, t); }},
    {"smtp_user", "name to sign in with at the mail server; empty: none",
     [](Config& c, Text t) { return c.smtp_user = t, std::string(); }},
    {"smtp_password", "password for the mail server",
     [](Config& c, Text t) { return c.smtp_password = t, std::string(); }},
    {"smtp_password_file", "file whose first line is the password for the mail server",
     [](Config& c, Text t) { return set_password_from(c.smtp_password, t); }},
    {"smtp_ca", "file of certificates to trust besides those of this machine",
     [](Config& c, Text t) { return set_existing(c.smtp_ca, t, "file"); }},
    {"mail_from", "address that mails come from",
     [](Config& c, Text t) { return set_mail_from(c.mail_from, t); }},
    {"mail_bounces", "Maildir where mail to mail_from arrives, for what comes back; empty: none",
     [](Config& c, Text t) { return set_existing(c.mail_bounces, t, "folder"); }},
    {"mail_inbox",
     "mailbox of mail_from, such as imaps://mail.example.org/INBOX, for answers and what comes back",
     [](Config& c, Text t) { return set_mail_inbox(c.mail_inbox, t); }},
    {"mail_checked_by", "server whose Authentication-Results an answer by mail must have passed; empty: none",
     [](Config& c, Text t) { return c.mail_checked_by = t, std::string(); }},
    {"page_url", "address of a program of yours that is called while a crisis waits; empty: none",
     [](Config& c, Text t) { return set_page_url(c.page_url, t); }},
    {"page_secret", "what signs these calls, 16 letters or more",
     [](Config& c, Text t) { return c.page_secret = t, std::string(); }},
    {"page_secret_file", "file whose first line is page_secret",
     [](Config& c, Text t) { return set_password_from(c.page_secret, t); }},
    {"push_services", "hosts that signals to devices may go to; empty: those of the known browsers",
     [](Config& c, Text t) { return set_hosts(c.push_services, t); }},
    {"posts_per_minute", "posts that one member may send in a minute; 0: no limit",
     [](Config& c, Text t) { return set_number(c.posts_per_minute, t, 0, 10000); }},
    {"log_addresses", "write the addresses of visitors into the log: true or false",
     [](Config& c, Text t) { return set_switch(c.log_addresses, t); }},
};

}  // namespace

std::span<const Key> keys() { return all_keys; }

}  // namespace kith::config

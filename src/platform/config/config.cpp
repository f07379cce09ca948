#include "platform/config/config.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>
#include <optional>
#include <utility>

#include "platform/toml/toml.hpp"

namespace kith::config {
namespace {

// ---- names --------------------------------------------------------------------------------------------

const Key* find_key(std::string_view name) {
    for (const Key& key : keys())
        if (key.name == name) return &key;
    return nullptr;
}

// How many letters to add, drop or change (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

const Key* nearest_key(std::string_view name, std::size_t farthest) {
    const auto nearer = [&](const Key& a, const Key& b) {
        return distance(a.name, name) < distance(b.name, name);
    };
    const Key* nearest = &*std::ranges::min_element(keys(), nearer);
    return distance(nearest->name, name) <= farthest ? nearest : nullptr;
}

std::string unknown(std::string_view name) {
    std::string out = "there is no setting \"" + std::string(name) + "\"";
    const Key* const meant = nearest_key(name, 3);
    if (meant) return out + "; did you mean \"" + std::string(meant->name) + "\"?";
    return out + "; kith --help lists them all";
}

// ---- the three sources --------------------------------------------------------------------------------

struct Reading {
    Config config;
    std::vector<Mistake> mistakes;
    bool has_public_url = false;

    void set(const Key& key, std::string_view text, std::string where) {
        has_public_url = has_public_url || key.name == "public_url";
        std::string wrong = key.set(config, text);
        if (!wrong.empty())
            mistakes.push_back({std::move(where), std::string(key.name) + ": " + std::move(wrong)});
    }
};

// A value of the file as it would be typed after a flag; nothing if no flag could say it.
std::optional<std::string> as_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* value = node.as_boolean()) return std::string(value->get() ? "true" : "false");
    const toml::array* list = node.as_array();
    if (!list) return std::nullopt;
    std::string out;
    for (const toml::node& item : *list) {
        const auto* text = item.as_string();
        if (!text) return std::nullopt;
        out += (out.empty() ? "" : ",") + text->get();
    }
    return out;
}

std::string place(const std::filesystem::path& file, std::size_t line) {
    return file.filename().string() + ":" + std::to_string(line);
}

void read_entry(Reading& reading, const std::string& name, const toml::node& node, std::string where) {
    const Key* key = find_key(name);
    if (!key && node.is_table()) {
        reading.mistakes.push_back(
            {std::move(where), "there are no sections; write the settings without [" + name + "]"});
    } else if (!key) {
        reading.mistakes.push_back({std::move(where), unknown(name)});
    } else if (const std::optional<std::string> text = as_text(node)) {
        reading.set(*key, *text, std::move(where));
    } else {
        reading.mistakes.push_back(
            {std::move(where), name + ": write a text in quotes, a whole number, true or false"});
    }
}

void read_file(Reading& reading, const std::filesystem::path& file) {
    if (file.empty()) return;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) {
        reading.mistakes.push_back({file.string(), "there is no such file"});
        return;
    }
    if (::access(file.c_str(), R_OK) != 0) {
        reading.mistakes.push_back(
            {file.string(), "this account may not read it; give it to the account, or use another one"});
        return;
    }
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto parsed = parse_toml(text);
    if (!parsed) {
        reading.mistakes.push_back(
            {place(file, parsed.error().line),
             "this line cannot be read. Write name = value, and texts in quotes: language = \"en\". (TOML: " +
                 parsed.error().why + ")"});
        return;
    }
    for (const auto& [name, node] : *parsed)
        read_entry(reading, std::string(name.str()), node, place(file, node.source().begin.line));
    std::sort(reading.mistakes.begin(), reading.mistakes.end(), [](const Mistake& a, const Mistake& b) {
        return a.where.size() != b.where.size() ? a.where.size() < b.where.size() : a.where < b.where;
    });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "port" of "KITH_PORT=8080"; empty for what is none of ours.
std::string setting_in(std::string_view variable) {
    constexpr std::string_view prefix = "KITH_";
    const std::size_t equals = variable.find('=');
    if (!variable.starts_with(prefix) || equals == std::string_view::npos) return {};
    std::string name(variable.substr(prefix.size(), equals - prefix.size()));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    return name == "config" ? std::string() : name;
}

// A variable that is nearly one of ours is a slip of the pen; others with our prefix are left alone.
void read_variable(Reading& reading, std::string_view variable) {
    const std::string name = setting_in(variable);
    if (name.empty()) return;
    const std::size_t equals = variable.find('=');
    const std::string where(variable.substr(0, equals));
    if (const Key* key = find_key(name)) {
        reading.set(*key, variable.substr(equals + 1), where);
    } else if (const Key* meant = nearest_key(name, 2)) {
        reading.mistakes.push_back(
            {where, "there is no such setting; did you mean " + variable_of(meant->name) + "?"});
    }
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

// "127.example.org" is somebody else.
bool is_this_machine(std::string_view host) {
    const bool is_address = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || (is_address && is_loopback(host));
}

// "localhost" of "http://localhost:8080/kith".
std::string_view host_of(std::string_view url) {
    const std::size_t begin = url.find("://");
    if (begin == std::string_view::npos) return {};
    url.remove_prefix(begin + 3);
    return url.substr(0, url.find_first_of(":/"));
}

// Where a browser on this computer finds it.
std::string url_of(const Config& config) {
    const std::string& address = config.address;
    const bool here = is_loopback(address) || address == "0.0.0.0" || address == "::";
    const std::string host = here                                     ? "localhost"
                             : address.find(':') == std::string::npos ? address
                                                                      : "[" + address + "]";
    return "http://" + host + ":" + std::to_string(config.port);
}

Reading read(const std::filesystem::path& file, const Flags& flags, const char* const* environment) {
    Reading reading;
    read_file(reading, file);
    for (; environment && *environment; ++environment) read_variable(reading, *environment);
    for (const auto& [name, text] : flags) {
        if (const Key* key = find_key(name)) {
            reading.set(*key, text, flag_of(name));
        } else {
            reading.mistakes.push_back({flag_of(name), unknown(name)});
        }
    }
    if (!reading.config.smtp_url.empty() && reading.config.mail_from.empty())
        reading.mistakes.push_back(
            {"mail_from",
             "write the address that mails come from as well, such as harbour@example.org; or leave "
             "smtp_url out"});
    if (!reading.config.mail_inbox.empty() && reading.config.smtp_url.empty())
        reading.mistakes.push_back(
            {"mail_inbox",
             "write the mail server in smtp_url as well; only a mail that was sent can be answered"});
    // "+", and 32 more, must fit into the 64 before the "@".
    if (!reading.config.mail_inbox.empty() && reading.config.mail_from.find('@') > 31)
        reading.mistakes.push_back(
            {"mail_from",
             "write an address with at most 31 letters before the @, so that mails can be answered"});
    constexpr std::size_t secret_least = 16;
    if (!reading.config.page_url.empty() && reading.config.page_secret.size() < secret_least)
        reading.mistakes.push_back(
            {"page_secret", "write 16 letters or more that only that program knows; or leave page_url out"});
    if (!reading.has_public_url) reading.config.public_url = url_of(reading.config);
    return reading;
}

}  // namespace

std::string flag_of(std::string_view key) {
    std::string flag = "--" + std::string(key);
    std::replace(flag.begin(), flag.end(), '_', '-');
    return flag;
}

std::string variable_of(std::string_view key) {
    std::string variable = "KITH_" + std::string(key);
    std::transform(variable.begin(), variable.end(), variable.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return variable;
}

Result<Config> load(const std::filesystem::path& file, const Flags& flags, const char* const* environment) {
    Reading reading = read(file, flags, environment);
    if (reading.mistakes.empty()) return std::move(reading.config);
    std::string lines;
    for (const Mistake& mistake : reading.mistakes)
        lines += (lines.empty() ? "" : "\n") + mistake.where + ": " + mistake.what;
    return invalid(lines);
}

std::vector<Mistake> check(const std::filesystem::path& file, const Flags& flags,
                           const char* const* environment) {
    return read(file, flags, environment).mistakes;
}

bool is_private(const Config& config) {
    return is_loopback(config.address) && config.public_url.starts_with("http://") &&
           is_this_machine(host_of(config.public_url));
}

std::optional<Mistake> unprotected(const Config& config) {
    if (is_private(config) || config.public_url.starts_with("https://")) return std::nullopt;
    const bool is_local = is_this_machine(host_of(config.public_url));
    const std::string what = is_local
                                 ? "people on other machines cannot stay signed in, because browsers keep "
                                   "them signed in over https alone"
                                 : "names, passwords and posts travel where others can read them";
    return Mistake{"public_url", what +
                                     "; put a web server with TLS in front (docs/operators/proxy.md) and "
                                     "write its address here, such as https://kith.example.org"};
}

std::vector<Mistake> unknown_variables(const char* const* environment) {
    std::vector<Mistake> out;
    for (; environment && *environment; ++environment) {
        const std::string_view variable = *environment;
        const std::string name = setting_in(variable);
        if (!name.empty() && !find_key(name) && !nearest_key(name, 2))
            out.push_back({std::string(variable.substr(0, variable.find('='))),
                           "there is no such setting; kith --help lists them all"});
    }
    return out;
}

}  // namespace kith::config

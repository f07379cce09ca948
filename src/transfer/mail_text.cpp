#include "transfer/mail_text.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "platform/text/html_to_markdown.hpp"
#include "platform/text/unicode.hpp"

namespace kith::transfer {
namespace {

using Strings = std::vector<std::string_view>;

constexpr std::string_view address_removed = "(address removed)";
constexpr std::string_view cut_note = "(The rest was too long and was not brought over.)";

// --- Characters and words ---

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r'; }
constexpr bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool same_word(std::string_view a, std::string_view lower_b) {
    return a.size() == lower_b.size() &&
           std::equal(a.begin(), a.end(), lower_b.begin(), [](char x, char y) { return lower(x) == y; });
}

bool starts_with_word(std::string_view text, std::string_view lower_prefix) {
    return text.size() >= lower_prefix.size() && same_word(text.substr(0, lower_prefix.size()), lower_prefix);
}

bool has_word(std::string_view text, std::string_view lower_part) {
    for (std::size_t at = 0; at + lower_part.size() <= text.size(); ++at)
        if (starts_with_word(text.substr(at), lower_part)) return true;
    return false;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view without_end_spaces(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<int> number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text[0] == '-') return {};
    return value;
}

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view each) { return same_word(word, each); });
}

// --- Dates ---

struct Moment {
    int year = -1, month = -1, day = -1;
    int hour = -1, minute = 0, second = 0, millisecond = 0;
    int zone_minutes = 0;
    bool has_zone = false;
};

std::optional<Time> time_of(const Moment& m) {
    using namespace std::chrono;
    if (m.year < 1980 || m.year > 2100 || m.month < 1 || m.day < 1) return {};
    const year_month_day date(year(m.year), month(static_cast<unsigned>(m.month)),
                              day(static_cast<unsigned>(m.day)));
    if (!date.ok() || m.hour > 24 || m.minute > 59 || m.second > 60) return {};
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    const std::int64_t minutes = std::max(m.hour, 0) * 60 + m.minute - m.zone_minutes;
    return Time{days * day_ms + minutes * minute_ms + m.second * second_ms + m.millisecond};
}

int month_of(std::string_view word) {
    static constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                                "jul", "aug", "sep", "oct", "nov", "dec"};
    if (word.size() < 3) return -1;
    const std::string_view start = word.substr(0, 3);
    for (std::size_t i = 0; i < months.size(); ++i)
        if (same_word(start, months[i])) return static_cast<int>(i) + 1;
    if (same_word(start, "mai")) return 5;
    if (same_word(start, "okt")) return 10;
    return same_word(start, "dez") ? 12 : -1;
}

std::optional<int> named_zone(std::string_view word) {
    struct Zone {
        std::string_view name;
        int hours;
    };
    static constexpr Zone zones[] = {{"gmt", 0},  {"utc", 0},  {"ut", 0},   {"z", 0},    {"est", -5},
                                     {"edt", -4}, {"cst", -6}, {"cdt", -5}, {"mst", -7}, {"mdt", -6},
                                     {"pst", -8}, {"pdt", -7}, {"cet", 1},  {"cest", 2}, {"met", 1},
                                     {"mest", 2}, {"bst", 1},  {"eet", 2},  {"eest", 3}, {"jst", 9}};
    for (const Zone& zone : zones)
        if (same_word(word, zone.name)) return zone.hours * 60;
    return {};
}

// "+0200", "-5:30", "+02".
std::optional<int> numeric_zone(std::string_view word) {
    if (word.size() < 3 || (word[0] != '+' && word[0] != '-')) return {};
    std::string digits;
    for (const char c : word.substr(1)) {
        if (is_digit(c)) digits += c;
        else if (c != ':') return {};
    }
    if (digits.size() < 2 || digits.size() > 4) return {};
    if (digits.size() == 2) digits += "00";
    const int value = number_in(digits).value_or(0);
    const int minutes = value / 100 * 60 + value % 100;
    if (minutes > 14 * 60) return 0;
    return word[0] == '-' ? -minutes : minutes;
}

// "21:36", "21:36:33", "21:36:33.280"; false if it is not a time of day.
bool read_clock(std::string_view word, Moment& m) {
    std::array<int*, 3> fields = {&m.hour, &m.minute, &m.second};
    std::size_t at = 0;
    for (std::size_t i = 0; i < fields.size() && at < word.size(); ++i) {
        std::size_t end = at;
        while (end < word.size() && is_digit(word[end])) ++end;
        if (end == at || end - at > 2) return false;
        *fields[i] = *number_in(word.substr(at, end - at));
        at = end;
        if (at < word.size() && word[at] != (i == 2 ? '.' : ':')) return false;
        if (at < word.size()) ++at;
    }
    std::string fraction(word.substr(std::min(at, word.size())).substr(0, 3));
    fraction.resize(3, '0');
    m.millisecond = number_in(fraction).value_or(0);
    return true;
}

void read_date_number(std::string_view word, Moment& m) {
    const std::optional<int> value = number_in(word);
    if (!value) return;
    if (word.size() <= 2 && m.day < 0) {
        m.day = *value;
    } else if (m.year < 0) {
        // Two digits stand for a year of the mail age; three are a year counted from 1900.
        const bool short_year = word.size() == 2;
        m.year = short_year ? *value + (*value < 70 ? 2000 : 1900) : *value + (word.size() == 3 ? 1900 : 0);
    }
}

void read_half_of_day(std::string_view word, Moment& m) {
    if (same_word(word, "pm") && m.hour >= 0 && m.hour < 12) m.hour += 12;
    if (same_word(word, "am") && m.hour == 12) m.hour = 0;
}

void read_date_word(std::string_view word, Moment& m) {
    if (word.find(':') != std::string_view::npos && is_digit(word[0])) {
        if (m.hour < 0 && !read_clock(word, m)) m.hour = -1;
    } else if (const auto zone = numeric_zone(word); zone && m.hour >= 0) {
        m.zone_minutes = *zone;
        m.has_zone = true;
    } else if (is_digit(word[0])) {
        read_date_number(word, m);
    } else if (const int month = month_of(word); month > 0 && m.month < 0) {
        m.month = month;
    } else if (const auto named = named_zone(word); named && !m.has_zone) {
        m.zone_minutes = *named;
        m.has_zone = true;
    } else {
        read_half_of_day(word, m);
    }
}

// Words of a date: comments in parentheses left out, "12-Oct-2003" taken apart.
Strings date_words(std::string_view text) {
    Strings words;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        const bool joins = c == '-' && i > start && words.size() < 4 && is_alnum(text[i - 1]);
        if (!is_space(c) && c != ',' && c != '(' && c != ')' && !joins) continue;
        if (depth == 0 && i > start) words.push_back(text.substr(start, i - start));
        depth = std::max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
        start = i + 1;
    }
    return words;
}

// --- Character sets ---

struct FreeG {
    void operator()(void* p) const { g_free(p); }
};
using GText = std::unique_ptr<char, FreeG>;

struct Unref {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

bool is_utf8(std::string_view bytes) {
    return g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), nullptr) != 0;
}

std::string from_windows_1252(std::string_view bytes) {
    static constexpr char16_t high[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                          0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char ch : bytes) {
        const auto c = static_cast<unsigned char>(ch);
        text::append_utf8(out, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c);
    }
    return out;
}

std::optional<std::string> converted(std::string_view bytes, const std::string& charset) {
    start_gmime();
    const iconv_t conversion = g_mime_iconv_open("UTF-8", charset.c_str());
    if (conversion == reinterpret_cast<iconv_t>(-1)) return {};
    const GText text(g_mime_iconv_strndup(conversion, bytes.data(), bytes.size()));
    g_mime_iconv_close(conversion);
    if (!text) return {};
    return std::string(text.get());
}

// Latin-1 and ASCII are what mail programs declare when they do not know; such bytes are tried as
// UTF-8 first, since text in another charset is hardly ever valid UTF-8 by chance.
bool is_a_guess(std::string_view charset) {
    static constexpr std::array<std::string_view, 10> guesses = {
        "",           "utf-8",      "utf8",        "us-ascii",     "ascii",
        "iso-8859-1", "iso_8859-1", "iso-8859-15", "windows-1252", "unknown-8bit"};
    return is_one_of(charset, guesses);
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    if (!is_a_guess(charset))
        if (auto text = converted(bytes, std::string(charset))) return *std::move(text);
    return is_utf8(bytes) ? std::string(bytes) : from_windows_1252(bytes);
}

// --- Headers ---

struct Mail {
    std::string_view separator;  // the mbox line, or empty
    std::string_view whole;      // headers and body
    std::string_view body;
    std::string from, date, subject, message_id, in_reply_to, references;
    std::string content_type, encoding;
    int known_headers = 0;
};

std::string* header_slot(Mail& mail, std::string_view name) {
    struct Slot {
        std::string_view name;
        std::string Mail::* field;
    };
    static constexpr Slot slots[] = {{"from", &Mail::from},
                                     {"date", &Mail::date},
                                     {"subject", &Mail::subject},
                                     {"message-id", &Mail::message_id},
                                     {"in-reply-to", &Mail::in_reply_to},
                                     {"references", &Mail::references},
                                     {"content-type", &Mail::content_type},
                                     {"content-transfer-encoding", &Mail::encoding}};
    for (const Slot& slot : slots)
        if (same_word(name, slot.name)) return &(mail.*slot.field);
    return nullptr;
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// The name of a header line, or nothing if the line is none.
std::string_view header_name(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return {};
    const std::string_view name = without_end_spaces(line.substr(0, colon));
    const bool valid = std::all_of(name.begin(), name.end(),
                                   [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
    return valid ? name : std::string_view();
}

Mail split_mail(std::string_view raw) {
    Mail mail;
    if (raw.starts_with("From ")) mail.separator = take_line(raw);
    mail.whole = raw;
    std::string* current = nullptr;
    while (!raw.empty()) {
        const std::string_view rest = raw;
        const std::string_view line = take_line(raw);
        if (line.empty()) break;
        if (is_blank(line[0])) {
            if (current) current->append(" ").append(trimmed(line));
            continue;
        }
        const std::string_view name = header_name(line);
        if (name.empty()) {  // a body without the blank line before it
            raw = rest;
            break;
        }
        current = header_slot(mail, name);
        if (current && !current->empty()) current = nullptr;
        if (!current) continue;
        ++mail.known_headers;
        current->assign(trimmed(line.substr(line.find(':') + 1)));
    }
    mail.body = raw;
    return mail;
}

std::string decode_header(const std::string& value) {
    std::string text = value;
    if (value.find("=?") != std::string::npos) {
        start_gmime();
        const GText decoded(g_mime_utils_header_decode_text(nullptr, value.c_str()));
        if (decoded) text = decoded.get();
    }
    return text::one_line(to_utf8(text, {}));
}

// The value of a parameter such as charset, without quotes.
std::string parameter(std::string_view header, std::string_view lower_name) {
    for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at + 1)) {
        const std::string_view rest = trimmed(header.substr(at + 1));
        if (!starts_with_word(rest, lower_name)) continue;
        std::string_view value = trimmed(rest.substr(lower_name.size()));
        if (!value.starts_with('=')) continue;
        value = trimmed(value.substr(1));
        if (value.starts_with('"')) {
            value.remove_prefix(1);
            return std::string(value.substr(0, value.find('"')));
        }
        return std::string(value.substr(0, value.find_first_of("; \t")));
    }
    return {};
}

// --- Who wrote it ---

struct Author {
    std::string address;  // lower case, or empty
    std::string name;
};

// "user at host" or "user@host" as "user@host"; nothing if the text is no address.
std::string plain_address(std::string_view text) {
    text = trimmed(text);
    std::string address = lower_case(text);
    if (const std::size_t at = address.find(" at "); at != std::string::npos) address.replace(at, 4, "@");
    const std::size_t sign = address.find('@');
    const bool valid = sign != std::string::npos && sign > 0 && sign + 1 < address.size() &&
                       address.find_first_of(" \t<>()\",") == std::string::npos;
    return valid ? address : std::string();
}

std::string_view without_quotes(std::string_view name) {
    name = trimmed(name);
    while (name.size() >= 2 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front())
        name = trimmed(name.substr(1, name.size() - 2));
    return name;
}

// "Name <user@host>", "user at host (Name)", "user@host" and what is left of them.
Author read_author(std::string_view from) {
    const std::size_t open = from.rfind('<');
    if (open != std::string_view::npos) {
        const std::size_t close = from.find('>', open);
        const std::string_view inside = from.substr(open + 1, close - open - 1);
        if (std::string address = plain_address(inside); !address.empty())
            return {std::move(address), std::string(without_quotes(from.substr(0, open)))};
    }
    const std::size_t paren = from.find('(');
    if (paren == std::string_view::npos) return {plain_address(from), std::string(trimmed(from))};
    std::string_view name = trimmed(from.substr(paren + 1));
    if (name.ends_with(')')) name.remove_suffix(1);
    std::string address = plain_address(from.substr(0, paren));
    if (address.empty()) return {{}, std::string(trimmed(from.substr(0, paren)))};
    return {std::move(address), std::string(without_quotes(name))};
}

// Lists write their own address over the author's: then "[Name-of-list]" in the subject is the
// address's local part, or the name ends in "via Name-of-list".
bool is_list_address(std::string_view address, std::string_view subject) {
    const std::string tag = "[" + std::string(address.substr(0, address.find('@'))) + "]";
    return has_word(subject, tag);
}

std::string author_key(const Author& author, std::string_view subject) {
    std::string_view name = author.name;
    const std::size_t via = name.rfind(" via ");
    const bool rewritten = via != std::string_view::npos || is_list_address(author.address, subject);
    if (via != std::string_view::npos) name = name.substr(0, via);
    const bool has_name = !name.empty() && plain_address(name).empty();
    if (author.address.empty() || (rewritten && has_name)) return "name:" + text::fold(name);
    return author.address;
}

// "From carmstro at dynup.net  Mon Feb ..." as its sender.
std::string_view separator_sender(std::string_view line) {
    if (!line.starts_with("From ")) return {};
    line.remove_prefix(5);
    const std::size_t end = line.find("  ");
    if (end != std::string_view::npos && end > 0) return line.substr(0, end);
    return line.substr(0, line.find(' '));
}

Author author_of(const Mail& mail) {
    Author author = read_author(decode_header(mail.from));
    if (author.address.empty()) author.address = plain_address(separator_sender(mail.separator));
    return author;
}

// --- When, and in reply to what ---

std::string_view separator_date(std::string_view line) {
    for (const std::string_view day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}) {
        const std::size_t at = line.rfind(" " + std::string(day) + " ");
        if (at != std::string_view::npos) return line.substr(at + 1);
    }
    return {};
}

// The separator holds the time of arrival. A Date well after it comes from a clock that was wrong.
std::optional<Time> written_at(const Mail& mail) {
    const std::optional<Time> date = read_mail_date(mail.date);
    const std::optional<Time> arrival = read_mail_date(separator_date(mail.separator));
    if (!date) return arrival;
    return arrival && *date - *arrival > 2 * day_ms ? arrival : date;
}

std::string plain_id(std::string_view id) {
    std::string key(trimmed(id));
    if (const std::size_t at = key.find(" at "); at != std::string::npos) key.replace(at, 4, "@");
    return key;
}

std::string last_id(std::string_view references) {
    const std::size_t close = references.rfind('>');
    if (close == std::string_view::npos) return {};
    const std::size_t open = references.rfind('<', close);
    if (open == std::string_view::npos) return {};
    return plain_id(references.substr(open + 1, close - open - 1));
}

std::string first_id(std::string_view text) {
    const std::size_t open = text.find('<');
    if (open == std::string_view::npos) return {};
    const std::size_t close = text.find('>', open);
    return close == std::string_view::npos ? std::string()
                                           : plain_id(text.substr(open + 1, close - open - 1));
}

std::string parent_of(const Mail& mail) {
    std::string parent = last_id(mail.references);
    return parent.empty() ? first_id(mail.in_reply_to) : parent;
}

std::uint64_t fnv1a(std::uint64_t hash, std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

// The separator stays out of it: copies of one message differ there.
std::string content_key(const Mail& mail) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::string* part : {&mail.from, &mail.date, &mail.subject}) {
        hash = fnv1a(hash, *part);
        hash = fnv1a(hash, "\n");
    }
    hash = fnv1a(hash, trimmed(mail.body));
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(hash));
    return "content:" + std::string(hex.data());
}

std::string key_of(const Mail& mail) {
    std::string key = first_id(mail.message_id);
    if (key.empty()) key = plain_id(mail.message_id);
    return key.empty() ? content_key(mail) : key;
}

// --- Mail addresses in a text ---

constexpr bool is_local_part(char c) {
    return is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '=' || c == '%';
}
constexpr bool is_host(char c) { return is_alnum(c) || c == '.' || c == '-'; }

struct Range {
    std::size_t begin, end;
    bool empty() const { return begin == end; }
};

Range local_part_before(std::string_view text, std::size_t end, std::size_t least) {
    std::size_t begin = end;
    while (begin > least && is_local_part(text[begin - 1])) --begin;
    while (begin < end && text[begin] == '.') ++begin;
    return {begin, end};
}

Range host_at(std::string_view text, std::size_t begin) {
    std::size_t end = begin;
    while (end < text.size() && is_host(text[end])) ++end;
    while (end > begin && !is_alnum(text[end - 1])) --end;
    return {begin, end};
}

std::string_view last_label(std::string_view host) {
    const std::size_t dot = host.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string_view() : host.substr(dot + 1);
}

bool is_word(std::string_view label) {
    return label.size() >= 2 && std::all_of(label.begin(), label.end(), is_alpha);
}

// "look at twisted.web" and "run it at foo.py" are no addresses; "bob at example.org" is one.
bool is_public_ending(std::string_view label) {
    static constexpr std::array<std::string_view, 24> endings = {
        "com",  "org",  "net",   "edu",   "gov",    "mil",     "int",      "info",
        "biz",  "name", "mobi",  "coop",  "aero",   "museum",  "pro",      "dev",
        "tech", "xyz",  "email", "cloud", "online", "systems", "software", "jobs"};
    return (label.size() == 2 && is_word(label) && !same_word(label, "py")) || is_one_of(label, endings);
}

bool is_common_word(std::string_view word) {
    static constexpr std::array<std::string_view, 35> words = {
        "look", "looking", "looked", "available", "hosted",  "is",   "are",   "was",    "it",
        "them", "that",    "this",   "found",     "located", "here", "up",    "site",   "page",
        "web",  "live",    "lives",  "docs",      "code",    "out",  "one",   "be",     "bug",
        "bugs", "ticket",  "server", "running",   "online",  "work", "point", "pointed"};
    return is_one_of(word, words);
}

// Takes the marks around an address with it: "<a@b.org>", "mailto:a@b.org", "(a@b.org)".
Range with_marks(std::string_view text, Range range, std::size_t least) {
    const std::string_view mailto = "mailto:";
    if (range.begin >= least + mailto.size() &&
        same_word(text.substr(range.begin - mailto.size(), mailto.size()), mailto))
        range.begin -= mailto.size();
    for (const auto& [open, close] : {std::pair('<', '>'), std::pair('(', ')')}) {
        const bool wrapped = range.begin > least && text[range.begin - 1] == open &&
                             range.end < text.size() && text[range.end] == close;
        if (wrapped) range = {range.begin - 1, range.end + 1};
    }
    return range;
}

void remove_range(std::string& out, std::string_view text, std::size_t& done, Range range) {
    range = with_marks(text, range, done);
    out.append(text.substr(done, range.begin - done)).append(address_removed);
    done = range.end;
}

std::string without_at_signs(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const Range user = local_part_before(text, at, done);
        const Range host = host_at(text, at + 1);
        if (user.empty() || host.empty()) continue;
        const std::string_view ending = last_label(text.substr(host.begin, host.end - host.begin));
        if (!is_word(ending)) continue;
        remove_range(out, text, done, {user.begin, host.end});
        at = host.end - 1;
    }
    if (done == 0) return std::string(text);
    return out.append(text.substr(done));
}

// Blanks, or one line end with the quote marks behind it.
std::size_t skip_gap(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    if (at >= text.size() || text[at] != '\n') return at;
    ++at;
    while (at < text.size() && (is_blank(text[at]) || text[at] == '>')) ++at;
    return at;
}

// The address written "bob at example.org" whose " at" begins at `gap`.
Range spelled_address(std::string_view text, std::size_t gap, std::size_t least) {
    constexpr Range none{0, 0};
    const std::size_t behind = gap + 3;
    if (behind >= text.size() || !is_space(text[behind])) return none;
    const Range user = local_part_before(text, gap, least);
    const Range host = host_at(text, skip_gap(text, behind));
    if (user.empty() || host.empty()) return none;
    if (!is_public_ending(last_label(text.substr(host.begin, host.end - host.begin)))) return none;
    if (is_common_word(text.substr(user.begin, user.end - user.begin))) return none;
    return {user.begin, host.end};
}

std::string without_spelled_addresses(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(" at"); at != std::string_view::npos; at = text.find(" at", at + 1)) {
        const Range address = spelled_address(text, at, done);
        if (address.empty()) continue;
        remove_range(out, text, done, address);
        at = address.end - 1;
    }
    if (done == 0) return std::string(text);
    return out.append(text.substr(done));
}

// How far the text goes on with the same address again: "a@b.org <mailto:a@b.org>", "a@b.org
// [a@b.org]".
std::size_t repeated_mark(std::string_view text, std::size_t at) {
    std::size_t next = at;
    if (next < text.size() && text[next] == ' ') ++next;
    const bool bracket = next < text.size() && text[next] == '[';
    if (bracket) ++next;
    if (!text.substr(next).starts_with(address_removed)) return at;
    next += address_removed.size();
    if (!bracket) return next;
    return next < text.size() && text[next] == ']' ? next + 1 : at;
}

// An address and the link to it leave one mark behind, without the brackets around the two.
std::string without_repeated_marks(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(address_removed); at != std::string_view::npos;
         at = text.find(address_removed, done)) {
        std::size_t end = at + address_removed.size();
        for (std::size_t next = end; (next = repeated_mark(text, end)) != end;) end = next;
        const bool wrapped = at > done && text[at - 1] == '<' && end < text.size() && text[end] == '>';
        out.append(text.substr(done, at - done - (wrapped ? 1 : 0))).append(address_removed);
        done = end + (wrapped ? 1 : 0);
    }
    return out.append(text.substr(done));
}

std::string without_addresses(std::string_view text) {
    return without_repeated_marks(without_spelled_addresses(without_at_signs(text)));
}

// --- Lines of a plain text body ---

struct Line {
    std::string_view text;  // without quote marks and spaces at the end
    int quote = 0;          // how many quote marks stood before it
};
using Lines = std::vector<Line>;

constexpr int deepest_quote = 8;

struct Quoted {
    int depth;
    std::size_t text_at;
    bool prompt;  // ends in ">>> ", which is also how Python's interpreter asks for input
};

Quoted read_quote_marks(std::string_view line) {
    int depth = 0;
    std::size_t at = 0;
    std::size_t tight = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '>') {
            ++depth;
            ++tight;
            at = i + 1;
        } else if (line[i] == ' ' && i == at && depth > 0) {
            // A second blank belongs to the text.
            if (i + 1 >= line.size() || line[i + 1] != '>') break;
            tight = 0;
            ++at;
        } else {
            break;
        }
    }
    const bool blank_behind = depth > 0 && at < line.size() && line[at] == ' ';
    return {depth, at + (blank_behind ? 1 : 0), tight == 3 && blank_behind};
}

Strings lines_of(std::string_view text) {
    Strings lines;
    while (!text.empty()) lines.push_back(take_line(text));
    return lines;
}

Lines read_quotes(const Strings& lines) {
    std::array<bool, 64> seen{};
    std::vector<Quoted> marks;
    marks.reserve(lines.size());
    for (const std::string_view line : lines) {
        marks.push_back(read_quote_marks(line));
        seen[static_cast<std::size_t>(std::min(marks.back().depth, 63))] = true;
    }
    Lines out;
    out.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto [depth, at, prompt] = marks[i];
        // A third level without a second one is no quote.
        if (prompt && depth < 64 && !seen[static_cast<std::size_t>(depth - 1)]) {
            depth -= 3;
            at -= 4;
        }
        out.push_back({without_end_spaces(lines[i].substr(std::min(at, lines[i].size()))),
                       std::min(depth, deepest_quote)});
    }
    return out;
}

bool is_made_of(std::string_view text, char c, std::size_t at_least) {
    return text.size() >= at_least && text.find_first_not_of(c) == std::string_view::npos;
}

// --- What Mailman left of attachments ---

bool is_next_part(std::string_view line) {
    return line.starts_with("----------") && line.find(" next part ---") != std::string_view::npos;
}

bool is_scrub_notice(std::string_view line) {
    return line.ends_with("was scrubbed...") && (line.starts_with("A ") || line.starts_with("An "));
}

bool is_scrub_detail(std::string_view line) {
    for (const std::string_view name :
         {"name", "type", "size", "desc", "url", "from", "subject", "date", "to"}) {
        if (!starts_with_word(line, name)) continue;
        const std::string_view rest = trimmed(line.substr(name.size()));
        if (rest.starts_with(':')) return true;
    }
    return false;
}

// A signature and the HTML twin of a text are nothing that a reader would miss.
bool is_missed(std::string_view notice, std::string_view type) {
    return notice.find("An HTML attachment") == std::string_view::npos && !has_word(type, "signature");
}

struct Scrubbed {
    Strings lines;
    int attachments = 0;
    bool had_html = false;
};

Scrubbed without_scrub_notices(const Strings& lines) {
    Scrubbed out;
    out.lines.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!is_scrub_notice(lines[i])) {
            out.lines.push_back(lines[i]);
            continue;
        }
        const std::string_view notice = lines[i];
        std::string_view type;
        while (i + 1 < lines.size() && is_scrub_detail(lines[i + 1])) {
            ++i;
            if (starts_with_word(lines[i], "type")) type = lines[i];
        }
        if (is_missed(notice, type)) ++out.attachments;
        out.had_html |= notice.starts_with("An HTML");
    }
    return out;
}

// --- Signatures and footers ---

Strings without_pgp_armour(const Strings& lines) {
    Strings out;
    out.reserve(lines.size());
    bool in_headers = false;
    bool in_signature = false;
    bool signed_text = false;
    for (const std::string_view line : lines) {
        if (line.starts_with("-----BEGIN PGP SIGNED MESSAGE-----")) {
            in_headers = signed_text = true;
        } else if (line.starts_with("-----BEGIN PGP SIGNATURE-----")) {
            in_signature = true;
        } else if (line.starts_with("-----END PGP SIGNATURE-----")) {
            in_signature = signed_text = false;
        } else if (in_headers) {
            in_headers = !trimmed(line).empty();
        } else if (!in_signature) {
            out.push_back(signed_text && line.starts_with("- -") ? line.substr(2) : line);
        }
    }
    return out;
}

// Where a signature that begins at `at` ends, or `at` if none does. "--" without its blank is taken
// for one only if little text follows.
std::size_t end_of_signature(const Strings& lines, std::size_t at) {
    constexpr std::size_t most_lines = 10;
    const bool certain = lines[at] == "-- ";
    if (!certain && lines[at] != "--") return at;
    std::size_t end = at + 1;
    for (std::size_t written = 0; end < lines.size() && !is_next_part(lines[end]); ++end) {
        if (!trimmed(lines[end]).empty()) ++written;
        if (!certain && written > most_lines) return at;
    }
    return end;
}

Strings without_signatures(const Strings& lines) {
    Strings out;
    out.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size();) {
        const std::size_t end = end_of_signature(lines, i);
        if (end == i) {
            out.push_back(is_next_part(lines[i]) ? std::string_view() : lines[i]);
            ++i;
        } else {
            i = end;
        }
    }
    return out;
}

bool names_a_list(std::string_view line) {
    return has_word(line, "mailing list") || has_word(line, "maillist") || has_word(line, "listinfo") ||
           has_word(line, "unsubscribe") || has_word(line, "/mailman");
}

// Where a list's footer that begins at `at` ends, or `at` if none does.
std::size_t end_of_footer(const Lines& lines, std::size_t at) {
    constexpr std::size_t most_lines = 6;
    if (!is_made_of(lines[at].text, '_', 10) && !is_made_of(lines[at].text, '=', 30)) return at;
    bool named = false;
    std::size_t end = at + 1;
    while (end < lines.size() && end - at <= most_lines && lines[end].quote == lines[at].quote &&
           !lines[end].text.empty()) {
        named = named || names_a_list(lines[end].text);
        ++end;
    }
    return named ? end : at;
}

Lines without_footers(const Lines& lines) {
    Lines out;
    out.reserve(lines.size());
    for (std::size_t i = 0; i < lines.size();) {
        const std::size_t end = end_of_footer(lines, i);
        if (end == i) out.push_back(lines[i++]);
        else i = end;
    }
    return out;
}

void trim_lines(Lines& lines) {
    while (!lines.empty() && lines.back().text.empty()) lines.pop_back();
    const auto first = std::find_if(lines.begin(), lines.end(),
                                    [](const Line& line) { return !line.text.empty(); });
    lines.erase(lines.begin(), first);
}

// The lines that fit into `code_points`.
Lines first_lines(const Lines& lines, std::size_t code_points) {
    Lines out;
    for (const Line& line : lines) {
        const std::size_t size = text::length(line.text) + 1;
        if (size > code_points) {
            if (out.empty()) out.push_back({text::first(line.text, code_points), line.quote});
            break;
        }
        code_points -= size;
        out.push_back(line);
    }
    return out;
}

// --- Text that stays text ---

bool is_entity(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && (is_alnum(text[at]) || (at == 1 && text[at] == '#'))) ++at;
    return at > 1 && at < text.size() && text[at] == ';';
}

// Whether Markdown might act on the character at `at`. Where it is not certain, it might.
bool acts(std::string_view text, std::size_t at) {
    const char c = text[at];
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + 1 < text.size() ? text[at + 1] : ' ';
    switch (c) {
        case '\\':
            return is_punctuation(after) || at + 1 == text.size();
        case '`':
        case '[':
            return true;
        case '*':
        case '~':
            return !(is_space(before) && is_space(after));
        case '_':
            return !(is_alnum(before) && is_alnum(after)) && !(is_space(before) && is_space(after));
        case '<':
            return is_alpha(after) || after == '/' || after == '!' || after == '?';
        case '&':
            return is_entity(text.substr(at));
        case '|':
            return before == '|' || after == '|';
        case '@':
            return !is_alnum(before) && (is_alnum(after) || static_cast<unsigned char>(after) >= 0x80);
        default:
            return false;
    }
}

bool is_url_start(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("ftp://");
}

std::string_view url_at(std::string_view text) {
    std::string_view url = text.substr(0, text.find_first_of(" \t<>\""));
    const bool has_open = url.find('(') != std::string_view::npos;
    while (!url.empty()) {
        const char last = url.back();
        const bool trailing = std::string_view(".,;:!?'`*]|}").find(last) != std::string_view::npos;
        if (!trailing && (last != ')' || has_open)) break;
        url.remove_suffix(1);
    }
    return url;
}

void append_url(std::string& out, std::string_view url, bool in_brackets) {
    const bool plain = std::all_of(url.begin(), url.end(), [](char c) {
        return is_alnum(c) || std::string_view("/:.?=%#-").find(c) != std::string_view::npos;
    });
    if (plain && !in_brackets) {
        out += url;
    } else {
        out.append("<").append(url).append(">");
    }
}

// Mail programs write a link as its text and its address: "http://a.org <http://a.org>". How long
// the repetition at the start of `rest` is, else 0.
std::size_t repeated_url(std::string_view rest, std::string_view url) {
    const std::size_t open = rest.find_first_not_of(' ');
    if (open == std::string_view::npos || rest[open] != '<') return 0;
    std::string_view again = rest.substr(open + 1);
    if (!again.starts_with(url)) return 0;
    again.remove_prefix(url.size());
    if (again.starts_with('/')) again.remove_prefix(1);
    return again.starts_with('>') ? rest.size() - again.size() + 1 : 0;
}

// Writes the URL at the start of the text, if there is one; returns how much of the text it took.
std::size_t take_url(std::string& out, std::string_view text) {
    const bool bracket = text.starts_with('<');
    const std::size_t begin = bracket ? 1 : 0;
    if (!is_url_start(text.substr(begin))) return 0;
    const std::string_view url = url_at(text.substr(begin));
    if (url.size() <= 8) {  // "http://<host>/": the parser would take the mark of an escape into a link
        const std::size_t colon = text.find(':');
        out.append(bracket ? "\\" : "").append(text.substr(0, colon)).append("\\:");
        return colon + 1;
    }
    const std::size_t end = begin + url.size();
    const bool closed = bracket && end < text.size() && text[end] == '>';
    if (bracket && !closed) out += "\\<";
    append_url(out, url, bracket);
    const std::size_t taken = end + (closed ? 1 : 0);
    return taken + repeated_url(text.substr(taken), url);
}

void append_text(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const bool may_start = at == 0 || !is_alnum(text[at - 1]);
        if (may_start && (text[at] == '<' || text[at] == 'h' || text[at] == 'f')) {
            const std::size_t taken = take_url(out, text.substr(at));
            at += taken;
            if (taken > 0) continue;
        }
        if (acts(text, at)) out += '\\';
        out += text[at] == '\t' ? ' ' : text[at];
        ++at;
    }
}

// "12. " or "3) ": how long it is, else 0.
std::size_t number_mark(std::string_view text, std::size_t most_digits) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 0 || digits > most_digits || digits == text.size()) return 0;
    if (text[digits] != '.' && text[digits] != ')') return 0;
    const bool ends = digits + 1 == text.size() || is_blank(text[digits + 1]);
    return ends ? digits + 2 : 0;
}

// The line's first character if Markdown takes it for a heading, a list, a rule, a table or a
// hidden line.
bool begins_a_block(std::string_view text) {
    const char c = text[0];
    const bool alone = text.size() == 1 || is_blank(text[1]);
    switch (c) {
        case '#': {
            const std::size_t end = text.find_first_not_of('#');
            return end == std::string_view::npos || is_blank(text[end]);
        }
        case '>':
        case '|':
        case ':':
        case '=':
            return true;
        case '!':
            return alone;
        case '+':
        case '-':
            return alone || text.find_first_not_of("-+=|: \t") == std::string_view::npos;
        case '*':
        case '_':
            return alone;
        default:
            return false;
    }
}

// A piece of text at the start of a line.
void append_line_text(std::string& out, std::string_view text) {
    if (text.empty()) return;
    if (is_made_of(text, text[0], 3) && std::string_view("_*~-=").find(text[0]) != std::string_view::npos) {
        out.append("\\").append(text);  // a line drawn across; its one escape makes it text
    } else if (begins_a_block(text)) {
        out.append("\\") += text[0];
        append_text(out, text.substr(1));
    } else if (const std::size_t mark = number_mark(text, 9); mark > 0) {
        out.append(text.substr(0, mark - 2)).append("\\") += text[mark - 2];
        append_text(out, text.substr(mark - 1));
    } else {
        append_text(out, text);
    }
}

// --- Paragraphs ---

std::size_t indent_of(std::string_view line) {
    std::size_t columns = 0;
    for (const char c : line) {
        if (c == '\t') columns = columns / 8 * 8 + 8;
        else if (c == ' ') ++columns;
        else break;
    }
    return columns;
}

// "- ", "* ", "+ ", "o ", "1. ": how long the mark is, else 0.
std::size_t list_mark(std::string_view text) {
    const bool bullet = text.size() > 2 && is_blank(text[1]) && text[2] != text[0] &&
                        std::string_view("-*+o").find(text[0]) != std::string_view::npos;
    if (bullet) return 2;
    const std::size_t mark = number_mark(text, 2);
    return mark < text.size() ? mark : 0;
}

// "- Justin" at the end of a mail is no list.
bool is_sign_off(const Strings& lines) {
    return lines.size() == 1 && std::count(lines[0].begin(), lines[0].end(), ' ') <= 2;
}

bool has_inner_gap(std::string_view line) {
    const std::string_view text = trimmed(line);
    const std::size_t gap = text.find("   ");
    return gap != std::string_view::npos && gap > 0 && text[gap - 1] != '.';
}

// How many of the words are plain ones, up to five: a sentence, whatever else stands in it.
bool is_wordy(std::string_view text) {
    int words = 0;
    for (std::size_t at = 0; at < text.size() && words < 5;) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::string_view word = text.substr(at, end - at);
        while (!word.empty() && std::string_view(",.'?!").find(word.back()) != std::string_view::npos)
            word.remove_suffix(1);
        if (!word.empty() && std::all_of(word.begin(), word.end(), is_alpha)) ++words;
        at = end + 1;
    }
    return words == 5;
}

bool starts_like_code(std::string_view text) {
    static constexpr std::string_view certain[] = {"$ ",    ">>> ", "... ", "#!",        "# ",
                                                   "diff ", "+++ ", "--- ", "@@ ",       "File \"",
                                                   "self.", "</",   "<?",   "Traceback", "import "};
    static constexpr std::string_view likely[] = {"def ", "class ", "from ", "return", "print",  "for ",
                                                  "if ",  "else:",  "try:",  "except", "raise ", "while "};
    const auto starts = [&](std::string_view start) { return text.starts_with(start); };
    if (std::any_of(std::begin(certain), std::end(certain), starts)) return true;
    return std::any_of(std::begin(likely), std::end(likely), starts) &&
           (text.ends_with(':') || text.find_first_of("=()[]") != std::string_view::npos ||
            text.find(' ') == std::string_view::npos);
}

bool reads_like_code(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return false;
    if (starts_like_code(text)) return true;
    if (is_wordy(text)) return false;
    if (std::string_view("{};\\").find(text.back()) != std::string_view::npos) return true;
    for (const std::string_view part : {" = ", "()", "self.", " == "})
        if (text.find(part) != std::string_view::npos) return true;
    return text.ends_with("):");
}

bool is_drawn(std::string_view line) {
    const std::string_view text = trimmed(line);
    return has_inner_gap(line) || text.starts_with('|') || text.starts_with("+-");
}

std::size_t least_indent(const Strings& lines) {
    std::size_t least = 1000;
    for (const std::string_view line : lines)
        if (!line.empty()) least = std::min(least, indent_of(line));
    return least;
}

// Text whose look is part of what it says: code, tables, drawings.
bool is_preformatted(const Strings& lines) {
    if (lines[0].starts_with(">>> ")) return true;
    const std::size_t least = least_indent(lines);
    const bool is_list = list_mark(trimmed(lines[0])) > 0;
    std::size_t code = 0;
    std::size_t wordy = 0;
    for (const std::string_view line : lines) {
        if (trimmed(line).starts_with("Traceback (most recent")) return true;
        const bool sentence = is_wordy(trimmed(line));
        const bool stepped = indent_of(line) >= least + 2 && !is_list && !sentence;
        if (stepped || reads_like_code(line) || is_drawn(line)) ++code;
        if (sentence) ++wordy;
    }
    // An indented name or address under a mail is no code.
    if (least >= 4) return code > 0 || (!is_list && lines.size() > 2 && wordy * 2 < lines.size());
    if (lines.size() == 1) return false;
    return code * 10 >= lines.size() * 6 || (lines.size() == 2 && code == 1 && least >= 2);
}

void append_marks(std::string& out, int quote, bool blank_behind) {
    for (int i = 0; i < quote; ++i) out += i + 1 < quote || blank_behind ? "> " : ">";
}

void append_blank(std::string& out, int quote) {
    append_marks(out, quote, false);
    out += '\n';
}

std::string fence_for(const Strings& lines) {
    std::size_t longest = 2;
    for (const std::string_view line : lines)
        for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
            const std::size_t end = std::min(line.find_first_not_of('`', at), line.size());
            longest = std::max(longest, end - at);
            at = line.find('`', end);
        }
    return std::string(longest + 1, '`');
}

// The line without `columns` of its indent.
std::string dedented(std::string_view line, std::size_t columns) {
    const std::size_t indent = indent_of(line);
    const std::string_view text = trimmed(line);
    return text.empty() ? std::string() : std::string(indent - std::min(indent, columns), ' ').append(text);
}

void append_code(std::string& out, const Strings& lines, int quote) {
    const std::size_t least = least_indent(lines);
    const std::string fence = fence_for(lines);
    append_marks(out, quote, true);
    out.append(fence) += '\n';
    for (const std::string_view line : lines) {
        append_marks(out, quote, true);
        out.append(dedented(line, least)) += '\n';
    }
    append_marks(out, quote, true);
    out.append(fence) += '\n';
}

bool ends_a_sentence(std::string_view line) {
    return std::string_view(".!?:;").find(line.back()) != std::string_view::npos;
}

// A line end in a mail is a line end here only if the next word had fitted before it. Not everybody
// wraps at the same width, so a line that is nearly full or goes on in lower case counts as well.
bool was_wrapped(std::string_view line, std::string_view next, std::size_t width) {
    constexpr std::size_t longest_wrapped = 90;
    const bool is_reference = next.size() > 1 && next[0] == '[' && is_digit(next[1]);
    if (line.size() > longest_wrapped || is_reference) return false;
    const std::string_view word = next.substr(0, next.find(' '));
    if (line.size() + 1 + word.size() > width) return true;
    if (ends_a_sentence(line)) return false;
    const bool goes_on = next[0] >= 'a' && next[0] <= 'z';
    return line.size() * 10 >= width * (goes_on ? 6 : 8);
}

// The width at which the text of these lines was wrapped.
std::size_t wrap_width(const Strings& lines) {
    std::size_t longest = 0;
    for (const std::string_view line : lines) longest = std::max(longest, line.size());
    return std::clamp<std::size_t>(longest, 58, 80);
}

struct Prose {
    std::string& out;
    int quote;
    bool in_list = false;
    bool started = false;

    void begin_line() { append_marks(out, quote, true); }
    void add(std::string_view text, bool joins);
    void add_item(std::string_view text, std::size_t mark);
};

void Prose::add_item(std::string_view text, std::size_t mark) {
    if (started) out += '\n';
    if (started && !in_list) append_blank(out, quote);
    begin_line();
    if (is_digit(text[0])) out.append(text.substr(0, mark));
    else out += "- ";
    append_line_text(out, trimmed(text.substr(mark)));
    in_list = started = true;
}

void Prose::add(std::string_view text, bool joins) {
    if (started && joins) {
        out += ' ';
        append_text(out, text);
        return;
    }
    if (started) out += '\n';
    begin_line();
    if (in_list) out += "  ";
    append_line_text(out, text);
    started = true;
}

void append_prose(std::string& out, const Strings& lines, int quote) {
    Prose prose{out, quote};
    const std::size_t width = wrap_width(lines);
    const bool may_be_list = !is_sign_off(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view text = trimmed(lines[i]);
        const std::size_t mark = may_be_list ? list_mark(text) : 0;
        if (mark > 0) prose.add_item(text, mark);
        else prose.add(text, i > 0 && was_wrapped(lines[i - 1], text, width));
    }
    out += '\n';
}

// --- A whole body ---

struct Paragraph {
    Strings lines;
    int quote = 0;
    bool code = false;
};

// "Like this:" and the code under it without a blank line between are two paragraphs, and so are
// indented code and the text that goes on right under it.
bool parts_here(const Paragraph& paragraph, const Line& line) {
    if (paragraph.quote != line.quote) return true;
    const std::string_view last = paragraph.lines.back();
    const std::size_t indent = indent_of(line.text);
    if (indent == 0) return indent_of(last) >= 4 && least_indent(paragraph.lines) >= 4;
    const bool announced = last.ends_with(':') && !reads_like_code(last);
    const bool is_list = list_mark(trimmed(line.text)) > 0 || list_mark(trimmed(last)) > 0;
    return announced && !is_list && indent >= indent_of(last) + 2;
}

// Code that a blank line divides is one block again.
void join_code(std::vector<Paragraph>& paragraphs, Paragraph next, bool blank_between) {
    if (!paragraphs.empty() && next.code && paragraphs.back().code && blank_between &&
        paragraphs.back().quote == next.quote) {
        Strings& lines = paragraphs.back().lines;
        lines.push_back({});
        lines.insert(lines.end(), next.lines.begin(), next.lines.end());
        return;
    }
    paragraphs.push_back(std::move(next));
}

std::vector<Paragraph> paragraphs_of(const Lines& lines) {
    std::vector<Paragraph> out;
    Paragraph current;
    bool blank_before = false;
    const auto finish = [&] {
        if (current.lines.empty()) return;
        current.code = is_preformatted(current.lines);
        join_code(out, std::exchange(current, {}), blank_before);
        blank_before = false;
    };
    for (const Line& line : lines) {
        if (line.text.empty()) {
            finish();
            blank_before = true;
            continue;
        }
        if (!current.lines.empty() && parts_here(current, line)) finish();
        current.quote = line.quote;
        current.lines.push_back(line.text);
    }
    finish();
    return out;
}

std::string render(const Lines& lines) {
    std::string out;
    int quote = 0;
    for (const Paragraph& paragraph : paragraphs_of(lines)) {
        if (!out.empty()) append_blank(out, std::min(quote, paragraph.quote));
        if (paragraph.code) append_code(out, paragraph.lines, paragraph.quote);
        else append_prose(out, paragraph.lines, paragraph.quote);
        quote = paragraph.quote;
    }
    while (!out.empty() && is_space(out.back())) out.pop_back();
    return out;
}

// Marks and fences add to the length, so a text may have to be cut again.
std::string render_within_limit(const Lines& lines) {
    const Lines whole = first_lines(lines, max_body_code_points);
    std::string markdown = render(whole);
    if (whole.size() == lines.size() && text::length(markdown) <= max_body_code_points) return markdown;
    std::size_t budget = max_body_code_points - cut_note.size() - 2;
    do {
        markdown = render(first_lines(lines, budget));
        budget = budget * 9 / 10;
    } while (text::length(markdown) + cut_note.size() + 2 > max_body_code_points);
    return markdown.append("\n\n").append(cut_note);
}

struct Body {
    std::string markdown;
    int attachments = 0;
};

bool is_web_page(std::string_view text) {
    const std::string_view start = trimmed(text.substr(0, 400));
    return starts_with_word(start, "<!doctype html") || starts_with_word(start, "<html");
}

// "mailto:" links go before the conversion, so that no half of a link is left behind.
std::string without_mailto(std::string_view html) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = html.find("mailto:"); at != std::string_view::npos;
         at = html.find("mailto:", done)) {
        out.append(html.substr(done, at - done));
        done = std::min(html.find_first_of("\"'> ", at), html.size());
    }
    return out.append(html.substr(done));
}

Body read_web(std::string_view utf8) { return {web_to_markdown(without_addresses(without_mailto(utf8))), 0}; }

// An archive that dropped the headers of a body may have kept it in base64.
std::size_t base64_size(std::string_view text) {
    constexpr std::size_t full_line = 60;
    std::size_t size = 0;
    std::size_t lines = 0;
    for (std::string_view rest = text; !rest.empty(); ++lines) {
        const std::string_view line = take_line(rest);
        const bool coded = std::all_of(
            line.begin(), line.end(), [](char c) { return is_alnum(c) || c == '+' || c == '/' || c == '='; });
        if (line.empty() || is_next_part(line)) break;
        if (!coded || (lines == 0 && line.size() < full_line)) return 0;
        size = text.size() - rest.size();
    }
    return lines >= 2 ? size : 0;
}

std::string without_base64(std::string_view body) {
    while (!body.empty() && (body.front() == '\n' || body.front() == '\r')) body.remove_prefix(1);
    const std::size_t size = base64_size(body);
    if (size == 0) return std::string(body);
    gsize decoded_size = 0;
    const std::unique_ptr<guchar, FreeG> decoded(
        g_base64_decode(std::string(body.substr(0, size)).c_str(), &decoded_size));
    const std::string_view bytes(reinterpret_cast<const char*>(decoded.get()), decoded_size);
    if (!is_utf8(bytes)) return std::string(body);
    return std::string(bytes).append("\n").append(body.substr(size));
}

// U+00A0, which web mail puts where an indent was.
void replace_hard_spaces(std::string& text) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool hard = text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0';
        text[kept++] = hard ? ' ' : text[at];
        if (hard) ++at;
    }
    text.resize(kept);
}

Body read_plain(std::string_view source) {
    const std::string utf8 = without_base64(source);
    if (is_web_page(utf8)) return read_web(utf8);
    std::string cleaned = without_addresses(text::clean(utf8));
    replace_hard_spaces(cleaned);
    const Scrubbed scrubbed = without_scrub_notices(without_pgp_armour(lines_of(cleaned)));
    Lines lines = without_footers(read_quotes(without_signatures(scrubbed.lines)));
    trim_lines(lines);
    Body body{render_within_limit(lines), scrubbed.attachments};
    // Nothing but HTML: then the reader does miss it.
    if (body.markdown.empty() && body.attachments == 0 && scrubbed.had_html) body.attachments = 1;
    return body;
}

// --- MIME ---

struct Parts {
    std::string plain, html;
    int attachments = 0;
};

std::string content_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (!content) return {};
    const std::unique_ptr<GMimeStream, Unref> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    const std::string_view data(reinterpret_cast<const char*>(bytes->data), bytes->len);
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const char* charset = g_mime_content_type_get_parameter(type, "charset");
    return to_utf8(data, charset ? charset : "");
}

bool is_signature_type(GMimeContentType* type) {
    const char* subtype = g_mime_content_type_get_media_subtype(type);
    return subtype && has_word(subtype, "signature");
}

void take_part(Parts& parts, GMimePart* part) {
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const bool is_file = g_mime_part_get_filename(part) != nullptr || g_mime_part_is_attachment(part);
    if (!is_file && g_mime_content_type_is_type(type, "text", "html")) {
        if (parts.html.empty()) parts.html = content_of(part);
    } else if (!is_file && g_mime_content_type_is_type(type, "text", "*")) {
        // Lists add their footer as a part of its own.
        parts.plain += (parts.plain.empty() ? "" : "\n") + content_of(part);
    } else if (!is_signature_type(type)) {
        ++parts.attachments;
    }
}

void take_object(Parts& parts, GMimeObject* object, int depth) {
    constexpr int deepest = 16;
    if (depth > deepest || !object) return;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart* multipart = GMIME_MULTIPART(object);
        const int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count; ++i)
            take_object(parts, g_mime_multipart_get_part(multipart, i), depth + 1);
    } else if (GMIME_IS_PART(object)) {
        take_part(parts, GMIME_PART(object));
    } else {
        ++parts.attachments;
    }
}

Parts parse_mime(std::string_view whole) {
    start_gmime();
    Parts parts;
    const std::unique_ptr<GMimeStream, Unref> stream(
        g_mime_stream_mem_new_with_buffer(whole.data(), whole.size()));
    const std::unique_ptr<GMimeParser, Unref> parser(g_mime_parser_new_with_stream(stream.get()));
    const std::unique_ptr<GMimeMessage, Unref> message(
        g_mime_parser_construct_message(parser.get(), nullptr));
    if (message) take_object(parts, g_mime_message_get_mime_part(message.get()), 0);
    return parts;
}

bool is_readable_as_it_is(const Mail& mail) {
    const std::string_view encoding = mail.encoding;
    const bool identity = encoding.empty() || same_word(encoding, "7bit") || same_word(encoding, "8bit") ||
                          same_word(encoding, "binary");
    const std::string_view type = mail.content_type;
    return identity && (type.empty() || starts_with_word(type, "text"));
}

Body read_body(const Mail& mail) {
    if (is_readable_as_it_is(mail)) {
        const std::string text = to_utf8(mail.body, parameter(mail.content_type, "charset"));
        if (starts_with_word(mail.content_type, "text/html")) return read_web(text);
        return read_plain(text);
    }
    const Parts parts = parse_mime(mail.whole);
    const bool use_html = trimmed(parts.plain).empty() && !parts.html.empty();
    Body body = use_html ? read_web(parts.html) : read_plain(parts.plain);
    body.attachments += parts.attachments;
    return body;
}

std::string attachment_note(int count) {
    return count == 1 ? "(1 attachment was not brought over)"
                      : "(" + std::to_string(count) + " attachments were not brought over)";
}

void add_attachment_note(Body& body) {
    if (body.attachments == 0) return;
    if (!body.markdown.empty()) body.markdown += "\n\n";
    body.markdown += attachment_note(body.attachments);
}

std::string cut_markdown(std::string markdown) {
    if (text::length(markdown) <= max_body_code_points) return markdown;
    constexpr std::size_t room = 10;  // for closing a fence
    std::string_view kept = text::first(markdown, max_body_code_points - cut_note.size() - room);
    const std::size_t end = kept.rfind("\n\n");
    if (end != std::string_view::npos && end > kept.size() / 2) kept = kept.substr(0, end);
    std::string out(kept);
    std::size_t fences = 0;
    for (std::size_t at = out.find("```"); at != std::string::npos; at = out.find("```", at + 3)) ++fences;
    if (fences % 2 == 1) out += "\n```";
    return out.append("\n\n").append(cut_note);
}

}  // namespace

std::optional<Time> read_iso_date(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return {};
    Moment m;
    m.year = number_in(text.substr(0, 4)).value_or(-1);
    m.month = number_in(text.substr(5, 2)).value_or(-1);
    m.day = number_in(text.substr(8, 2)).value_or(-1);
    const std::string_view rest = text.size() > 11 ? trimmed(text.substr(11)) : std::string_view();
    const std::size_t zone_at = std::min(rest.find_first_not_of("0123456789:."), rest.size());
    if (zone_at > 0 && !read_clock(rest.substr(0, zone_at), m)) return {};
    const std::string_view zone = trimmed(rest.substr(zone_at));
    if (const auto minutes = numeric_zone(zone)) m.zone_minutes = *minutes;
    else if (const auto named = named_zone(zone)) m.zone_minutes = *named;
    return time_of(m);
}

std::optional<Time> read_mail_date(std::string_view text) {
    if (const auto iso = read_iso_date(text)) return iso;
    Moment m;
    for (const std::string_view word : date_words(text)) read_date_word(word, m);
    return time_of(m);
}

std::string plain_to_markdown(std::string_view text) { return read_plain(text).markdown; }

std::string web_to_markdown(std::string_view html) { return cut_markdown(text::html_to_markdown(html)); }

std::optional<Message> read_message(std::string_view raw, std::string& why_not) {
    const Mail mail = split_mail(raw);
    const auto refuse = [&](std::string_view reason) {
        why_not = reason;
        return std::nullopt;
    };
    if (mail.known_headers == 0) return refuse("not a message");
    const Author author = author_of(mail);
    if (author.address.empty() && author.name.empty()) return refuse("no author");
    const std::optional<Time> time = written_at(mail);
    if (!time) return refuse("no date");
    Body body = read_body(mail);
    if (body.markdown.empty() && body.attachments == 0) return refuse("empty");
    add_attachment_note(body);
    Message message;
    message.key = key_of(mail);
    message.subject = decode_header(mail.subject);
    message.author_key = author_key(author, message.subject);
    message.subject = text::first(without_addresses(message.subject), max_subject_code_points);
    message.author_hint = author.name;
    message.written_at = *time;
    message.markdown = std::move(body.markdown);
    message.parent_key = parent_of(mail);
    message.attachments = body.attachments;
    return message;
}

}  // namespace kith::transfer

#include "transfer/mail/dates.hpp"

#include <chrono>
#include <vector>
#include "platform/text/ascii.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

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
std::vector<std::string_view> date_words(std::string_view text) {
    std::vector<std::string_view> words;
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

}  // namespace kith::transfer

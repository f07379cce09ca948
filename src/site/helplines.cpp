#include "site/helplines.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "platform/text/unicode.hpp"
#include "site/site.hpp"

namespace kith::site {
namespace {

constexpr std::size_t most_helplines = 20;
constexpr std::string_view field_name = "helplines";

std::string_view take_until(std::string_view& rest, char end) {
    const std::size_t at = rest.find(end);
    const std::string_view piece = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    return piece;
}

// ---- contacts -----------------------------------------------------------------------------------------

bool is_web(std::string_view typed) {
    const bool begins = typed.starts_with("https://") || typed.starts_with("http://");
    return begins && typed.find(' ') == std::string_view::npos;
}

bool is_mail(std::string_view typed) {
    return typed.find('@') != std::string_view::npos && typed.find(' ') == std::string_view::npos;
}

// "+1 (800) 555-0100" at the beginning of a text, or all of it; empty unless it has two digits.
std::string_view number_in(std::string_view text) {
    const std::string_view number = text.substr(0, text.find_first_not_of("+0123456789 -()"));
    const auto digits = std::ranges::count_if(number, [](char c) { return c >= '0' && c <= '9'; });
    return digits < 2 ? std::string_view() : number;
}

char in_lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// What follows one of these words; nothing if it begins with none of them.
std::optional<std::string> after(std::string_view typed, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words)
        if (std::ranges::equal(typed.substr(0, word.size()), word, {}, in_lower_case))
            return text::trim(typed.substr(word.size()));
    return std::nullopt;
}

std::optional<Contact> text_message(const std::string& typed) {
    const auto rest = after(typed, {"sms:", "text:", "sms ", "text "});
    const std::string_view number = rest ? number_in(*rest) : std::string_view();
    if (number.empty()) return std::nullopt;
    return Contact{Contact::Kind::text, typed, text::trim(number), text::trim(rest->substr(number.size()))};
}

std::optional<Contact> call(const std::string& typed) {
    const std::string number = after(typed, {"tel:"}).value_or(typed);
    if (number_in(number).size() != number.size() || number.empty()) return std::nullopt;
    return Contact{Contact::Kind::call, typed, number};
}

Contact contact_of(const std::string& typed) {
    if (is_web(typed)) return {Contact::Kind::web, typed, typed};
    if (typed.starts_with("www.") && typed.find(' ') == std::string::npos)
        return {Contact::Kind::web, typed, "https://" + typed};
    if (const auto text = text_message(typed)) return *text;
    if (const auto number = call(typed)) return *number;
    if (is_mail(typed)) return {Contact::Kind::mail, typed, after(typed, {"mailto:"}).value_or(typed)};
    return {Contact::Kind::words, typed, typed};
}

// A comma ends a contact; within a web address only where a space follows.
std::size_t end_of_contact(std::string_view rest) {
    return is_web(text::trim(rest.substr(0, rest.find(',')))) ? rest.find(", ") : rest.find(',');
}

std::vector<Contact> contacts_in(std::string_view rest) {
    std::vector<Contact> out;
    while (!rest.empty()) {
        const std::size_t end = end_of_contact(rest);
        const std::string typed = text::one_line(rest.substr(0, end));
        if (!typed.empty()) out.push_back(contact_of(typed));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return out;
}

// ---- lines --------------------------------------------------------------------------------------------

// A line as it stands: `odd` is what stood in the place of a country and is none, `more` what came after it.
struct Line {
    Helpline helpline;
    std::string odd;
    std::string more;
};

// Who left the hours out may have written the country in their place.
Line read_line(std::string_view typed) {
    Line line;
    Helpline& out = line.helpline;
    out.name = text::one_line(take_until(typed, '|'));
    out.contacts = contacts_in(take_until(typed, '|'));
    out.hours = text::one_line(take_until(typed, '|'));
    line.odd = text::one_line(take_until(typed, '|'));
    line.more = text::one_line(typed);
    out.country = find_country(line.odd);
    if (out.country) line.odd.clear();
    if (line.odd.empty() && !out.country && (out.country = find_country(out.hours))) out.hours.clear();
    return line;
}

tl::unexpected<Error> wrong_line(std::size_t number, std::string_view message) {
    auto wrong = invalid(message, field_name);
    wrong.value().detail = std::to_string(number);
    return wrong;
}

Result<Helpline> parse_line(std::string_view typed, std::size_t number) {
    Line line = read_line(typed);
    if (line.helpline.name.empty() || line.helpline.contacts.empty() || !line.more.empty())
        return wrong_line(number, t_later("Line %1: please write it as name | numbers or web addresses | "
                                          "hours | country."));
    if (!line.odd.empty())
        return wrong_line(number, t_later("Line %1: we do not know this country. Please write two letters, "
                                          "such as IE, or leave it out."));
    return std::move(line.helpline);
}

bool is_blank(std::string_view line) { return text::one_line(line).empty(); }

std::string line_of(const Helpline& helpline) {
    std::string out = helpline.name + " | ";
    for (const Contact& contact : helpline.contacts) {
        if (&contact != helpline.contacts.data()) out += ", ";
        out += contact.typed;
    }
    if (!helpline.hours.empty()) out += " | " + helpline.hours;
    if (helpline.country) out.append(" | ").append(helpline.country->code);
    return out + "\n";
}

}  // namespace

Result<std::vector<Helpline>> parse_helplines(std::string_view text) {
    std::vector<Helpline> out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = take_until(text, '\n');
        if (!is_blank(line)) out.push_back(TRY(parse_line(line, number)));
    }
    if (out.empty())
        return invalid("Please give at least one number that people in danger can call.", field_name);
    if (out.size() > most_helplines)
        return invalid("Please keep to 20 helplines, so that people find theirs quickly.", field_name);
    return out;
}

// The hours of an older version could hold anything.
std::vector<Helpline> read_helplines(std::string_view kept) {
    std::vector<Helpline> out;
    while (!kept.empty()) {
        Line line = read_line(take_until(kept, '\n'));
        for (const std::string& words : {line.odd, line.more})
            if (!words.empty()) line.helpline.hours += " | " + words;
        if (!line.helpline.name.empty()) out.push_back(std::move(line.helpline));
    }
    return out;
}

std::string as_lines(const std::vector<Helpline>& helplines) {
    std::string out;
    for (const Helpline& helpline : helplines) out += line_of(helpline);
    return out;
}

}  // namespace kith::site

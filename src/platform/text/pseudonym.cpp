#include "platform/text/pseudonym.hpp"
#include "platform/words/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

constexpr std::size_t name_least = 2;
constexpr std::size_t name_most = 30;

constexpr std::string_view real_name_warning = t_later(
    "This looks like a real name. A made-up name keeps you safer.");
constexpr std::string_view contact_warning = t_later(
    "This looks like contact details. A name without them keeps you safer.");

constexpr auto reserved_words = std::to_array<std::string_view>(
    {"admin",      "admins",  "administrator", "administrators", "host",      "hosts",       "moderator",
     "moderators", "mod",     "mods",          "system",         "kith",      "facilitator", "facilitators",
     "staff",      "support", "deleted",       "former member",  "anonymous", "anonimo",     "anonima"});

constexpr auto adjectives = std::to_array<std::string_view>(
    {"Amber",  "Bright", "Calm",  "Clear",  "Cosy",   "Curious", "Dewy",   "Early",  "Easy",   "Fair",
     "Gentle", "Golden", "Green", "Hazel",  "Hidden", "Humble",  "Indigo", "Kind",   "Late",   "Light",
     "Little", "Mellow", "Mild",  "Misty",  "Mossy",  "Patient", "Quiet",  "Rustic", "Silver", "Slow",
     "Small",  "Snowy",  "Soft",  "Starry", "Steady", "Still",   "Sunny",  "Tender", "Violet", "Warm"});

constexpr auto nouns = std::to_array<std::string_view>(
    {"Acorn",  "Badger",   "Beech",  "Birch",   "Bramble", "Brook",   "Cedar",   "Cloud",
     "Clover", "Cove",     "Dune",   "Fern",    "Finch",   "Garden",  "Harbour", "Hedgehog",
     "Heron",  "Hillside", "Island", "Juniper", "Lagoon",  "Lantern", "Lichen",  "Maple",
     "Meadow", "Orchard",  "Otter",  "Pebble",  "Pine",    "Plover",  "Pond",    "Rain",
     "Reed",   "River",    "Shore",  "Sparrow", "Stone",   "Thicket", "Valley",  "Willow"});

// Folded. Names that are words of nature as well (Rose, Lily, Robin) are left out.
constexpr auto first_names = std::to_array<std::string_view>(
    {"adam",     "ahmed",   "alejandro", "alexander", "alice",     "alicia",    "amanda",   "amelia",
     "ana",      "andrea",  "andreas",   "andrew",    "angela",    "anna",      "anne",     "anthony",
     "antonio",  "barbara", "beatriz",   "ben",       "brian",     "carla",     "carlos",   "carmen",
     "caroline", "charles", "charlotte", "chris",     "christian", "christine", "claire",   "claudia",
     "cristina", "daniel",  "david",     "diana",     "diego",     "edward",    "elena",    "elizabeth",
     "emily",    "emma",    "eric",      "eva",       "fatima",    "felix",     "fernando", "francisco",
     "frank",    "gabriel", "george",    "hannah",    "hans",      "helen",     "henry",    "ibrahim",
     "isabel",   "jack",    "jacob",     "james",     "jan",       "javier",    "jennifer", "jessica",
     "joan",     "johanna", "john",      "jorge",     "jose",      "joseph",    "juan",     "julia",
     "karen",    "kate",    "katharina", "kevin",     "laura",     "lea",       "leon",     "lisa",
     "louise",   "lucas",   "lucia",     "luis",      "manuel",    "marco",     "maria",    "marie",
     "mark",     "marta",   "martin",    "mary",      "matthew",   "max",       "megan",    "michael",
     "miguel",   "mohamed", "monica",    "muhammad",  "natalie",   "nicole",    "nina",     "oliver",
     "olivia",   "oscar",   "pablo",     "patricia",  "paul",      "pedro",     "peter",    "rachel",
     "raquel",   "rebecca", "richard",   "robert",    "samuel",    "sandra",    "sarah",    "simon",
     "sofia",    "sophie",  "stefan",    "stephen",   "susan",     "teresa",    "thomas",   "tim",
     "victor",   "william"});

constexpr auto top_domains = std::to_array<std::string_view>(
    {"com", "org", "net", "info", "de", "es", "fr", "it", "nl", "uk", "eu", "io", "me", "app", "gg"});

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

bool is_allowed(char32_t c) {
    return is_letter(c) || is_digit(c) || c == ' ' || c == '-' || c == '_' || c == '\'' || c == '.';
}

bool all_allowed(std::string_view name) {
    for (std::size_t at = 0; at < name.size();)
        if (!is_allowed(next_code_point(name, at))) return false;
    return true;
}

bool begins_well(std::string_view name) {
    std::size_t at = 0;
    const char32_t c = next_code_point(name, at);
    return is_digit(c) || (is_letter(c) && !is_mark(c));
}

// Runs of letters, and runs of digits if `digits`.
std::vector<std::string_view> words_in(std::string_view name, bool (*belongs)(char32_t)) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t start = at;
        if (belongs(next_code_point(name, at))) continue;
        if (start > begin) words.push_back(name.substr(begin, start - begin));
        begin = at;
    }
    if (begin < name.size()) words.push_back(name.substr(begin));
    return words;
}

bool is_letter_or_digit(char32_t c) { return is_letter(c) || is_digit(c); }

// "Admin 2" is as much the admin as "Admin".
bool sounds_reserved(std::string_view text) {
    while (!text.empty() && (is_ascii_digit(text.back()) || text.back() == ' ')) text.remove_suffix(1);
    const std::string key = skeleton(text);
    return std::any_of(reserved_words.begin(), reserved_words.end(),
                       [&](std::string_view word) { return skeleton(word) == key; });
}

bool is_reserved(std::string_view name) {
    const auto words = words_in(name, is_letter_or_digit);
    return sounds_reserved(name) || std::any_of(words.begin(), words.end(), sounds_reserved);
}

// Six digits in a row, be they grouped like a telephone number.
bool has_long_number(std::string_view name) {
    int digits = 0;
    for (const char c : name) {
        if (is_ascii_digit(c)) {
            if (++digits == 6) return true;
        } else if (c != ' ' && c != '-' && c != '.') {
            digits = 0;
        }
    }
    return false;
}

bool has_web_address(std::string_view folded) {
    if (folded.find("www.") != std::string_view::npos || folded.find("://") != std::string_view::npos)
        return true;
    const std::size_t dot = folded.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || folded[dot - 1] == ' ') return false;
    return holds(top_domains, folded.substr(dot + 1));
}

bool looks_like_contact(std::string_view name) {
    return has_long_number(name) || name.find('@') != std::string_view::npos || has_web_address(fold(name));
}

// A word from our own lists, or one that only made-up names have.
bool is_made_up(std::string_view word) {
    constexpr auto others = std::to_array<std::string_view>(
        {"the",  "of",   "and", "in",    "on",    "a",    "my",  "no",  "not", "el",   "los", "las", "just",
         "some", "blue", "red", "black", "white", "moon", "sun", "sea", "sky", "star", "cat", "dog", "bird"});
    const std::string key = fold(word);
    const auto same = [&](std::string_view ours) { return fold(ours) == key; };
    return holds(others, key) || std::any_of(adjectives.begin(), adjectives.end(), same) ||
           std::any_of(nouns.begin(), nouns.end(), same);
}

bool is_birth_year(std::string_view digits) {
    int year = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), year);
    return (digits.size() == 4 && year >= 1930 && year <= 2020) || (digits.size() == 2 && year >= 40);
}

bool has_birth_year(std::string_view name) {
    const auto numbers = words_in(name, is_digit);
    return std::any_of(numbers.begin(), numbers.end(), is_birth_year);
}

bool looks_like_real_name(std::string_view name) {
    const auto words = words_in(name, is_letter);
    if (words.empty() || std::any_of(words.begin(), words.end(), is_made_up)) return false;
    const bool begins_with_name = holds(first_names, fold(words[0]));
    if (begins_with_name && has_birth_year(name)) return true;
    if (words.size() < 2 || words.size() > 3) return false;
    // Without a list of surnames "Wilhelmina Tannenbaum" cannot be told from "Morning Coffee"; a false alarm teaches
    // people not to listen.
    return begins_with_name && length(words.back()) >= 3;
}

std::string_view pick(std::span<const std::string_view> list, Random& random) {
    return list[random.below(list.size())];
}

}  // namespace

Done check_pseudonym(std::string_view name) {
    const std::size_t size = length(name);
    if (size < name_least || size > name_most)
        return invalid("Please choose a name of 2 to 30 characters.", "name");
    if (!all_allowed(name))
        return invalid("A name can have letters, digits, spaces and the signs - _ ' . only.", "name");
    if (!begins_well(name)) return invalid("Please begin the name with a letter or a digit.", "name");
    if (is_reserved(name))
        return invalid("This name sounds like a role in this house. Please choose another one.", "name");
    return {};
}

std::optional<std::string_view> pseudonym_warning(std::string_view name) {
    if (looks_like_contact(name)) return contact_warning;
    if (looks_like_real_name(name)) return real_name_warning;
    return std::nullopt;
}

std::string suggest_pseudonym(Random& random) {
    std::string name(pick(adjectives, random));
    name.append(" ").append(pick(nouns, random));
    return name + " " + std::to_string(10 + random.below(90));
}

}  // namespace kith::text

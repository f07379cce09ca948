#pragma once

#include <string_view>

namespace kith {

// A country or territory of ISO 3166-1.
struct Country {
    std::string_view code;  // "IE"
    std::string_view name;  // in English, for Words::t: "Ireland"
};

// By its code as ISO writes it; null: there is none.
const Country* country_of(std::string_view code);
// As people type it: the code in either case, or the name in a language of Kith; "UK" is known, too.
const Country* find_country(std::string_view typed);

// "IE"; empty for null.
constexpr std::string_view code_of(const Country* country) {
    return country ? country->code : std::string_view();
}

}  // namespace kith

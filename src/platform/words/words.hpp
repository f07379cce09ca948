#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/enum.hpp"
#include "base/error.hpp"
#include "platform/embed/embed.hpp"

namespace kith {

enum class Language { en, es };
constexpr auto enum_words(Language) { return std::to_array<std::string_view>({"en", "es"}); }

// The dir attribute of pages in this language.
constexpr std::string_view direction(Language language) {
    switch (language) {
        case Language::en:
        case Language::es:
            return "ltr";
    }
    return "ltr";
}

// Marks words for the translators where they stand; t() turns them into the reader's language later.
constexpr const char* t_later(const char* message) { return message; }

// The words of one language: gettext catalogues (lang/*.po), compiled and embedded. The English sentence is
// the key; what a catalogue lacks is shown in English.
class Words {
public:
    Words(Language language, std::string_view mo_bytes);
    ~Words();

    Language language() const { return language_; }
    // "Reply". xgettext finds calls named t.
    std::string_view t(std::string_view message) const;
    // "one reply" or "%d replies", chosen by number, with %d filled in. xgettext finds calls named n.
    std::string n(std::string_view one, std::string_view many, long number) const;
    // t() with %1, %2 ... filled in.
    std::string f(std::string_view message, std::span<const std::string_view> values) const;
    template <class... Values>
    std::string f(std::string_view message, const Values&... values) const {
        const std::array<std::string_view, sizeof...(Values)> list{std::string_view(values)...};
        return f(message, std::span<const std::string_view>(list));
    }
    // What an error says.
    std::string say(const Error& error) const;

    // The embedded words of a language; they live as long as the process.
    static const Words& of(Language language);
    // The best language for an Accept-Language header.
    static Language preferred(std::string_view accept_language, Language otherwise);

private:
    struct Table;
    Language language_;
    std::unique_ptr<Table> table_;
};

}  // namespace kith

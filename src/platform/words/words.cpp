#include "platform/words/words.hpp"

#include <cstdint>
#include <cstring>
#include <unordered_map>

#include "base/enum.hpp"

namespace kith {

struct Words::Table {
    std::unordered_map<std::string_view, std::string_view> entries;
};

namespace {

std::uint32_t number_at(std::string_view mo, std::size_t offset) {
    std::uint32_t value = 0;
    CHECK(offset + sizeof value <= mo.size());
    std::memcpy(&value, mo.data() + offset, sizeof value);
    return value;
}

// Entry `index` of a table of (length, offset) pairs; GNU gettext manual, "The Format of GNU MO Files".
std::string_view string_at(std::string_view mo, std::uint32_t table, std::uint32_t index) {
    const std::uint32_t length = number_at(mo, table + index * 8);
    const std::uint32_t offset = number_at(mo, table + index * 8 + 4);
    CHECK(std::size_t{offset} + length <= mo.size());
    return mo.substr(offset, length);
}

std::string_view first_form(std::string_view forms) { return forms.substr(0, forms.find('\0')); }

std::string_view catalogue(Language language) {
    for (const embed::File& file : embed::words())
        if (first_form(file.name).substr(0, file.name.find('.')) == to_word(language)) return file.bytes;
    return {};
}

}  // namespace

Words::Words(Language language, std::string_view mo) : language_(language), table_(new Table) {
    if (mo.empty()) return;
    CHECK(number_at(mo, 0) == 0x950412de);  // compiled on this machine's byte order
    const std::uint32_t count = number_at(mo, 8);
    const std::uint32_t originals = number_at(mo, 12);
    const std::uint32_t translations = number_at(mo, 16);
    table_->entries.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i)
        table_->entries.emplace(first_form(string_at(mo, originals, i)), string_at(mo, translations, i));
}

Words::~Words() = default;

std::string_view Words::t(std::string_view message) const {
    const auto found = table_->entries.find(message);
    return found == table_->entries.end() ? message : first_form(found->second);
}

std::string Words::n(std::string_view one, std::string_view many, long number) const {
    // English and Spanish have two forms, the first for exactly one. A language with more (Polish, Arabic) also
    // needs the Plural-Forms line of its catalogue read here.
    std::string_view form = number == 1 ? one : many;
    if (const auto found = table_->entries.find(one); found != table_->entries.end()) {
        const std::string_view forms = found->second;
        const std::size_t end = forms.find('\0');
        form = number == 1 || end == std::string_view::npos ? first_form(forms) : forms.substr(end + 1);
    }
    std::string out(form);
    if (const std::size_t at = out.find("%d"); at != std::string::npos)
        out.replace(at, 2, std::to_string(number));
    return out;
}

std::string Words::f(std::string_view message, std::span<const std::string_view> values) const {
    const std::string_view pattern = t(message);
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool is_slot = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                             pattern[i + 1] <= '9';
        const std::size_t slot = is_slot ? static_cast<std::size_t>(pattern[i + 1] - '1') : 0;
        if (is_slot && slot < values.size()) {
            out += values[slot];
            ++i;
        } else {
            out += pattern[i];
        }
    }
    return out;
}

std::string Words::say(const Error& error) const {
    return error.detail.empty() ? std::string(t(error.message)) : f(error.message, error.detail);
}

const Words& Words::of(Language language) {
    static const Words english(Language::en, catalogue(Language::en));
    static const Words spanish(Language::es, catalogue(Language::es));
    return language == Language::es ? spanish : english;
}

Language Words::preferred(std::string_view header, Language otherwise) {
    // Browsers list languages in order of preference, so the first that we have is good enough.
    while (!header.empty()) {
        const std::size_t end = header.find(',');
        std::string_view tag = header.substr(0, end);
        while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
        if (const auto language = from_word<Language>(tag.substr(0, 2))) return *language;
        if (end == std::string_view::npos) break;
        header.remove_prefix(end + 1);
    }
    return otherwise;
}

}  // namespace kith

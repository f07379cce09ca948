#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/enum.hpp"

namespace kith {

// Writes JSON in order:
//   j.object().member("id", thread.id).member("title", thread.title);
//   j.array("posts"); for (...) { j.object(); ...; j.end(); } j.end();
//   j.end();
// Times become Unix milliseconds, ids numbers (or strings where a reader could lose digits: ids are below 2^53).
class JsonWriter {
public:
    JsonWriter& object() { return open('{'); }
    JsonWriter& object(std::string_view key) { return this->key(key).open('{'); }
    JsonWriter& array() { return open('['); }
    JsonWriter& array(std::string_view key) { return this->key(key).open('['); }
    JsonWriter& end();

    template <class T>
    JsonWriter& member(std::string_view name, const T& value) {
        return key(name).value(value);
    }

    template <class T>
    JsonWriter& value(const T& value) {
        if constexpr (std::same_as<T, bool>) {
            return raw(value ? "true" : "false");
        } else if constexpr (std::integral<T>) {
            return raw(std::to_string(value));
        } else if constexpr (std::floating_point<T>) {
            return real(value);
        } else if constexpr (std::same_as<T, Time>) {
            return raw(std::to_string(value.ms));
        } else if constexpr (WordedEnum<T>) {
            return text(to_word(value));
        } else if constexpr (requires { value.has_value(); }) {
            return value ? this->value(*value) : raw("null");
        } else if constexpr (requires { value.value(); }) {
            return raw(std::to_string(value.value()));
        } else {
            return text(std::string_view(value));
        }
    }
    JsonWriter& null() { return raw("null"); }

    const std::string& str() const { return out_; }

private:
    JsonWriter& open(char bracket);
    JsonWriter& key(std::string_view name);
    JsonWriter& raw(std::string_view text);
    JsonWriter& real(double value);
    JsonWriter& text(std::string_view text);
    void comma();

    std::string out_;
    std::string closers_;
    bool needs_comma_ = false;
};

}  // namespace kith

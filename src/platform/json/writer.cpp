#include "platform/json/writer.hpp"

#include <charconv>
#include <cmath>

namespace kith {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00";
                    out += hex[(c >> 4) & 15];
                    out += hex[c & 15];
                } else {
                    out += c;
                }
        }
    }
}

}  // namespace

JsonWriter& JsonWriter::open(char bracket) {
    comma();
    out_ += bracket;
    closers_ += bracket == '{' ? '}' : ']';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::end() {
    CHECK(!closers_.empty());
    out_ += closers_.back();
    closers_.pop_back();
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    comma();
    out_ += '"';
    append_escaped(out_, name);
    out_ += "\":";
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
    comma();
    out_ += text;
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::real(double value) {
    if (!std::isfinite(value)) return raw("null");
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return raw(std::string_view(buffer, static_cast<std::size_t>(end - buffer)));
}

JsonWriter& JsonWriter::text(std::string_view text) {
    comma();
    out_ += '"';
    append_escaped(out_, text);
    out_ += '"';
    needs_comma_ = true;
    return *this;
}

void JsonWriter::comma() {
    if (needs_comma_) out_ += ',';
}

}  // namespace kith

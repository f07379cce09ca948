#include "platform/pdf/language.hpp"

#include <array>
#include <cstdio>
#include <optional>

namespace kith::pdf {
namespace {

struct Object {
    std::string number;
    std::string_view inside;  // of its << >>
};

// "12 0 obj\n<< /Type /Catalog ... >>\nendobj"
std::optional<Object> catalogue_of(std::string_view file) {
    const std::size_t type = file.rfind("/Type /Catalog");
    if (type == std::string_view::npos) return std::nullopt;
    const std::size_t open = file.rfind("<<", type), end = file.find("endobj", type);
    const std::size_t object = file.rfind(" 0 obj", type);
    if (open == std::string_view::npos || end == std::string_view::npos || object == std::string_view::npos)
        return std::nullopt;
    const std::size_t line = file.rfind('\n', object) + 1;
    const std::size_t close = file.rfind(">>", end);
    if (close == std::string_view::npos || close < open) return std::nullopt;
    return Object{std::string(file.substr(line, object - line)), file.substr(open + 2, close - open - 2)};
}

std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
    const std::size_t from = text.rfind(begin);
    if (from == std::string_view::npos) return {};
    const std::size_t at = from + begin.size(), to = text.find(end, at);
    return to == std::string_view::npos ? std::string_view() : text.substr(at, to - at);
}

std::string ten_digits(std::size_t number) {
    std::array<char, 24> out{};
    std::snprintf(out.data(), out.size(), "%010zu", number);
    return out.data();
}

}  // namespace

std::string in_language(std::string file, std::string_view language) {
    const auto catalogue = catalogue_of(file);
    const std::string trailer(between(file, "trailer\n<<", ">>"));
    const std::string table(between(file, "startxref\n", "\n"));
    if (!catalogue || trailer.empty() || table.empty()) return file;
    const std::string inside(catalogue->inside);
    const std::size_t object_at = file.size();
    file += catalogue->number + " 0 obj\n<<" + inside + "   /Lang (" + std::string(language) +
            ")\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n";
    const std::size_t table_at = file.size();
    file += "xref\n" + catalogue->number + " 1\n" + ten_digits(object_at) + " 00000 n \ntrailer\n<<" +
            trailer + "   /Prev " + table + "\n>>\nstartxref\n" + std::to_string(table_at) + "\n%%EOF\n";
    return file;
}

}  // namespace kith::pdf

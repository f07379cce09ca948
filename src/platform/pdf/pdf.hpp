#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

// Documents to print and keep: A4, text that can be selected and searched, tagged for screen readers (headings,
// paragraphs, tables), in the site's own typeface, which the binary carries. Letters beyond Latin are boxes.
namespace kith::pdf {

struct Head {
    std::string title;     // in the window of the reader
    std::string language;  // "en"
    Time made_at;
    std::string page_words;  // "Page %1", at the foot of each
};

struct Row {
    std::vector<std::string> cells;
    std::optional<double> bar;  // 0 to 1: a bar beside the cells
};

class Writer {
public:
    explicit Writer(const Head& head);
    ~Writer();
    Writer(const Writer&) = delete;

    void heading(int level, std::string_view words);  // 1 or 2
    void paragraph(std::string_view words);
    // Each row has as many cells as there are heads; the first one heads its row.
    void table(std::span<const std::string> heads, std::span<const Row> rows);
    // The bytes of the file; nothing can be added after it.
    std::string take() &&;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kith::pdf

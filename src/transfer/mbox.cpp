#include "transfer/mbox.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <span>
#include <vector>

namespace kith::transfer {
namespace {

constexpr std::size_t longest_separator = 400;

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t start = line.find_first_not_of(" \t", at);
        if (start == std::string_view::npos) break;
        at = std::min(line.find_first_of(" \t", start), line.size());
        words.push_back(line.substr(start, at - start));
    }
    return words;
}

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_weekday(std::string_view word) {
    static constexpr std::array<std::string_view, 7> days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return is_one_of(word, days);
}

bool is_month(std::string_view word) {
    static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return is_one_of(word, months);
}

bool is_number(std::string_view word, std::size_t at_least, std::size_t at_most) {
    return word.size() >= at_least && word.size() <= at_most &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_clock(std::string_view word) {
    return (word.size() == 5 || word.size() == 7 || word.size() == 8) &&
           word.find(':') != std::string_view::npos &&
           word.find_first_not_of("0123456789:") == std::string_view::npos;
}

// "Thu Dec 11 05:57:05 2003", possibly with a time zone before or after the year.
bool is_separator_date(std::span<const std::string_view> words) {
    if (words.size() < 5 || words.size() > 6) return false;
    return is_weekday(words[0]) && is_month(words[1]) && is_number(words[2], 1, 2) && is_clock(words[3]) &&
           (is_number(words[4], 4, 4) || is_number(words.back(), 4, 4));
}

// ">From " and ">>From " were "From " and ">From " before they went into the mbox.
std::string_view unquoted(std::string_view line) {
    if (line.empty() || line[0] != '>') return line;
    const std::size_t arrows = line.find_first_not_of('>');
    if (arrows == std::string_view::npos || !line.substr(arrows).starts_with("From ")) return line;
    return line.substr(1);
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

struct CloseArchive {
    void operator()(archive* a) const { archive_read_free(a); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

// Filters that the library decodes itself; its "all" would also start other programs.
void support_compression(archive* a) {
    archive_read_support_filter_xz(a);
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_zstd(a);
}

Archive new_archive() {
    Archive a(archive_read_new());
    if (!a) return a;
    archive_read_support_format_raw(a.get());
    archive_read_support_format_empty(a.get());
    return a;
}

}  // namespace

bool is_separator(std::string_view line) {
    if (!line.starts_with("From ") || line.size() > longest_separator) return false;
    const std::vector<std::string_view> words = words_of(line);
    const std::span<const std::string_view> all(words);
    if (all.size() >= 7 && is_separator_date(all.subspan(2))) return true;
    return all.size() >= 9 && words[2] == "at" && is_separator_date(all.subspan(4));
}

struct MboxReader::State {
    Archive source;
    std::int64_t total_bytes = 0;
    std::string_view block;  // what libarchive gave and no line has taken yet
    std::string line;
    std::string separator;  // of the message that comes next
    bool ended = false;
    bool broken = false;
    std::int64_t too_large = 0;
    std::int64_t not_messages = 0;

    Done begin();
    bool read_block();
    bool read_line();
    bool find_first_separator();
    bool read_body(std::string& raw);
};

bool MboxReader::State::read_block() {
    if (ended) return false;
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(source.get(), &data, &size, &offset);
    if (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
        block = {static_cast<const char*>(data), size};
        return true;
    }
    ended = true;
    broken = status != ARCHIVE_EOF;
    return false;
}

// A line without its end; one that is longer than any message may be comes in pieces.
bool MboxReader::State::read_line() {
    line.clear();
    for (;;) {
        while (block.empty())
            if (!read_block()) return !line.empty();
        const std::size_t end = block.find('\n');
        line.append(block.substr(0, end));
        block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
        if (end != std::string_view::npos) break;
        if (line.size() > max_message_bytes) return true;
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return true;
}

bool MboxReader::State::find_first_separator() {
    while (read_line()) {
        if (is_separator(line)) {
            separator = line;
            return true;
        }
        if (!is_blank(line)) not_messages = 1;
    }
    return false;
}

// Appends up to the next separator. False if the message is too large to keep.
bool MboxReader::State::read_body(std::string& raw) {
    bool fits = true;
    separator.clear();
    while (read_line()) {
        if (is_separator(line)) {
            separator = line;
            break;
        }
        const std::string_view text = unquoted(line);
        fits = fits && raw.size() + text.size() < max_message_bytes;
        if (fits) raw.append(text) += '\n';
    }
    return fits;
}

MboxReader::MboxReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
MboxReader::MboxReader(MboxReader&&) noexcept = default;
MboxReader& MboxReader::operator=(MboxReader&&) noexcept = default;
MboxReader::~MboxReader() = default;

std::string reason_of(archive& source) {
    const char* const why = archive_error_string(&source);
    return why ? why : "it is damaged";
}

// After the source was opened: goes to its one entry.
Done MboxReader::State::begin() {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(source.get(), &entry);
    if (status != ARCHIVE_OK && status != ARCHIVE_EOF) return fail(Fault::invalid, reason_of(*source));
    ended = status == ARCHIVE_EOF;
    return {};
}

Result<MboxReader> MboxReader::open(const std::string& path) {
    auto state = std::make_unique<State>();
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) return fail(Fault::not_found, "cannot open the file " + path + ": " + error.message());
    state->total_bytes = static_cast<std::int64_t>(size);
    state->source = new_archive();
    if (!state->source)
        return fail(Fault::unavailable, "cannot open the file " + path + ": there is no memory left");
    support_compression(state->source.get());
    constexpr std::size_t read_bytes = 1 << 16;
    if (archive_read_open_filename(state->source.get(), path.c_str(), read_bytes) != ARCHIVE_OK)
        return fail(Fault::invalid, "cannot read the file " + path + ": " + reason_of(*state->source));
    if (const Done begun = state->begin(); !begun)
        return fail(Fault::invalid, "cannot read the file " + path + ": " + begun.error().message);
    return MboxReader(std::move(state));
}

Result<MboxReader> MboxReader::of_bytes(std::string_view bytes) {
    auto state = std::make_unique<State>();
    state->total_bytes = static_cast<std::int64_t>(bytes.size());
    state->source = new_archive();
    if (!state->source ||
        archive_read_open_memory(state->source.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return unavailable("The archive could not be opened.");
    TRY(state->begin());
    return MboxReader(std::move(state));
}

bool MboxReader::next(std::string& raw) {
    State& s = *state_;
    if (s.separator.empty() && !s.find_first_separator()) return false;
    while (!s.separator.empty()) {
        raw.assign(s.separator) += '\n';
        const bool fits = s.read_body(raw);
        // Half a message would take the place of the whole one when the import is repeated.
        if (s.broken) return false;
        if (fits) return true;
        ++s.too_large;
    }
    return false;
}

double MboxReader::fraction() const {
    if (state_->total_bytes <= 0 || state_->ended) return 1;
    // Filter -1 is the file itself: bytes before decompression.
    const auto read = static_cast<double>(archive_filter_bytes(state_->source.get(), -1));
    return std::clamp(read / static_cast<double>(state_->total_bytes), 0.0, 1.0);
}

bool MboxReader::broken() const { return state_->broken; }
std::int64_t MboxReader::too_large() const { return state_->too_large; }
std::int64_t MboxReader::not_messages() const { return state_->not_messages; }

}  // namespace kith::transfer

#include "platform/zip/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace kith {
namespace {

struct Close {
    void operator()(archive* out) const { archive_write_free(out); }
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

la_ssize_t append(archive*, void* out, const void* bytes, std::size_t count) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

void require(bool good) {
    if (!good) throw std::runtime_error("cannot make an archive");
}

void add(archive* out, const ZipFile& file, Time changed_at) {
    const std::unique_ptr<archive_entry, Close> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), std::string(file.name).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
    archive_entry_set_mtime(entry.get(), changed_at.ms / second_ms, 0);
    require(archive_write_header(out, entry.get()) == ARCHIVE_OK);
    const auto size = static_cast<la_ssize_t>(file.bytes.size());
    require(archive_write_data(out, file.bytes.data(), file.bytes.size()) == size);
}

}  // namespace

std::string make_zip(std::span<const ZipFile> files, Time changed_at) {
    std::string bytes;
    const std::unique_ptr<archive, Close> out(archive_write_new());
    require(out && archive_write_set_format_zip(out.get()) == ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(out.get(), 1);
    require(archive_write_open(out.get(), &bytes, nullptr, append, nullptr) == ARCHIVE_OK);
    for (const ZipFile& file : files) add(out.get(), file, changed_at);
    require(archive_write_close(out.get()) == ARCHIVE_OK);
    return bytes;
}

}  // namespace kith

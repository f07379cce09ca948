#include "transfer/mbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

#include "platform/text/unicode.hpp"
#include "tests/shared_data.hpp"
#include "transfer/mail/message.hpp"
#include "transfer/mail/paragraphs.hpp"

namespace kith::transfer {
namespace {

using testing::ElementsAre;
using testing::EndsWith;

namespace fs = std::filesystem;

class TempFile {
public:
    explicit TempFile(const std::string& content = {})
        : path_(testing::TempDir() + "kith_mbox_" +
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::ofstream(path_, std::ios::binary) << content;
    }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    ~TempFile() { fs::remove(path_); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::vector<std::string> all_of_file(const std::string& path) {
    std::vector<std::string> out;
    auto reader = MboxReader::open(path);
    std::string raw;
    while (reader && reader->next(raw)) out.push_back(raw);
    return out;
}

std::vector<std::string> all_of(const std::string& mbox) {
    const TempFile file(mbox);
    return all_of_file(file.path());
}

void write_compressed(const std::string& path, const std::string& content, int filter) {
    archive* out = archive_write_new();
    archive_write_add_filter(out, filter);
    archive_write_set_format_raw(out);
    ASSERT_EQ(archive_write_open_filename(out, path.c_str()), ARCHIVE_OK);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_write_header(out, entry);
    archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
    archive_write_free(out);
}

constexpr const char* mailman = "From ann at a.org  Mon Feb  5 21:36:33 2001\n";
constexpr const char* plain = "From bob@b.org Tue Feb  6 17:50:54 2001\n";

TEST(Separator, IsASenderAndADate) {
    EXPECT_TRUE(is_separator("From ann at a.org  Mon Feb  5 21:36:33 2001"));
    EXPECT_TRUE(is_separator("From bob@b.org Thu Dec 11 05:57:05 2003"));
    EXPECT_TRUE(is_separator("From Tamika  Thu Jan 15 08:13:21 2009"));
    EXPECT_TRUE(is_separator("From 1544@xxx Thu Dec 11 05:57:05 +0000 2003"));
}

TEST(Separator, IsNotProse) {
    EXPECT_FALSE(is_separator("From here on, something like:"));
    EXPECT_FALSE(is_separator("From the msdn:"));
    EXPECT_FALSE(is_separator("From my view on Mon Feb 5 it was clear"));
    EXPECT_FALSE(is_separator("From: ann at a.org"));
    EXPECT_FALSE(is_separator("From "));
    EXPECT_FALSE(is_separator(""));
}

TEST(Mbox, GivesOneMessageAfterTheOther) {
    const auto found = all_of(std::string(mailman) + "Subject: a\n\none\n\n" + plain + "\ntwo\n");
    EXPECT_THAT(found,
                ElementsAre(std::string(mailman) + "Subject: a\n\none\n\n", std::string(plain) + "\ntwo\n"));
}

TEST(Mbox, KeepsProseThatStartsWithFrom) {
    EXPECT_EQ(all_of(std::string(mailman) + "\nFrom here on, all is well.\n").size(), 1u);
}

TEST(Mbox, UnquotesFromLines) {
    const auto found = all_of(std::string(mailman) + "\n>From here\n>>From there\n> From a quote\n");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0], EndsWith("\nFrom here\n>From there\n> From a quote\n"));
}

TEST(Mbox, ReadsWindowsLineEndsAndAMissingLastOne) {
    const auto found = all_of("From a@b.org Tue Feb  6 17:50:54 2001\r\nSubject: x\r\n\r\nbody");
    EXPECT_THAT(found, ElementsAre("From a@b.org Tue Feb  6 17:50:54 2001\nSubject: x\n\nbody\n"));
}

TEST(Mbox, CountsTextBeforeTheFirstMessage) {
    const TempFile file("some notes\n\n" + std::string(plain) + "\nhello\n");
    auto reader = MboxReader::open(file.path());
    std::string raw;
    ASSERT_TRUE(reader && reader->next(raw));
    EXPECT_FALSE(reader->next(raw));
    EXPECT_EQ(reader->not_messages(), 1);
}

TEST(Mbox, LeavesOutAMessageThatIsTooLargeAndGoesOn) {
    std::string large(MboxReader::max_message_bytes + 100, 'x');
    for (std::size_t i = 70; i < large.size() / 2; i += 70) large[i] = '\n';
    const TempFile file(std::string(mailman) + "\n" + large + "\n" + plain + "\nsmall\n");
    auto reader = MboxReader::open(file.path());
    std::string raw;
    ASSERT_TRUE(reader && reader->next(raw));
    EXPECT_EQ(raw, std::string(plain) + "\nsmall\n");
    EXPECT_FALSE(reader->next(raw));
    EXPECT_EQ(reader->too_large(), 1);
}

TEST(Mbox, ReadsXzAndGzip) {
    const std::string content = std::string(mailman) + "\none\n\n" + plain + "\ntwo\n";
    for (const int filter : {ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_GZIP}) {
        const TempFile file;
        write_compressed(file.path(), content, filter);
        EXPECT_EQ(all_of_file(file.path()).size(), 2u);
    }
}

TEST(Mbox, SaysWhenACompressedFileBreaksOff) {
    const TempFile file;
    std::string content;
    for (int i = 0; i < 5000; ++i)
        content += mailman + std::string("\nmessage ") + std::to_string(i * 7919 % 5000) + "\n";
    write_compressed(file.path(), content, ARCHIVE_FILTER_GZIP);
    fs::resize_file(file.path(), fs::file_size(file.path()) / 2);
    auto reader = MboxReader::open(file.path());
    ASSERT_TRUE(reader);
    std::string raw;
    int count = 0;
    while (reader->next(raw)) ++count;
    EXPECT_LT(count, 5000);
    EXPECT_TRUE(reader->broken());
}

TEST(Mbox, ShowsHowFarItIs) {
    std::string content;
    for (int i = 0; i < 20000; ++i) content += mailman + std::string("\nhello\n");
    const TempFile file(content);
    auto reader = MboxReader::open(file.path());
    ASSERT_TRUE(reader);
    std::string raw;
    for (int i = 0; i < 10000; ++i) reader->next(raw);
    EXPECT_NEAR(reader->fraction(), 0.5, 0.2);
    while (reader->next(raw)) continue;
    EXPECT_EQ(reader->fraction(), 1);
}

TEST(Mbox, AnEmptyFileHasNoMessagesAndAMissingOneIsAnError) {
    EXPECT_TRUE(all_of("").empty());
    EXPECT_FALSE(MboxReader::open("/nowhere/at.mbox"));
}

TEST(RealArchive, IsReadInFull) {
    const std::string path = test::shared_data("mailing-lists/twisted-web.mbox.xz");
    if (path.empty()) GTEST_SKIP() << "no shared data here";
    auto reader = MboxReader::open(path);
    ASSERT_TRUE(reader);
    std::string raw, why_not;
    std::set<std::string> keys;
    int count = 0, refused = 0;
    for (; reader->next(raw); ++count) {
        const auto message = read_message(raw, why_not);
        if (!message) {
            ++refused;
            continue;
        }
        keys.insert(message->key);
        EXPECT_LE(text::length(message->markdown), max_body_code_points + 60);
    }
    EXPECT_EQ(count, 5374);
    EXPECT_LT(refused, 10);
    EXPECT_GT(keys.size(), 5350u);
    EXPECT_FALSE(reader->broken());
}

}  // namespace
}  // namespace kith::transfer

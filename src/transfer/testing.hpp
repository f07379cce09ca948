#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "conversation/conversation.hpp"
#include "groups/groups.hpp"
#include "tests/world.hpp"
#include "transfer/transfer.hpp"

// What the tests of importing share.
namespace kith::transfer {

inline const OnProgress no_progress = [](double, std::int64_t) {};

// Everything that readers would see, the pseudonyms replaced by the order in which they appear.
inline std::vector<std::string> what_is_there(test::World& world, std::string_view group_name) {
    return world.db().read([&](db::ReadTx& tx) {
        std::vector<std::string> out;
        std::map<PersonaId, std::size_t> people;
        const auto group = groups::find_group(tx, group_name);
        auto threads = conversation::threads_of(tx, Actor::system(), *group, 1, 1000);
        std::ranges::sort(threads, {}, [](const auto& row) { return row.thread.id; });
        for (const auto& [thread, read] : threads) {
            out.push_back(thread.title);
            for (std::int64_t page = 1; (page - 1) * 20 < thread.last_number; ++page)
                for (const auto& post : conversation::posts_on_page(tx, thread.id, page))
                    out.push_back(std::to_string(post.id.number()) + " " + post.html + " to " +
                                  std::to_string(post.reply_to) + " by " +
                                  std::to_string(people.emplace(post.author, people.size()).first->second));
        }
        return out;
    });
}

inline Report bring_into(test::World& world, const Archive& archive, const Target& target) {
    const auto report = import_archive(*world.services, archive, target, no_progress);
    EXPECT_TRUE(report.has_value()) << report.error().message;
    EXPECT_EQ(report->messages, report->imported + report->skipped);
    return *report;
}

inline std::string mail(int number, const std::string& author, const std::string& subject, int answers = 0) {
    std::string out = "From " + author + " at example.org  Mon Feb  5 21:" + std::to_string(10 + number) +
                      ":33 2001\nFrom: " + author + " at example.org (" + author +
                      ")\nDate: Mon, 5 Feb 2001 21:" + std::to_string(10 + number) +
                      ":33 +0000\nSubject: " + subject + "\nMessage-ID: <m" + std::to_string(number) +
                      "@example.org>\n";
    if (answers > 0) out += "References: <m" + std::to_string(answers) + "@example.org>\n";
    return out + "\nMessage " + std::to_string(number) + ".\n\n";
}

class ScratchFile {
public:
    explicit ScratchFile(const std::string& content)
        : path_(testing::TempDir() + "kith_import_" + std::to_string(::getpid()) + "_" +
                std::to_string(++count_)) {
        std::ofstream(path_, std::ios::binary) << content;
    }
    ScratchFile(const ScratchFile&) = delete;
    ~ScratchFile() { std::filesystem::remove(path_); }
    const std::string& path() const { return path_; }

private:
    static inline int count_ = 0;
    std::string path_;
};

inline Archive mbox_of(const std::string& content) {
    const ScratchFile file(content);
    auto archive = read_mbox(file.path(), no_progress);
    EXPECT_TRUE(archive.has_value());
    return *archive;
}

}  // namespace kith::transfer

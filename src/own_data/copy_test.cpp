#include <archive.h>
#include <archive_entry.h>

#include "own_data/testing.hpp"

namespace kith::own_data {
namespace {

using test::Answer;
using test::Pages;

std::map<std::string, std::string> unzip(const std::string& bytes) {
    std::map<std::string, std::string> out;
    archive* const in = archive_read_new();
    archive_read_support_format_zip(in);
    EXPECT_EQ(archive_read_open_memory(in, bytes.data(), bytes.size()), ARCHIVE_OK);
    for (archive_entry* entry = nullptr; archive_read_next_header(in, &entry) == ARCHIVE_OK;) {
        std::string& file = out[archive_entry_pathname(entry)];
        file.resize(static_cast<std::size_t>(archive_entry_size(entry)));
        archive_read_data(in, file.data(), file.size());
    }
    archive_read_free(in);
    return out;
}

BOTH_ENGINES(OwnData, a_copy_holds_all_about_oneself_and_no_name_of_others) {
    Life life(world);
    Pages pages(world);
    const Answer answer = pages.post("/me/data", {{"current", password}}, life.cast.ada);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("content-disposition"), "attachment; filename=\"my-data.zip\"");
    const auto files = unzip(answer.body);
    ASSERT_TRUE(files.contains("data.json") && files.contains("index.html"));
    for (const auto& [name, text] : files) {
        for (const std::string_view word :
             {"Heron", "Quokka", "Ada", "stoat@example.org", "a marten program", "a dingo device", "giraffe",
              "lemur", "a gecko note", "Asia/Tokyo", "ocelot", "Zebu title", "A title of Bo", "The circle",
              "hug", "tapir"})
            EXPECT_NE(text.find(word), std::string::npos) << name << ": " << word;
        for (const std::string_view word : {"Bo answers", "walrus", "\"Bo\"", "weasel", "Mo<", "<script"})
            EXPECT_EQ(text.find(word), std::string::npos) << name << ": " << word;
    }
}

BOTH_ENGINES(OwnData, the_title_of_somebody_else_is_left_out_once_one_has_left) {
    Life life(world);
    life.must([&](db::Tx& tx) { return groups::leave(tx, as(life.cast.ada), life.cast.circle, ""); });
    const auto copy = copy_for(*world.services, as(life.cast.ada), password, Words::of(Language::en));
    ASSERT_TRUE(copy);
    EXPECT_EQ(copy->json.find("A title of Bo"), std::string::npos);
    EXPECT_NE(copy->json.find("ocelot"), std::string::npos);
}

BOTH_ENGINES(OwnData, a_copy_needs_the_password) {
    const Cast cast(world);
    Pages pages(world);
    const Answer refused = pages.post("/me/data", {{"current", "wrong"}}, cast.ada);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.shows("This is not your present password."));
    EXPECT_EQ(pages.post("/me/data", {{"current", password}}, cast.ada, "application/json").status, 200);
}

}  // namespace
}  // namespace kith::own_data

#include "platform/text/pseudonym.hpp"

#include <gtest/gtest.h>

namespace kith::text {
namespace {

TEST(Pseudonym, ordinary_names_pass) {
    for (const std::string_view name :
         {"Quiet Harbour 27", "ñandú", "日本", "O'Moss", "a.b-c_d", "7 Seas", "Al", "Ghost", "Hosta"})
        EXPECT_TRUE(check_pseudonym(name)) << name;
}

TEST(Pseudonym, names_of_wrong_length_or_signs_are_invalid) {
    for (const std::string_view name : {"", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a@b", "-ab", " ab",
                                        "a\nb", "<b>", "🙂🙂", ".ab", "a/b"}) {
        const Done done = check_pseudonym(name);
        ASSERT_FALSE(done) << name;
        EXPECT_EQ(done.error().fault, Fault::invalid);
        EXPECT_EQ(done.error().field, "name");
    }
}

TEST(Pseudonym, names_that_sound_like_an_office_are_invalid) {
    for (const std::string_view name :
         {"Admin", "admin 1", "H0st", "The Moderator", "Кith", "former member", "Former-Member", "System",
          "Staff.Anna", "Support2", "deIeted", "Hosts"})
        EXPECT_FALSE(check_pseudonym(name)) << name;
}

TEST(Pseudonym, real_names_are_warned_of) {
    for (const std::string_view name :
         {"Anna Schmidt", "anna schmidt", "Maria José Pérez", "José García", "Thomas 1984", "laura87"}) {
        ASSERT_TRUE(pseudonym_warning(name)) << name;
        EXPECT_TRUE(pseudonym_warning(name)->starts_with("This looks like a real name.")) << name;
    }
}

TEST(Pseudonym, contact_details_are_warned_of) {
    for (const std::string_view name :
         {"moss123456", "0171 234 567", "moss@x.org", "@moss", "moss.com", "www.moss", "http://a"}) {
        ASSERT_TRUE(pseudonym_warning(name)) << name;
        EXPECT_TRUE(pseudonym_warning(name)->starts_with("This looks like contact details.")) << name;
    }
}

TEST(Pseudonym, made_up_names_are_not_warned_of) {
    for (const std::string_view name :
         {"moss", "Quiet Harbour", "Anna", "The Wanderer", "Anna 27", "night owl", "Moss 2", "Blue Moon",
          "Night Owl", "Morning Coffee", "Happy Hippo", "Tired Mum", "Tin Kettle"})
        EXPECT_FALSE(pseudonym_warning(name)) << name;
}

TEST(Pseudonym, suggestions_pass_without_a_warning) {
    SeededRandom random(1);
    for (int i = 0; i < 2000; ++i) {
        const std::string name = suggest_pseudonym(random);
        EXPECT_TRUE(check_pseudonym(name)) << name;
        EXPECT_FALSE(pseudonym_warning(name)) << name;
    }
}

}  // namespace
}  // namespace kith::text

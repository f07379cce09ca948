#include "transfer/addresses.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace kith::transfer {
namespace {

TEST(Addresses, are_taken_out_in_whatever_way_they_are_written) {
    for (const char* address : {"bob@example.org",
                                "Bob.B+tag@mail.example.co.uk",
                                "bob@localhost",
                                "bob@10.0.0.1",
                                "bob@[10.0.0.1]",
                                "bob@[IPv6:2001:db8::1]",
                                "bob%40example.org",
                                "\"bob b\"@example.org",
                                "bob@ex\u00e4mple.de",
                                "bob@example.xn--p1ai",
                                "bob at example.org",
                                "bob AT example.org",
                                "bob At\n> example.org",
                                "bob (at) example.org",
                                "bob(at)example.org",
                                "bob [AT] example.org",
                                "bob{at}example.org",
                                "bob<at>example.org",
                                "bob \\[at\\] example.org",
                                "bob (at) host",
                                "bob @ example.org",
                                "bob at example dot org",
                                "bob (at) example (dot) co (dot) uk",
                                "bob**@**example.org",
                                "mailto:bob@example.org",
                                "<bob@example.org>",
                                "(bob@example.org)"}) {
        EXPECT_EQ(without_addresses(address), "(address removed)") << address;
        EXPECT_EQ(without_addresses("Ask " + std::string(address) + " now."), "Ask (address removed) now.")
            << address;
        EXPECT_TRUE(has_address(address)) << address;
    }
}

TEST(Addresses, are_not_seen_where_there_are_none) {
    for (const char* text :
         {"", "@", "a@b", "@ann", "foo@2.0", "foo@2.0.1", "https://example.org/@ann/1", "look at twisted.web",
          "The docs are at example.org", "run it at foo.py", "3 at 1.20", "at", " at ", "(at) (at)",
          "100%4 off", "meet me at noon dot dot dot", "x = a @ b"})
        EXPECT_EQ(without_addresses(text), text);
}

TEST(Addresses, leave_nothing_behind_when_taken_out) {
    const std::string text = "a1@b.org c at d.net\ne%40f.com \\<g@h.io> i@j.edu@k.edu";
    const std::string once = without_addresses(text);
    EXPECT_FALSE(has_address(once)) << once;
    EXPECT_EQ(without_addresses(once), once);
}

// What takes the square of its length would not end before ctest gives up.
TEST(Addresses, are_found_whatever_the_text) {
    for (const std::string_view part : {"%40", "a@", "@a", "a.", " at", "(at", "( ", "\\", " \\", "a at ",
                                        "a dot ", "\"@", "[1", "@[", "*@", "@*", "`"}) {
        std::string text;
        while (text.size() < 1'000'000) text += part;
        without_addresses(text);
        without_addresses("x@" + text);
    }
}

}  // namespace
}  // namespace kith::transfer

#include "platform/http/multipart.hpp"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

constexpr std::string_view type = "multipart/form-data; boundary=----x";

std::string part(std::string_view disposition, std::string_view content) {
    return "------x\r\nContent-Disposition: " + std::string(disposition) + "\r\n\r\n" + std::string(content) +
           "\r\n";
}
const std::string end = "------x--\r\n";

TEST(Multipart, holds_fields_and_files_in_their_order) {
    const std::string body =
        part("form-data; name=\"text\"", "Hello\r\n--\r\nyou") + part("form-data; name=\"notes\"", "1") +
        part("form-data; name=\"notes\"", "4") +
        part("form-data; name=\"picture\"; filename=\"../../etc/passwd\"\r\nContent-Type: text/html",
             "bytes\r\n------") +
        part("form-data; name=\"empty\"; filename=\"\"", "") + end;
    const auto form = parse_multipart(type, body);
    ASSERT_TRUE(form);
    EXPECT_EQ(form->fields.get("text"), "Hello\r\n--\r\nyou");
    EXPECT_EQ(form->fields.all("notes").size(), 2u);
    ASSERT_EQ(form->files.size(), 1u) << "a field where no file was chosen is none";
    EXPECT_EQ(form->files[0].field, "picture");
    EXPECT_EQ(form->files[0].bytes, "bytes\r\n------");
}

TEST(Multipart, takes_a_boundary_in_quotes_and_headers_in_any_case) {
    const std::string body = "--a b\r\n\r\n";
    EXPECT_FALSE(parse_multipart("multipart/form-data; boundary=\"a b\"", body)) << "no blank in a boundary";
    const std::string good = "--q\r\nx-other: 1\r\nCONTENT-disposition:form-data; Name=t\r\n\r\nv\r\n--q--";
    const auto form = parse_multipart("multipart/form-data; charset=utf-8; boundary=\"q\"", good);
    ASSERT_TRUE(form);
    EXPECT_EQ(form->fields.get("t"), "v");
}

TEST(Multipart, that_is_broken_is_refused_as_a_whole) {
    const std::string good = part("form-data; name=\"text\"", "Hello");
    for (const std::string& body :
         {std::string(), std::string("------x"), good, good + "------x", good + "------y--",
          "\r\n" + good + end, part("form-data", "Hello") + end, part("form-data; name=\"\"", "Hello") + end,
          part("attachment; name=\"text\"", "Hello") + end, part("form-data; name=\"text", "Hello") + end,
          std::string("------x\r\n\r\nHello\r\n") + end,
          std::string("------x\r\nContent-Disposition: form-data")})
        EXPECT_FALSE(parse_multipart(type, body)) << body;
    for (const std::string_view wrong :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; x"})
        EXPECT_FALSE(parse_multipart(wrong, good + end)) << wrong;
    EXPECT_FALSE(parse_multipart("multipart/form-data; boundary=" + std::string(71, 'x'), good + end));
}

TEST(Multipart, with_very_many_parts_or_a_very_long_head_is_refused) {
    std::string many;
    for (int i = 0; i < 201; ++i) many += part("form-data; name=\"n\"", "1");
    EXPECT_FALSE(parse_multipart(type, many + end));
    EXPECT_FALSE(
        parse_multipart(type, part("form-data; name=\"" + std::string(5000, 'n') + "\"", "1") + end));
}

}  // namespace
}  // namespace kith::http

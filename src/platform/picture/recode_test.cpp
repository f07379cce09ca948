#include "platform/picture/recode.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/pictures.hpp"

namespace kith::picture {
namespace {

using test::picture_file;

bool is_webp(std::string_view bytes) {
    return bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP";
}

std::string big_endian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

std::string chunk(const std::string& name, const std::string& data) {
    const std::string body = name + data;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big_endian(static_cast<std::uint32_t>(data.size())) + body +
           big_endian(static_cast<std::uint32_t>(crc));
}

// A PNG of nothing: what it says of its size, with `raw` behind it.
std::string png(std::uint32_t width, std::uint32_t height, const std::string& raw) {
    uLongf size = compressBound(raw.size());
    std::string packed(size, '\0');
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(raw.data()),
             raw.size());
    packed.resize(size);
    const std::string kind{8, 2, 0, 0, 0};
    return std::string("\x89PNG\r\n\x1a\n") + chunk("IHDR", big_endian(width) + big_endian(height) + kind) +
           chunk("IDAT", packed) + chunk("IEND", "");
}

void expect_refused(const std::string& bytes, std::string_view what) {
    const auto made = recode(bytes);
    ASSERT_FALSE(made) << what;
    EXPECT_EQ(made.error().fault, Fault::invalid) << what << ": " << made.error().message;
    EXPECT_EQ(made.error().field, "picture") << what;
}

TEST(Recoding, turns_a_picture_upright_and_leaves_out_what_was_written_into_it) {
    const std::string photo = picture_file("turned.jpg");
    ASSERT_NE(photo.find("Anna"), std::string::npos);
    const auto made = recode(photo);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_TRUE(is_webp(made->webp));
    EXPECT_EQ(made->width, 16);
    EXPECT_EQ(made->height, 24);
    for (const std::string_view word : {"Anna", "52.5200", "Exif", "EXIF", "ICCP", "XMP"})
        EXPECT_EQ(made->webp.find(word), std::string::npos) << word;
}

TEST(Recoding, scales_down_and_never_up) {
    const auto wide = recode(picture_file("wide.png"));
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->width, side_most);
    EXPECT_EQ(wide->height, side_most / 4);
    const auto again = recode(wide->webp);
    ASSERT_TRUE(again) << "it is a WebP itself";
    EXPECT_EQ(again->width, side_most);
}

TEST(Recoding, drops_what_hangs_behind_a_picture_or_is_another_thing_as_well) {
    const std::string script = "<script>alert(1)</script>PK\x03\x04";
    const auto made = recode(picture_file("turned.jpg") + script);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->webp.find("script"), std::string::npos);
}

TEST(Recoding, refuses_what_is_no_picture_whatever_it_calls_itself) {
    picture_file("turned.jpg");
    expect_refused("", "nothing");
    expect_refused("Hello.", "text");
    expect_refused("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "SVG");
    expect_refused("<?xml version=\"1.0\"?><svg/>", "SVG in XML");
    expect_refused("%PDF-1.4\n%%EOF", "PDF");
    expect_refused("#!/bin/sh\necho", "a script");
    expect_refused(std::string("BM") + std::string(60, '\0'), "a bitmap of Windows");
    expect_refused("push graphic-context\nviewbox 0 0 1 1\n", "a drawing of ImageMagick");
    expect_refused(std::string("\xff\xd8\xff") + "no JPEG", "a lie about JPEG");
    expect_refused(std::string("\x89PNG\r\n\x1a\n") + "no PNG", "a lie about PNG");
    expect_refused("GIF89a", "a lie about GIF");
    expect_refused("RIFF\x04\0\0\0WEBP", "a lie about WebP");
}

TEST(Recoding, refuses_a_bomb_before_it_is_unpacked) {
    picture_file("turned.jpg");
    expect_refused(png(19'000, 19'000, std::string(50'000'000, '\0')), "361 million pixels");
    expect_refused(png(100'000, 1, std::string(300'001, '\0')), "very wide");
    expect_refused(std::string(17 * 1024 * 1024, 'x'), "very long");
}

TEST(Recoding, says_so_where_its_program_is_not_there) {
    use_program("/nonexistent/kith");
    const auto made = recode("x");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().fault, Fault::unavailable);
    picture_file("turned.jpg");
}

}  // namespace
}  // namespace kith::picture

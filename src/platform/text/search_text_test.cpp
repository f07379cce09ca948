#include "platform/text/search_text.hpp"

#include <gtest/gtest.h>

#include "platform/text/unicode.hpp"

namespace kith::text {
namespace {

using Terms = std::vector<Term>;

Terms terms(std::string_view typed) {
    const auto query = parse_query(typed);
    return query ? query->terms : Terms();
}

Query query(std::string_view typed) { return parse_query(typed).value_or(Query()); }

TEST(SearchText, a_document_is_folded_words_and_its_group) {
    EXPECT_EQ(search_document("Café Noir", "It's *fine*,\n\n- ÑANDÚ 24", GroupId(12)),
              "cafe noir it s fine nandu 24 zg12");
    EXPECT_EQ(search_document("", "", GroupId(1)), "zg1");
}

TEST(SearchText, characters_of_scripts_without_spaces_are_words) {
    EXPECT_EQ(search_document("日本2024年", "ก็ดี", GroupId(3)), "日 本 2024 年 ก็ ดี zg3");
}

TEST(SearchText, a_text_can_not_pretend_to_be_of_another_group) {
    EXPECT_EQ(search_document("ZG5 xzg12 z\u0300g7 zg\u00AD4", "", GroupId(1)), "zg 5 xzg 12 zg 7 zg 4 zg1");
}

TEST(SearchText, a_tsvector_is_the_words_of_a_document_with_their_places) {
    EXPECT_EQ(to_tsvector("sleep well हिन्दी zg1"), "'sleep':1 'well':2 'हिन्दी':3 'zg1':4 ");
    EXPECT_EQ(to_tsvector(""), "");
}

TEST(SearchText, long_words_and_long_documents_are_cut) {
    EXPECT_EQ(search_document(std::string(100, 'a'), "", GroupId(1)), std::string(60, 'a') + " zg1");
    std::string many;
    for (int i = 0; i < 30'000; ++i) many += "a ";
    EXPECT_EQ(search_document("", many, GroupId(1)).size(), 19'999 * 2 + 3u);
}

TEST(SearchText, the_last_unquoted_word_is_a_beginning) {
    EXPECT_EQ(terms("Panic atta"), (Terms{{{"panic"}, false}, {{"atta"}, true}}));
    EXPECT_EQ(terms("go \"Panic Attack\""), (Terms{{{"go"}, false}, {{"panic", "attack"}, false}}));
    EXPECT_EQ(terms("“a b” c"), (Terms{{{"a", "b"}, false}, {{"c"}, false}}));
    EXPECT_EQ(terms("\"a b"), (Terms{{{"a", "b"}, false}}));
}

TEST(SearchText, a_word_of_several_parts_is_a_phrase) {
    EXPECT_EQ(terms("e-mail x"), (Terms{{{"e", "mail"}, false}, {{"x"}, false}}));
    EXPECT_EQ(terms("日本"), (Terms{{{"日", "本"}, false}}));
}

TEST(SearchText, a_beginning_has_three_characters) {
    EXPECT_EQ(terms("ad"), (Terms{{{"ad"}, false}}));
    EXPECT_EQ(terms("adh"), (Terms{{{"adh"}, true}}));
    EXPECT_EQ(terms("боль"), (Terms{{{"боль"}, true}}));
}

TEST(SearchText, a_query_without_words_is_invalid) {
    for (const std::string_view typed : {"", "  ", "\"\"", "!? \" - \"", "\u0301"}) {
        const auto parsed = parse_query(typed);
        ASSERT_FALSE(parsed) << typed;
        EXPECT_EQ(parsed.error(), (Error{Fault::invalid, "Please type at least one word to look for.", "q"}));
    }
}

TEST(SearchText, at_most_twelve_terms_count) { EXPECT_EQ(terms("a b c d e f g h i j k l m n").size(), 12u); }

TEST(SearchText, both_engines_get_the_query_and_the_groups) {
    const std::vector<GroupId> groups{GroupId(1), GroupId(22)};
    const Query wanted = query("sleep \"deep sleep\" e-mai");
    EXPECT_EQ(to_fts5(wanted, groups),
              "\"sleep\" AND \"deep sleep\" AND \"e mai\"* AND (\"zg1\" OR \"zg22\")");
    EXPECT_EQ(to_tsquery(wanted, groups),
              "'sleep' & ('deep' <-> 'sleep') & ('e' <-> 'mai':*) & ('zg1' | 'zg22')");
}

TEST(SearchText, without_groups_nothing_is_found) {
    EXPECT_EQ(to_fts5(query("abc"), {}), "\"abc\"* AND (\"zg0\")");
    EXPECT_EQ(to_tsquery(query("abc"), {}), "'abc':* & ('zg0')");
}

TEST(SearchText, typed_operators_are_words) {
    const std::vector<GroupId> groups{GroupId(1)};
    EXPECT_EQ(to_fts5(query("a OR b* NEAR(c)"), groups),
              "\"a\" AND \"or\" AND \"b\" AND \"near c\" AND (\"zg1\")");
    EXPECT_EQ(to_tsquery(query("'a' | !b & c:*"), groups), "'a' & 'b' & 'c' & ('zg1')");
}

TEST(SearchText, a_short_text_is_its_own_excerpt) { EXPECT_EQ(excerpt("a\nb  c", query("b"), 200), "a b c"); }

TEST(SearchText, an_excerpt_is_cut_between_words_around_the_first_hit) {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "word ";
    text += "Pánico begins here";
    for (int i = 0; i < 50; ++i) text += " after";
    const std::string shown = excerpt(text, query("panic"), 60);
    EXPECT_EQ(shown, "…word word word Pánico begins here after after after after…");
    EXPECT_EQ(excerpt(text, query("nowhere"), 20), "word word word word…");
    EXPECT_NE(excerpt(text, query("\"begins here\""), 40).find("begins here"), std::string::npos);
}

TEST(SearchText, an_excerpt_of_text_without_spaces_is_valid_and_short) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "日";
    text += "本";
    for (int i = 0; i < 300; ++i) text += "日";
    const std::string shown = excerpt(text, query("本"), 40);
    EXPECT_EQ(length(shown), 42u);
    EXPECT_EQ(clean(shown), shown);
    EXPECT_NE(shown.find("本"), std::string::npos);
}

}  // namespace
}  // namespace kith::text

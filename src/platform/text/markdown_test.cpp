#include "platform/text/markdown.hpp"

#include <gtest/gtest.h>

namespace kith::text {
namespace {

using Names = std::vector<std::string>;

// The shortest reading of each.
Names names_in(std::string_view markdown) {
    Names out;
    for (const Mention& mention : mentions_in(markdown)) out.push_back(mention.back());
    return out;
}

constexpr std::string_view open_bars = "<span class=\"spoiler\" tabindex=\"0\"><b></b><span>";
constexpr std::string_view close_bars = "</span></span>";

// With "[" and "]" for the tags around a hidden passage.
std::string with_bars(std::string_view expected) {
    std::string out;
    for (const char c : expected) {
        if (c == '[') {
            out += open_bars;
        } else if (c == ']') {
            out += close_bars;
        } else {
            out += c;
        }
    }
    return out;
}

std::string html(std::string_view markdown) { return std::string(render_markdown(markdown).html()); }

TEST(Markdown, paragraphs_and_emphasis_are_rendered) {
    EXPECT_EQ(html("a *b* **c** `d`\n\ne"), "<p>a <em>b</em> <strong>c</strong> <code>d</code></p><p>e</p>");
}

TEST(Markdown, a_line_break_is_a_line_break) { EXPECT_EQ(html("a\nb"), "<p>a<br>b</p>"); }

TEST(Markdown, raw_html_is_shown_as_text) {
    EXPECT_EQ(html("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    EXPECT_EQ(html("a <b onclick=\"x\">c"), "<p>a &lt;b onclick=&quot;x&quot;&gt;c</p>");
}

TEST(Markdown, headings_begin_below_those_of_the_page) {
    EXPECT_EQ(html("# a\n## b\n### c\n###### d"), "<h3>a</h3><h4>b</h4><h5>c</h5><h5>d</h5>");
}

TEST(Markdown, lists_quotes_rules_and_code_are_rendered) {
    EXPECT_EQ(html("- a\n- b"), "<ul><li>a</li><li>b</li></ul>");
    EXPECT_EQ(html("3. a"), "<ol start=\"3\"><li>a</li></ol>");
    EXPECT_EQ(html("> a"), "<blockquote><p>a</p></blockquote>");
    EXPECT_EQ(html("---"), "<hr>");
    EXPECT_EQ(html("```\na < b\n@c ||d||\n```"), "<pre><code>a &lt; b\n@c ||d||\n</code></pre>");
    EXPECT_EQ(html(">"), "<blockquote></blockquote>");
}

TEST(Markdown, outside_links_do_not_tell_where_they_come_from) {
    EXPECT_EQ(html("[a](https://x.org/?b=1&c=2)"),
              "<p><a href=\"https://x.org/?b=1&amp;c=2\" rel=\"nofollow noreferrer noopener\">a</a></p>");
    EXPECT_EQ(html("see https://x.org/a."),
              "<p>see <a href=\"https://x.org/a\" rel=\"nofollow noreferrer noopener\">"
              "https://x.org/a</a>.</p>");
}

TEST(Markdown, links_within_the_house_are_plain) {
    EXPECT_EQ(html("[a](/groups/3)"), "<p><a href=\"/groups/3\">a</a></p>");
}

TEST(Markdown, links_elsewhere_are_only_text) {
    for (const std::string_view address :
         {"javascript:alert(1)", "JavaScript:alert(1)", "//evil.example", "/\\evil", "data:text/html,x",
          "x.html", "javascript&colon;alert(1)", "&#106;avascript:x", "vbscript:x", "<java\tscript:x>"})
        EXPECT_EQ(html("[a](" + std::string(address) + ")").find("<a"), std::string::npos) << address;
}

TEST(Markdown, an_address_can_not_leave_its_attribute) {
    EXPECT_EQ(html("[a](<https://x.org/\"onclick=\"y>)"),
              "<p><a href=\"https://x.org/&quot;onclick=&quot;y\" "
              "rel=\"nofollow noreferrer noopener\">a</a></p>");
    EXPECT_EQ(html("[a](/b&quot;c)"), "<p><a href=\"/b&quot;c\">a</a></p>");
}

TEST(Markdown, images_are_links_to_their_address) {
    EXPECT_EQ(html("![a *cat*](https://x.org/c.png)"),
              "<p><a href=\"https://x.org/c.png\" rel=\"nofollow noreferrer noopener\">"
              "a <em>cat</em></a></p>");
    EXPECT_EQ(html("![](/c.png)"), "<p><a href=\"/c.png\">/c.png</a></p>");
    EXPECT_EQ(html("[![b](/b)](/a)"), "<p><a href=\"/a\">b</a></p>");
    EXPECT_EQ(html("![a [b](/b)](/a)"), "<p><a href=\"/a\">a b</a></p>");
}

TEST(Markdown, entities_are_characters) {
    EXPECT_EQ(html("&lt;b&gt; &amp; &#65; &nope; &#x202E;!"), "<p>&lt;b&gt; &amp; A &amp;nope; !</p>");
    EXPECT_EQ(html("&#0; &#xD800; &#9999999;"), "<p>\uFFFD \uFFFD \uFFFD</p>");
}

TEST(Markdown, bars_hide_a_passage) {
    EXPECT_EQ(html("a ||b *c*|| d"), with_bars("<p>a [b <em>c</em>] d</p>"));
    EXPECT_EQ(html("||a|| ||b||"), with_bars("<p>[a] [b]</p>"));
}

TEST(Markdown, bars_without_a_partner_are_text) {
    EXPECT_EQ(html("a || b"), "<p>a || b</p>");
    EXPECT_EQ(html("||a\n\nb||"), "<p>||a</p><p>b||</p>");
    EXPECT_EQ(html("\\|\\|a||"), "<p>||a||</p>");
    EXPECT_EQ(html("||||"), "<p>||||</p>");
    EXPECT_EQ(html("||a *b|| c*"), "<p>||a <em>b|| c</em></p>");
}

TEST(Markdown, hidden_passages_nest_with_other_marks) {
    EXPECT_EQ(html("||a *b ||c|| d*||"), with_bars("<p>[a <em>b [c] d</em>]</p>"));
    EXPECT_EQ(html("*||a* ||b|| *c||*"), with_bars("<p><em>||a</em> [b] <em>c||</em></p>"));
}

TEST(Markdown, hidden_passages_are_announced_in_the_words_of_the_reader_alone) {
    const Safe kept = render_markdown("||a|| b\n\n>! c");
    EXPECT_EQ(kept.html().find("Hidden"), std::string_view::npos) << "what is kept is in no language";
    EXPECT_EQ(announce_hidden(kept, "Texto oculto <3").html(),
              "<p><span class=\"spoiler\" tabindex=\"0\"><b>Texto oculto &lt;3</b><span>a</span></span> b</p>"
              "<details class=\"spoiler\"><summary><b>Texto oculto &lt;3</b></summary><p>c</p></details>");
    EXPECT_EQ(announce_hidden(render_markdown("<b></b> a"), "x").html(), "<p>&lt;b&gt;&lt;/b&gt; a</p>");
}

TEST(Markdown, a_quote_with_exclamation_marks_is_hidden) {
    constexpr std::string_view open = "<details class=\"spoiler\"><summary><b></b></summary>";
    EXPECT_EQ(html(">! a\n>! b"), std::string(open) + "<p>a<br>b</p></details>");
    EXPECT_EQ(html("> !\n>\n> - a"), std::string(open) + "<ul><li>a</li></ul></details>");
    EXPECT_EQ(html(">! a\n>\n>! b"), std::string(open) + "<p>a</p><p>b</p></details>");
    EXPECT_EQ(html("> !important"), "<blockquote><p>!important</p></blockquote>");
    EXPECT_EQ(html("> !*a*"), "<blockquote><p>!<em>a</em></p></blockquote>");
    EXPECT_EQ(html("> \\! a"), "<blockquote><p>! a</p></blockquote>");
    EXPECT_EQ(html("> a\n> ! b"), "<blockquote><p>a<br>! b</p></blockquote>");
    EXPECT_EQ(html("> > ! b"), "<blockquote>" + std::string(open) + "<p>b</p></details></blockquote>");
}

TEST(Markdown, pictures_that_were_brought_here_are_shown_with_what_can_be_seen) {
    const std::string at = "(picture:abcdefghijklmnopqrst/800x600)";
    const std::string image = "<img src=\"/pictures/abcdefghijklmnopqrst\" alt=\"";
    const std::string end = "\" width=\"800\" height=\"600\" loading=\"lazy\"></span>";
    EXPECT_EQ(html("![A rose]" + at),
              "<p><span class=\"picture\" data-words=\"A rose\">" + image + "A rose" + end + "</p>");
    const std::string odd = "A b x @Ada ||c|| &quot;&lt;&gt;";
    EXPECT_EQ(
        html("![A *b* [x](https://y.org) @Ada ||c|| \"<>](picture:abcdefghijklmnopqrst/800x600 \"blur\")"),
        "<p><span class=\"picture blurred\" tabindex=\"0\" data-words=\"" + odd + "\">" + image + odd + end +
            "</p>");
    EXPECT_NE(html("||![A rose]" + at + "||").find("class=\"spoiler\""), std::string::npos);
    for (const std::string_view wrong :
         {"picture:short/800x600", "picture:abcdefghijklmnopqrst", "picture:abcdefghijklmnopqrst/0x1",
          "picture:abcdefghijklmnopqrst/800x60000", "picture:abcdefghijkl/nopqrst/8x6",
          "picture:../../etc/passwd/8x6", "https://example.org/a.png", "/pictures/abcdefghijklmnopqrst"})
        EXPECT_EQ(html("![x](" + std::string(wrong) + ")").find("<img"), std::string::npos) << wrong;
    const auto found = pictures_in("![A *rose*]" + at + " and again ![]" + at + " `![x]" + at + "`");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].key, "abcdefghijklmnopqrst");
    EXPECT_EQ(found[0].words, "A rose");
}

TEST(Markdown, mentions_are_marked) {
    EXPECT_EQ(html("hi @anna_b-2, and @Ñu."),
              "<p>hi <span class=\"mention\">@anna_b-2</span>, and "
              "<span class=\"mention\">@Ñu</span>.</p>");
}

TEST(Markdown, addresses_and_escaped_signs_are_no_mentions) {
    for (const std::string_view text : {"a@b.org", "\\@anna", "@", "@-a", "x/@a", "`@anna`", "@a@b",
                                        "[@a](/b)", "@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        EXPECT_EQ(html(text).find("mention"), std::string::npos) << text;
        EXPECT_EQ(names_in(text), Names()) << text;
    }
}

TEST(Markdown, mentions_are_found_once_and_at_most_ten) {
    EXPECT_EQ(names_in("@Anna **@ben** @anna\n\n> @cy"), (Names{"Anna", "ben", "cy"}));
    EXPECT_EQ(mentions_in("@a @b @c @d @e @f @g @h @i @j @k").size(), 10u);
}

TEST(Markdown, a_mention_may_be_a_name_of_several_words) {
    const auto first = [](std::string_view text) { return mentions_in(text).at(0); };
    EXPECT_EQ(first("hi @Quiet Fox, hello"), (Names{"Quiet Fox", "Quiet"}));
    EXPECT_EQ(first("@Quiet Harbour 27 and me and you"),
              (Names{"Quiet Harbour 27 and me", "Quiet Harbour 27 and", "Quiet Harbour 27", "Quiet Harbour",
                     "Quiet"}));
    EXPECT_EQ(first("@O'Neil."), (Names{"O'Neil", "O"}));
    EXPECT_EQ(first("@Anna  Fox"), (Names{"Anna"}));
    EXPECT_EQ(first("@Anna\nFox"), (Names{"Anna"}));
    EXPECT_EQ(first("@Anna @Ben"), (Names{"Anna"}));
}

TEST(Markdown, no_link_leads_to_the_quick_exit) {
    for (const std::string_view address :
         {"/leave", "/leave/", "/leave?a", "/leave#a", "/./leave", "/a/../leave", "/%6ceave", "/a//leave",
          "https://this.site/leave", "https://this.site/leave?x"})
        EXPECT_EQ(html("[a](" + std::string(address) + ")").find("<a"), std::string::npos) << address;
    for (const std::string_view address :
         {"/leaves", "/search?q=%20a", "https://x.org/a%20b/leave", "https://x.org", "tel:112"})
        EXPECT_NE(html("[a](" + std::string(address) + ")").find("<a"), std::string::npos) << address;
}

TEST(Markdown, tags_are_balanced_where_the_parser_is_not) {
    for (const std::string_view text : {"*.)*[a](/:*)*", "*.*[a](b/*):)*"}) {
        const std::string out = html(text);
        std::ptrdiff_t depth = 0;
        for (std::size_t at = 0; (at = out.find('<', at)) != std::string::npos; ++at) {
            depth += out[at + 1] == '/' ? -1 : 1;
            ASSERT_GE(depth, 0) << out;
        }
        EXPECT_EQ(depth, 0) << out;
    }
}

TEST(Markdown, plain_text_has_no_marks) {
    EXPECT_EQ(plain_text("# A *b*\n\n- c\n- [d](/e)\n\n> ||f|| @g\n> h &amp; \\*i\\*\n\n---\n\n`j`"),
              "A b\nc\nd\nf @g\nh & *i*\nj");
    EXPECT_EQ(plain_text(">! a\n>! b"), "a\nb");
    EXPECT_EQ(plain_text(""), "");
}

TEST(Markdown, hostile_input_is_bounded_and_balanced) {
    const auto repeat = [](std::string_view text, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += text;
        return out;
    };
    const std::string references = "[a]: /" + repeat("x", 10'000) + "\n\n" + repeat("[a]", 3'000);
    for (const std::string& input :
         {repeat(">", 20'000), repeat("* ", 10'000), repeat("*a", 10'000), repeat("**a ", 5'000),
          repeat("[", 20'000), repeat("||", 10'000), repeat("||a", 7'000), repeat("![", 10'000),
          repeat("@a ", 7'000), repeat("`", 20'000), references, repeat("&#1;", 5'000)}) {
        const std::string out = html(input);
        EXPECT_LT(out.size(), 16 * input.size() + 4096) << input.substr(0, 10);
        std::ptrdiff_t depth = 0;
        for (std::size_t at = 0; (at = out.find('<', at)) != std::string::npos; ++at) {
            if (out.compare(at, 4, "<br>") == 0 || out.compare(at, 4, "<hr>") == 0) continue;
            depth += out[at + 1] == '/' ? -1 : 1;
            ASSERT_GE(depth, 0);
        }
        EXPECT_EQ(depth, 0);
    }
}

}  // namespace
}  // namespace kith::text

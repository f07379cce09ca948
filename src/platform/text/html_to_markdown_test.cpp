#include "platform/text/html_to_markdown.hpp"

#include <gtest/gtest.h>

#include "platform/text/markdown.hpp"

namespace kith::text {
namespace {

std::string round_trip(std::string_view html) {
    return std::string(render_markdown(html_to_markdown(html)).html());
}

TEST(HtmlToMarkdown, paragraphs_breaks_and_headings_are_kept) {
    EXPECT_EQ(html_to_markdown("<h2> A  b </h2><p>c\n d<br>e</p><div>f</div>g<hr>"),
              "## A b\n\nc d\ne\n\nf\n\ng\n\n---");
    EXPECT_EQ(html_to_markdown(""), "");
}

TEST(HtmlToMarkdown, emphasis_and_code_are_kept) {
    EXPECT_EQ(html_to_markdown("a<b> b </b>c <i>d</i> <b><i>e</i></b> <code>f`*</code> <b></b>"),
              "a **b** c *d* ***e*** ``f`*``");
    EXPECT_EQ(html_to_markdown("<pre><code>a\n  *b* ```\n</code></pre>"), "````\na\n  *b* ```\n````");
}

TEST(HtmlToMarkdown, lists_are_kept) {
    EXPECT_EQ(html_to_markdown("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>"),
              "- a\n  - b\n- c\n\n  d");
    EXPECT_EQ(html_to_markdown("<ol start=9><li>a<li>b</ol>"), "9. a\n10. b");
}

TEST(HtmlToMarkdown, quotes_are_kept) {
    EXPECT_EQ(html_to_markdown("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>"),
              "> a\n>\n> > b");
    EXPECT_EQ(html_to_markdown("<aside class=\"quote no-group\" data-username=\"moss\">"
                               "<div class=\"title\"><img class=\"avatar\" alt=\"x\"> moss:</div>"
                               "<blockquote><p>hello</p></blockquote></aside><p>yes</p>"),
              "> moss:\n>\n> hello\n\nyes");
}

TEST(HtmlToMarkdown, links_are_kept_if_members_may_write_them) {
    EXPECT_EQ(html_to_markdown("wow!<a href=\"https://x.org/a_(b)?c&amp;d\">a [b]</a>"),
              "wow\\![a \\[b\\]](https://x.org/a_%28b%29?c\\&d)");
    EXPECT_EQ(html_to_markdown("<a href=\"javascript:x\">a</a> <a href=\"/b\">b</a> <a>c</a>"), "a b c");
    EXPECT_EQ(html_to_markdown("<a href=\"mailto:a@x.org\">m</a> <a href=\" MailTo:a@x.org\">n</a>"), "m n");
    const HtmlOrigin none{.keeps_link = [](std::string_view href) { return href.ends_with("/kept"); }};
    EXPECT_EQ(
        html_to_markdown("<a href=\"https://x.org/a\">a</a> <a href=\"https://x.org/kept\">b</a>", none),
        "a [b](https://x.org/kept)");
}

TEST(HtmlToMarkdown, links_around_blocks_are_kept_around_their_first_words) {
    EXPECT_EQ(html_to_markdown("<a href=\"https://x.org\"><div>a</div><p>b</p></a>"),
              "[a](https://x.org)\n\nb");
    EXPECT_EQ(html_to_markdown("<a href=\"https://x.org\"><h2>a</h2>b</a>"), "## [a](https://x.org)\n\nb");
    EXPECT_EQ(round_trip("<ul><li><a href=\"https://x.org\"><p>a</p></a></li></ul>"),
              round_trip("<ul><li><a href=\"https://x.org\">a</a></li></ul>"));
}

TEST(HtmlToMarkdown, enlargeable_pictures_are_links_without_their_sizes) {
    const auto lightbox = [](std::string_view image) {
        return html_to_markdown(
            "<p>See:</p><div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"https://x.org/f.png\">" +
            std::string(image) +
            "<div class=\"meta\"><svg></svg><span class=\"filename\">f.png</span>"
            "<span class=\"informations\">690x388 53 KB</span></div></a></div>");
    };
    EXPECT_EQ(lightbox("<img alt=\"my garden\" src=\"f_690.png\">"),
              "See:\n\n[\\[image: my garden\\]](https://x.org/f.png)");
    EXPECT_EQ(lightbox("<img src=\"f_690.png\">"), "See:\n\n[(a picture)](https://x.org/f.png)");
}

TEST(HtmlToMarkdown, previews_of_other_sites_keep_their_words_and_links) {
    EXPECT_EQ(
        html_to_markdown("<aside class=\"onebox allowlistedgeneric\"><header class=\"source\"><img "
                         "class=\"site-icon\" src=i.png><a href=\"https://x.org/p\">x.org</a></header>"
                         "<article class=\"onebox-body\"><img class=\"thumbnail\" src=t.png><h3><a "
                         "href=\"https://x.org/p\">On sleep</a></h3><p>What helps.</p></article></aside>"),
        "[x.org](https://x.org/p)\n\n### [On sleep](https://x.org/p)\n\nWhat helps.");
}

TEST(HtmlToMarkdown, a_picture_alone_says_that_there_is_one) {
    EXPECT_EQ(html_to_markdown("<p><img src=x></p>"), "(a picture)");
    EXPECT_EQ(html_to_markdown("<img class=\"avatar\" src=x>"), "");
}

TEST(HtmlToMarkdown, people_of_the_other_house_get_the_names_they_have_here) {
    const HtmlOrigin origin{.name_of = [](std::string_view name) { return "<" + std::string(name) + ">"; }};
    EXPECT_EQ(
        html_to_markdown("<a class=\"mention\" href=\"/u/moss\">@moss</a>, <span class=\"mention\">@Fern"
                         "</span> <a href=\"/u/x\">@x</a>",
                         origin),
        "<moss>, <Fern> @x");
    EXPECT_EQ(html_to_markdown("<aside class=\"quote\" data-username=\"moss\"><div class=\"title\"><div "
                               "class=\"quote-controls\"></div><img class=\"avatar\"> Moss Green:</div>"
                               "<blockquote><p>hello</p></blockquote></aside>",
                               origin),
              "> <moss>:\n>\n> hello");
}

TEST(HtmlToMarkdown, hidden_passages_stay_hidden) {
    EXPECT_EQ(html_to_markdown("<p>a <span class=\"spoiler\">b <i>c</i></span></p>"), "a ||b *c*||");
    EXPECT_EQ(html_to_markdown("<details><summary>More</summary>b</details>"), "More\n\n||b||");
    EXPECT_EQ(round_trip("<details><p>a</p><ul><li>b</li></ul></details>"),
              "<details class=\"spoiler\"><summary><b></b></summary><p>a</p><ul><li>b</li></ul>"
              "</details>");
    EXPECT_EQ(html_to_markdown("<div class=\"spoiler\"><p>a</p></div>"), "||a||");
}

TEST(HtmlToMarkdown, images_are_their_text) {
    EXPECT_EQ(html_to_markdown("<img src=x alt=\"a *cat*\"><img src=y>"), "\\[image: a \\*cat\\*\\]");
    EXPECT_EQ(html_to_markdown("<img class=\"emoji\" alt=\":heart:\">"), ":heart:");
}

TEST(HtmlToMarkdown, scripts_are_gone_and_other_elements_unwrapped) {
    EXPECT_EQ(html_to_markdown("<title>t</title>a<script>b</script><style>c</style><iframe>d</iframe>"
                               "<font color=red>e</font><!-- f --><table><tr><td>g</td><td>h</td></tr>"
                               "<tr><td>i</td></tr></table>"),
              "ae\n\ng h\n\ni");
}

TEST(HtmlToMarkdown, text_stays_text) {
    for (const std::string_view text :
         {"*a* **b** _c_", "# a",  "1. a",    "2) b",    "- a",      "+ a",  "* a",   "---",
          "===",           "~~~",  "```",     "[a](/b)", "![a](/b)", "a\\b", "||a||", "`a`",
          "> a",           "! a",  "[a]: /b", "a_b_c",   "***",      "|| a", "a #",   "https",
          "1986. x",       "_a_b", "[x",      "&",       "a & b",    "#",    "-",     "AT&T;"}) {
        std::string escaped;
        escape_html(escaped, text);
        EXPECT_EQ(round_trip("<p>" + escaped + "</p>"), "<p>" + escaped + "</p>");
        EXPECT_EQ(round_trip("<p>a<br>" + escaped + "</p>"), "<p>a<br>" + escaped + "</p>");
        EXPECT_EQ(round_trip("<ul><li>" + escaped + "</li></ul>"), "<ul><li>" + escaped + "</li></ul>");
        EXPECT_EQ(round_trip("<h1>" + escaped + "</h1>"), "<h3>" + escaped + "</h3>");
        EXPECT_EQ(round_trip("<blockquote>" + escaped + "</blockquote>"),
                  "<blockquote><p>" + escaped + "</p></blockquote>");
    }
    EXPECT_EQ(round_trip("&amp;amp; &lt;b&gt; &amp;#65;"), "<p>&amp;amp; &lt;b&gt; &amp;#65;</p>");
}

TEST(HtmlToMarkdown, mentions_stay_mentions) { EXPECT_EQ(html_to_markdown("@anna_b_c!"), "@anna_b_c!"); }

TEST(HtmlToMarkdown, hostile_html_is_bounded) {
    const auto repeat = [](std::string_view text, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += text;
        return out;
    };
    for (const std::string& html :
         {repeat("<div>", 40'000), repeat("<b><i>", 20'000), repeat("<b a>", 30) + repeat("<p>x", 20'000),
          repeat("<blockquote>", 90) + repeat("a<br>", 20'000), repeat("<ul><li>", 150) + "x",
          "<a " + repeat("b ", 50'000), repeat("<", 200'000), repeat("<table>", 300),
          repeat("<details>", 90) + repeat("x<br>", 20'000), repeat("x", 300'000), repeat("<a<", 50'000),
          repeat("</p>", 50'000)})
        EXPECT_LT(html_to_markdown(html).size(), 30 * html.size()) << html.substr(0, 20);
    EXPECT_EQ(html_to_markdown(repeat("<div>", 1000) + "still *here*"), "still \\*here\\*");
    EXPECT_EQ(html_to_markdown(repeat("<div>", 50) + "here"), "here");
    EXPECT_EQ(html_to_markdown(repeat("<div>", 150) + "gone"), "");
}

}  // namespace
}  // namespace kith::text

#include <array>

#include "site/pages.hpp"
#include "url.hpp"

// Every part of the visual language once, with made-up content: to look at, and to compare after a change.
namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

void heading(Html& h, std::string_view words) { h << "<h2>" << words << "</h2>"; }

void buttons(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("Buttons and links"));
    h << "<p class=\"row\"><button type=\"button\" class=\"button\">" << ctx.t("Save my words")
      << "</button><button type=\"button\" class=\"button quiet\">" << ctx.t("Not now")
      << "</button><button type=\"button\" class=\"button danger\">" << ctx.t("Remove for good")
      << "</button><button type=\"button\" class=\"button quiet danger\">" << ctx.t("Leave the group")
      << "</button><button type=\"button\" class=\"button\" disabled>" << ctx.t("Sending")
      << "</button><a href=\"#forms\">" << ctx.t("A link") << "</a></p>";
}

void fields(Html& h, const Ctx& ctx) {
    const Error error{Fault::invalid, t_later("Please choose a name."), "sample_wrong"};
    h << "<h2 id=\"forms\">" << ctx.t("Fields") << "</h2>";
    http::error_summary(h, ctx, error);
    field(h, ctx, {.name = "sample_plain", .label = ctx.t("Name"), .hint = ctx.t("Others will see it.")},
          nullptr);
    field(h, ctx, {.name = "sample_wrong", .label = ctx.t("Name")}, &error);
    field(h, ctx, {.name = "sample_secret", .label = ctx.t("Password"), .type = "password"}, nullptr);
    field(h, ctx, {.name = "sample_text", .label = ctx.t("Your words"), .rows = 3}, nullptr);
}

void choices(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("Choices"));
    const std::array sleep{http::Option{"good", ctx.t("Good")}, http::Option{"so-so", ctx.t("So-so")},
                           http::Option{"bad", ctx.t("Bad")}};
    http::choices(h, ctx, {"sample_sleep", ctx.t("How was your sleep?"), "so-so"}, sleep, nullptr);
    check_box(h, ctx, {.name = "sample_agreed", .label = ctx.t("I have read the rules"), .checked = true});
}

void boxes(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("Boxes"));
    h << "<p class=\"notice\">" << ctx.t("This group opens on Monday.") << "</p><p class=\"notice warn\">"
      << ctx.t("This group closes in three days. You can read it for a year.")
      << "</p><div class=\"card\"><h3>" << ctx.t("Living with migraine") << "</h3><p>"
      << ctx.t("For people who know the dark room.") << "</p><p class=\"meta\">" << ctx.t("Led by Dee")
      << " <span class=\"badge\">" << ctx.t("open") << "</span></p></div><div class=\"empty\"><p>"
      << ctx.t("You have read everything. Rest well.") << "</p></div><aside class=\"side\"><h3>"
      << ctx.t("About this group") << "</h3><p>" << ctx.t("Day 9 of 28") << "</p></aside>";
}

void thread_rows(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("Threads"));
    h << "<ul class=\"threads\"><li class=\"thread-row unread\"><a class=\"thread-title\" href=\"#\">"
      << ctx.t("What helps you at night?") << "</a><p class=\"meta\">" << ctx.t("Ada, about an hour ago")
      << "</p></li><li class=\"thread-row\"><a class=\"thread-title\" href=\"#\">"
      << ctx.t("Small good things") << "</a><p class=\"meta\">" << ctx.t("Bo, yesterday") << "</p></li></ul>";
}

void post(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("A post"));
    h << "<article class=\"post\"><header class=\"post-head\"><span class=\"avatar a3 b1\" "
         "aria-hidden=\"true\">A</span><h2>"
      << ctx.f("Post %1", "1") << ", Ada</h2><span class=\"when\">" << ctx.t("about an hour ago")
      << "</span></header><details class=\"note\"><summary>"
      << ctx.f("Content note: %1. Show the post", ctx.t("pain"))
      << "</summary><div class=\"text\"><blockquote><p>" << ctx.t("Does anything help you?")
      << "</p></blockquote><p>" << ctx.t("A warm bottle, and this page.")
      << "</p></div></details><ul class=\"supports\"><li><button type=\"button\" aria-pressed=\"true\">"
      << ctx.t("With you") << "</button></li><li><button type=\"button\">" << ctx.t("Me too")
      << "</button></li></ul><div class=\"post-actions\"><a href=\"#\">" << ctx.t("Reply")
      << "</a><a href=\"#\">" << ctx.t("Change") << "</a></div></article>";
}

void table(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("A table"));
    h << "<table class=\"reflow\"><caption>" << ctx.t("Check-ins")
      << "</caption><thead><tr><th scope=\"col\">" << ctx.t("Week") << "</th><th scope=\"col\">"
      << ctx.t("Answers") << "</th></tr></thead><tbody>";
    for (const auto& [week, answers] : {std::pair(1, 18), std::pair(2, 16)})
        h << "<tr><td data-label=\"" << ctx.t("Week") << "\">" << week << "</td><td data-label=\""
          << ctx.t("Answers") << "\">" << answers << "</td></tr>";
    h << "</tbody></table>";
}

void ways_around(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("Ways around"));
    h << "<nav class=\"tabs\" aria-label=\"" << ctx.t("Tabs") << "\"><a href=\"#\" aria-current=\"page\">"
      << ctx.t("Threads") << "</a><a href=\"#\">" << ctx.t("Members")
      << "</a></nav><nav class=\"pagination\" aria-label=\"" << ctx.t("Pages") << "\"><a href=\"#\">"
      << ctx.t("Earlier page") << "</a><span aria-current=\"page\">" << ctx.f("Page %1 of %2", "2", "3")
      << "</span><a href=\"#\">" << ctx.t("Next page")
      << "</a></nav><p class=\"progress\"><progress max=\"6\" value=\"3\"></progress>"
      << ctx.f("%1 of %2", "3", "6") << "</p><ol class=\"steps\"><li>" << ctx.t("Read along") << "</li><li>"
      << ctx.t("Write when you feel ready") << "</li></ol><ul class=\"timeline\"><li>"
      << ctx.t("The group opened") << "</li><li>" << ctx.t("Today") << "</li></ul>";
}

void help(Html& h, const Ctx& ctx) {
    heading(h, ctx.t("Urgent help"));
    h << "<ul class=\"helplines\"><li><h3>" << ctx.t("Emergency")
      << "</h3><p class=\"way\"><a href=\"tel:112\">" << ctx.f("Call %1", "112") << "</a></p><p>"
      << ctx.t("day and night")
      << "</p></li></ul><ul class=\"codes\"><li><code>k7fq-93mt</code></li>"
         "<li><code>b2xd-64pw</code></li></ul>";
}

Response get_design(Ctx& ctx) {
    Html h;
    for (const auto part : {buttons, fields, choices, boxes, thread_rows, post, table, ways_around, help})
        part(h, ctx);
    return http::page(ctx, admin_frame(ctx, ctx.t("Parts of the pages")), h);
}

}  // namespace

std::vector<http::Route> design_routes() {
    return {{http::Method::get, "/design", http::gate::host, get_design}};
}

}  // namespace kith::site

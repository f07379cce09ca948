#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "audit/audit.hpp"
#include "crises/testing.hpp"
#include "platform/words/words.hpp"

namespace kith::crises {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const ExportForm by_order{
    .requester = "District court", .reference = "7 C 12", .reason = "An order of today."};

Result<CaseFile> make(Night& at, MemberId who, const ExportForm& form = by_order) {
    return at.world.db().write(
        [&](db::Tx& tx) { return export_case(tx, as(who), at.id, form, Words::of(Language::en)); });
}

BOTH_ENGINES(Exports, hold_the_case_without_who_reported) {
    Night at(world);
    world.clock.advance(hour_ms);
    world.must([&](db::Tx& tx) {
        return conversation::edit_post(tx, as(at.cast.ada), at.post, "A <b>zebra</b>, twice.", "");
    });
    world.must([&](db::Tx& tx) {
        return note_attempt(tx, as(at.cast.mo), at.id, {Way::phone, Reached::yes, "They are safe."});
    });
    at.close();
    const auto file = make(at, at.cast.oz);
    ASSERT_TRUE(file);
    for (const std::string_view part :
         {"District court", "7 C 12", "An order of today.", "A zebra.", "I am worried.", "They are safe.",
          "We are here for you.", "Mo tried to reach them."})
        for (const std::string* text : {&file->html, &file->json})
            EXPECT_THAT(*text, HasSubstr(std::string(part)));
    EXPECT_THAT(file->html, HasSubstr("A &lt;b&gt;zebra&lt;/b&gt;, twice."));
    EXPECT_THAT(file->html, Not(HasSubstr("Bo<")));
    EXPECT_THAT(file->json, HasSubstr("\"reporter\":\"\""));
    EXPECT_TRUE(boost::json::parse(file->json).is_object());
}

BOTH_ENGINES(Exports, name_those_who_reported_only_where_the_request_demands_it) {
    Night at(world);
    ExportForm form = by_order;
    form.with_reporters = true;
    EXPECT_EQ(make(at, at.cast.oz, form).error().field, "reporters_reason");
    form.reporters_reason = "The order names it.";
    EXPECT_THAT(make(at, at.cast.oz, form)->json, HasSubstr("\"reporter\":\"Bo\""));
}

BOTH_ENGINES(Exports, are_for_a_host_with_a_reason) {
    Night at(world);
    for (const MemberId who : {at.cast.ada, at.cast.bo, at.cast.mo, at.cast.dee, at.cast.rae})
        EXPECT_EQ(make(at, who).error().fault, Fault::not_found);
    const auto field_without = [&](auto&& change) {
        ExportForm form = by_order;
        change(form);
        const auto file = make(at, at.cast.oz, form);
        return file ? std::string() : std::string(file.error().field);
    };
    EXPECT_EQ(field_without([](ExportForm& form) { form.requester = " "; }), "requester");
    EXPECT_EQ(field_without([](ExportForm& form) { form.reason.clear(); }), "reason");
    EXPECT_EQ(field_without([](ExportForm& form) { form.is_silent = true; }), "silence_reason");
    const CaseId about_oz = at.report(at.write(at.cast.bo));
    world.must([&](db::Tx& tx) {
        return identity::grant_role(tx, Actor::system(), at.cast.bo, identity::Role::host);
    });
    at.id = about_oz;
    EXPECT_EQ(make(at, at.cast.bo).error().fault, Fault::not_found) << "not about one's own words";
}

BOTH_ENGINES(Exports, never_tell_who_stands_behind_an_alias_nor_what_is_sealed) {
    Night at(world, conversation::Voice::anonymous);
    world.must([&](db::Tx& tx) { return leave_contact(tx, as(at.cast.ada), {.phone = "555 0100"}); });
    const auto file = make(at, at.cast.oz);
    for (const std::string* text : {&file->html, &file->json})
        for (const std::string_view secret : {"Ada", "555 0100"})
            EXPECT_THAT(*text, Not(HasSubstr(std::string(secret))));
    EXPECT_THAT(file->json, HasSubstr("Anonymous "));
}

BOTH_ENGINES(Exports, are_kept_audited_and_told_after_a_week_unless_the_law_forbids_it) {
    Night at(world);
    ASSERT_TRUE(make(at, at.cast.oz));
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 1); })[0].verb, "case.exported");
    const auto kept = world.db().read([&](db::ReadTx& tx) { return exports_of(tx, as(at.cast.oz), at.id); });
    ASSERT_EQ(kept->size(), 1u);
    EXPECT_EQ(kept->at(0).requester, "District court");
    const auto knows = [&](MemberId who, std::string_view words) {
        return at.pages.get("/me/access-log", who).shows(words);
    };
    EXPECT_FALSE(knows(at.cast.ada, "District court"));
    world.clock.advance(7 * day_ms);
    EXPECT_TRUE(knows(at.cast.ada, "District court: An order of today."));
    EXPECT_FALSE(knows(at.cast.bo, "District court")) << "their name was not in it";
    ExportForm form = by_order;
    form.requester = "Police";
    form.with_reporters = form.is_silent = true;
    form.reporters_reason = form.silence_reason = "The order says so.";
    ASSERT_TRUE(make(at, at.cast.oz, form));
    form.requester = "Regional court";
    form.is_silent = false;
    ASSERT_TRUE(make(at, at.cast.oz, form));
    world.clock.advance(7 * day_ms);
    for (const MemberId who : {at.cast.ada, at.cast.bo}) {
        EXPECT_FALSE(knows(who, "Police"));
        EXPECT_TRUE(knows(who, "Regional court"));
    }
}

BOTH_ENGINES(ExportPage, gives_a_zip_to_a_host_who_confirms) {
    Night at(world);
    const std::string page = url::case_export(at.id).text();
    EXPECT_EQ(at.pages.get(page, at.cast.mo).status, 404);
    EXPECT_FALSE(at.pages.get(url::case_timeline(at.id).text(), at.cast.mo).shows(page));
    EXPECT_TRUE(at.pages.get(url::case_timeline(at.id).text(), at.cast.oz).shows(page));
    std::map<std::string, std::string> form{{"requester", "<b>Court"}, {"reason", "An order."}};
    const auto wrong = at.pages.post(page, form, at.cast.oz);
    EXPECT_EQ(wrong.status, 422) << "needs the password";
    EXPECT_THAT(wrong.body, HasSubstr("&lt;b&gt;Court"));
    form["current"] = Cast::password;
    const auto file = at.pages.post(page, form, at.cast.oz);
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.body.substr(0, 2), "PK");
    EXPECT_EQ(file.headers.at("content-disposition"),
              "attachment; filename=\"case-" + std::to_string(at.id.value()) + ".zip\"");
    EXPECT_EQ(at.pages.post(page, form, at.cast.mo).status, 404);
    EXPECT_TRUE(at.pages.get(page, at.cast.oz).shows("Made before"));
}

}  // namespace
}  // namespace kith::crises

#include "transparency/transparency.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "conversation/conversation.hpp"
#include "safeguarding/safeguarding.hpp"
#include "tests/duty.hpp"
#include "tests/faults.hpp"
#include "tests/pages.hpp"
#include "transparency/files.hpp"
#include "url.hpp"

namespace kith::transparency {
namespace {

using safeguarding::Outcome, safeguarding::Reason, safeguarding::Urgency;
using test::as, test::Cast, test::expect_whole_or_nothing, test::Pages, test::World;

const Period spring{{1'767'225'600'000}, {1'775'001'600'000}};  // 1 January to 31 March 2026

Report report_now(World& world, std::string_view from = "2026-02-01", std::string_view to = "2026-02-28") {
    return *world.db().read(
        [&](db::ReadTx& tx) { return report_for(tx, Actor::system(), *period_of(from, to, tx.now())); });
}
std::string words_of(const Figure& figure) {
    return figure.shown == Shown::exact ? std::to_string(figure.value) : std::string(to_word(figure.shown));
}
std::string at(const Report& report, std::string_view key) { return words_of(report.at(key)); }

// A spring with enough of everything to be told.
Facts busy() {
    Facts facts{.posts = 5040,
                .writers = 400,
                .reports = {{Reason::hostile, true, false, 31},
                            {Reason::advice, true, false, 12},
                            {Reason::danger, false, true, 9},
                            {Reason::spam, false, false, 8},
                            {Reason::tension, true, false, 2}},
                .opened = {},
                .decided = {{Outcome::nothing, 20}, {Outcome::talked, 12}, {Outcome::removed, 11}},
                .appeals = {}};
    for (std::int64_t i = 0; i < 20; ++i) {
        const Time opened = spring.from + i * day_ms;
        facts.opened.push_back(
            {Urgency::amber, opened, opened + (i + 1) * 10 * minute_ms, opened + 2 * hour_ms});
    }
    for (std::int64_t i = 0; i < 6; ++i)
        facts.opened.push_back({Urgency::crisis, spring.from, spring.from + minute_ms, {}});
    return facts;
}

PostId write(World& world, const Cast& cast) {
    const ThreadId thread = world.must([&](db::Tx& tx) {
        return conversation::start_thread(tx, as(cast.ada), cast.circle, "Bad nights",
                                          {.markdown = "A walrus."});
    });
    return {thread, 1};
}
void report_and_remove(World& world, const Cast& cast) {
    const PostId post = write(world, cast);
    const CaseId id = world.must([&](db::Tx& tx) {
        return safeguarding::file_report(tx, as(cast.bo), post, {Reason::hostile, "It hurts."});
    });
    world.clock.advance(20 * minute_ms);
    world.must([&](db::Tx& tx) {
        return safeguarding::decide(tx, as(cast.mo), id, {Outcome::removed, "Please rest."});
    });
}

// ---- counting ----------------------------------------------------------------------------------------------

TEST(Transparency, counts_with_what_each_is_of) {
    const Report report = count(busy(), spring, 5);
    EXPECT_EQ(at(report, "posts"), "5040");
    EXPECT_EQ(at(report, "reports"), "62");
    EXPECT_EQ(at(report, "reports.hostile"), "31");
    EXPECT_EQ(at(report, "reports.tension"), "few");
    EXPECT_EQ(at(report, "reports.spam"), "withheld") << "the total would give the two away";
    EXPECT_EQ(at(report, "reports.worse"), "0") << "none tells of nobody";
    EXPECT_EQ(at(report, "reports_by.members"), "45");
    EXPECT_EQ(at(report, "reports_by.guests"), "8");
    EXPECT_EQ(at(report, "reports_by.rules"), "9");
    EXPECT_EQ(at(report, "cases"), "26");
    EXPECT_EQ(at(report, "cases.amber"), "20");
    EXPECT_EQ(at(report, "look.amber.looked"), "20");
    EXPECT_EQ(at(report, "look.amber.within"), "20");
    EXPECT_EQ(at(report, "look.amber.median"), "100");
    EXPECT_EQ(at(report, "look.amber.p90"), "180");
    EXPECT_EQ(at(report, "look.crisis.median"), "1");
    EXPECT_EQ(at(report, "look.crisis.p90"), "withheld") << "of six it is the longest wait of one";
    EXPECT_EQ(at(report, "decision.of_opened"), "20");
    EXPECT_EQ(at(report, "decided"), "43");
    EXPECT_EQ(at(report, "appeals"), "0");
    EXPECT_EQ(at(report, "appeals.median"), "withheld");
    EXPECT_EQ(at(report, "no.such.figure"), "withheld");
}

TEST(Transparency, says_no_time_of_fewer_than_the_least) {
    Facts facts;
    for (int i = 0; i < 4; ++i)
        facts.opened.push_back({Urgency::red, spring.from, spring.from + hour_ms, {}});
    const Report report = count(facts, spring, 5);
    EXPECT_EQ(at(report, "cases.red"), "few");
    EXPECT_EQ(at(report, "look.red.median"), "withheld");
}

TEST(Transparency, tells_not_of_the_one_that_nobody_looked_at) {
    Facts facts = busy();
    facts.opened.push_back({Urgency::amber, spring.from, {}, {}});
    const Report report = count(facts, spring, 5);
    EXPECT_FALSE(report.at("cases.amber").shown == Shown::exact &&
                 report.at("look.amber.looked").shown == Shown::exact);
}

// Somebody is there from 8 to 20 each day; three reports an hour before midnight are looked at in the morning.
TEST(Transparency, counts_a_promise_by_the_clock_of_the_desk) {
    constexpr GroupId group(7), without_rota(8);
    Facts facts;
    std::vector<rota::Span> shifts;
    for (int day = 0; day < 5; ++day) {
        const Time midnight = spring.from + day * day_ms;
        shifts.push_back({midnight + 8 * hour_ms, midnight + 20 * hour_ms});
    }
    facts.cover.put(group, shifts);
    const Time evening = spring.from + 47 * hour_ms, morning = evening + 9 * hour_ms + 30 * minute_ms;
    const auto within = [&](Urgency urgency, GroupId where, Time opened, Time looked) {
        facts.opened.assign(3, {urgency, opened, looked, {}, false, where});
        return at(count(facts, spring, 3), "look." + std::string(to_word(urgency)) + ".within");
    };
    EXPECT_EQ(within(Urgency::red, group, evening, morning), "3") << "half an hour of the one promised";
    EXPECT_EQ(within(Urgency::red, group, evening, morning + hour_ms), "0");
    EXPECT_EQ(within(Urgency::crisis, group, evening, morning), "0") << "every minute counts";
    EXPECT_EQ(within(Urgency::red, without_rota, evening, morning), "0");
    EXPECT_EQ(within(Urgency::red, group, spring.from, spring.from + 9 * hour_ms), "0")
        << "there was no rota yet";
}

TEST(Transparency, measures_what_was_taken_down_and_tells_of_no_few_by_it) {
    Facts facts = busy();
    facts.hidden = 12;
    facts.held_by_host = 6;
    facts.done_about_posts = 23;
    facts.removed_without_report = 7;
    facts.asked_again = 10;
    const Report report = count(facts, spring, 5);
    EXPECT_EQ(at(report, "hidden"), "12");
    EXPECT_EQ(at(report, "writers"), "400");
    EXPECT_EQ(at(report, "appealable"), "30");
    EXPECT_EQ(at(report, "appealable.asked"), "10");
    const Words& words = Words::of(Language::en);
    const std::string text = as_text(in_words(report, {.community = "Harbour"}, words));
    for (const std::string_view part : {"0.2% (12 of 5,040)", "1.5% (6 of 400)", "33% (10 of 30)"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    facts.removed_without_report = 2;
    const Report small = count(facts, spring, 5);
    EXPECT_EQ(at(small, "removed_without_report"), "few");
    EXPECT_FALSE(small.at("appealable").shown == Shown::exact &&
                 small.at("decided.about_posts").shown == Shown::exact)
        << "their difference would tell of the two";
    facts.writers = 8;
    const Report few = count(facts, spring, 5);
    EXPECT_FALSE(few.at("writers").shown == Shown::exact && few.at("held_by_host").shown == Shown::exact)
        << "8, of whom 6: two were not";
}

TEST(Transparency, takes_whole_days_that_make_sense) {
    const Time now = spring.until;
    EXPECT_EQ(period_of("2026-01-01", "2026-03-31", now)->until, spring.until);
    for (const auto& [from, to] : {std::pair("2026-02-30", "2026-03-31"),
                                   {"2026-03-31", "2026-01-01"},
                                   {"", ""},
                                   {"2015-01-01", "2026-01-01"},
                                   {"2026-05-01", "2026-05-02"}})
        EXPECT_FALSE(period_of(from, to, now)) << from << " " << to;
    EXPECT_EQ(last_quarter(now + 5 * day_ms).from, spring.from);
    EXPECT_EQ(last_quarter(now + 5 * day_ms).until, spring.until);
}

BOTH_ENGINES(Transparency, counts_what_is_in_the_tables) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) { return set_least(tx, as(cast.oz), 3); });
    for (int i = 0; i < 3; ++i) report_and_remove(world, cast);
    for (int i = 0; i < 3; ++i) {
        const PostId post = write(world, cast);
        world.must([&](db::Tx& tx) { return conversation::remove_post(tx, as(cast.mo), post, "Rule 2"); });
    }
    const Report report = report_now(world);
    EXPECT_EQ(at(report, "posts"), "6");
    EXPECT_EQ(at(report, "reports.hostile"), "3");
    EXPECT_EQ(at(report, "reports_by.members"), "3");
    EXPECT_EQ(at(report, "cases"), "3");
    EXPECT_EQ(at(report, "decided.removed"), "3");
    EXPECT_EQ(at(report, "decision.median"), "20");
    EXPECT_EQ(at(report, "removed_without_report"), "3") << "not those that a decision removed";
    EXPECT_EQ(at(report, "writers"), "few") << "Ada alone";
    EXPECT_EQ(at(report, "decided.about_posts"), "3");
    EXPECT_EQ(at(report, "appealable"), "6");
    const Report before = report_now(world, "2026-01-01", "2026-01-31");
    EXPECT_EQ(at(before, "posts"), "0");
    EXPECT_EQ(at(before, "cases"), "0");
}

BOTH_ENGINES(Transparency, knows_the_night_in_which_nobody_was_on_shift) {
    test::Duty duty(world);
    world.must([&](db::Tx& tx) { return set_least(tx, as(duty.cast.oz), 3); });
    for (const std::string_view day : {"2026-02-02", "2026-02-03"})
        duty.plan(duty.form("08:00", "12:00", duty.cast.mo, day));
    world.clock.set(test::at("2026-02-02", 13));
    std::vector<CaseId> cases;
    for (int i = 0; i < 3; ++i) {
        const PostId post = write(world, duty.cast);
        cases.push_back(world.must([&](db::Tx& tx) {
            return safeguarding::file_report(tx, as(duty.cast.bo), post, {Reason::hostile, ""});
        }));
    }
    world.clock.set(test::at("2026-02-03", 8, 30));
    for (const CaseId id : cases)
        world.must([&](db::Tx& tx) { return safeguarding::claim(tx, as(duty.cast.mo), id); });
    const Report report = report_now(world);
    EXPECT_EQ(at(report, "look.red.looked"), "3");
    EXPECT_EQ(at(report, "look.red.within"), "3");
    EXPECT_EQ(at(report, "look.red.median"), "1170") << "day and night";
}

BOTH_ENGINES(Transparency, is_for_hosts) {
    const Cast cast(world);
    const auto period = [](db::ReadTx& tx) { return *period_of("2026-01-01", "2026-01-31", tx.now()); };
    for (const MemberId who : {cast.ada, cast.mo, cast.dee, cast.rae}) {
        EXPECT_FALSE(world.db().read([&](db::ReadTx& tx) { return report_for(tx, as(who), period(tx)); }));
        EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return publish(tx, as(who), period(tx), ""); }));
        EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return set_least(tx, as(who), 7); }));
    }
    for (const std::optional<std::int64_t> typed : {std::optional<std::int64_t>(2), {21}, {}})
        EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return set_least(tx, as(cast.oz), typed); }));
}

// ---- publishing --------------------------------------------------------------------------------------------

PublishedId publish_january(World& world, const Cast& cast) {
    return world.must([&](db::Tx& tx) {
        return publish(tx, as(cast.oz), *period_of("2026-01-01", "2026-01-31", tx.now()),
                       "We learned a lot.");
    });
}

BOTH_ENGINES(Transparency, freezes_what_is_published) {
    const Cast cast(world);
    write(world, cast);
    world.clock.advance(40 * day_ms);
    const PublishedId id = world.must([&](db::Tx& tx) {
        return publish(tx, as(cast.oz), *period_of("2026-02-01", "2026-02-28", tx.now()), "");
    });
    const auto frozen = [&] {
        return world.db().read([&](db::ReadTx& tx) { return find_published(tx, id)->report; });
    };
    EXPECT_EQ(at(frozen(), "posts"), "few");
    EXPECT_EQ(frozen().at("posts").value, 0) << "what is not shown is not kept";
    world.must([&](db::Tx& tx) { return set_least(tx, as(cast.oz), 20); });
    EXPECT_EQ(frozen().least, 5);
    EXPECT_EQ(at(frozen(), "posts"), "few");
}

BOTH_ENGINES(Transparency, is_published_whole_or_not_at_all_whichever_statement_fails) {
    const Cast cast(world);
    expect_whole_or_nothing(
        world,
        [&](db::Tx& tx) {
            return publish(tx, as(cast.oz), *period_of("2026-01-01", "2026-01-31", tx.now()), "");
        },
        [&] { EXPECT_TRUE(world.db().read([](db::ReadTx& tx) { return published(tx); }).empty()); });
    EXPECT_EQ(world.db().read([](db::ReadTx& tx) { return published(tx); }).size(), 1u);
}

BOTH_ENGINES(Transparency, publishes_each_day_once_and_only_when_it_is_over) {
    const Cast cast(world);
    const PublishedId id = publish_january(world, cast);
    const auto again = [&](std::string_view from, std::string_view to) {
        return world.db().write(
            [&](db::Tx& tx) { return publish(tx, as(cast.oz), *period_of(from, to, tx.now()), ""); });
    };
    EXPECT_EQ(again("2026-01-31", "2026-01-31").error().field, "from")
        << "the difference could tell of one person";
    EXPECT_EQ(again("2026-02-01", "2026-02-28").error().field, "to") << "not over yet";
    EXPECT_EQ(world.db().write([&](db::Tx& tx) { return withdraw(tx, as(cast.oz), id, " "); }).error().field,
              "reason");
    world.must([&](db::Tx& tx) { return withdraw(tx, as(cast.oz), id, "We counted a test group."); });
    EXPECT_FALSE(world.db().write([&](db::Tx& tx) { return withdraw(tx, as(cast.oz), id, "Again."); }));
    EXPECT_TRUE(again("2026-01-01", "2026-01-31"));
}

BOTH_ENGINES(Transparency, shows_published_reports_to_anybody_and_others_to_hosts) {
    const Cast cast(world);
    Pages pages(world);
    EXPECT_TRUE(pages.get("/transparency").shows("No report has been published yet"));
    const PublishedId id = publish_january(world, cast);
    EXPECT_TRUE(pages.get("/transparency").shows("1 January 2026 to 31 January 2026"));
    const auto page = pages.get(url::published_report(id.value()).text());
    EXPECT_TRUE(page.shows("We learned a lot."));
    EXPECT_TRUE(pages.get(url::published_csv(id.value()).text())
                    .shows("2026-01-01,2026-01-31,posts,exact,0,count,5"));
    EXPECT_TRUE(pages.get(url::published_pdf(id.value()).text()).body.starts_with("%PDF-"));
    for (const std::string target :
         {"/admin/transparency", "/admin/transparency/csv", "/admin/transparency/pdf"}) {
        EXPECT_EQ(pages.get(target, cast.oz).status, 200) << target;
        EXPECT_EQ(pages.get(target, cast.ada).status, 404) << target;
        EXPECT_EQ(pages.get(target).status, 303) << target;
    }
    EXPECT_EQ(pages.get("/admin/transparency?from=2026-02-30&to=x", cast.oz).status, 422);
    EXPECT_EQ(pages.get("/transparency/99").status, 404);
    const auto kept = pages.post(
        "/admin/transparency",
        {{"do", "publish"}, {"from", "2026-01-05"}, {"to", "2026-01-09"}, {"words", "Again."}}, cast.oz);
    EXPECT_EQ(kept.status, 422);
    EXPECT_TRUE(kept.shows("Again."));
    EXPECT_EQ(pages.post("/admin/transparency", {{"do", "least"}, {"least", "2"}}, cast.oz).status, 422);
    const std::string number = std::to_string(id.value());
    EXPECT_EQ(pages
                  .post("/admin/transparency", {{"do", "withdraw"}, {"report", number}, {"reason", "Wrong."}},
                        cast.oz)
                  .status,
              303);
    EXPECT_TRUE(pages.get(url::published_report(id.value()).text()).shows("Wrong."));
    EXPECT_FALSE(pages.get(url::published_report(id.value()).text()).shows("We learned a lot."));
    EXPECT_EQ(pages.get(url::published_pdf(id.value()).text()).status, 404);
}

// ---- files -------------------------------------------------------------------------------------------------

TEST(Transparency, is_a_csv_that_no_spreadsheet_takes_for_formulas) {
    Report report = count(busy(), spring, 5);
    report.figures.push_back({"=cmd|' /C calc'!A0", Shown::exact, 1});
    report.figures.push_back({"with, a comma", Shown::few, 0});
    const std::string csv = as_csv(report);
    EXPECT_TRUE(csv.starts_with("from,to,figure,shown,value,unit,fewer_than\r\n"));
    EXPECT_NE(csv.find("2026-01-01,2026-03-31,reports.hostile,exact,31,count,5\r\n"), std::string::npos);
    EXPECT_NE(csv.find("2026-01-01,2026-03-31,reports.tension,few,,count,5\r\n"), std::string::npos);
    EXPECT_NE(csv.find("look.amber.median,exact,100,minutes,5\r\n"), std::string::npos);
    EXPECT_NE(csv.find(",'=cmd|"), std::string::npos);
    EXPECT_NE(csv.find("\"with, a comma\""), std::string::npos);
}

// What a program of poppler-utils says of a file.
std::string said_by(const std::string& command, const std::string& pdf, const std::string& onto = "") {
    const std::filesystem::path file = std::filesystem::temp_directory_path() /
                                       ("kith-" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(file, std::ios::binary) << pdf;
    std::string out;
    FILE* const pipe = ::popen((command + " " + file.string() + " " + onto + " 2>&1").c_str(), "r");
    std::array<char, 4096> part{};
    while (pipe && std::fgets(part.data(), part.size(), pipe)) out += part.data();
    if (pipe) ::pclose(pipe);
    std::filesystem::remove(file);
    return out;
}

TEST(Transparency, is_a_pdf_with_text_and_tags_in_its_language) {
    const Words& words = Words::of(Language::en);
    const Document document = in_words(count(busy(), spring, 5),
                                       {.community = "Harbour", .by_host = "We learned a lot."}, words);
    const std::string pdf = as_pdf(document, words, spring.until);
    ASSERT_NE(said_by("pdftotext -v", "").find("pdftotext version"), std::string::npos)
        << "poppler-utils is missing: script/setup test";
    const std::string text = said_by("pdftotext -layout", pdf, "-");
    for (const std::string_view part :
         {"What we did: Harbour", "1 January 2026 to 31 March 2026", "We learned a lot.", "5,040",
          "50% (31 of 62)", "fewer than 5", "Page 1"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    const std::string info = said_by("pdfinfo", pdf);
    for (const std::string_view part :
         {"Tagged:          yes", "A4", "Title:           What we did: Harbour"})
        EXPECT_NE(info.find(part), std::string::npos) << part << "\n" << info;
    EXPECT_NE(pdf.find("/Lang (en)"), std::string::npos);
    const std::string tags = said_by("pdfinfo -struct-text", pdf);
    for (const std::string_view part : {"Document", "H1", "H2", "Table", "TH", "TD"})
        EXPECT_NE(tags.find(part), std::string::npos) << part << "\n" << tags;
    const std::string fonts = said_by("pdffonts", pdf);
    EXPECT_NE(fonts.find("Atkinson"), std::string::npos) << fonts;
    EXPECT_EQ(fonts.find("DejaVu"), std::string::npos) << fonts;
}

TEST(Transparency, is_a_pdf_of_as_many_pages_as_its_words_need) {
    const Words& words = Words::of(Language::es);
    std::string long_words;
    for (int i = 0; i < 300; ++i) long_words += "Aprendimos mucho, y lo haremos mejor. ";
    const Document document = in_words(count({}, spring, 5), {.community = "Puerto", .by_host = long_words},
                                       words);
    const std::string pdf = as_pdf(document, words, spring.until);
    EXPECT_TRUE(pdf.starts_with("%PDF-1.4"));
    EXPECT_TRUE(pdf.ends_with("%%EOF\n"));
}

}  // namespace
}  // namespace kith::transparency

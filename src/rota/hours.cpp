#include "rota/hours.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "platform/http/page.hpp"
#include "platform/text/list_words.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zone/zone.hpp"
#include "url.hpp"

namespace kith::rota {
namespace {

constexpr std::int64_t days_read = 7;

// What of the spans lies in a day.
std::vector<Span> on_day(std::span<const Span> spans, const Span& day) {
    std::vector<Span> out;
    for (const Span& span : spans) {
        const Span part{std::max(span.begins_at, day.begins_at), std::min(span.ends_at, day.ends_at)};
        if (part.begins_at < part.ends_at) out.push_back(part);
    }
    return out;
}

// "8:00 to 12:00 and 18:00 to midnight"; empty for a day without anybody.
std::string day_hours(const Words& words, std::string_view zone, std::span<const Span> spans,
                      std::int64_t day) {
    const Span whole{zone::at(zone, day, 0), zone::at(zone, day + 1, 0)};
    std::vector<std::string> out;
    for (const Span& part : on_day(spans, whole))
        out.push_back(part == whole ? std::string(words.t("day and night")) : span_words(words, zone, part));
    return text::listed(words, out);
}

struct Kept {
    std::string zone;
    std::vector<Span> spans;
};

std::mutex kept_mutex;
std::shared_ptr<const Kept>& kept() {
    static std::shared_ptr<const Kept> value;
    return value;
}

}  // namespace

std::string clock_words(const Words& words, std::string_view zone, Time time) {
    const int minute = zone::minute_of(zone, time);
    if (minute == 0) return std::string(words.t("midnight"));
    const std::string rest = std::to_string(minute % 60);
    return std::to_string(minute / 60) + (rest.size() == 1 ? ":0" : ":") + rest;
}

std::string place_of(std::string_view zone) {
    std::string out(zone.substr(zone.rfind('/') + 1));
    std::ranges::replace(out, '_', ' ');
    return out;
}

std::string_view weekday_words(const Words& words, std::int64_t weekday) {
    constexpr std::string_view names[] = {t_later("Monday"),   t_later("Tuesday"), t_later("Wednesday"),
                                          t_later("Thursday"), t_later("Friday"),  t_later("Saturday"),
                                          t_later("Sunday")};
    CHECK(weekday >= 1 && weekday <= 7);
    return words.t(names[weekday - 1]);
}

std::string day_words(const Words& words, std::string_view zone, std::int64_t day, Time now) {
    const std::int64_t today = zone::day_of(zone, now);
    if (day == today) return std::string(words.t("today"));
    if (day == today + 1) return std::string(words.t("tomorrow"));
    return words.f("%1, %2", weekday_words(words, zone::weekday_of(day)), text::date(words, {day * day_ms}));
}

std::string span_words(const Words& words, std::string_view zone, const Span& span) {
    return words.f("%1 to %2", clock_words(words, zone, span.begins_at),
                   clock_words(words, zone, span.ends_at));
}

std::string week_sentence(const Words& words, std::string_view zone, std::span<const Span> spans, Time now) {
    const std::int64_t today = zone::day_of(zone, now);
    const std::string first = day_hours(words, zone, spans, today);
    bool is_alike = true;
    for (std::int64_t day = today + 1; day < today + days_read; ++day)
        is_alike = is_alike && day_hours(words, zone, spans, day) == first;
    const std::string place = place_of(zone);
    if (is_alike && !first.empty())
        return words.f("Looked after every day: %1, by the clock in %2.", first, place);
    const std::string second = day_hours(words, zone, spans, today + 1);
    const std::string_view nobody = words.t("nobody is planned");
    return words.f("Looked after today: %1. Tomorrow: %2. By the clock in %3.",
                   first.empty() ? nobody : std::string_view(first),
                   second.empty() ? nobody : std::string_view(second), place);
}

std::string now_sentence(const Words& words, std::string_view zone, std::span<const Span> spans, Time now) {
    for (const Span& span : spans) {
        if (span.ends_at <= now) continue;
        if (span.begins_at <= now && span.ends_at - now > day_ms)
            return std::string(words.t("Somebody who looks after things here is there now."));
        if (span.begins_at <= now)
            return words.f("Somebody who looks after things here is there now, until %1.",
                           clock_words(words, zone, span.ends_at));
        return words.f("Nobody who looks after things here is there just now. Somebody is back %1, %2.",
                       day_words(words, zone, zone::day_of(zone, span.begins_at), now),
                       clock_words(words, zone, span.begins_at));
    }
    return std::string(words.t("Nobody who looks after things here is there just now."));
}

void show_hours(Html& h, const http::Ctx& ctx, GroupId group) {
    const GroupId groups[] = {group};
    const auto known = ctx.services.db.read(
        [&](db::ReadTx& tx) { return std::pair(cover_of(tx, groups, tx.now() + -day_ms), settings(tx)); });
    const auto& [cover, now] = known;
    if (now.room == group)
        h << "<p><a href=\"" << url::handovers() << "\">" << ctx.t("Handover notes") << "</a></p>";
    if (!cover.has_rota(group)) return;
    const std::string& zone = now.zone;
    const auto spans = cover.spans(group);
    const bool is_covered = cover.covers(group, ctx.now());
    h << (is_covered ? Markup("<div class=\"hours\">") : Markup("<div class=\"hours notice\">")) << "<p>"
      << now_sentence(ctx.words, zone, spans, ctx.now());
    if (!is_covered)
        h << " " << ctx.t("You can write all the same.") << " <a href=\"" << url::help_now() << "\">"
          << ctx.t("Need help now?") << "</a>";
    h << "</p><p class=\"meta\">" << week_sentence(ctx.words, zone, spans, ctx.now()) << "</p></div>";
}

void remember_hours(db::Database& db) {
    auto fresh = std::make_shared<const Kept>(db.read([](db::ReadTx& tx) {
        const Time from = tx.now() + -day_ms;
        std::vector<Span> spans;
        for (const Shift& shift : store::shifts_between(tx, from, tx.now() + (days_read + 1) * day_ms))
            if (!shift.is_open()) spans.push_back(span_of(shift));
        return Kept{store::settings(tx).zone, merged(std::move(spans))};
    }));
    const std::lock_guard lock(kept_mutex);
    kept() = std::move(fresh);
}

std::string hours_in_words(const Words& words, Time now) {
    const auto known = [] {
        const std::lock_guard lock(kept_mutex);
        return kept();
    }();
    if (!known || known->spans.empty()) return {};
    return now_sentence(words, known->zone, known->spans, now) + " " +
           week_sentence(words, known->zone, known->spans, now);
}

}  // namespace kith::rota

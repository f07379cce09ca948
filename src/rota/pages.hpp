#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "platform/http/forms.hpp"
#include "rota/hours.hpp"
#include "rota/rules.hpp"

// The pages of this feature; private to rota.
namespace kith::rota::pages {

// What a list of shifts shows: names of groups, and of people as they are called there.
struct View {
    Desk desk;
    std::string zone;
    std::vector<Shift> shifts;
    std::vector<Gap> gaps;
    std::unordered_map<GroupId, std::string> groups;
    std::unordered_map<std::int64_t, std::string> people;  // by persona
    std::unordered_map<std::int64_t, PersonaId> personas;  // by shift, and of a gap by its place behind them

    std::string group_name(const http::Ctx& ctx, GroupId group) const;
};
// Fills in the names of what is there.
void name_all(db::ReadTx& tx, View& view);
std::string date_words(std::int64_t day);  // "2026-05-03"
std::string who_words(const http::Ctx& ctx, const View& view, const Shift& shift);
std::string gap_words(const http::Ctx& ctx, const View& view, const Gap& gap);
// First those in which nobody is there.
void gaps_lists(Html& h, const http::Ctx& ctx, const View& view);
void shift_json(JsonWriter& j, const View& view, const Shift& shift);
void gap_members(JsonWriter& j, const Gap& gap);

// "Which group?" with every group of the desk, and all of them.
void group_selection(Html& h, const http::Ctx& ctx, const View& view, std::string_view chosen,
                     const Error* error);
// A button that is a whole form.
struct Press {
    std::string_view act;
    std::string_view words;
};
void press(Html& h, const http::Ctx& ctx, const Url& action, const Press& button);
http::Frame frame(const http::Ctx& ctx, std::string_view heading);

http::Response show_week(http::Ctx& ctx);
http::Response show_ahead(http::Ctx& ctx);
http::Response show_new_shift(http::Ctx& ctx);
http::Response save_new_shift(http::Ctx& ctx);
http::Response show_shift(http::Ctx& ctx);
http::Response save_shift(http::Ctx& ctx);
http::Response save_pattern(http::Ctx& ctx);
http::Response show_handovers(http::Ctx& ctx);
http::Response save_handover(http::Ctx& ctx);
http::Response show_settings(http::Ctx& ctx);
http::Response save_settings(http::Ctx& ctx);

}  // namespace kith::rota::pages

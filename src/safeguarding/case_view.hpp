#pragma once

#include <map>

#include "pacing/pacing.hpp"
#include "replies/replies.hpp"
#include "safeguarding/pages.hpp"

// One case, as its page shows it; private to safeguarding.
namespace kith::safeguarding::pages {

struct CaseView {
    Dossier dossier;
    std::string group;
    std::string title;
    std::string text;                       // of the post, as rules read it
    std::vector<conversation::Post> posts;  // some before the one that is reported, and that one
    std::vector<content_notes::Note> note_list;
    std::vector<replies::Reply> replies;  // words of the house
    std::vector<std::string> rules;       // that a decision can name
    Names names;
    std::optional<CaseId> next;                 // once this is decided: another that waits
    bool is_own_decision = false;               // of the actor
    bool is_with_another = false;               // who works on it now
    bool is_trained = true;                     // who reads: they may decide
    bool needs_rest = false;                    // who reads: this is for somebody else
    bool hides_author = false;                  // they wrote under an alias
    std::vector<PersonaId> on_shift;            // who can take over then, but where the author is hidden
    std::map<std::string, Told> told;           // by the source of a report
    std::optional<pacing::Measure> read_first;  // what its author writes next waits for a look
};

// case_reports.cpp: what was reported or noticed, and earlier cases.
std::map<std::string, Told> told_of(db::ReadTx& tx, const Words& words, const CaseView& view);
void reports_part(Html& h, const http::Ctx& ctx, const CaseView& view);

// For how long what an author writes next waits for a look.
inline constexpr std::string_view read_first_choices[] = {"posts-3", "posts-10", "days-14", "days-30"};

// case_forms.cpp: what one can do. `error` is about the form whose address ends in `at`.
struct Refused {
    const Error* error = nullptr;
    std::string_view at = {};

    const Error* of(std::string_view form) const { return at == form ? error : nullptr; }
};
void appeal_part(Html& h, const http::Ctx& ctx, const CaseView& view, const Refused& refused);
void work_forms(Html& h, const http::Ctx& ctx, const CaseView& view, const Refused& refused);

}  // namespace kith::safeguarding::pages

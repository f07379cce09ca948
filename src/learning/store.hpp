#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "learning/learning.hpp"

// All SQL of learning: rows in, rows out, no decisions. store.cpp: labels, lots, posts; store_models.cpp: the rest.
namespace kith::learning::store {

// ---- labels ----------------------------------------------------------------------------------------------

struct Label {
    PostId post;
    CaseId from;  // none: said at the post
    PersonaId by;
    Time said_at;
    Urgency urgency = Urgency::green;
    Verdict crisis = Verdict::unsaid, hostile = Verdict::unsaid, spam = Verdict::unsaid,
            advice = Verdict::unsaid;
    Why why = Why::chosen;
    std::optional<double> chance;
    bool saw_score = false;

    Verdict of(Flag flag) const;
};
// In place of the one of the same post, case and person.
std::int64_t put_label(db::Tx& tx, const Label& label);
void remove_label_of_case(db::Tx& tx, CaseId id);
std::vector<Label> labels_since(db::ReadTx& tx, Time since, int most);  // the newest first
std::optional<PostId> labelled_post(db::ReadTx& tx, std::int64_t label);
void put_score(db::Tx& tx, std::int64_t label, Flag flag, std::int64_t model, double chance);
// What a model foretold of labels that chance brought, and what they said.
struct Foretold {
    double chance = 0;
    Verdict said = Verdict::unsaid;
};
std::vector<Foretold> foretold(db::ReadTx& tx, Flag flag, std::int64_t model, Time since);
void forget_withdrawn(db::Tx& tx);  // what is about posts that their authors took back
bool has_labelled(db::ReadTx& tx, PostId post, PersonaId by);
std::int64_t count_labels(db::ReadTx& tx, Flag flag, bool positive);

// ---- what was decided ------------------------------------------------------------------------------------

struct Judged {
    PostId post;
    PersonaId by;
    Time at;
    Urgency urgency = Urgency::green;
    safeguarding::Outcome outcome = safeguarding::Outcome::nothing;
};
// Nothing: it is not decided, or the decision was taken back.
std::optional<Judged> judged(db::ReadTx& tx, CaseId id);
struct Said {
    safeguarding::Reason reason = safeguarding::Reason::other;
    std::string rule;
};
std::vector<Said> said_in(db::ReadTx& tx, CaseId id);  // what reports say, the oldest first
bool has_set_urgency(db::ReadTx& tx, CaseId id);       // somebody, not a report
// Who or what first pointed to a post; nothing: nobody.
std::optional<Said> first_said(db::ReadTx& tx, PostId post);

// ---- lots ------------------------------------------------------------------------------------------------

struct Pick {
    PostId post;
    double chance = 0;
    std::int64_t readers = 1;
};
void insert_pick(db::Tx& tx, PostId post, double chance, std::int64_t readers);
std::optional<Pick> open_pick(db::ReadTx& tx, PostId post);
struct OpenPick {
    PostId post;
    GroupId group;
};
std::vector<OpenPick> open_picks(db::ReadTx& tx, Time since, int most);
void note_reader(db::Tx& tx, PostId post);
void forget_picks_before(db::Tx& tx, Time time);
// False if that day, or a later one, was drawn from before.
bool begin_day(db::Tx& tx, Time day);
std::int64_t audit_percent(db::ReadTx& tx);
void set_audit_percent(db::Tx& tx, std::int64_t percent);

// ---- posts -----------------------------------------------------------------------------------------------

// Written on the days that the times lie in, not in that group, and there to be read; the newest first.
std::vector<PostId> posts_between(db::ReadTx& tx, Time from, Time until, GroupId without, int most);
struct Text {
    GroupId group;
    PersonaId author;
    std::string title, note, markdown;
    Time changed_at;
    Time created_at;
};
// Also of what staff removed; not of what its author took back.
std::optional<Text> text_of(db::ReadTx& tx, PostId post);
bool is_first_of(db::ReadTx& tx, PersonaId author, PostId post);
// What the same name wrote lately besides, in other threads.
std::vector<std::string> others_by(db::ReadTx& tx, PersonaId author, PostId post, Time since);

// ---- models ----------------------------------------------------------------------------------------------

Standing standing(db::ReadTx& tx, Flag flag);
void set_state(db::Tx& tx, Flag flag, State state, Time since);
void set_load(db::Tx& tx, Flag flag, std::int64_t load);
void set_model(db::Tx& tx, Flag flag, std::int64_t model, bool pinned);
void set_trouble(db::Tx& tx, Flag flag, Trouble trouble);
bool any_trouble(db::ReadTx& tx);

struct NewVersion {
    Version card;
    std::string bytes, lessons, spread;
    double unseen = 0;
};
std::int64_t insert_version(db::Tx& tx, Flag flag, const NewVersion& made);
std::vector<Version> versions(db::ReadTx& tx, Flag flag, int most);
std::optional<std::string> model_bytes(db::ReadTx& tx, std::int64_t model);
std::optional<std::string> last_lessons(db::ReadTx& tx, Flag flag);
struct Before {
    std::string spread;
    double unseen = 0;
};
std::optional<Before> as_learned(db::ReadTx& tx, std::int64_t model);
void forget_version(db::Tx& tx, std::int64_t model);
std::optional<double> threshold_of(db::ReadTx& tx, std::int64_t model, std::int64_t load);

// ---- figures ---------------------------------------------------------------------------------------------

void put_figure(db::Tx& tx, Time week, const Figure& figure);
void forget_figures(db::Tx& tx, Time week);  // of that week
void forget_figures_before(db::Tx& tx, Time week);
std::vector<Time> weeks(db::ReadTx& tx, int most);
std::vector<Figure> figures(db::ReadTx& tx, Time week);
bool any_warning(db::ReadTx& tx, Time since);

}  // namespace kith::learning::store

#include "app/demo/rota.hpp"

#include "conversation/conversation.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zone/zone.hpp"
#include "rota/rota.hpp"
#include "training/training.hpp"

// Every person and every word here is made up.
namespace kith::app {
namespace {

using Members = std::map<std::string_view, MemberId>;
using identity::Role;

constexpr std::string_view host = "Harbour Office", coordinator = "Juniper", zone_name = "Europe/London";

// ---- shifts ----------------------------------------------------------------------------------------------

// Day by day from tomorrow on: whoever looks after groups does so for all of theirs.
struct Weekly {
    int day;
    std::string_view who, from, until;
};
constexpr Weekly weekly[] = {
    {1, "Rowan", "08:00", "14:00"},  {1, "Sorrel", "18:00", "00:00"}, {2, "Sorrel", "08:00", "14:00"},
    {2, "Rowan", "18:00", "00:00"},  {3, "Rowan", "08:00", "14:00"},  {3, "Sorrel", "18:00", "00:00"},
    {4, "Sorrel", "08:00", "14:00"}, {4, "Rowan", "18:00", "00:00"},  {5, "Rowan", "08:00", "14:00"},
    {5, "Sorrel", "18:00", "00:00"}, {6, "Rowan", "10:00", "16:00"},  {6, "Sorrel", "18:00", "22:00"},
    {7, "Sorrel", "10:00", "16:00"}, {7, "Rowan", "18:00", "22:00"},  {1, "Wren", "17:00", "21:00"},
    {2, "Wren", "17:00", "21:00"},   {3, "Wren", "17:00", "21:00"},   {4, "Wren", "17:00", "21:00"},
    {5, "Wren", "17:00", "21:00"},   {6, "Wren", "11:00", "15:00"},   {7, "Wren", "11:00", "15:00"},
};

constexpr std::string_view handover_note =
    "A quiet morning. Snowdrop has just come in and said hello; a second person could answer them. The "
    "thread about "
    "appointments got a little loud, I asked everybody to breathe, and it helped. One report is left for "
    "later, it is "
    "not urgent. There is tea.";

std::string date_in(db::ReadTx& tx, int days) {
    return text::iso({(zone::day_of(zone_name, tx.now()) + days) * day_ms}).substr(0, 10);
}

std::string hour_of_day(int hour) {
    const std::string digits = std::to_string(hour % 24);
    return (digits.size() == 1 ? "0" : "") + digits + ":00";
}

// Somebody is here now; in three days somebody is wanted.
Done plan_around_now(db::Tx& tx, const Members& members, GroupId group) {
    const int hour = zone::local(zone_name, tx.now()).hour;
    TRY(rota::plan_shift(tx, Actor::of(members.at("Sorrel")),
                         {.day = date_in(tx, 0), .from = hour_of_day(hour), .until = hour_of_day(hour + 3)}));
    return rota::plan_shift(tx, Actor::of(members.at(host)),
                            {.group = group, .day = date_in(tx, 3), .from = "14:00", .until = "18:00"});
}

Done plan_shifts(db::Tx& tx, const Members& members, GroupId group) {
    for (const Weekly& one : weekly)
        TRY(rota::plan_shift(tx, Actor::of(members.at(one.who)),
                             {.day = date_in(tx, one.day),
                              .from = std::string(one.from),
                              .until = std::string(one.until),
                              .weekly = true}));
    TRY(plan_around_now(tx, members, group));
    return rota::write_handover(tx, Actor::of(members.at("Rowan")), group, handover_note);
}

// ---- the room --------------------------------------------------------------------------------------------

// And `pair` asks for two on shift.
Done open_room(db::Tx& tx, const Members& members, GroupId pair) {
    const Actor actor = Actor::of(members.at(host));
    const GroupId room = TRY(
        groups::create_group(tx, Actor::system(),
                             {.name = "The kitchen",
                              .purpose = "For those of us who look after groups: how it is going, and how we "
                                         "are. What is said here stays "
                                         "here.",
                              .admission = groups::Admission::invitation}));
    TRY(rota::set_settings(tx, actor, {.zone = std::string(zone_name), .room = room}, std::array{pair}));
    TRY(conversation::start_thread(
        tx, Actor::of(members.at(coordinator)), room, "How was your week?",
        {.markdown =
             "One good thing, and one that stayed with you. Mine: two people found each other over a "
             "crossword. And a sad post on Tuesday that I kept thinking of while doing the dishes."}));
    return {};
}

// ---- training --------------------------------------------------------------------------------------------

struct ModuleText {
    std::string_view title, words, questions, statement;
    std::int64_t months;
};
constexpr ModuleText module_texts[] = {
    {"Our role, and where it ends",
     "You are here as somebody who **listens and keeps the place kind**. You are not anybody's doctor, "
     "rescuer or only "
     "friend.\n\n"
     "- Say what you notice, ask, and leave the choice with the person.\n"
     "- Your own story can help when it is short and theirs stays the longer one.\n"
     "- Never write to members outside the groups, and never promise to be there at any hour.\n"
     "- Whatever somebody does after talking with you is not yours to carry alone. Tell the others.\n\n"
     "When you do not know what to do, saying so is the right answer. Somebody on the rota will look with "
     "you.",
     "Somebody asks whether they should stop a medicine. What do you do? | Say that their doctor can tell, "
     "and stay with "
     "how it feels | Say what helped you | Remove the question\n"
     "A member wants your number, to write at night. | Say kindly that you only talk here, and who is there "
     "at night | "
     "Give it this once | Say nothing",
     "I keep to our role, and I ask the others when I am not sure.", 12},
    {"Spotting that somebody may be in danger",
     "Most people who write about dark thoughts want company, not an alarm. Read the **post, the thread and "
     "what the person "
     "wrote before**.\n\n"
     "Look up when you read:\n\n"
     "- a plan, a means or a time;\n"
     "- a goodbye, things given away, sudden calm after a bad time;\n"
     "- being a burden, no way out, or that nobody would notice.\n\n"
     "Then: take it on as *Now*, answer in the thread in plain warm words, name the helplines, and tell a "
     "second person. You may "
     "ask openly. Asking does not put the thought there.",
     "Somebody says goodbye to the group and thanks everybody. What first? | Take it on now, answer warmly, "
     "and tell a "
     "second person | Wait whether they come back | Close the thread\n"
     "May you ask whether somebody thinks of ending their life? | Yes, in plain and kind words | No, it "
     "gives them the "
     "idea",
     "", 12},
    {"Looking after yourself",
     "What you read stays with you for a while. That is not weakness.\n\n"
     "- After a hard report, get up, drink something, look out of the window.\n"
     "- Write a note and hand over. *Need rest* on your page is there for you, and says nothing about your "
     "work.\n"
     "- You can give back a shift without a reason.\n"
     "- If a post touches your own story, let somebody else take it.",
     "You have taken on three hard reports and feel numb. | Hand over, and tell somebody | Take one more, it "
     "is going well | "
     "Tell nobody",
     "I will hand over before I am empty.", 12},
    {"Supervision this month",
     "Once a month each of us talks for half an hour with Juniper or somebody from the Trust: what was "
     "heavy, what went well, "
     "what to try. Bring one case without names.\n\n"
     "You can ask for a talk sooner. Nobody counts.",
     "", "I had my talk this month, or have a date for it.", 1},
};

Done finish(db::Tx& tx, MemberId who, training::ModuleId id, const ModuleText& text) {
    training::Answers answers{.chosen = {}, .agreed = true};
    for (const training::Question& one : training::questions_of({.questions = std::string(text.questions)}))
        answers.chosen.push_back(one.right);
    return training::finish(tx, Actor::of(who), id, answers);
}

// Sorrel has done everything, and the monthly one runs out soon; Wren has begun; Rowan is still to begin.
Done train(db::Tx& tx, const Members& members) {
    int number = 0;
    for (const ModuleText& text : module_texts) {
        const training::ModuleId id = TRY(
            training::add_module(tx, Actor::of(members.at(host)),
                                 {.module = {.title = std::string(text.title),
                                             .words = std::string(text.words),
                                             .questions = std::string(text.questions),
                                             .statement = std::string(text.statement),
                                             .months = text.months},
                                  .roles = {Role::facilitator, Role::moderator}}));
        TRY(finish(tx, members.at("Sorrel"), id, text));
        if (number++ == 0) TRY(finish(tx, members.at("Wren"), id, text));
    }
    return {};
}

}  // namespace

Done fill_demo_rota(db::Tx& tx, const Members& members, GroupId group) {
    TRY(open_room(tx, members, group));
    TRY(plan_shifts(tx, members, group));
    return train(tx, members);
}

}  // namespace kith::app

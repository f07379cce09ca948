#include "app/demo/account.hpp"

// What a host might begin with: in our own words, to be changed.
namespace kith::app {
namespace {

using policies::Kind;
using risks::Likelihood;
using risks::Severity;

constexpr std::string_view house_rules =
    "*Written by the host; have it checked by a lawyer.*\n"
    "\n"
    "# Be kind\n"
    "Everybody here has a hard time of their own. Write as you would speak to a friend who is"
    " tired. Disagree with ideas, never attack people.\n"
    "\n"
    "# Speak for yourself\n"
    "Say what helped you. Do not tell others to start, stop or change a medicine: that is "
    "between them and their doctor.\n"
    "\n"
    "# Keep what you read here\n"
    "Do not share what others wrote, and do not try to find out who they are.\n"
    "\n"
    "# Take care with hard topics\n"
    "Put a content note in front of what may hurt to read. Leave out ways and means of self-"
    "harm.\n"
    "\n"
    "# No selling\n"
    "No advertising, and no collecting of people for studies unless we have agreed to it.\n"
    "\n"
    "# When somebody may be in danger\n"
    "Press \"Need help now?\" at the top of any page, or report the post as \"Somebody may be in"
    " danger\". We are not an emergency service.\n";

constexpr std::string_view house_rules_before =
    "*Written by the host; have it checked by a lawyer.*\n"
    "\n"
    "# Be kind\n"
    "Everybody here has a hard time of their own. Disagree with ideas, never attack people.\n"
    "\n"
    "# Speak for yourself\n"
    "Say what helped you. Do not tell others to start, stop or change a medicine: that is "
    "between them and their doctor.\n"
    "\n"
    "# Keep what you read here\n"
    "Do not share what others wrote.\n"
    "\n"
    "# Take care with hard topics\n"
    "Put a content note in front of what may hurt to read. Leave out ways and means of self-"
    "harm.\n"
    "\n"
    "# No selling\n"
    "No advertising.\n";

constexpr std::string_view privacy =
    "*Written by the host; have it checked by a lawyer.*\n"
    "\n"
    "# Who we are\n"
    "The Harbour Trust runs this site. You reach us at office@harbour.example.\n"
    "\n"
    "# What we keep\n"
    "- your made-up name, and your password in a form that nobody can read back\n"
    "- what you write, and how far you have read\n"
    "- the groups you are in, and what you chose under \"My space\"\n"
    "- an e-mail address, only if you give us one\n"
    "\n"
    "# What we do not ask for\n"
    "Your real name, your address, your date of birth. We do not sell anything, and nothing "
    "here comes from other companies.\n"
    "\n"
    "# Why, and for how long\n"
    "We keep it so that you can talk to each other, and as long as your account is open. When"
    " you have it erased, it is gone after seven days. Copies for emergencies go after thirty"
    " days more.\n"
    "\n"
    "# What you can do\n"
    "You can see all that we keep, take it with you, correct it and have it erased, under \"My"
    " space\", \"My data\". If you think that we do something wrong, tell us, or the office that"
    " watches over data in your country.\n";

constexpr std::string_view moderation =
    "*Written by the host; have it checked by a lawyer.*\n"
    "\n"
    "# Who reads along\n"
    "Trained volunteers look after the groups from 8 in the morning to midnight. A program "
    "looks for words that may mean danger, at any hour, and tells a person. No program ever "
    "decides about you.\n"
    "\n"
    "# When you report something\n"
    "Nobody is told that it was you. Somebody looks: within 15 minutes if a person may be in "
    "danger, within an hour or within half a day otherwise. You hear what came of it.\n"
    "\n"
    "# What can happen to a post\n"
    "- nothing, if no rule was broken\n"
    "- somebody writes to the author, or warns them\n"
    "- the thread is closed, or the post is taken down\n"
    "- the account is on hold for some days\n"
    "\n"
    "The author is always told which rule it was about, and can ask for another look. "
    "Somebody else takes that look.\n"
    "\n"
    "# What we tell everybody\n"
    "Twice a year we publish how much was reported and what we decided, without anybody's "
    "name.\n";

constexpr std::string_view complaint =
    "*Written by the host; have it checked by a lawyer.*\n"
    "\n"
    "# Talk to us first\n"
    "Write to office@harbour.example, or ask for another look beside what was decided. We "
    "answer within five working days.\n"
    "\n"
    "# If that does not help\n"
    "Ask us to pass it on to the trustees of the Harbour Trust. One who had nothing to do "
    "with it answers within twenty working days, in writing.\n"
    "\n"
    "# Somebody outside\n"
    "If you are still not content, the office that watches over charities in your country can"
    " help. For your data it is the office that watches over data.\n"
    "\n"
    "You lose nothing by complaining, and you still belong here.\n";

constexpr PolicyText all_policies[] = {
    {Kind::rules, "House rules", house_rules_before, house_rules,
     "Clearer about finding out who others are, studies, and what to do when somebody may be in danger."},
    {Kind::privacy, "Privacy notice", privacy, "", ""},
    {Kind::moderation, "How we moderate", moderation, "", ""},
    {Kind::complaint, "How to complain", complaint, "", ""},
};

constexpr RiskText all_risks[] = {
    {"Somebody in danger is not seen in time",
     "A member writes that they want to die, at night, and nobody reads it until morning.",
     Likelihood::possible, Severity::grave,
     "Rules look for such words at any hour and wake people. The page of urgent help stands on every page. "
     "We say plainly that we are not an emergency service.",
     "The coordinator", 60},
    {"Unkind words", "A member is attacked, leaves, and feels worse than before.", Likelihood::likely,
     Severity::serious,
     "House rules that everybody agrees to. One press reports a post. Several reports hide it until somebody "
     "looks.",
     "The moderators", 90},
    {"What was said in trust gets out", "Somebody recognises a member, or shares a post elsewhere.",
     Likelihood::possible, Severity::serious,
     "Made-up names, a warning before a real name is saved, anonymous posts, groups that only members can "
     "read.",
     "The host", 120},
    {"Harmful medical advice", "A member stops a medicine because another one said so.", Likelihood::possible,
     Severity::grave,
     "A rule of its own, a reason of its own for reports, and moderators who answer under the post.",
     "The moderators", 90},
    {"Things about health that are not true", "A cure that does not exist is passed on.", Likelihood::likely,
     Severity::serious, "Moderators answer with a good source. Trustworthy pages are pinned.",
     "The coordinator", 120},
    {"Somebody disturbs a group again and again", "The same person posts advertising or starts quarrels.",
     Likelihood::likely, Severity::slight,
     "Limits for newcomers, holds that grow longer, members can hide what a person writes.", "The moderators",
     120},
    {"A group turns against others",
     "Members talk of families or doctors only as enemies, and the mood gets darker.", Likelihood::possible,
     Severity::slight,
     "The facilitator brings in other topics and says so openly. We talk about it each month.",
     "The facilitators", 90},
    {"Comparing makes people feel worse", "Who has it hardest, or who gets better fastest.",
     Likelihood::likely, Severity::slight,
     "Content notes, threads that can be muted, a reason of its own for reports, no numbers that rank "
     "people.",
     "The facilitators", 120},
    {"Nobody answers", "A newcomer writes for the first time, hears nothing and does not come back.",
     Likelihood::likely, Severity::slight, "A list of who waits. Somebody is asked to welcome each newcomer.",
     "The coordinator", 30},
    {"Nobody is left to look after it", "Volunteers fall ill or stop, and a group is alone.",
     Likelihood::possible, Severity::serious,
     "Two people for each group, a calendar of who is there, and a plan to close a group well.", "The host",
     60},
};

}  // namespace

std::span<const PolicyText> demo_policies() { return all_policies; }
std::span<const RiskText> demo_risks() { return all_risks; }

}  // namespace kith::app

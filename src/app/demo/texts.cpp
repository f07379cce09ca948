#include "app/demo/texts.hpp"

#include "app/demo/words_guided.hpp"
#include "app/demo/words_low.hpp"
#include "app/demo/words_pain_later.hpp"
#include "app/demo/words_tuesday.hpp"

// Every person and every word here is made up.
namespace kith::app {
namespace {

using namespace demo_words;
using groups::Admission;
using groups::Leadership;

constexpr SiteText harbour = {
    .name = "Harbour",
    .purpose = "A quiet place to talk with people who know what pain and low days are like.",
    .run_by = "the Harbour Trust",
    .moderated = "by trained volunteers, 8 in the morning to midnight",
    .contact = "office@harbour.example",
    .helplines =
        // Made up but for the first: these numbers are set aside for films, and lead to nobody.
    "Emergency services | 112 | day and night\n"
    "Lantern Line | 0808 157 0123, sms:07700 900123 HELLO | day and night | GB\n"
    "Tideline Listeners | 020 910 0123, https://tideline.example/chat | 6 in the evening to midnight | IE\n"
    "Porchlight | 800-555-0123, https://porchlight.example | day and night | US\n"
    "Línea Faro | https://faro.example/chat | todas las tardes | ES\n",
};

// The first one is the host.
constexpr SignInText sign_ins[] = {
    {"host", "Harbour Office"}, {"coordinator", "Juniper"}, {"facilitator", "Wren"},
    {"moderator", "Sorrel"},    {"researcher", "Linnet"},   {"member", "Maple"},
};

constexpr std::string_view others[] = {
    "Rowan",      "Bluebell 9", "Quiet Fox",  "Pebble",   "Marigold",  "Otter",
    "Saltmarsh",  "Hazel 31",   "Tin Kettle", "Moth",     "Driftwood", "Button",
    "Late Train", "Fern 12",    "Curlew",     "Snowdrop", "Grey Gate",
};

constexpr NewcomerText newcomer{
    .name = "Snowdrop",
    .title = "Hello from the kitchen table",
    .text =
        "I have read here for a week, mostly at night. It is my hands. I used to bake for the whole "
        "street.\n\n"
        "I do not know what to say yet. I only wanted to say that I am here.",
};

// ---- who belongs where ---------------------------------------------------------------------------------

constexpr BelongingText pain_members[] = {
    {"Rowan"},  {"Sorrel"},    {"Wren"},   {"Maple"},      {"Bluebell 9"}, {"Quiet Fox"},
    {"Pebble"}, {"Marigold"},  {"Otter"},  {"Saltmarsh"},  {"Hazel 31"},   {"Tin Kettle"},
    {"Moth"},   {"Driftwood"}, {"Button"}, {"Late Train"}, {"Fern 12"},    {"Curlew"},
};
constexpr BelongingText low_members[] = {
    {"Rowan"},     {"Sorrel"},     {"Maple"},     {"Quiet Fox", "Small Lamp"},
    {"Marigold"},  {"Otter"},      {"Saltmarsh"}, {"Moth"},
    {"Button"},    {"Late Train"}, {"Fern 12"},   {"Curlew"},
    {"Grey Gate"},
};
constexpr BelongingText four_members[] = {
    {"Wren"},     {"Maple"},      {"Bluebell 9"}, {"Pebble"},  {"Otter"},
    {"Hazel 31"}, {"Tin Kettle"}, {"Driftwood"},  {"Fern 12"}, {"Curlew"},
};
constexpr BelongingText tuesday_members[] = {
    {"Rowan"}, {"Sorrel"}, {"Bluebell 9"}, {"Tin Kettle"}, {"Marigold"}, {"Driftwood"}, {"Curlew"},
};
constexpr BelongingText sleep_members[] = {
    {"Wren"},
    {"Marigold"},
    {"Late Train"},
    {.name = "Hazel 31",
     .asks = "I am awake most nights, and I would like to know what others do with the hours. I am "
             "also in the spring group."},
    {.name = "Moth", .asks = "Sleep and I are not speaking. I would like to make up."},
};

constexpr GroupText all_groups[] = {
    {
        .name = "Living with pain",
        .purpose = "For everybody who lives with pain that stays. We swap stories, small tricks and bad "
                   "jokes. Nobody has to prove anything.",
        .rules = "1. Be kind. Everybody here is tired.\n"
                 "2. Say what helped *you*, not what others should do.\n"
                 "3. No names or amounts of medicines.\n"
                 "4. No telephone numbers, addresses or real names.\n"
                 "5. What people tell here stays with us. This group can be read by anyone, so write only "
                 "what you are happy to share.",
        .topic = "Back and joints",
        .public_reading = true,
        .facilitator = "Rowan",
        .moderator = "Sorrel",
        .members = pain_members,
        .threads = pain_threads,
    },
    {
        .name = "Low days",
        .purpose = "For days when everything is heavy. You can talk, or you can just read along.",
        .rules = "1. Be kind, and do not try to fix each other.\n"
                 "2. Put a content note on heavy posts.\n"
                 "3. If you are in danger, use a helpline first. Then tell us.\n"
                 "4. What people tell here stays here.",
        .topic = "Low mood",
        .facilitator = "Rowan",
        .moderator = "Sorrel",
        .cover = pacing::Cover::flags_hide,
        .members = low_members,
        .threads = low_threads,
    },
    {
        .name = "Four weeks with pain, spring group",
        .purpose = "Four weeks together with Wren, who is a nurse. There is a small idea on most days, "
                   "and a question to talk about. It does not replace your own doctor.",
        .rules = "1. Take part as much as you like, and skip what you like.\n"
                 "2. What people tell here stays here, also after the four weeks.\n"
                 "3. Wren cannot give medical advice for one person.",
        .topic = "Chronic pain",
        .admission = Admission::invitation,
        .leadership = Leadership::professional,
        .size_limit = 30,
        .opens_in_days = -9,
        .closes_in_days = 19,
        .facilitator = "Wren",
        .members = four_members,
        .threads = four_threads,
    },
    {
        .name = "Sleep and pain",
        .purpose = "Two weeks about nights: how they are, what makes them longer, and what makes them a "
                   "bit less lonely.",
        .rules = "1. Be kind, above all at three in the morning.\n"
                 "2. No names or amounts of medicines.\n"
                 "3. What people tell here stays here.",
        .topic = "Chronic pain",
        .admission = Admission::request,
        .leadership = Leadership::professional,
        .size_limit = 20,
        .opens_in_days = 5,
        .closes_in_days = 19,
        .facilitator = "Wren",
        .members = sleep_members,
    },
    {
        .name = "Tuesday evenings",
        .purpose = "Some of us have met here on Tuesdays for three years now. New people come by invitation.",
        .rules = "1. Be kind.\n2. What people tell here stays here.",
        .topic = "Back and joints",
        .admission = Admission::invitation,
        .facilitator = "Rowan",
        .moderator = "Sorrel",
        .mourns =
            "Ferry, who was one of us from the first Tuesday, has died after a long illness. Take your time. "
            "We read each post before it stands, so answers come slowly.",
        .members = tuesday_members,
        .threads = tuesday_threads,
    },
};

constexpr TopicText all_topics[] = {{"Chronic pain"}, {"Back and joints", "Chronic pain"}, {"Low mood"}};

// ---- what must hold ------------------------------------------------------------------------------------

constexpr bool belongs(const GroupText& group, std::string_view author) {
    for (const BelongingText& one : group.members)
        if (one.asks.empty() && author == (one.as.empty() ? one.name : one.as)) return true;
    return false;
}

// All of it has happened by now, since the group opened, and by people who belong there.
constexpr bool is_sound(const GroupText& group, const ThreadText& thread) {
    int minutes_ago = thread.hours_ago * 60;
    if (group.opens_in_days && minutes_ago > -*group.opens_in_days * 24 * 60) return false;
    int number = 0;
    for (const PostText& post : thread.posts) {
        minutes_ago -= post.after;
        if (minutes_ago <= 0 || post.reply_to > number++ || !belongs(group, post.author)) return false;
        const Given& given = post.given;
        const int most = static_cast<int>(group.members.size()) - 1;
        if (given.with_you + given.me_too + given.thank_you + given.hug > most) return false;
    }
    return number > 0;
}

constexpr bool all_sound() {
    for (const GroupText& group : all_groups)
        for (const ThreadText& thread : group.threads)
            if (!is_sound(group, thread)) return false;
    return true;
}
static_assert(all_sound());

}  // namespace

const SiteText& demo_site() { return harbour; }
std::span<const SignInText> demo_sign_ins() { return sign_ins; }
std::span<const std::string_view> demo_others() { return others; }
std::span<const TopicText> demo_topics() { return all_topics; }
std::span<const GroupText> demo_groups() { return all_groups; }
const NewcomerText& demo_newcomer() { return newcomer; }

std::string_view demo_held() { return "Grey Gate"; }
std::string_view demo_again() { return "Grey Gate Two"; }

std::span<const std::string_view> demo_outsiders() {
    static constexpr std::string_view names[] = {"Copper Kettle", "Tin Teapot", "Brass Samovar"};
    return names;
}

std::string_view demo_advert() {
    return "Our seven-leaf tea ends every pain in a week. Only this month at half the price, only for people "
           "in groups "
           "like this one: seven-leaf.example/order";
}

}  // namespace kith::app

#pragma once

#include "app/demo/words_pain.hpp"

// What people say in the open group about pain, its later threads. Every person and every word here is made up.
namespace kith::app::demo_words {

inline constexpr PostText pain_8[] = {
    {.author = "Button",
     .text = "I start a new job next week. It is at a desk, twenty hours. Do I tell them on day one, "
             "or wait until they know me?\n\n"
             "Last time I told them early, and they were so careful with me that I got nothing to do. "
             "The time before, I told them late, and they felt tricked. I cannot win!",
     .given = {.with_you = 2, .me_too = 4}},
    {.author = "Quiet Fox",
     .after = 140,
     .text = "I told mine after one month. I said what I need and not what I have. \"I need to stand up"
             " every half hour.\" Nobody asked for more than that."},
    {.author = "Hazel 31",
     .after = 300,
     .text = "*What I need and not what I have.* I like that very much.",
     .reply_to = 2,
     .given = {.me_too = 2, .thank_you = 3}},
    {.author = "Fern 12",
     .after = 1200,
     .text = "I waited too long and then it all came out at once in the kitchen, next to the toaster. "
             "I do not say that this is the best way. But they got me a better chair."},
    {.author = "Maple",
     .after = 500,
     .text = "Rules about this are not the same in every country, so maybe find out what yours says? "
             "Where I live there is a free advice line for workers, and they were nice on the phone. "
             "They did not make me feel stupid.",
     .given = {.with_you = 1, .me_too = 1}},
    {.author = "Button",
     .after = 65,
     .text = "I did not know that there are lines like this. I will look for one. Thank you Maple.",
     .reply_to = 5,
     .given = {.thank_you = 1}},
    {.author = "Button",
     .after = 9500,
     .text = "Day one is done. I told my team leader in one sentence. She said \"fine, I stand up too, "
             "let us be strange together\". I am so tired and so happy.",
     .given = {.with_you = 4, .thank_you = 2, .hug = 3}},
};

inline constexpr PostText pain_9[] = {
    {.author = "Bluebell 9",
     .text = "My knees said rain. The man on the radio said sun. It rained.\n\n"
             "Who should I write to about a job on the radio?",
     .given = {.me_too = 7}},
    {.author = "Otter", .after = 28, .text = "I would listen to Radio Knee.", .given = {.hug = 1}},
    {.author = "Late Train",
     .after = 600,
     .text = "With me it is cold wind. Not rain. My friend says that it cannot be true. Well, my "
             "friend has never met my shoulder."},
    {.author = "Wren",
     .after = 1500,
     .text = "People have studied this a lot, and they do not all agree. But you know your own days "
             "best. If it helps you to plan, it is worth noticing.",
     .given = {.thank_you = 2}},
    {.author = "Bluebell 9",
     .after = 90,
     .text = "So you are saying that my knees are not wrong. I will tell them. They will be impossible"
             " now.",
     .reply_to = 4},
};

inline constexpr PostText pain_10[] = {
    {.author = "Fern 12",
     .text = "Has anyone changed from one tablet to another and felt strange in the first week? I "
             "would like to know what worked for you and how much you took."},
    {.author = "Sorrel",
     .after = 22,
     .text = "Hi Fern, thank you for asking so openly. In this group we do not swap names or amounts "
             "of medicines. What is right for one body can be wrong for another.\n\n"
             "The quickest people to ask are your pharmacist or your doctor. If you feel very unwell, "
             "please do not wait.\n\n"
             "What we *can* talk about is how such a week feels, and how to get through the waiting.",
     .given = {.thank_you = 4}},
    {.author = "Fern 12",
     .after = 40,
     .text = "Sorry! I did not know. I will call the pharmacist tomorrow.",
     .reply_to = 2,
     .given = {.with_you = 1}},
    {.author = "Sorrel",
     .after = 15,
     .text = "Nothing to be sorry for. You asked, that is all. Tell us how you are, if you like.",
     .reply_to = 3,
     .given = {.with_you = 1}},
    {.author = "Fern 12",
     .after = 1600,
     .text = "I called. She was really helpful and did not sigh even once. I feel calmer now.",
     .given = {.with_you = 3, .hug = 1}},
};

inline constexpr PostText pain_11[] = {
    {.author = "Rowan",
     .text = "It is Sunday, so here we go. One small win from your week. The smaller the better. I "
             "will start: I asked for help with the shopping and I did **not** say sorry five times. "
             "Only twice.",
     .given = {.thank_you = 1}},
    {.author = "Moth",
     .after = 50,
     .text = "I went to the cinema on my own and took the seat by the door. I stood up at the back "
             "when I needed to. ||The dog in the film is fine at the end. I checked before I bought "
             "the ticket.||",
     .given = {.with_you = 1}},
    {.author = "Pebble",
     .after = 66,
     .text = "Thank you for telling us about the dog. That is the only thing I ever want to know.",
     .reply_to = 2,
     .given = {.thank_you = 5, .hug = 1}},
    {.author = "Tin Kettle", .after = 200, .text = "I opened a jar."},
    {.author = "Hazel 31",
     .after = 15,
     .text = "WHICH jar? How? We need to know everything.",
     .reply_to = 4,
     .given = {.hug = 4}},
    {.author = "Tin Kettle",
     .after = 35,
     .text = "Gherkins. I cannot tell you how. Some of it was anger.",
     .reply_to = 5,
     .given = {.hug = 2}},
    {.author = "Late Train",
     .after = 700,
     .text = "I had a bad week, to be honest. But I watered the plant. It is alive and so am I. That "
             "is my win.",
     .given = {.with_you = 3}},
    {.author = "Rowan",
     .after = 120,
     .text = "That counts. That counts the most.",
     .reply_to = 7,
     .given = {.with_you = 2, .hug = 3}},
};

inline constexpr PostText pain_12[] = {
    {.author = "Curlew",
     .text = "I am going to my sister's in May. It is five hours with one change. Last time I arrived "
             "like a folded deckchair. What do you do on long journeys?"},
    {.author = "Quiet Fox",
     .after = 60,
     .text = "My list:\n\n"
             "- a seat near the door, so I can get up without climbing over a family\n"
             "- something to put behind my back (a rolled-up jumper will do)\n"
             "- an alarm every 40 minutes, with a silly sound\n"
             "- one thing to look forward to, like a very good sandwich",
     .given = {.thank_you = 1}},
    {.author = "Otter",
     .after = 75,
     .text = "The sandwich is the most important thing. I have never got past the first station with "
             "mine.",
     .reply_to = 2},
    {.author = "Marigold",
     .after = 420,
     .text = "Where I live you can book help at the station, so somebody carries your bag at the "
             "change. I was too proud for years. Then I tried it. The man told me about his pigeons. "
             "It was the best part of the trip.",
     .given = {.me_too = 2, .thank_you = 2}},
    {.author = "Curlew",
     .after = 33,
     .text = "Pigeons! Now I **have** to book it.",
     .reply_to = 4,
     .given = {.thank_you = 1}},
    {.author = "Driftwood",
     .after = 1800,
     .text = "And plan nothing for the day after. My sister once planned a walk. We do not talk about "
             "the walk."},
};

inline constexpr PostText pain_13[] = {
    {.author = "Pebble",
     .text = "Bingo card of things people tell me:\n\n"
             "1. Have you tried yoga?\n"
             "2. My aunt had that and she drank vinegar.\n"
             "3. You are too young for this.\n"
             "4. At least it is not something bad.\n\n"
             "What is missing?",
     .given = {.me_too = 9}},
    {.author = "Tin Kettle",
     .after = 12,
     .text = "5. \"I would love to lie down all day.\"",
     .given = {.me_too = 4, .hug = 1}},
    {.author = "Fern 12",
     .after = 31,
     .text = "6. \"You do not look ill!\" (In the voice of a compliment.)",
     .given = {.me_too = 3}},
    {.author = "Saltmarsh",
     .after = 80,
     .text = "I will say something for the other side: my niece gave me a book about it, and I was "
             "annoyed for a week. Then I saw that she had read it first. All of it. With notes on the "
             "edge. She just wanted to do something."},
    {.author = "Pebble",
     .after = 20,
     .text = "That is fair. I think most of them want to do something and do not know what. I will "
             "keep the bingo card, but I will be nicer about it.",
     .reply_to = 4,
     .given = {.with_you = 1, .me_too = 2, .thank_you = 3}},
    {.author = "Moth",
     .after = 640,
     .text = "7. \"It is all in your head.\" No. It is in my hip. My head is where I keep the song from "
             "the advert.",
     .given = {.me_too = 1}},
    {.author = "Maple",
     .after = 900,
     .text = "I started to answer: \"No, but would you like to hear what helps me?\" Half of them do "
             "want to hear it. The other half suddenly need to be somewhere.",
     .given = {.thank_you = 1}},
};

inline constexpr PostText pain_14[] = {
    {.author = "Hazel 31",
     .text = "It is one of those nights. I have turned the pillow so often that it must be dizzy. I do"
             " not need anything. I just want to know that other people exist.",
     .given = {.with_you = 4, .me_too = 2, .hug = 1},
     .report = {.by = "Bluebell 9",
                .words =
                    "Nothing is wrong with it. She writes at three in the night so often now. Could somebody "
                    "ask her how she is?"}},
    {.author = "Late Train",
     .after = 9,
     .text = "I exist. I am in the kitchen with toast.",
     .given = {.with_you = 1}},
    {.author = "Hazel 31", .after = 4, .text = "What kind of toast?", .reply_to = 2},
    {.author = "Late Train",
     .after = 3,
     .text = "Burnt. But with a lot of butter, as an apology.",
     .reply_to = 3,
     .given = {.hug = 3}},
    {.author = "Bluebell 9",
     .after = 26,
     .text = "I exist too. I am doing a crossword. Nine letters, \"not asleep\". I have written *us*.",
     .given = {.with_you = 2, .me_too = 1}},
    {.author = "Otter",
     .after = 210,
     .text = "I slept through all of this. I am sorry, and I am a bit jealous of the toast. How are "
             "you this morning, Hazel?"},
    {.author = "Hazel 31",
     .after = 150,
     .text = "Tired, but all right. It was nice not to be the only light on. I put the kettle on and "
             "thought of you all.",
     .reply_to = 6,
     .given = {.with_you = 3, .thank_you = 2, .hug = 1}},
};

inline constexpr ThreadText pain_threads[] = {
    {"Say hello here: new people start with this one", 980, pain_1},
    {"What does a good day look like for you?", 900, pain_2},
    {"How do you explain it to people who cannot see it?", 820, pain_3},
    {"Chairs. Let us talk about chairs.", 760, pain_4},
    {"The long wait for an appointment", 700, pain_5},
    {"Getting your shoes on: a very serious competition", 640, pain_6},
    {.title = "I had to give up my allotment", .hours_ago = 590, .posts = pain_7, .quiet = true},
    {"Work: telling my boss, or not", 520, pain_8},
    {"Does anybody else feel the weather?", 455, pain_9},
    {"Question about tablets", 400, pain_10},
    {"Small wins of the week", 340, pain_11},
    {"Travelling by train for five hours. Help!", 250, pain_12},
    {"When somebody says \"have you tried yoga?\"", 150, pain_13},
    {"Bad night, who else is awake?", 15, pain_14},
};

}  // namespace kith::app::demo_words

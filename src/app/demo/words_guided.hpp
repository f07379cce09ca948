#pragma once

#include "app/demo/texts.hpp"

// What people say in the guided group. Every person and every word here is made up.
namespace kith::app::demo_words {

inline constexpr PostText four_1[] = {
    {.author = "Wren",
     .text = "Good morning, everyone. I am Wren. I have worked as a nurse with people in pain for a "
             "long time, and I will be with you for four weeks.\n\n"
             "**How it works**\n\n"
             "- On most days I post one small idea and one question. It takes about ten minutes.\n"
             "- You can answer, or just read. Nobody marks your homework.\n"
             "- If you miss a day, it will wait for you.\n\n"
             "I cannot give medical advice for one person here. For that you have your own doctor or "
             "nurse, and they know you. What we can do is think together.\n\n"
             "**Question for today:** what would you like to be a *little bit* easier in four weeks?",
     .given = {.thank_you = 4}},
    {.author = "Bluebell 9",
     .after = 130,
     .text = "Stairs. And being less grumpy about stairs.",
     .given = {.with_you = 2}},
    {.author = "Pebble",
     .after = 45,
     .text = "I would like to plan something for a Saturday and believe in it.",
     .given = {.with_you = 1, .me_too = 3}},
    {.author = "Maple",
     .after = 300,
     .text = "I would like to say \"no\" earlier. I always say it when it is too late, and then it "
             "sounds angry.",
     .given = {.with_you = 2, .me_too = 1}},
    {.author = "Driftwood", .after = 90, .text = "I do not know yet. My nurse told me to come. I will try."},
    {.author = "Wren",
     .after = 200,
     .text = "\"I do not know yet, I will try\" is a very honest start. Welcome, Driftwood.",
     .reply_to = 5,
     .given = {.with_you = 2, .thank_you = 2}},
    {.author = "Tin Kettle",
     .after = 610,
     .text = "Jars. (People from the other group will understand.)",
     .given = {.me_too = 2}},
};

inline constexpr PostText four_2[] = {
    {.author = "Wren",
     .text = "Many people know this one. On a good day we do *everything*. We clean, we shop, we call "
             "people back. Then come two or three bad days, and we wait for the next good one.\n\n"
             "Nothing is wrong with you if you do this. It makes sense: who knows when the next good "
             "day comes?\n\n"
             "**Question for today:** what is the first thing you do when you have a good day?",
     .given = {.me_too = 3, .thank_you = 2}},
    {.author = "Hazel 31",
     .after = 48,
     .text = "I bake for twelve people. There are two of us.",
     .given = {.me_too = 3}},
    {.author = "Fern 12",
     .after = 160,
     .text = "I clean the oven. I hate the oven. I do not know why it is always the oven.",
     .given = {.me_too = 2}},
    {.author = "Otter",
     .after = 75,
     .text = "The oven knows when you are happy.",
     .reply_to = 3,
     .given = {.hug = 4}},
    {.author = "Curlew",
     .after = 420,
     .text = "I feel a bit caught, to be honest. I run out of the house as if somebody could take the "
             "day away again.",
     .given = {.with_you = 1, .me_too = 1}},
    {.author = "Wren",
     .after = 90,
     .text = "That is a very good picture, thank you. Stay with it for a moment: what would you do if "
             "nobody could take it away?",
     .reply_to = 5,
     .given = {.with_you = 1, .thank_you = 3}},
    {.author = "Curlew",
     .after = 1250,
     .text = "I thought about it for a day. I think I would sit on the step and drink my tea while it "
             "is still hot.",
     .reply_to = 6,
     .given = {.with_you = 4, .thank_you = 1, .hug = 1}},
};

inline constexpr PostText four_3[] = {
    {.author = "Wren",
     .text = "Today is a thing to try, and a small one.\n\n"
             "1. Choose one thing that you will do anyway. Washing up, emails, a walk.\n"
             "2. Think how long you can do it on a *middle* day. Not on your best one.\n"
             "3. Stop a bit before that, even if you feel fine. Sit down. Then go on, or do not.\n\n"
             "It feels wrong at first. Many people say that it feels like leaving the cinema before "
             "the end. Only do what is right for your body, and if your care team has told you "
             "something different, do that.\n\n"
             "Tell us how it went. \"It went badly\" is also an answer.",
     .given = {.thank_you = 3}},
    {.author = "Tin Kettle",
     .after = 330,
     .text = "It went badly. I stopped, looked at the half of the floor that was dirty, and got up "
             "again after one minute.",
     .given = {.with_you = 1, .me_too = 2}},
    {.author = "Wren",
     .after = 25,
     .text = "One minute is not nothing! What was in your head in that minute?",
     .reply_to = 2,
     .given = {.thank_you = 2, .hug = 1}},
    {.author = "Tin Kettle", .after = 14, .text = "My mother.", .reply_to = 3, .given = {.me_too = 4}},
    {.author = "Pebble",
     .after = 200,
     .text = "I set the egg timer to eight minutes. When it rang, I was cross with it. But in the "
             "evening I still had some \"me\" left. That was new.",
     .given = {.with_you = 2, .thank_you = 1}},
    {.author = "Maple",
     .after = 700,
     .text = "I tried it with emails. I wrote two and then closed the lid. Nobody was angry. One "
             "person even wrote \"no hurry\".",
     .given = {.with_you = 1}},
    {.author = "Bluebell 9",
     .after = 260,
     .text = "\"Some me left.\" I want that on a cup.",
     .reply_to = 5,
     .given = {.me_too = 1, .hug = 1}},
};

inline constexpr PostText four_4[] = {
    {.author = "Wren",
     .text = "I hope that you had a quiet day yesterday. I left it empty on purpose.\n\n"
             "Sometimes we lie on the sofa and are not resting at all. We are waiting: for it to get "
             "better, for someone to come home, for the list in our head to stop.\n\n"
             "**Question for today:** when did you last rest, really rest? What was it like? It can be"
             " two minutes long.",
     .given = {.with_you = 1, .thank_you = 2}},
    {.author = "Driftwood",
     .after = 85,
     .text = "On the boat, when the engine was off. I know what you mean by rest. I have not had that "
             "for a long time. I did not know that I missed it until I read this.",
     .given = {.with_you = 3, .me_too = 2, .hug = 1}},
    {.author = "Hazel 31",
     .after = 130,
     .text = "In the car, before I go in. The radio is off. I just sit there, with the keys in my "
             "hand.",
     .given = {.with_you = 2}},
    {.author = "Otter",
     .after = 210,
     .text = "I am not sure that I have ever done it. I have only ever fallen asleep.",
     .given = {.me_too = 2}},
    {.author = "Wren",
     .after = 300,
     .text = "Driftwood, that sounds precious. What could you hear when the engine was off?",
     .reply_to = 2,
     .given = {.with_you = 1, .thank_you = 1}},
    {.author = "Driftwood",
     .after = 55,
     .text = "Water on the side of the boat. And my brother eating crisps. He was never quiet, that "
             "man. I will call him.",
     .reply_to = 5,
     .given = {.with_you = 4, .thank_you = 2, .hug = 2}},
    {.author = "Maple",
     .after = 1200,
     .text = "I read Driftwood's post and then I sat on the balcony for five minutes. I could hear the"
             " neighbour practise the trumpet. It was not restful, but I was there for all of it.",
     .given = {.with_you = 1, .thank_you = 1}},
};

inline constexpr PostText four_5[] = {
    {.author = "Fern 12",
     .text = "I am a bit ashamed to ask. I notice my pain *more* since we started. All this thinking "
             "about it! Is that just me?",
     .given = {.with_you = 2, .me_too = 3}},
    {.author = "Pebble",
     .after = 22,
     .text = "It is not just you. Me too, on days 2 and 3.",
     .given = {.with_you = 1, .me_too = 2}},
    {.author = "Wren",
     .after = 180,
     .text = "Thank you for asking, Fern. Nothing to be ashamed of. Quite a few people tell me that at"
             " the start, because they look at something they normally look away from. You may skip "
             "any question here.\n\n"
             "If the pain itself is new or different, or if it worries you, please tell your doctor. I"
             " cannot see that from here.",
     .reply_to = 1,
     .given = {.thank_you = 4}},
    {.author = "Fern 12",
     .after = 41,
     .text = "It is the same old pain. I think it just likes the attention. I will skip a day.",
     .reply_to = 3,
     .given = {.with_you = 1, .thank_you = 2}},
    {.author = "Curlew",
     .after = 95,
     .text = "Do not feed it. It will tell the others.",
     .reply_to = 4,
     .given = {.hug = 3}},
};

inline constexpr PostText four_6[] = {
    {.author = "Wren",
     .text = "Maple wrote on the first day: \"I always say no when it is too late, and then it sounds "
             "angry.\" I think that many of us know this.\n\n"
             "Here are three ways to begin. Change them until they sound like you.\n\n"
             "- \"I would like to, and I cannot today.\"\n"
             "- \"I can do half of it. Which half helps you more?\"\n"
             "- \"Ask me again next week, please. I mean it.\"\n\n"
             "**Question for today:** which \"no\" would you like to say this week? You can practise it "
             "here. We will be the rude aunt.",
     .given = {.thank_you = 2}},
    {.author = "Maple",
     .after = 52,
     .text = "Here is mine: \"I would like to come to the birthday, and I can stay for one hour.\" "
             "Please be the rude aunt.",
     .given = {.with_you = 2, .me_too = 1}},
    {.author = "Hazel 31", .after = 19, .text = "ONE HOUR? I have made four salads!", .reply_to = 2},
    {.author = "Maple", .after = 8, .text = "Then I will eat very fast.", .reply_to = 3, .given = {.hug = 5}},
    {.author = "Wren",
     .after = 150,
     .text = "I have nothing to teach you.",
     .reply_to = 4,
     .given = {.with_you = 1, .thank_you = 1, .hug = 1}},
    {.author = "Bluebell 9",
     .after = 640,
     .text = "Mine is to my brother-in-law: \"No, I cannot help you move the piano. Nobody has ever "
             "been able to help you move the piano. Please leave the piano.\"",
     .given = {.with_you = 1}},
};

inline constexpr PostText four_7[] = {
    {.author = "Wren",
     .text = "You have been here for more than a week now. Before we go on, look back for a moment.\n\n"
             "**Three questions.** Choose one:\n\n"
             "1. What did you try that you want to keep?\n"
             "2. What was not for you?\n"
             "3. Whose post here did you think of in the middle of your day?\n\n"
             "Tomorrow is free again. On the day after, we will talk about sleep, a little, and about "
             "what people say to us when we do not sleep.",
     .given = {.thank_you = 1}},
    {.author = "Pebble",
     .after = 90,
     .text = "1: the egg timer. It is called Gerald now.",
     .given = {.with_you = 1, .thank_you = 1}},
    {.author = "Curlew",
     .after = 200,
     .text = "3: Driftwood's brother with the crisps. Every time somebody eats crisps, I wonder if you"
             " called him.",
     .given = {.with_you = 1, .me_too = 1}},
    {.author = "Driftwood",
     .after = 170,
     .text = "I called him. He was eating.",
     .reply_to = 3,
     .given = {.with_you = 4, .thank_you = 1, .hug = 3}},
    {.author = "Otter",
     .after = 310,
     .text = "2: the one about rest. I do not think I can do it yet. I would like to come back to it "
             "later, if that is allowed.",
     .given = {.with_you = 1}},
    {.author = "Wren",
     .after = 240,
     .text = "It is more than allowed. We have nearly three weeks left, and it will not run away.",
     .reply_to = 5,
     .given = {.with_you = 1}},
};

inline constexpr ThreadText four_threads[] = {
    {"Day 1: Hello, and how these four weeks work", 214, four_1},
    {"Day 2: The good-day trap", 191, four_2},
    {"Day 3: Try it: stop while it is still good", 167, four_3},
    {"Day 5: Rest is not the same as waiting", 119, four_4},
    {"Is it normal to feel worse in the first week?", 93, four_5},
    {"Day 7: Saying no, and saying it kindly", 70, four_6},
    {"Day 9: Look back for a moment", 22, four_7},
};

}  // namespace kith::app::demo_words

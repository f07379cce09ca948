#pragma once

#include "app/demo/texts.hpp"

// What people say in the open group about pain, its first threads. Every person and every word here is made up.
namespace kith::app::demo_words {

inline constexpr PostText pain_1[] = {
    {.author = "Rowan",
     .text = "Hello and welcome. I am Rowan. I look after this group, and my back has been telling me "
             "the weather since I was nineteen.\n\n"
             "If you are new, you can say hello here. You might tell us:\n\n"
             "- what you would like to be called\n"
             "- how long pain has been part of your life\n"
             "- one thing you like that has nothing to do with pain\n\n"
             "You do not have to answer any of it. Reading along is fine too.",
     .given = {.thank_you = 3, .hug = 1}},
    {.author = "Bluebell 9",
     .after = 190,
     .text = "Hi. Knees and hips, about six years. I like crosswords and I am bad at them.",
     .given = {.with_you = 4, .me_too = 2}},
    {.author = "Otter",
     .after = 320,
     .text = "Welcome Bluebell. What is a seven-letter word for \"bad at crosswords\"? I only know the "
             "long one: *me on a Sunday*.",
     .reply_to = 2},
    {.author = "Bluebell 9",
     .after = 45,
     .text = "LEARNER. Look, I got one!",
     .reply_to = 3,
     .given = {.hug = 2}},
    {.author = "Hazel 31",
     .after = 2880,
     .text = "Hello. Neck and shoulder since a fall at work. I like baking, but lifting the big bowl "
             "is a job for my brother now. He complains, and he eats half of it, so I think we are "
             "even.",
     .given = {.with_you = 5}},
    {.author = "Late Train",
     .after = 7200,
     .text = "I have been reading for two weeks and this is my first post. I have no name for what I "
             "have yet. Can I still be here?",
     .given = {.with_you = 3, .me_too = 1, .hug = 1}},
    {.author = "Rowan",
     .after = 60,
     .text = "Yes. You do not need a diagnosis to be here. Pain is enough of a ticket.",
     .reply_to = 6,
     .given = {.with_you = 2, .thank_you = 4}},
    {.author = "Late Train",
     .after = 25,
     .text = "Thank you. That made me cry a bit on the bus, in a good way.",
     .reply_to = 7},
    {.author = "Curlew",
     .after = 21000,
     .text = "Hello all. Hands and wrists, three years. I like birds, as you may have guessed. I type "
             "with voice, so if I say something odd, blame the phone. It calls my aunt \"the ant\".",
     .given = {.with_you = 2}},
    {.author = "Saltmarsh",
     .after = 300,
     .text = "Give our best to the ant.",
     .reply_to = 9,
     .given = {.hug = 3}},
};

inline constexpr PostText pain_2[] = {
    {.author = "Marigold",
     .text = "People always ask me about bad days. Nobody asks about the good ones. So: what does a "
             "good day look like for you?\n\n"
             "Mine was Tuesday. I hung the washing out, sat down **before** I had to, and hung out the"
             " rest. Nothing else happened. It was lovely.",
     .given = {.with_you = 3, .thank_you = 2}},
    {.author = "Pebble",
     .after = 95,
     .text = "Sitting down before you have to! I have been trying to learn that for four years.",
     .given = {.with_you = 2, .me_too = 3}},
    {.author = "Driftwood",
     .after = 410,
     .text = "A good day is when I notice in the evening that I forgot to think about my back for an "
             "hour.",
     .given = {.with_you = 1}},
    {.author = "Saltmarsh",
     .after = 1300,
     .text = "> I forgot to think about my back for an hour\n\n"
             "This. It is like when a fridge stops humming and you only hear it then.",
     .reply_to = 3,
     .given = {.me_too = 4}},
    {.author = "Tin Kettle",
     .after = 600,
     .text = "I walked to the shop AND remembered the thing I went for. Double win."},
};

inline constexpr PostText pain_3[] = {
    {.author = "Quiet Fox",
     .text = "My cousin said \"but you looked fine at the wedding\". I did look fine. I had slept all of"
             " the day before, and I paid for it for three days after. I did not know what to say, so "
             "I said nothing.\n\n"
             "How do you explain it? Or do you not bother?",
     .given = {.with_you = 2, .me_too = 6, .hug = 1}},
    {.author = "Otter",
     .after = 55,
     .text = "I sometimes say: \"You saw the film. You did not see the queue outside or the walk home.\"",
     .given = {.me_too = 2}},
    {.author = "Quiet Fox",
     .after = 30,
     .text = "Oh, that is good. I am going to use that.",
     .reply_to = 2,
     .given = {.thank_you = 1}},
    {.author = "Button",
     .after = 800,
     .text = "I gave up for years and just said \"bit tired\". Then my best friend got upset because she"
             " had no idea. So now I tell three people the truth and everyone else gets \"bit tired\".",
     .given = {.with_you = 1, .me_too = 3}},
    {.author = "Marigold",
     .after = 220,
     .text = "Three people is a good number. I might copy that. Mine would be my sister, my neighbour "
             "and the man at the chip shop, who is a very good listener.",
     .reply_to = 4,
     .given = {.me_too = 1, .thank_you = 3}},
    {.author = "Hazel 31",
     .after = 1500,
     .text = "I wrote it in a card once, because I go red when I talk about it. I wrote:\n\n"
             "1. I am not cross with you.\n"
             "2. If I leave early, it is my neck and not the party.\n"
             "3. Please still ask me next time.\n\n"
             "Number 3 was the one that mattered."},
    {.author = "Fern 12",
     .after = 90,
     .text = "Please still ask me next time. Yes. That is the whole thing.",
     .reply_to = 6,
     .given = {.with_you = 2, .me_too = 4, .thank_you = 2}},
    {.author = "Quiet Fox",
     .after = 2900,
     .text = "I sent my cousin the film and queue line. She wrote back \"I am sorry, I did not know "
             "there was a queue\". We are having tea on Friday.",
     .given = {.with_you = 3, .hug = 2}},
    {.author = "Otter", .after = 40, .text = "That has made my day.", .reply_to = 8, .given = {.hug = 1}},
};

inline constexpr PostText pain_4[] = {
    {.author = "Driftwood",
     .text = "There is a cafe near me with only tall stools. I think they want me to leave. Where do "
             "you sit, and what do you bring with you?",
     .given = {.me_too = 3}},
    {.author = "Tin Kettle",
     .after = 70,
     .text = "I carry a small cushion. My son says I look like somebody who was thrown out of a "
             "castle."},
    {.author = "Pebble",
     .after = 33,
     .text = "And your kingdom misses you.",
     .reply_to = 2,
     .given = {.hug = 4}},
    {.author = "Moth",
     .after = 500,
     .text = "I ask for the chair they keep in the back. There is always a chair in the back. I felt "
             "silly the first time. Now they bring it when they see me.",
     .given = {.with_you = 1}},
    {.author = "Driftwood",
     .after = 1100,
     .text = "I asked today! There WAS a chair in the back. It was the cook's. The cook said I could "
             "have it until two o'clock.",
     .reply_to = 4,
     .given = {.thank_you = 2}},
    {.author = "Curlew", .after = 260, .text = "The secret chair of the cook. I would read that book."},
};

inline constexpr PostText pain_5[] = {
    {.author = "Late Train",
     .text = "My letter came. The date is in five months. I had marked it in my head as \"the day "
             "somebody knows what to do\", and now that day has moved.\n\n"
             "I do not need advice, I just wanted to tell someone who gets it.",
     .given = {.with_you = 5, .me_too = 3, .hug = 1}},
    {.author = "Bluebell 9",
     .after = 25,
     .text = "I get it. I am sorry. Five months is a long time to hold your breath.",
     .given = {.with_you = 2}},
    {.author = "Marigold",
     .after = 180,
     .text = "I waited seven. What helped me a little was to stop counting down and put small things "
             "in between. I had a jigsaw month. I had a soup month. The jigsaw has one piece missing "
             "and I still think about it.",
     .given = {.me_too = 2, .thank_you = 1}},
    {.author = "Saltmarsh",
     .after = 600,
     .text = "The moving of the day is the worst part, I think. Not the length.",
     .given = {.with_you = 1, .me_too = 4}},
    {.author = "Late Train",
     .after = 75,
     .text = "Yes! That is it. I could not find the words for it.",
     .reply_to = 4,
     .given = {.thank_you = 2}},
    {.author = "Rowan",
     .after = 900,
     .text = "No advice from me either, Late Train. If you ever want help with what to say to them, or"
             " how to get a letter changed, start a thread and call it that. There are people here who"
             " are good with forms.",
     .given = {.thank_you = 3}},
    {.author = "Late Train",
     .after = 1440,
     .text = "Thanks Rowan. Not yet. I think I will have a soup month first.",
     .reply_to = 6},
};

inline constexpr PostText pain_6[] = {
    {.author = "Tin Kettle",
     .text = "Tell me your best way of getting shoes on without bending. Rules: no helpers, no crying,"
             " socks count extra.\n\n"
             "My record is four minutes. The dog left the room after two.",
     .given = {.me_too = 5}},
    {.author = "Hazel 31",
     .after = 20,
     .text = "Slip-ons and a shoe horn as long as my arm. Eleven seconds. I rest my case."},
    {.author = "Otter",
     .after = 41,
     .text = "That is cheating. Very good cheating. Where do they sell arms like that?",
     .reply_to = 2,
     .given = {.hug = 3}},
    {.author = "Pebble",
     .after = 300,
     .text = "I leave them half open on the second stair and climb in like a boat."},
    {.author = "Fern 12",
     .after = 650,
     .text = "I bought shoes in a bigger size and now I can get into them with no hands. They also "
             "come off with no hands, for example in the middle of a road.",
     .given = {.me_too = 1, .hug = 1}},
    {.author = "Tin Kettle",
     .after = 130,
     .text = "Points taken away for the road. Points given back for telling us.",
     .reply_to = 5},
};

inline constexpr PostText pain_7[] = {
    {.author = "Saltmarsh",
     .text = "I handed back the key to my allotment today. Eleven years. I could not keep up with it, "
             "and it was not fair on the people on the waiting list.\n\n"
             "The woman at the office was kind. She said I can come and sit there any time. I know I "
             "will not. Not this year.\n\n"
             "I took one thing home. It is the tin sign that says *Beans*. There are no beans in my "
             "flat. It is on the wall anyway.",
     .note = "Talks about losing something you love",
     .given = {.with_you = 7, .hug = 5}},
    {.author = "Marigold",
     .after = 35,
     .text = "Oh, Saltmarsh. I am so sorry. Eleven years is a lot of beans.",
     .given = {.with_you = 2, .hug = 1}},
    {.author = "Moth",
     .after = 90,
     .text = "I am glad the sign came home with you.",
     .given = {.with_you = 1}},
    {.author = "Driftwood",
     .after = 240,
     .text = "I had to stop my job on the boats. It is four years now. People say \"you will find "
             "something new\". Maybe. But first I wanted somebody to say that the old thing was good. "
             "So: your allotment was good.",
     .given = {.with_you = 1, .me_too = 5}},
    {.author = "Saltmarsh",
     .after = 70,
     .text = "Thank you. It was good. It really was.",
     .reply_to = 4,
     .given = {.thank_you = 4, .hug = 2}},
    {.author = "Curlew",
     .after = 2000,
     .text = "If it is ever the right time: my windowsill has two pots and room for a third. You could"
             " tell me what I am doing wrong. No hurry at all.",
     .given = {.thank_you = 1}},
    {.author = "Saltmarsh",
     .after = 5800,
     .text = "I think about this a lot. All right. What is in the two pots?",
     .reply_to = 6,
     .given = {.with_you = 3, .hug = 3}},
    {.author = "Curlew", .after = 50, .text = "One is basil. The other one was basil.", .reply_to = 7},
};

}  // namespace kith::app::demo_words

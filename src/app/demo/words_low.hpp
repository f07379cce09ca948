#pragma once

#include "app/demo/texts.hpp"

// What people say in the group about low mood. Every person and every word here is made up.
namespace kith::app::demo_words {

inline constexpr PostText low_1[] = {
    {.author = "Rowan",
     .text = "This is a place for people who have low days. Some of us have had them for years. Some "
             "of us do not know yet what to call them.\n\n"
             "**What we do here:** we listen, we tell each other how it is, and we say when something "
             "helped *us*.\n\n"
             "**What we cannot do:** we are not a crisis service, and nobody here can be there for you"
             " every minute. If you think that you may hurt yourself, or if you are in danger, please "
             "use one of the helplines of this site. They are there day and night, and they want you "
             "to call. Then come back and tell us, if you like.\n\n"
             "If you write about something heavy, please put a few words in the content note. Then "
             "people can choose when to read it.",
     .given = {.thank_you = 5}},
    {.author = "Small Lamp",
     .after = 800,
     .text = "Thank you for writing it so clearly. I always worry that I am \"not bad enough\" for "
             "places like this.",
     .given = {.with_you = 1, .thank_you = 3}},
    {.author = "Rowan",
     .after = 100,
     .text = "There is no entrance exam. Come in.",
     .reply_to = 2,
     .given = {.with_you = 2, .thank_you = 2, .hug = 1}},
};

inline constexpr PostText low_2[] = {
    {.author = "Moth",
     .text = "There are so many dishes. I look at them. They look at me. That is the post.",
     .given = {.with_you = 1, .me_too = 8}},
    {.author = "Button",
     .after = 13,
     .text = "Mine have started to make friends with each other.",
     .given = {.me_too = 2}},
    {.author = "Marigold",
     .after = 55,
     .text = "One cup. Wash one cup, drink something nice out of it, and go and sit down. The rest "
             "will wait. They are very patient.",
     .given = {.thank_you = 2}},
    {.author = "Moth",
     .after = 400,
     .text = "One cup is done. Then I did the spoon as well, because it was there.",
     .reply_to = 3,
     .given = {.with_you = 3, .thank_you = 1, .hug = 2}},
    {.author = "Late Train",
     .after = 600,
     .text = "A cup AND a spoon. Slow down, some of us are watching.",
     .reply_to = 4,
     .given = {.hug = 3}},
};

inline constexpr PostText low_3[] = {
    {.author = "Small Lamp",
     .text = "From when I open my eyes until about eleven it feels as if somebody has turned the "
             "colours down. In the evening I am nearly all right, and then I think I made it all up. "
             "Then it is morning.\n\n"
             "Is anybody else like this?",
     .given = {.with_you = 3, .me_too = 6, .hug = 1},
     .report = {.by = "Otter",
                .reason = safeguarding::Reason::danger,
                .words = "The mornings sound so dark.",
                .tried = "They answered at once: it is hard, and they are not in danger.",
                .to_author =
                    "Somebody was worried about you. We have read what you wrote, and are glad that you "
                    "are here.",
                .is_closed = true}},
    {.author = "Saltmarsh",
     .after = 70,
     .text = "Yes. With me it is until about ten. You are not making it up.",
     .given = {.with_you = 1}},
    {.author = "Fern 12",
     .after = 240,
     .text = "Yes, and everyone plans important things in the morning. Who decided that?",
     .given = {.me_too = 2}},
    {.author = "Maple",
     .after = 380,
     .text = "I write a note to myself in the evening, when I am more of a person. It says things like"
             " \"You liked the soup. There is more soup.\" It sounds silly. I do read it, though.",
     .given = {.me_too = 1, .thank_you = 3}},
    {.author = "Small Lamp",
     .after = 1300,
     .text = "I tried it. Mine said \"You will not believe this, but you laughed at the cat today.\" I "
             "did not believe it. But I kept the note.",
     .reply_to = 4,
     .given = {.with_you = 1, .thank_you = 2, .hug = 2}},
    {.author = "Saltmarsh",
     .after = 420,
     .text =
         "Today was grey until four. On such days I am just a burden to everyone, and I think they would be "
         "better off without me. I am safe. I only needed to say it somewhere.",
     .given = {.with_you = 4, .hug = 3}},
    {.author = "Small Lamp",
     .after = 12,
     .text = "I am glad that you said it here. You told me that I do not make it up, and I have lived on "
             "that for "
             "two days. Is there somebody with you this evening?",
     .reply_to = 6,
     .given = {.with_you = 1, .hug = 1}},
};

inline constexpr PostText low_4[] = {
    {.author = "Marigold",
     .text = "She is seven. She asked at breakfast, with jam on her nose. I said \"sometimes my "
             "feelings are heavy, and it is not because of you\". She thought about it and said \"like "
             "my school bag\".\n\n"
             "Exactly like your school bag, love.\n\n"
             "I do not have a question. I just wanted to put it somewhere.",
     .given = {.with_you = 5, .me_too = 2, .hug = 4}},
    {.author = "Rowan",
     .after = 50,
     .text = "What a good answer. Both of you.",
     .given = {.with_you = 1, .thank_you = 2}},
    {.author = "Button",
     .after = 180,
     .text = "The jam on the nose has finished me off.",
     .given = {.me_too = 1, .hug = 1}},
    {.author = "Late Train",
     .after = 950,
     .text = "I was a child with a sad mum. Nobody told me that it was not because of me. I would have"
             " liked to hear it. You did well.",
     .given = {.with_you = 1}},
    {.author = "Marigold",
     .after = 35,
     .text = "I have read this about ten times. Thank you for telling me.",
     .reply_to = 4,
     .given = {.with_you = 2, .thank_you = 3, .hug = 2}},
};

inline constexpr PostText low_5[] = {
    {.author = "Fern 12",
     .text = "Monday. Four hours. I have been off since autumn. I have ironed the same shirt twice. "
             "What if they all ask me how I am?",
     .given = {.with_you = 3, .me_too = 1}},
    {.author = "Saltmarsh",
     .after = 45,
     .text = "Then you can say \"good to be back, how is your dog?\" People love to talk about their "
             "dogs."},
    {.author = "Fern 12", .after = 20, .text = "What if they do not have a dog?", .reply_to = 2},
    {.author = "Saltmarsh",
     .after = 6,
     .text = "Then you say \"WHY NOT?\" and walk away. Now they are the ones with the problem.",
     .reply_to = 3,
     .given = {.hug = 5}},
    {.author = "Maple",
     .after = 300,
     .text = "I hope it is a kind Monday. Could you plan something small and nice for the afternoon? "
             "Mine was chips in the car, in the rain, with the radio on.",
     .given = {.with_you = 1}},
    {.author = "Fern 12",
     .after = 4300,
     .text = "I did it. Two people asked, one had a dog. Nobody was strange about it. I had chips in "
             "the car and thought of Maple.",
     .given = {.with_you = 4, .thank_you = 3, .hug = 1}},
};

inline constexpr PostText low_6[] = {
    {.author = "Late Train",
     .text = "I am going to say it, because you said we can. This week I could not see the point of "
             "much. I am **safe**. I am not going to do anything. I am just so tired of carrying it.\n\n"
             "I nearly did not write. Please do not be too cheerful.",
     .given = {.with_you = 6, .hug = 4},
     .content_note = 3,
     .report = {.by = "Curlew",
                .reason = safeguarding::Reason::danger,
                .words = "They say that they are safe. I would be glad if somebody asked, all the same.",
                .tried = "I wrote to them here. Their sister comes at eight.",
                .told = "I asked what to do if it gets worse. They come to the house, also tonight.",
                .to_author =
                    "Thank you for writing it down. Rowan and I have read it, and we are here. So are "
                    "the helplines, all night."}},
    {.author = "Rowan",
     .after = 11,
     .text = "I am glad you wrote. No cheering, I promise.\n\n"
             "I will ask you straight out, because I would rather ask: are you safe tonight as well, "
             "and is there somebody you can call if that changes? The helplines on this site are open "
             "all night, also for \"I am just so tired of it\".",
     .given = {.with_you = 2, .thank_you = 2}},
    {.author = "Late Train",
     .after = 16,
     .text = "Yes, tonight as well. My sister is coming at eight. I have told her a bit. I saved the "
             "number.",
     .reply_to = 2,
     .given = {.with_you = 3, .hug = 1}},
    {.author = "Rowan",
     .after = 5,
     .text = "Thank you for telling me. I am here until midnight, and Sorrel is here in the morning.",
     .reply_to = 3,
     .given = {.thank_you = 1}},
    {.author = "Moth",
     .after = 40,
     .text = "I have nothing clever to say. I am sitting here next to you, sort of.",
     .given = {.with_you = 2, .hug = 1}},
    {.author = "Small Lamp",
     .after = 90,
     .text = "It is heavy. You are allowed to say that it is heavy.",
     .given = {.with_you = 1, .me_too = 3}},
    {.author = "Late Train",
     .after = 1500,
     .text = "A bit better today. My sister did not try to fix me. We watched a bad programme about "
             "antiques. And this thread is still here this morning. That helped more than I thought.",
     .given = {.with_you = 3, .thank_you = 3, .hug = 3}},
};

inline constexpr PostText low_7[] = {
    {.author = "Button",
     .text = "When my head goes round and round, I need to do something with my hands. I knit, but I "
             "have run out of people who want hats. What do you do?"},
    {.author = "Saltmarsh",
     .after = 130,
     .text = "I sort seeds. I do not have a garden any more, so they go to the school."},
    {.author = "Moth",
     .after = 66,
     .text = "I take old radios apart. I cannot put them together again, but that was never the plan.",
     .given = {.thank_you = 1}},
    {.author = "Curlew",
     .after = 310,
     .text = "Bread. You can hit it, and nobody minds.",
     .given = {.me_too = 1}},
    {.author = "Button",
     .after = 44,
     .text = "I am going to make bread and a hat for the bread.",
     .reply_to = 4,
     .given = {.hug = 3}},
};

inline constexpr PostText low_8[] = {
    {.author = "Maple",
     .text = "I have not told anyone. Not because I am ashamed. It is more that this is *mine*. Is "
             "that odd?",
     .given = {.me_too = 4}},
    {.author = "Small Lamp",
     .after = 37,
     .text = "Not odd at all. I use a different name in this group than in my other one, for the same "
             "reason.",
     .given = {.with_you = 1, .me_too = 2}},
    {.author = "Marigold",
     .after = 220,
     .text = "My husband knows, and he never asks what I write. Sometimes he brings me tea while I "
             "type and looks at the wall on purpose."},
    {.author = "Maple",
     .after = 18,
     .text = "Looking at the wall on purpose is true love.",
     .reply_to = 3,
     .given = {.hug = 4}},
    {.author = "Late Train",
     .after = 130,
     .text =
         "You know me by my name here, and still I write this one without it. There are things that I can "
         "only say when nobody can put them next to my other posts. It helps that I may choose each time.",
     .given = {.with_you = 4, .thank_you = 1},
     .anonymous = true},
    {.author = "Sorrel",
     .after = 480,
     .text = "Just a gentle reminder from me: what people write here stays here. You may tell the "
             "world about *yourself*, but not about each other.",
     .given = {.thank_you = 1}},
    {.author = "Grey Gate",
     .after = 95,
     .text =
         "You talk about being tired as if it were a job. Everybody is tired. You only want to be pitied.",
     .report = {.by = "Maple",
                .reason = safeguarding::Reason::hostile,
                .words = "This hurts. I do not want to see it when I am low.",
                .on_hold_because =
                    "We took out your post. It puts people down who came here for company. Your "
                    "account rests for two weeks. You can ask somebody else to look at it again."}},
};

inline constexpr PostText low_9[] = {
    {.author = "Curlew",
     .text = "I like this group a lot. It would be great to talk for real some day.",
     .given = {.with_you = 1}},
    {.author = "Otter",
     .after = 47,
     .text = "We could talk on the phone! My number is 555 0100. Call me any time, day or night.",
     .removed_because = "Please keep telephone numbers out of the group. It keeps you safe.",
     .report = {.by = "Curlew",
                .reason = safeguarding::Reason::confidentiality,
                .words = "That is a real number, I think.",
                .appeal =
                    "I only wanted to be there for somebody at night. May I say that without the number?"}},
    {.author = "Sorrel",
     .after = 25,
     .text = "Hi both. I took out a post with a telephone number. It was kindly meant, and nobody is "
             "in trouble. But anyone can read along here, and \"any time, day or night\" is a lot to "
             "promise when you are having low days yourself.\n\n"
             "I am closing this thread. You are very welcome to open a new one without numbers.",
     .given = {.thank_you = 2}},
};

inline constexpr PostText low_10[] = {
    {.author = "Saltmarsh",
     .text = "A small boy on the bus waved at every single person who got on. Every one. The driver "
             "too. What was your tiny good thing today?",
     .given = {.with_you = 2, .thank_you = 2}},
    {.author = "Button", .after = 64, .text = "The hat fits the bread."},
    {.author = "Marigold",
     .after = 90,
     .text = "My daughter said that her school bag was \"not so bad today\". I said mine as well.",
     .given = {.thank_you = 1, .hug = 1}},
    {.author = "Fern 12",
     .after = 800,
     .text = "I found a note in my coat from last winter. It says \"buy stamps, be brave\". I did buy "
             "stamps.",
     .given = {.with_you = 1}},
    {.author = "Small Lamp",
     .after = 610,
     .text = "It was not a good day. But I read these four, in order, and that was mine.",
     .given = {.with_you = 3, .hug = 2}},
    {.author = "Maple", .after = 1100, .text = "There was more soup.", .given = {.thank_you = 2}},
};

inline constexpr ThreadText low_threads[] = {
    {"Read me first: what this group is, and what it is not", 950, low_1},
    {"The dishes", 860, low_2},
    {"Mornings are the worst", 780, low_3},
    {"My daughter asked why I am sad", 690, low_4},
    {"Going back to work after a long time off", 600, low_5},
    {"Not a good week", 500, low_6},
    {"What do you do with your hands?", 410, low_7},
    {"Do you tell people that you come here?", 300, low_8},
    {"Call me any time", 200, low_9, true},
    {"Tiny good thing, today", 70, low_10},
};

}  // namespace kith::app::demo_words

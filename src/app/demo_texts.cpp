#include "app/demo_texts.hpp"

// Every person and every word here is made up.
namespace kith::app {
namespace {

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
    "Rowan",      "Bluebell 9", "Quiet Fox", "Pebble", "Marigold",   "Otter",   "Saltmarsh", "Hazel 31",
    "Tin Kettle", "Moth",       "Driftwood", "Button", "Late Train", "Fern 12", "Curlew",    "Snowdrop",
};

constexpr NewcomerText newcomer{
    .name = "Snowdrop",
    .title = "Hello from the kitchen table",
    .text =
        "I have read here for a week, mostly at night. It is my hands. I used to bake for the whole "
        "street.\n\n"
        "I do not know what to say yet. I only wanted to say that I am here.",
};

// ---- Living with pain ----------------------------------------------------------------------------------

constexpr PostText pain_1[] = {
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

constexpr PostText pain_2[] = {
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

constexpr PostText pain_3[] = {
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

constexpr PostText pain_4[] = {
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

constexpr PostText pain_5[] = {
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

constexpr PostText pain_6[] = {
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

constexpr PostText pain_7[] = {
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

constexpr PostText pain_8[] = {
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

constexpr PostText pain_9[] = {
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

constexpr PostText pain_10[] = {
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

constexpr PostText pain_11[] = {
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

constexpr PostText pain_12[] = {
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

constexpr PostText pain_13[] = {
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

constexpr PostText pain_14[] = {
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

constexpr ThreadText pain_threads[] = {
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

constexpr PostText low_1[] = {
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

constexpr PostText low_2[] = {
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

constexpr PostText low_3[] = {
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

constexpr PostText low_4[] = {
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

constexpr PostText low_5[] = {
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

constexpr PostText low_6[] = {
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

constexpr PostText low_7[] = {
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

constexpr PostText low_8[] = {
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
};

constexpr PostText low_9[] = {
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

constexpr PostText low_10[] = {
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

constexpr ThreadText low_threads[] = {
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

constexpr PostText four_1[] = {
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

constexpr PostText four_2[] = {
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

constexpr PostText four_3[] = {
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

constexpr PostText four_4[] = {
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

constexpr PostText four_5[] = {
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

constexpr PostText four_6[] = {
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

constexpr PostText four_7[] = {
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

constexpr ThreadText four_threads[] = {
    {"Day 1: Hello, and how these four weeks work", 214, four_1},
    {"Day 2: The good-day trap", 191, four_2},
    {"Day 3: Try it: stop while it is still good", 167, four_3},
    {"Day 5: Rest is not the same as waiting", 119, four_4},
    {"Is it normal to feel worse in the first week?", 93, four_5},
    {"Day 7: Saying no, and saying it kindly", 70, four_6},
    {"Day 9: Look back for a moment", 22, four_7},
};
// ---- who belongs where ---------------------------------------------------------------------------------

constexpr BelongingText pain_members[] = {
    {"Rowan"},  {"Sorrel"},    {"Wren"},   {"Maple"},      {"Bluebell 9"}, {"Quiet Fox"},
    {"Pebble"}, {"Marigold"},  {"Otter"},  {"Saltmarsh"},  {"Hazel 31"},   {"Tin Kettle"},
    {"Moth"},   {"Driftwood"}, {"Button"}, {"Late Train"}, {"Fern 12"},    {"Curlew"},
};
constexpr BelongingText low_members[] = {
    {"Rowan"},    {"Sorrel"},     {"Maple"},     {"Quiet Fox", "Small Lamp"},
    {"Marigold"}, {"Otter"},      {"Saltmarsh"}, {"Moth"},
    {"Button"},   {"Late Train"}, {"Fern 12"},   {"Curlew"},
};
constexpr BelongingText four_members[] = {
    {"Wren"},     {"Maple"},      {"Bluebell 9"}, {"Pebble"},  {"Otter"},
    {"Hazel 31"}, {"Tin Kettle"}, {"Driftwood"},  {"Fern 12"}, {"Curlew"},
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

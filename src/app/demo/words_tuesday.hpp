#pragma once

#include "app/demo/texts.hpp"

// What people say in a group that mourns. Every person and every word here is made up.
namespace kith::app::demo_words {

inline constexpr PostText tuesday_1[] = {
    {.author = "Rowan",
     .text =
         "Dear all, I have sad news. Ferry's daughter wrote to us: Ferry died on Sunday, at home, with the "
         "radio on.\n\n"
         "Many of us read Ferry's bad puns for three years. You can write here what you remember, or just "
         "sit with us. There is no right way to do this.\n\n"
         "If it is heavy tonight, please use a helpline. And you can always write to Sorrel or me.",
     .note = "Somebody has died",
     .given = {.with_you = 3, .hug = 2}},
    {.author = "Tin Kettle",
     .after = 40,
     .text = "I do not know what to say. Ferry was the first person here who answered me. It was a pun about "
             "knees.",
     .given = {.with_you = 3, .hug = 1}},
    {.author = "Bluebell 9",
     .after = 25,
     .text = "I saved the one about the sofa. I read it out to my cat just now.",
     .given = {.hug = 4}},
    {.author = "Curlew",
     .after = 610,
     .text = "I put a light in the window. It is what Ferry did for others.",
     .given = {.with_you = 4}},
};

inline constexpr PostText tuesday_2[] = {
    {.author = "Marigold",
     .text = "What are we all doing this Tuesday? I am trying to mend a chair. The chair is winning.",
     .given = {.with_you = 2}},
    {.author = "Driftwood",
     .after = 95,
     .text = "Watching the rain from bed, with the good blanket. It counts.",
     .given = {.me_too = 2}},
};

inline constexpr ThreadText tuesday_threads[] = {
    {"This Tuesday", 196, tuesday_2},
    {"For Ferry", 46, tuesday_1},
};

}  // namespace kith::app::demo_words

#pragma once

#include "notices/notices.hpp"

namespace kith::notices {

// Where somebody may be in danger nothing is gathered and no hour is quiet.
enum class Haste { usual, now };

// Lets a mail go at its time if the member wishes any, unless one is on its way already.
void plan_mail(db::Tx& tx, MemberId member, const Wish& wish, Haste haste = Haste::usual);

// Lets a signal go if the member wants any, unless one is on its way already; after quiet hours, if they chose some.
void plan_push(db::Tx& tx, MemberId member, Haste haste = Haste::usual);

}  // namespace kith::notices

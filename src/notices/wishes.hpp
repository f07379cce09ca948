#pragma once

#include "notices/notices.hpp"

namespace kith::notices {

// Lets a mail go at its time if the member wishes any, unless one is on its way already.
void plan_mail(db::Tx& tx, MemberId member, const Wish& wish);

// Lets a signal go if the member wants any, unless one is on its way already; after quiet hours, if they chose some.
void plan_push(db::Tx& tx, MemberId member);

}  // namespace kith::notices

#pragma once

#include "notices/notices.hpp"

namespace kith::notices {

// Lets a mail go at its time if the member wishes any, unless one is on its way already.
void plan_mail(db::Tx& tx, MemberId member, const Wish& wish);

}  // namespace kith::notices

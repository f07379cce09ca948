#pragma once

#include "platform/http/context.hpp"

namespace kith::http {

// Whether a form that was refused may be taken when it is sent once more.
enum class Again { no, at_once, later, after_sign_in };

// Gives back what was typed into the form of this request, in fields to read and copy. `again`: they can be sent
// once more to the same address with a fresh form token, if the browser says that the form came from a page of
// ours; nobody shall be talked into sending what somebody else's page made up, which is not shown at all.
// Passwords and codes are never given back, so a form with one has no way to be sent from here.
void kept_words(Html& h, const Ctx& ctx, Again again);

}  // namespace kith::http

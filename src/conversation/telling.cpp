#include "conversation/telling.hpp"

#include <algorithm>

#include "conversation/store.hpp"
#include "identity/identity.hpp"

namespace kith::conversation {

void tell_unless_muted(db::Tx& tx, MemberId reader, notices::Kind kind, const notices::About& about) {
    if (std::ranges::binary_search(store::muted_threads(tx, reader), about.thread)) return;
    const auto people = identity::muted_by(tx, reader);
    if (std::ranges::find(people, about.from) != people.end()) return;
    notices::tell(tx, reader, kind, about);
}

}  // namespace kith::conversation

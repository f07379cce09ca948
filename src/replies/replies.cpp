#include "replies/replies.hpp"

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "platform/text/unicode.hpp"

namespace kith::replies {
namespace {

Result<Reply> checked(const Reply& typed) {
    Reply out{typed.id, text::one_line(typed.name), text::trim(text::clean(typed.words))};
    if (out.name.empty() || text::length(out.name) > name_most)
        return invalid("Please give it a short name, such as: A number was removed.", "name");
    if (out.words.empty() || text::length(out.words) > words_most)
        return invalid("Please write the words to the author, up to 1000 letters.", "words");
    return out;
}

}  // namespace

std::vector<Reply> list(db::ReadTx& tx) { return store::list(tx); }

Done put(db::Tx& tx, const Actor& actor, const Reply& typed) {
    TRY(identity::require_host(tx, actor));
    Reply reply = TRY(checked(typed));
    if (!reply.id && store::list(tx).size() >= replies_most)
        return conflict("There are 30 already. Please take one away first.");
    if (!reply.id) reply.id = store::insert(tx, reply);
    else if (!store::update(tx, reply)) return not_found();
    audit::record(tx, actor, "reply.changed", "reply", reply.id);
    return {};
}

Done take_away(db::Tx& tx, const Actor& actor, std::int64_t id) {
    TRY(identity::require_host(tx, actor));
    if (!store::remove(tx, id)) return not_found();
    audit::record(tx, actor, "reply.deleted", "reply", id);
    return {};
}

}  // namespace kith::replies

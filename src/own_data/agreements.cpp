#include "own_data/agreements.hpp"

#include <algorithm>
#include <functional>

#include "notices/notices.hpp"

namespace kith::own_data {
namespace {

constexpr db::Sql rules_sql = R"(
    select g.id, g.name, x.rules_agreed_at_ms
    from membership x
    join peer_group g on g.id = x.group_id
    where x.member_id = $1 and x.left_at_ms is null and x.rules_agreed_at_ms is not null)";

constexpr db::Sql confirmed_sql = R"(
    select email_confirmed_at_ms
    from account
    where member_id = $1 and email_confirmed_at_ms is not null)";

}  // namespace

Agreements agreements_of(db::ReadTx& tx, MemberId member) {
    Agreements out{.policies = policies::agreed_by(tx, member),
                   .anything_waits = !policies::open_for(tx, member).empty(),
                   .rules = tx.all<RulesAgreed>(rules_sql, member),
                   .mails_since = {}};
    std::ranges::stable_sort(out.rules, std::greater(), &RulesAgreed::at);
    const notices::Wish wish = notices::wish_of(tx, member);
    if (!notices::by_mail(wish.way)) return out;
    out.mails_since = tx.first<Time>(confirmed_sql, member);
    out.mails_tell_more = out.mails_since && wish.tells_more;
    out.mails_show_words = out.mails_since && wish.shows_words();
    return out;
}

}  // namespace kith::own_data

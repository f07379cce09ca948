#include "pushing/store.hpp"

#include <algorithm>

namespace kith::pushing::store {

constexpr db::Sql devices_sql = R"(
    select id, device, added_at_ms
    from push_device
    where member_id = $1)";

std::vector<Device> devices_of(db::ReadTx& tx, MemberId member) {
    std::vector<Device> out = tx.all<Device>(devices_sql, member);
    std::ranges::sort(out, {}, &Device::id);
    return out;
}

constexpr db::Sql addresses_sql = R"(
    select id, endpoint
    from push_device
    where member_id = $1)";

std::vector<Address> addresses_of(db::ReadTx& tx, MemberId member) {
    return tx.all<Address>(addresses_sql, member);
}

constexpr db::Sql put_sql = R"(
    insert into push_device (member_id, endpoint, device, added_at_ms)
    values ($1, $2, $3, $4)
    on conflict (endpoint) do update
    set member_id = excluded.member_id,
        device = excluded.device,
        added_at_ms = excluded.added_at_ms)";

void put_device(db::Tx& tx, MemberId member, std::string_view endpoint, std::string_view words) {
    tx.run(put_sql, member, endpoint, words, tx.now());
}

constexpr db::Sql owner_sql = R"(
    select member_id
    from push_device
    where endpoint = $1)";

std::optional<MemberId> owner_of(db::ReadTx& tx, std::string_view endpoint) {
    return tx.first<MemberId>(owner_sql, endpoint);
}

constexpr db::Sql remove_sql = R"(
    delete from push_device
    where id = $1 and member_id = $2)";

bool remove_device(db::Tx& tx, MemberId member, DeviceId device) {
    return tx.run(remove_sql, device, member) == 1;
}

constexpr db::Sql private_key_sql = R"(
    select private_key
    from push_key)";

std::optional<std::string> private_key(db::ReadTx& tx) { return tx.first<std::string>(private_key_sql); }

constexpr db::Sql insert_private_key_sql = R"(
    insert into push_key (id, private_key)
    values (1, $1)
    on conflict do nothing)";

void insert_private_key(db::Tx& tx, std::string_view key) { tx.run(insert_private_key_sql, key); }

}  // namespace kith::pushing::store

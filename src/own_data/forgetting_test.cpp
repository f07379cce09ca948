#include "own_data/forgetting.hpp"

#include <algorithm>

#include "tests/world.hpp"

namespace kith::own_data {
namespace {

using test::World;

constexpr db::Sql tables_sql = R"(
    select distinct m.name
    from sqlite_schema m
    join pragma_table_info(m.name) c
    where m.type = 'table'
      and (c.name = 'member_id' or exists (select 1
                                           from pragma_foreign_key_list(m.name) f
                                           where f."from" = c.name and f."table" = 'member')))";

// The member goes last and their personas to nobody; the log keeps ids, and changes go by themselves after a while.
constexpr std::string_view elsewhere[] = {"persona", "former_member", "audit_entry", "change"};

bool is_forgotten(const std::string& table) {
    for (const auto statements : {ways_in(), traces()})
        for (const db::Sql& sql : statements)
            if (std::string_view(sql.text()).find(" " + table + " ") != std::string_view::npos) return true;
    return std::ranges::find(elsewhere, table) != std::end(elsewhere);
}

TEST(Forgetting, leaves_out_no_table_that_names_members) {
    World world(db::Engine::sqlite);
    const auto tables = world.db().read([](db::ReadTx& tx) { return tx.all<std::string>(tables_sql); });
    EXPECT_GT(tables.size(), 50u);
    for (const std::string& table : tables) EXPECT_TRUE(is_forgotten(table)) << table;
}

}  // namespace
}  // namespace kith::own_data

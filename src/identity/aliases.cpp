#include <array>

#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/words/words.hpp"

namespace kith::identity {
namespace {

constexpr auto alias_names = std::to_array<std::string_view>(
    {t_later("Anonymous Heron"),     t_later("Anonymous Otter"),      t_later("Anonymous Fox"),
     t_later("Anonymous Finch"),     t_later("Anonymous Deer"),       t_later("Anonymous Hare"),
     t_later("Anonymous Owl"),       t_later("Anonymous Seal"),       t_later("Anonymous Robin"),
     t_later("Anonymous Badger"),    t_later("Anonymous Swan"),       t_later("Anonymous Hedgehog"),
     t_later("Anonymous Whale"),     t_later("Anonymous Lark"),       t_later("Anonymous Squirrel"),
     t_later("Anonymous Turtle"),    t_later("Anonymous Dolphin"),    t_later("Anonymous Sparrow"),
     t_later("Anonymous Beaver"),    t_later("Anonymous Butterfly"),  t_later("Anonymous Swallow"),
     t_later("Anonymous Crane"),     t_later("Anonymous Dormouse"),   t_later("Anonymous Stork"),
     t_later("Anonymous Ladybird"),  t_later("Anonymous Penguin"),    t_later("Anonymous Koala"),
     t_later("Anonymous Panda"),     t_later("Anonymous Starling"),   t_later("Anonymous Firefly"),
     t_later("Anonymous Dragonfly"), t_later("Anonymous Nightingale")});

// Threads begin with different names, and no name says anything of the person: it follows from the thread and from
// how many wrote there anonymously before. Beyond the list the names come again with a number.
std::string name_for(ThreadId thread, std::int64_t others) {
    constexpr std::int64_t step = 13, size = alias_names.size();
    std::string name(alias_names[static_cast<std::size_t>((thread.value() * step + others) % size)]);
    if (others >= size) name += " " + std::to_string(others / size + 1);
    return name;
}

}  // namespace

std::string_view shown_name(std::string_view name, const Words& words) {
    return name.starts_with(alias_begins) ? words.t(name) : name;
}

std::optional<Persona> alias_in(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return store::find_alias(tx, member, thread);
}

PersonaId new_alias(db::Tx& tx, MemberId member, GroupId group) {
    return store::insert_alias(tx, member, group);
}

void place_alias(db::Tx& tx, PersonaId alias, ThreadId thread) {
    const std::int64_t others = store::count_aliases(tx, thread);
    const std::string key = "~" + std::to_string(thread.value()) + "~" + std::to_string(others);
    store::place_alias(tx, alias, thread, name_for(thread, others), key);
    announce(tx, member_of(tx, alias));
}

PersonaId alias_for(db::Tx& tx, MemberId member, GroupId group, ThreadId thread) {
    if (const auto known = store::find_alias(tx, member, thread)) return known->id;
    const PersonaId alias = new_alias(tx, member, group);
    place_alias(tx, alias, thread);
    return alias;
}

bool is_alias(db::ReadTx& tx, PersonaId persona) { return store::is_alias(tx, persona); }

std::vector<Alias> aliases_of(db::ReadTx& tx, MemberId member, int limit) {
    return store::aliases_of(tx, member, limit);
}

}  // namespace kith::identity

#include "transfer/authors.hpp"

#include "groups/groups.hpp"
#include "identity/identity.hpp"
#include "platform/text/pseudonym.hpp"

namespace kith::transfer {
namespace {

constexpr int most_tries = 200;

tl::unexpected<Error> out_of_names() { return conflict("We ran out of names for authors."); }

// The name under which a member belongs to the group; nothing if they do not.
std::optional<PersonaId> name_here(db::ReadTx& tx, MemberId member, GroupId group) {
    const auto access = groups::access(tx, Actor::of(member), group);
    return access && access->member ? std::optional(access->persona) : std::nullopt;
}

}  // namespace

Authors::Authors(db::Tx& tx, Random& random, const Destination& to, Records& records)
    : tx_(tx), random_(random), to_(to), records_(records) {}

Result<PersonaId> Authors::persona_of(std::string_view author_key) {
    if (const auto known = records_.find(Kind::author, author_key)) return PersonaId(*known);
    const PersonaId persona = TRY(find_or_make(author_key));
    const store::Imported row{Kind::author, records_.digest_of(author_key), persona.value()};
    store::insert_imported(tx_, to_.group, to_.source, row);
    records_.put(row);
    ++made_;
    return persona;
}

std::string Authors::name_of(std::string_view author_key) {
    const auto persona = persona_of(author_key);
    if (!persona) return "somebody";
    const PersonaId ids[] = {*persona};
    const auto names = identity::names_of(tx_, ids);
    const auto name = names.find(*persona);
    return name == names.end() ? "somebody" : name->second;
}

Result<PersonaId> Authors::find_or_make(std::string_view author_key) {
    const std::string person = person_key(to_.kind, to_.site, author_key);
    if (person.empty()) return make_placeholder(person);
    const auto member = store::find_person(tx_, records_.digest_of(person));
    return member ? bring_in(*member) : make_placeholder(person);
}

Result<PersonaId> Authors::make_placeholder(const std::string& person) {
    for (int i = 0; i < most_tries; ++i) {
        const auto persona = identity::create_placeholder(tx_, Actor::system(),
                                                          text::suggest_pseudonym(random_));
        if (!persona) continue;  // the name is taken
        const MemberId member = identity::member_of(tx_, *persona);
        TRY(groups::add_member(tx_, Actor::system(), to_.group, member, *persona));
        if (!person.empty()) store::insert_person(tx_, records_.digest_of(person), member);
        return *persona;
    }
    return out_of_names();
}

Result<PersonaId> Authors::bring_in(MemberId member) {
    if (const auto name = name_here(tx_, member, to_.group)) return *name;
    const PersonaId persona = TRY(name_for(member));
    TRY(groups::add_member(tx_, Actor::system(), to_.group, member, persona));
    return persona;
}

// Another one than in any other group, so that nobody sees that it is the same person.
Result<PersonaId> Authors::name_for(MemberId member) {
    const PersonaId main = identity::main_persona(tx_, member);
    for (int i = 0; i < most_tries; ++i) {
        const auto persona = identity::persona_for_group(tx_, Actor::system(), member, to_.group,
                                                         text::suggest_pseudonym(random_));
        if (persona && *persona != main) return *persona;
        if (!persona && persona.error().fault != Fault::conflict) return tl::unexpected(persona.error());
    }
    return out_of_names();
}

}  // namespace kith::transfer

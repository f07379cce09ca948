#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "transfer/records.hpp"

namespace kith::transfer {

// Where an archive goes, and how our records call where it comes from.
struct Destination {
    Destination(GroupId into, std::string_view archive_source, std::string_view archive_site)
        : group(into), kind(archive_source), site(archive_site), source(source_name(kind, site)) {}

    GroupId group;
    std::string kind;  // "mbox" or "discourse"
    std::string site;
    std::string source;
};

// The people of an archive in one group, within one transaction: each gets a name of their own here and belongs to the
// group. One whom another group knows is the same member under another name.
class Authors {
public:
    Authors(db::Tx& tx, Random& random, const Destination& to, Records& records);

    Result<PersonaId> persona_of(std::string_view author_key);
    std::string name_of(std::string_view author_key);
    std::int64_t made() const { return made_; }

private:
    Result<PersonaId> find_or_make(std::string_view author_key);
    Result<PersonaId> make_placeholder(const std::string& person);
    Result<PersonaId> bring_in(MemberId member);
    Result<PersonaId> name_for(MemberId member);

    db::Tx& tx_;
    Random& random_;
    const Destination& to_;
    Records& records_;
    std::int64_t made_ = 0;
};

}  // namespace kith::transfer

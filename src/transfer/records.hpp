#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "transfer/store.hpp"

namespace kith::transfer {

// What one group has from one source, in memory: by kind and key, and the key as its digest alone.
class Records {
public:
    // Looks into `below`, which outlives it, for what it does not have itself.
    explicit Records(std::string digest_key, const Records* below = nullptr);

    std::optional<std::int64_t> find(Kind kind, std::string_view key) const;
    void put(const store::Imported& record);
    void put(std::span<const store::Imported> records);
    void take_over(Records&& above);

    std::string digest_of(std::string_view key) const;
    const std::string& digest_key() const { return digest_key_; }

private:
    std::optional<std::int64_t> find_digest(const std::string& name) const;

    std::string digest_key_;
    const Records* below_;
    std::unordered_map<std::string, std::int64_t> ids_;  // by a letter for the kind and the digest
};

// The name in Records of an author who is the same person in every group, else empty: a mail address is, and a number
// of a site that has a name. "Ann Lee" and number 5 of some site are not.
std::string person_key(std::string_view source, std::string_view site, std::string_view author_key);

// The source in the records: that of the archive, with the site where it was told apart.
std::string source_name(std::string_view source, std::string_view site);

}  // namespace kith::transfer

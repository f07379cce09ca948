#include "transfer/records.hpp"

#include "platform/crypto/crypto.hpp"

namespace kith::transfer {
namespace {

std::string name_of(Kind kind, std::string_view digest) {
    return std::string(to_word(kind).substr(0, 1)).append(digest);
}

}  // namespace

Records::Records(std::string digest_key, const Records* below)
    : digest_key_(std::move(digest_key)), below_(below) {}

std::string Records::digest_of(std::string_view key) const { return crypto::keyed_digest(digest_key_, key); }

std::optional<std::int64_t> Records::find(Kind kind, std::string_view key) const {
    return find_digest(name_of(kind, digest_of(key)));
}

std::optional<std::int64_t> Records::find_digest(const std::string& name) const {
    if (const auto own = ids_.find(name); own != ids_.end()) return own->second;
    return below_ ? below_->find_digest(name) : std::nullopt;
}

void Records::put(const store::Imported& record) { ids_[name_of(record.kind, record.digest)] = record.id; }

void Records::put(std::span<const store::Imported> records) {
    ids_.reserve(records.size());
    for (const store::Imported& record : records) put(record);
}

void Records::take_over(Records&& above) {
    for (auto& [name, id] : above.ids_) ids_[name] = id;
}

std::string person_key(std::string_view source, std::string_view site, std::string_view author_key) {
    const bool is_address = source == "mbox" && !author_key.starts_with("name:");
    if (is_address) return std::string("mail ").append(author_key);
    const bool is_number = author_key.starts_with("u") || author_key.starts_with("n:");
    if (source != "discourse" || site.empty() || !is_number) return {};
    return std::string("site ").append(site).append(" ").append(author_key);
}

std::string source_name(std::string_view source, std::string_view site) {
    std::string name(source);
    return site.empty() ? name : name.append(" ").append(site);
}

}  // namespace kith::transfer

#include "audit/audit.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "platform/crypto/crypto.hpp"

namespace kith::audit {
namespace {

// Each part with its length in front, so that no two lists of parts read the same.
void append_part(std::string& out, std::string_view part) {
    out += std::to_string(part.size());
    out += ':';
    out += part;
}

std::string hash_of(std::string_view previous_hash, const Entry& entry) {
    std::string text;
    append_part(text, previous_hash);
    append_part(text, std::to_string(entry.id));
    append_part(text, std::to_string(entry.at.ms));
    append_part(text, entry.member ? std::to_string(entry.member->value()) : std::string());
    append_part(text, entry.verb);
    append_part(text, entry.subject);
    append_part(text, std::to_string(entry.subject_id));
    append_part(text, entry.detail);
    return crypto::digest(text);
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += {digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

struct Link {
    std::int64_t id = 0;
    std::string hash;
};

constexpr db::Sql last_link_sql = R"(
    select id, hash
    from audit_entry
    order by id desc
    limit 1)";

constexpr db::Sql insert_entry_sql = R"(
    insert into audit_entry (id, at_ms, member_id, verb, subject, subject_id, detail, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8))";

}  // namespace

void record(db::Tx& tx, const Actor& actor, std::string_view verb, std::string_view subject,
            std::int64_t subject_id, std::string_view detail) {
    const Link last = tx.first<Link>(last_link_sql).value_or(Link{});
    const std::optional<MemberId> member = actor.is_member() ? std::optional(actor.member) : std::nullopt;
    const Entry entry{last.id + 1, tx.now(),           member, std::string(verb), std::string(subject),
                      subject_id,  std::string(detail)};
    tx.run(insert_entry_sql, entry.id, entry.at, entry.member, entry.verb, entry.subject, entry.subject_id,
           entry.detail, db::Blob{hash_of(last.hash, entry)});
}

constexpr db::Sql entries_before_sql = R"(
    select id, at_ms, member_id, verb, subject, subject_id, detail
    from audit_entry
    where id < $1
    order by id desc
    limit $2)";

std::vector<Entry> list(db::ReadTx& tx, std::int64_t before, int limit) {
    constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();
    return tx.all<Entry>(entries_before_sql, before == 0 ? newest : before, limit);
}

constexpr db::Sql chain_sql = R"(
    select id, at_ms, member_id, verb, subject, subject_id, detail, hash
    from audit_entry
    order by id)";

std::string in_words(const Head& head) { return std::to_string(head.id) + ":" + head.hash_hex; }

std::optional<Head> head_from(std::string_view text) {
    Head head;
    const std::size_t colon = text.find(':');
    const auto [end, error] = std::from_chars(text.data(), text.data() + std::min(colon, text.size()),
                                              head.id);
    if (colon == std::string_view::npos || error != std::errc() || end != text.data() + colon || head.id < 1)
        return std::nullopt;
    head.hash_hex = text.substr(colon + 1);
    return head;
}

Verdict verify(db::ReadTx& tx, const std::optional<Head>& expected) {
    Verdict verdict;
    std::string previous_hash;
    for (const db::Row row : tx.query(chain_sql)) {
        const Entry entry = db::ReadTx::read_row<Entry>(row);
        const std::int64_t id = ++verdict.entries;
        const std::string hash = row.get<std::string>(7);
        bool right = entry.id == id && hash == hash_of(previous_hash, entry);
        if (expected && expected->id == id) right = right && expected->hash_hex == hex(hash);
        if (!right && !verdict.first_wrong) verdict.first_wrong = id;
        previous_hash = hash;
    }
    verdict.head = {verdict.entries, hex(previous_hash)};
    if (expected && expected->id > verdict.entries && !verdict.first_wrong)
        verdict.first_wrong = verdict.entries + 1;
    return verdict;
}

}  // namespace kith::audit

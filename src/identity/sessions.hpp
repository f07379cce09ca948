#pragma once

#include <optional>
#include <string_view>

#include "identity/identity.hpp"

// What a cookie or token stands for, as the database has it now.
namespace kith::identity {

struct Loaded {
    Session session;  // without rights in groups and without versions
    Time seen_at;
};
std::optional<Loaded> load_session(db::ReadTx& tx, std::string_view cookie);
std::optional<Loaded> load_token(db::ReadTx& tx, std::string_view token);

// How long a session lasts.
inline constexpr std::int64_t session_ms = 30 * day_ms;

}  // namespace kith::identity

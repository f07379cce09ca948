#pragma once

#include "url.hpp"

// The addresses of the rota and of training.
namespace kith::url {

inline Url rota() { return Url("/rota"); }  // a week of shifts, for those who look after groups
inline Url rota_week(std::string_view monday) { return rota().query("week", monday); }
inline Url shifts() { return rota() / "shifts"; }
inline Url new_shift() { return shifts() / "new"; }
inline Url shift(std::int64_t id) { return shifts() / id; }
inline Url shift_pattern(std::int64_t id) { return rota() / "patterns" / id; }  // a POST that ends it
inline Url rota_ahead() { return rota() / "ahead"; }                            // gaps, and who needs rest
inline Url handovers() { return rota() / "handovers"; }
inline Url admin_rota() { return Url("/admin/rota"); }

inline Url training() { return Url("/training"); }  // one's own
inline Url training_module(std::int64_t id) { return training() / id; }
inline Url admin_training() { return Url("/admin/training"); }
inline Url new_training() { return admin_training() / "new"; }
inline Url admin_training_module(std::int64_t id) { return admin_training() / id; }

}  // namespace kith::url

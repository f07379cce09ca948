#pragma once

#include "url.hpp"

// The addresses of what the site gives account of: policies, risks, transparency.
namespace kith::url {

inline Url policies() { return Url("/policies"); }
inline Url policy(std::int64_t id) { return policies() / id; }
inline Url policy_history(std::int64_t id) { return policy(id) / "history"; }
inline Url policy_version(std::int64_t id, std::int64_t number) { return policy(id) / "versions" / number; }
inline Url policy_changes(std::int64_t id, std::int64_t number) {
    return policy_version(id, number) / "changes";  // since the version before
}
inline Url agreement() { return Url("/agreement"); }  // what waits for a yes or no
inline Url admin_policies() { return Url("/admin/policies"); }
inline Url new_policy() { return admin_policies() / "new"; }
inline Url admin_policy(std::int64_t id) { return admin_policies() / id; }  // its next version
inline Url policy_retirement(std::int64_t id) { return admin_policy(id) / "retirement"; }

inline Url risks() { return Url("/admin/risks"); }
inline Url new_risk() { return risks() / "new"; }
inline Url risk(std::int64_t id) { return risks() / id; }
inline Url risk_change(std::int64_t id) { return risk(id) / "change"; }

inline Url transparency() { return Url("/transparency"); }  // reports that the host published
inline Url published_report(std::int64_t id) { return transparency() / id; }
inline Url published_csv(std::int64_t id) { return published_report(id) / "csv"; }
inline Url published_pdf(std::int64_t id) { return published_report(id) / "pdf"; }
inline Url transparency_desk() { return Url("/admin/transparency"); }  // for any period
inline Url transparency_csv() { return transparency_desk() / "csv"; }
inline Url transparency_pdf() { return transparency_desk() / "pdf"; }

}  // namespace kith::url

#include "learning/scoring.hpp"

// What the house does by itself, and when.
namespace kith::learning {

jobs::Handlers handlers(Services& services) {
    jobs::Handlers out;
    out[std::string(safeguarding::case_judged_job)] = {[&services](const std::string& payload) {
        static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
            for (const std::int64_t id : jobs::numbers_in(payload)) learn_from_case(tx, CaseId(id));
            return {};
        }));
    }};
    out[std::string(label_job)] = {
        [&services](const std::string& payload) { score_label(services, payload); }};
    out["draw_lots"] = {[&services](const std::string&) {
                            static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
                                draw_lots(tx, services.random, tx.now() + -day_ms);
                                return {};
                            }));
                        },
                        hour_ms};
    out["learn"] = {[&services](const std::string&) { learn_anew(services); }, day_ms};
    out["report_week"] = {[&services](const std::string&) { report_week(services); }, 7 * day_ms};
    return out;
}

}  // namespace kith::learning

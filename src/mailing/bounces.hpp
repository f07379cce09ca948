#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kith::mailing {

// What a report about the delivery of a mail of ours says (RFC 3464); nothing for any other mail.
struct Report {
    bool failed_for_good = false;
    std::string link;  // sealed, of the mail that it is about; empty: it does not hold it
};
std::optional<Report> read_report(std::string_view mail);

}  // namespace kith::mailing

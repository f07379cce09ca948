#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/services.hpp"

namespace kith::mailing {

// What a report about the delivery of a mail of ours says (RFC 3464); nothing for any other mail.
struct Report {
    bool failed_for_good = false;
    std::string link;  // sealed, of the mail that it is about; empty: it does not hold it
};
std::optional<Report> read_report(std::string_view mail);

// The address of the member whom the link of a mail to stop mails leads to.
void pause_behind(Services& services, std::string_view link);

}  // namespace kith::mailing

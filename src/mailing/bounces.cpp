#include "mailing/bounces.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "mailing/store.hpp"
#include "platform/text/ascii.hpp"
#include "url.hpp"

namespace kith::mailing {
namespace {

constexpr std::size_t mail_most = 1024 * 1024;

bool is_of_link(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

// Of the header List-Unsubscribe, which the report gives back; a mail to confirm an address has it not.
std::string link_in(std::string_view mail) {
    const std::string begin = url::mail_stopping("").text();
    const std::size_t at = mail.find(begin);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = mail.substr(at + begin.size());
    return std::string(rest.begin(), std::ranges::find_if_not(rest, is_of_link));
}

// "Status: 5.1.1", and not one of a mailbox that is full or a mail that was not wanted.
bool says_gone(std::string_view lower_mail) {
    for (const std::string_view status : {"\nstatus: 5.1.", "\nstatus: 5.2.1", "\nstatus: 5.4.4"})
        if (lower_mail.find(status) != std::string_view::npos) return true;
    return false;
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string out(mail_most, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return out;
}

}  // namespace

std::optional<Report> read_report(std::string_view mail) {
    const std::string small = text::ascii::lower_case(mail);
    if (small.find("report-type=delivery-status") == std::string::npos &&
        small.find("report-type=\"delivery-status\"") == std::string::npos)
        return std::nullopt;
    const bool failed = small.find("\naction: failed") != std::string::npos;
    return Report{failed && says_gone(small), link_in(mail)};
}

void pause_behind(Services& services, std::string_view sealed) {
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        const auto key = store::link_key(tx);
        const auto link = key ? unseal(*key, sealed) : std::nullopt;
        if (link) identity::pause_email(tx, link->member);
        return {};
    }));
}

void take_bounces(Services& services, const std::filesystem::path& maildir) {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(maildir / "new", ignored))
        if (entry.is_regular_file(ignored)) files.push_back(entry.path());
    for (const std::filesystem::path& file : files) {
        const auto report = read_report(read_file(file));
        if (report && report->failed_for_good && !report->link.empty()) pause_behind(services, report->link);
        if (report) {
            std::filesystem::remove(file, ignored);
        } else {
            std::filesystem::rename(file, maildir / "cur" / (file.filename().string() + ":2,"), ignored);
        }
    }
}

}  // namespace kith::mailing

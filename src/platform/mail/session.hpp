#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

// What talking to mail servers by libcurl has in common; private to platform/mail.
namespace kith::mail {

struct FreeCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, FreeCurl>;

struct Login {
    const std::string& url;
    const std::string& user;
    const std::string& password;
    const std::string& ca_file;
};

// A handle with limits of time, that speaks these protocols alone ("smtp,smtps"), over TLS unless the server is this
// machine, to servers whose certificate is trusted. Null when there is no memory.
Curl open_session(const Login& login, const char* protocols);

}  // namespace kith::mail

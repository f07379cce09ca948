#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/app.hpp"
#include "tests/cast.hpp"

namespace kith::test {

struct Answer {
    int status = 0;
    std::string body;
    std::map<std::string, std::string> headers;

    std::string location() const { return headers.count("location") ? headers.at("location") : ""; }
    bool shows(std::string_view text) const { return body.find(text) != std::string::npos; }
};

// The whole application without sockets, asked as one of the cast.
class Pages {
public:
    explicit Pages(World& world, const config::Config& config = {});

    Answer get(std::string_view target, MemberId as = {}, std::string_view accept = "text/html");
    // Sends a form as a page would: with the form token of the member's session.
    Answer post(std::string_view target, std::map<std::string, std::string> fields, MemberId as = {},
                std::string_view accept = "text/html");
    Answer ask(http::Method method, std::string_view target, std::string body, MemberId as,
               std::vector<std::pair<std::string, std::string>> headers = {});

    // What a form of that member must carry.
    const std::string& form_token(MemberId member) { return session_of(member).form_token; }

    // Their session has ended: they come in with another one.
    void sign_in_again(MemberId member) { sessions_.erase(member); }

    App& app() { return app_; }

private:
    struct SignedIn {
        std::string cookie;
        std::string form_token;
    };
    const SignedIn& session_of(MemberId member);

    World& world_;
    App app_;
    std::map<MemberId, SignedIn> sessions_;
};

// Compares with the file `path` under the source folder; KITH_BLESS=1 rewrites it.
void expect_golden(std::string_view path, std::string_view actual);

}  // namespace kith::test

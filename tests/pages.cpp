#include "tests/pages.hpp"
#include "conversation/conversation.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace kith::test {
namespace {

std::string form_body(const std::map<std::string, std::string>& fields) {
    std::string out;
    for (const auto& [key, value] : fields) out += Url("/").query(key, value).text().substr(2) + "&";
    if (!out.empty()) out.pop_back();
    return out;
}

Answer answer_of(const http::Response& response) {
    Answer answer{response.status, response.head, {}};
    if (response.fragment) answer.body += response.fragment->identity();
    answer.body += response.borrowed;
    for (const auto& [name, value] : response.headers) answer.headers[std::string(name)] = value;
    return answer;
}

}  // namespace

Pages::Pages(World& world, const config::Config& config)
    : world_(world), app_(config, world.db(), world.clock, world.random) {
    conversation::limit_writing(0);  // whatever a test before has set
}

const Pages::SignedIn& Pages::session_of(MemberId member) {
    const auto known = sessions_.find(member);
    if (known != sessions_.end()) return known->second;
    SignedIn signed_in;
    signed_in.cookie = world_.must(
        [&](db::Tx& tx) { return identity::start_session(tx, member, "test", world_.random); });
    http::Request request;
    const std::string header = std::string(identity::cookie_name(*app_.services().site())) + "=" +
                               signed_in.cookie;
    request.headers.emplace_back("cookie", header);
    // The router finds the token the way a page would show it.
    const Answer page = [&] {
        request.method = http::Method::get;
        request.target = request.path = "/me/data";
        request.host = "localhost";
        return answer_of(app_.router().handle(request));
    }();
    const std::string mark = "name=\"form_token\" value=\"";
    const std::size_t at = page.body.find(mark);
    if (at == std::string::npos) ADD_FAILURE() << "no form token on /me/data: " << page.status;
    const std::size_t begin = at + mark.size();
    signed_in.form_token = page.body.substr(begin, page.body.find('"', begin) - begin);
    return sessions_[member] = signed_in;
}

Answer Pages::ask(http::Method method, std::string_view target, std::string body, MemberId as,
                  std::vector<std::pair<std::string, std::string>> headers) {
    http::Request request;
    request.method = method;
    request.target = target;
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    request.host = "localhost";
    request.client = "127.0.0.1";
    request.id = "test";
    request.storage = std::move(body);
    request.body = request.storage;
    if (as)
        headers.emplace_back("cookie", std::string(identity::cookie_name(*app_.services().site())) + "=" +
                                           session_of(as).cookie);
    for (const auto& [name, value] : headers) request.headers.emplace_back(name, value);
    return answer_of(app_.router().handle(request));
}

Answer Pages::get(std::string_view target, MemberId as, std::string_view accept) {
    return ask(http::Method::get, target, "", as, {{"accept", std::string(accept)}});
}

Answer Pages::post(std::string_view target, std::map<std::string, std::string> fields, MemberId as,
                   std::string_view accept) {
    if (as) fields["form_token"] = session_of(as).form_token;
    return ask(http::Method::post, target, form_body(fields), as,
               {{"accept", std::string(accept)}, {"content-type", "application/x-www-form-urlencoded"}});
}

void expect_golden(std::string_view path, std::string_view actual) {
    const std::filesystem::path file = std::filesystem::path(KITH_SOURCE_DIR) / path;
    if (std::getenv("KITH_BLESS")) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << actual;
        return;
    }
    std::ifstream in(file);
    std::stringstream expected;
    expected << in.rdbuf();
    EXPECT_EQ(expected.str(), actual) << "differs from " << path << "; script/bless rewrites it";
}

}  // namespace kith::test

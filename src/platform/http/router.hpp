#pragma once

#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/context.hpp"

namespace kith::http {

// Who may knock. A courtesy of the router (a guest is asked to sign in, others are not told that the page
// exists); the rule behind the handler decides.
class Gate {
public:
    enum class Kind { open, member, facilitator, moderator, researcher, host };
    constexpr Gate(Kind kind) : kind_(kind) {}  // no default: a route without a gate does not compile
    constexpr Kind kind() const { return kind_; }

private:
    Kind kind_;
};
constexpr auto enum_words(Gate::Kind) {
    return std::to_array<std::string_view>(
        {"open", "member", "facilitator", "moderator", "researcher", "host"});
}
namespace gate {
inline constexpr Gate open = Gate::Kind::open;
inline constexpr Gate member = Gate::Kind::member;
inline constexpr Gate facilitator = Gate::Kind::facilitator;
inline constexpr Gate moderator = Gate::Kind::moderator;
inline constexpr Gate researcher = Gate::Kind::researcher;
inline constexpr Gate host = Gate::Kind::host;
}  // namespace gate

// A page, its JSON and its forms at one address. `{group}` in the pattern matches one segment.
struct Route {
    Method method;
    std::string_view pattern;
    Gate gate;
    Response (*handler)(Ctx&);
    // Answers from memory on the I/O thread, or nothing; must not block and must not read the body.
    std::optional<Response> (*at_once)(Ctx&) = nullptr;
};

// How the rest of the application resolves a visitor.
struct Visitor {
    SessionPtr session;  // null for a guest
    Comfort comfort;
};

// Finds the route of a request, checks gate and form token, calls the handler, turns what failed into a page.
class Router {
public:
    Router(Services& services, std::vector<Route> routes);

    // `know_at_once` finds the visitor in memory or not at all; `know` asks the database.
    void on_visitor(std::function<std::optional<Visitor>(const Request&)> know_at_once,
                    std::function<Visitor(const Request&)> know);

    std::optional<Response> answer_at_once(const Request& request) const;
    Response handle(const Request& request) const;  // never throws

    std::span<const Route> routes() const { return routes_; }
    // "GET  /groups/{group}  member" a line, sorted: the golden file.
    std::string table() const;

private:
    struct Match {
        const Route* route = nullptr;
        bool path_known = false;  // with another method
        std::vector<std::pair<std::string_view, std::string>> params;
    };
    Match match(Method method, std::string_view path) const;
    // "GET, HEAD, POST" (RFC 9110, 10.2.1).
    std::string methods_of(std::string_view path) const;
    Response answer_calmly(const Request& request, const Match& match) const;
    Response answer(Ctx& ctx, const Match& match) const;
    Response answer_without_visitor(const Request& request, const Match& match,
                                    const std::exception& problem) const;

    Services& services_;
    std::vector<Route> routes_;
    std::vector<std::vector<std::string_view>> segments_;  // of each route's pattern
    std::vector<std::vector<std::size_t>> by_length_;      // routes by number of segments
    std::function<std::optional<Visitor>(const Request&)> know_at_once_;
    std::function<Visitor(const Request&)> know_;
};

}  // namespace kith::http

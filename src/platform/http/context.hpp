#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "platform/http/message.hpp"
#include "platform/http/session.hpp"
#include "platform/services.hpp"

namespace kith::http {

// One request being answered: what came in, who asks, and what it may be answered with.
// Built by the router; lives for one call of a handler, on one thread.
class Ctx {
public:
    // `as_of` was taken before anything else was looked up.
    Ctx(Services& services, const Request& request, SessionPtr session, Comfort comfort, std::int64_t as_of);

    Services& services;
    const Request& request;
    const SessionPtr session;  // null for a guest
    const Comfort comfort;
    const std::shared_ptr<const Site> site;
    const Words& words;
    const std::int64_t as_of;   // Versions::last_change(): what this answer holds at least
    bool knows_visitor = true;  // false: nobody could say who asks; they may well be signed in

    Actor actor() const;
    Time now() const { return services.clock.now(); }
    bool signed_in() const { return session != nullptr; }
    bool wants_json() const { return request.wants_json(); }

    // The typed value of a `{name}` in the route's pattern; `not_found` if it is no number.
    template <class Id>
    Result<Id> param(std::string_view name) const {
        const std::optional<std::int64_t> value = number_param(name);
        if (!value) return not_found();
        return Id(*value);
    }
    std::string_view text_param(std::string_view name) const;  // decoded
    void set_params(std::vector<std::pair<std::string_view, std::string>> params) {
        params_ = std::move(params);
    }

    // What was typed: the body of a form or a JSON object, and the query behind it.
    const Form& form() const { return form_; }
    void set_form(Form form) { form_ = std::move(form); }
    // A file of the form; null if there is none in that field.
    const File* file(std::string_view field) const;
    void set_files(std::vector<File> files) { files_ = std::move(files); }
    const Form& query() const;  // of the address alone
    int page_number() const;    // ?page=, at least 1

    // A transaction of this request; see db::Database. A token that may only read cannot write.
    template <class F>
    auto read(F&& fn) {
        return services.db.read(std::forward<F>(fn));
    }
    template <class F>
    auto write(F&& fn) -> std::invoke_result_t<F&, db::Tx&> {
        if (actor().scope == Actor::Scope::read) return forbidden("This access token can only read.");
        return services.db.write(std::forward<F>(fn));
    }

    // Words of the reader's language.
    std::string_view t(std::string_view message) const { return words.t(message); }
    std::string n(std::string_view one, std::string_view many, long count) const {
        return words.n(one, many, count);
    }
    template <class... Values>
    std::string f(std::string_view message, const Values&... values) const {
        return words.f(message, values...);
    }

    // A fresh nonce for the one <style> block of this page; also allowed in its Content-Security-Policy.
    const std::string& style_nonce();
    bool has_style_nonce() const { return !style_nonce_.empty(); }

private:
    std::optional<std::int64_t> number_param(std::string_view name) const;

    std::vector<std::pair<std::string_view, std::string>> params_;
    Form form_;
    std::vector<File> files_;
    mutable std::optional<Form> query_;
    std::string style_nonce_;
};

}  // namespace kith::http

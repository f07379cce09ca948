#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "base/error.hpp"

namespace kith {

// A value or an Error. To ignore one is a compile error.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

using Done = Result<void>;

// The short ways to fail: `return invalid("Please choose a name.", "name");`
// The words are translation keys: xgettext reads the first argument of each of these.
inline tl::unexpected<Error> fail(Fault fault, std::string_view message, std::string_view field = {}) {
    return tl::unexpected<Error>(Error{fault, std::string(message), std::string(field)});
}
inline tl::unexpected<Error> invalid(std::string_view message, std::string_view field = {}) {
    return fail(Fault::invalid, message, field);
}
inline tl::unexpected<Error> unauthenticated(std::string_view message) {
    return fail(Fault::unauthenticated, message);
}
inline tl::unexpected<Error> forbidden(std::string_view message) { return fail(Fault::forbidden, message); }
inline tl::unexpected<Error> not_found(std::string_view message = "We could not find that.") {
    return fail(Fault::not_found, message);
}
inline tl::unexpected<Error> conflict(std::string_view message, std::string_view field = {}) {
    return fail(Fault::conflict, message, field);
}
inline tl::unexpected<Error> too_many(std::string_view message) { return fail(Fault::too_many, message); }
inline tl::unexpected<Error> unavailable(std::string_view message) {
    return fail(Fault::unavailable, message);
}

// What is wrong with a form, all at once: the first mistake with the others behind it, at most one of a field.
class Mistakes {
public:
    template <class T>
    void note(const Result<T>& result) {
        if (result) return;
        Error error = result.error();
        const std::vector<Error> more = std::exchange(error.more, {});
        add(std::move(error));
        for (const Error& one : more) add(one);
    }
    Done done() const { return first_ ? Done(tl::unexpected<Error>(*first_)) : Done(); }

private:
    void add(Error error) {
        if (!first_) {
            first_ = std::move(error);
        } else if (!first_->about(error.field)) {
            first_->more.push_back(std::move(error));
        }
    }
    std::optional<Error> first_;
};

}  // namespace kith

// The value of a Result, or return its Error from the enclosing function:
//     Member member = TRY(visible_member(tx, actor, id));
#define TRY(expression)                                                        \
    __extension__({                                                            \
        auto try_result = (expression);                                        \
        if (!try_result) return tl::unexpected(std::move(try_result).error()); \
        ::kith::detail::unwrap(std::move(try_result));                         \
    })

namespace kith::detail {

template <class T>
T unwrap(Result<T>&& result) {
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

}  // namespace kith::detail

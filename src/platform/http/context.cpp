#include "platform/http/context.hpp"

#include <charconv>

namespace kith::http {

Ctx::Ctx(Services& services_in, const Request& request_in, SessionPtr session_in, Comfort comfort_in,
         std::int64_t as_of_in)
    : services(services_in),
      request(request_in),
      session(std::move(session_in)),
      comfort(comfort_in),
      site(services_in.site()),
      words(Words::of(comfort_in.language)),
      as_of(as_of_in) {}

Actor Ctx::actor() const {
    if (!session) return Actor::guest(site->public_reading);
    Actor actor = Actor::of(session->member, session->scope);
    actor.by_token = session->from_token;
    actor.second_factor = session->second_factor;
    actor.session = session->id;
    return actor;
}

std::string_view Ctx::text_param(std::string_view name) const {
    for (const auto& [key, value] : params_)
        if (key == name) return value;
    return {};
}

std::optional<std::int64_t> Ctx::number_param(std::string_view name) const {
    const std::string_view text = text_param(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value <= 0) return std::nullopt;
    return value;
}

const File* Ctx::file(std::string_view field) const {
    for (const File& file : files_)
        if (file.field == field) return &file;
    return nullptr;
}

const Form& Ctx::query() const {
    if (!query_) query_ = Form::parse(request.query);
    return *query_;
}

int Ctx::page_number() const {
    constexpr int most = 1'000'000;
    const std::string_view text = query().get("page");
    int page = 1;
    std::from_chars(text.data(), text.data() + text.size(), page);
    return page < 1 ? 1 : page > most ? most : page;
}

const std::string& Ctx::style_nonce() {
    if (style_nonce_.empty()) style_nonce_ = services.random.token(16);
    return style_nonce_;
}

}  // namespace kith::http

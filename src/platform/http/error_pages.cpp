#include "platform/http/kept_words.hpp"
#include "platform/http/page.hpp"
#include "url.hpp"

namespace kith::http {
namespace {

std::string_view heading_of(Fault fault) {
    switch (fault) {
        case Fault::invalid:
        case Fault::conflict:
            return t_later("There is a problem");
        case Fault::unauthenticated:
            return t_later("Please sign in");
        case Fault::forbidden:
            return t_later("This is not open to you");
        case Fault::not_found:
            return t_later("We could not find that");
        case Fault::too_many:
            return t_later("Please wait a moment");
        case Fault::unavailable:
            return t_later("We need a moment");
    }
    return t_later("There is a problem");
}

// Whether the same form may be taken later.
Again again_after(Fault fault) {
    if (fault == Fault::unauthenticated) return Again::after_sign_in;
    return fault == Fault::too_many || fault == Fault::unavailable ? Again::later : Again::no;
}

// The log has more under the number of the request.
void request_number(Html& h, const Ctx& ctx) {
    h << "<p class=\"meta\">"
      << ctx.f("If you tell the people who run this site, please give them this number: %1", ctx.request.id)
      << "</p>";
}

void ways_out(Html& h, const Ctx& ctx) {
    h << "<p><a class=\"button quiet\" href=\"" << url::home() << "\">" << ctx.t("Go to the start page")
      << "</a></p><p>" << ctx.t("If you need help right now:") << " <a href=\"" << url::help_now() << "\">"
      << ctx.t("urgent help") << "</a>.</p>";
}

Response error_page(Ctx& ctx, const Error& error, std::string_view heading, Again again) {
    const int status = status_of(error.fault);
    if (ctx.wants_json()) return json(error_body(error), status);
    Html h;
    h << "<p>" << ctx.words.say(error) << "</p>";
    kept_words(h, ctx, again);
    if (error.fault == Fault::unavailable) request_number(h, ctx);
    ways_out(h, ctx);
    return page(ctx, {.title = std::string(ctx.t(heading)), .heading = std::string(ctx.t(heading))}, h,
                status);
}

}  // namespace

Response error_page(Ctx& ctx, const Error& error) {
    // A sign-in page is no answer to a script that listens: 204 is how EventSource is told to stop asking.
    if (error.fault == Fault::unauthenticated && ctx.request.wants_events()) return Response{.status = 204};
    const bool leads_to_sign_in = error.fault == Fault::unauthenticated && !ctx.wants_json() &&
                                  ctx.request.method == Method::get;
    if (leads_to_sign_in) return Response::redirect(url::sign_in().query("next", ctx.request.target));
    return error_page(ctx, error, heading_of(error.fault), again_after(error.fault));
}

Response stale_form_page(Ctx& ctx) {
    const Error error{Fault::forbidden, t_later("This form was open for too long."), ""};
    return error_page(ctx, error, t_later("Please send this once more"), Again::at_once);
}

}  // namespace kith::http

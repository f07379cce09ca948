#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "pushing/pushing.hpp"
#include "url.hpp"

namespace kith::pushing {
namespace {

using http::Ctx;
using http::Response;

Response as_json(const std::vector<Device>& devices, std::string_view key) {
    JsonWriter j;
    j.object().member("key", key).array("devices");
    for (const Device& device : devices)
        j.object()
            .member("id", device.id)
            .member("device", device.words)
            .member("added_at", device.added_at)
            .end();
    j.end().end();
    return http::json(j);
}

void device_item(Html& h, const Ctx& ctx, const Device& device) {
    h << "<li class=\"card\"><p>" << device.words << "</p><p class=\"meta\">"
      << ctx.f("since %1", text::exact(ctx.words, device.added_at)) << "</p>";
    http::open_form(h, ctx, url::me_push_device(device.id.value()));
    h << "<button class=\"button quiet\">" << ctx.t("No more signals there") << "</button></form></li>";
}

Response mine_page(Ctx& ctx, const Error* error) {
    const auto devices = ctx.read([&](db::ReadTx& tx) { return devices_of(tx, ctx.session->member); });
    const std::string key = public_key(ctx.services);
    if (ctx.wants_json() && !error) return as_json(devices, key);
    Html h;
    h << "<p>"
      << ctx.t(
             "A device can tell you when something is new, also while this site is closed. It shows "
             "“Something "
             "new for you” and nothing else: no name, no group.")
      << "</p><p>"
      << ctx.t(
             "The signal goes through the maker of your browser, such as Google, Mozilla or Apple. It holds "
             "no words. The "
             "maker can see that this site sent it to your device, and when.")
      << "</p><p><a href=\"" << url::me_notices() << "\">" << ctx.t("Choose quiet hours") << "</a></p>";
    h << "<form method=\"post\" id=\"push-here\" action=\"" << url::me_push() << "\" data-key=\"" << key
      << "\" data-refused=\"" << ctx.t("Your browser does not allow it. Look at its settings for this site.")
      << "\" hidden>";
    http::token_field(h, ctx);
    h << "<input type=\"hidden\" name=\"endpoint\"><button class=\"button\">"
      << ctx.t("Tell me on this device")
      << "</button><p role=\"status\"></p></form><p id=\"push-not-here\" class=\"notice\">"
      << ctx.t("This browser cannot do it, or scripts are turned off.") << "</p>";
    if (!devices.empty()) {
        h << "<h2>" << ctx.t("Devices that tell me") << "</h2><ul class=\"cards\">";
        for (const Device& device : devices) device_item(h, ctx, device);
        h << "</ul>";
    }
    const std::string title(ctx.t("Signals on my devices"));
    return http::form_page(ctx,
                           {.title = title,
                            .heading = title,
                            .crumbs = {{std::string(ctx.t("My space")), url::me()},
                                       {std::string(ctx.t("How I hear of news")), url::me_notices()}}},
                           h, error);
}

Response get_mine(Ctx& ctx) { return mine_page(ctx, nullptr); }

Response post_mine(Ctx& ctx) {
    const std::string words = identity::device_words(ctx.request.header("user-agent"));
    const Done added = ctx.write(
        [&](db::Tx& tx) { return add_device(tx, ctx.actor(), ctx.form().get("endpoint"), words); });
    return added ? http::done(ctx, url::me_push()) : mine_page(ctx, &added.error());
}

Response post_removal(Ctx& ctx) {
    const auto device = ctx.param<DeviceId>("device");
    if (!device) return http::error_page(ctx, device.error());
    const Done removed = ctx.write([&](db::Tx& tx) { return remove_device(tx, ctx.actor(), *device); });
    return removed ? http::done(ctx, url::me_push()) : http::error_page(ctx, removed.error());
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/push", gate::member, get_mine},
        {Method::post, "/me/push", gate::member, post_mine},
        {Method::post, "/me/push/{device}", gate::member, post_removal},
    };
}

}  // namespace kith::pushing

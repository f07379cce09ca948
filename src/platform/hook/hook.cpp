#include "platform/hook/hook.hpp"

#include "platform/call/call.hpp"
#include "platform/crypto/crypto.hpp"

namespace kith::hook {

std::string signature(std::string_view secret, std::string_view body, Time at) {
    const std::string time = std::to_string(at.ms);
    return "t=" + time + ",v1=" + crypto::hmac_sha256_hex(secret, time + "." + std::string(body));
}

bool call(const Hook& hook, std::string_view json, Time now) {
    const long status = kith::call::post({.url = hook.url,
                                          .headers = {"Content-Type: application/json",
                                                      "Kith-Signature: " + signature(hook.secret, json, now)},
                                          .body = json,
                                          .connect_s = 3,
                                          .most_s = 8});
    return status >= 200 && status < 300;
}

}  // namespace kith::hook

#include "platform/hook/hook.hpp"

#include <curl/curl.h>

#include <memory>

#include "platform/crypto/crypto.hpp"

namespace kith::hook {
namespace {

constexpr long connect_seconds = 3, most_seconds = 8;

struct Free {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

std::string signature(std::string_view secret, std::string_view body, Time at) {
    const std::string time = std::to_string(at.ms);
    return "t=" + time + ",v1=" + crypto::hmac_sha256_hex(secret, time + "." + std::string(body));
}

bool call(const Hook& hook, std::string_view json, Time now) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
    const std::unique_ptr<CURL, Free> curl(curl_easy_init());
    std::unique_ptr<curl_slist, Free> headers;
    for (const std::string& line : {std::string("Content-Type: application/json"),
                                    "Kith-Signature: " + signature(hook.secret, json, now)})
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    CURL* const it = curl.get();
    curl_easy_setopt(it, CURLOPT_URL, hook.url.c_str());
    curl_easy_setopt(it, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(it, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(it, CURLOPT_PROXY, "");
    curl_easy_setopt(it, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(it, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(it, CURLOPT_TIMEOUT, most_seconds);
    curl_easy_setopt(it, CURLOPT_POSTFIELDS, json.data());
    curl_easy_setopt(it, CURLOPT_POSTFIELDSIZE, static_cast<long>(json.size()));
    curl_easy_setopt(it, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(it, CURLOPT_WRITEFUNCTION, ignore);
    if (curl_easy_perform(it) != CURLE_OK) return false;
    long status = 0;
    curl_easy_getinfo(it, CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300;
}

}  // namespace kith::hook

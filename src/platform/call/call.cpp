#include "platform/call/call.hpp"

#include <curl/curl.h>

#include <memory>

namespace kith::call {
namespace {

struct Free {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

long post(const Call& call) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
    const std::unique_ptr<CURL, Free> curl(curl_easy_init());
    std::unique_ptr<curl_slist, Free> headers;
    for (const std::string& line : call.headers)
        headers.reset(curl_slist_append(headers.release(), line.c_str()));
    CURL* const it = curl.get();
    curl_easy_setopt(it, CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(it, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(it, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(it, CURLOPT_PROXY, "");
    curl_easy_setopt(it, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(it, CURLOPT_CONNECTTIMEOUT, call.connect_s);
    curl_easy_setopt(it, CURLOPT_TIMEOUT, call.most_s);
    curl_easy_setopt(it, CURLOPT_POSTFIELDS, call.body.empty() ? "" : call.body.data());
    curl_easy_setopt(it, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
    curl_easy_setopt(it, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(it, CURLOPT_WRITEFUNCTION, ignore);
    if (curl_easy_perform(it) != CURLE_OK) return 0;
    long status = 0;
    curl_easy_getinfo(it, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

}  // namespace kith::call

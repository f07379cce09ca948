#pragma once

#include <glib-object.h>
#include <memory>
#include <string>
#include <string_view>

// What GMime and glib lend us: bytes of any charset as UTF-8.
namespace kith::mail {

struct FreeG {
    void operator()(void* p) const { g_free(p); }
};
using GText = std::unique_ptr<char, FreeG>;

struct Unref {
    template <class T>
    void operator()(T* object) const {
        g_object_unref(object);
    }
};

// Before the first call into GMime; from any thread, any number of times.
void start_gmime();

bool is_utf8(std::string_view bytes);
// Never fails: what is no charset that we know, and no UTF-8, is read as Windows-1252.
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace kith::mail

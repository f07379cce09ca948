#include "platform/html/qr.hpp"

#include <qrencode.h>

#include <memory>
#include <string>

#include "base/check.hpp"

namespace kith {
namespace {

constexpr int margin = 4;  // modules, as the standard asks for

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, FreeCode>;

// The dark modules as one path, a stroke for each run of them.
std::string path_of(const QRcode& code) {
    std::string out;
    const auto is_dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1) != 0; };
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            if (!is_dark(x, y)) continue;
            const int begin = x;
            while (x < code.width && is_dark(x, y)) ++x;
            out += "M" + std::to_string(begin + margin) + " " + std::to_string(y + margin) + "h" +
                   std::to_string(x - begin) + "v1H" + std::to_string(begin + margin) + "z";
        }
    }
    return out;
}

}  // namespace

Html qr_code(std::string_view text, std::string_view label) {
    const Code code(QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
    CHECK(code != nullptr);
    const std::string side = std::to_string(code->width + 2 * margin);
    Html h;
    h << "<svg class=\"qr\" role=\"img\" aria-label=\"" << label << "\" viewBox=\"0 0 " << side << " " << side
      << "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" << side << "v" << side
      << "H0z\"/><path fill=\"#000\" d=\"" << path_of(*code) << "\"/></svg>";
    return h;
}

}  // namespace kith

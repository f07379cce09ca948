#include <algorithm>
#include <memory>

#include "platform/text/markdown.hpp"
#include "platform/text/markdown_walker.hpp"
#include "platform/text/picture_address.hpp"

// Which pictures a text names.
namespace kith::text {
namespace {

bool is_key(std::string_view text) {
    return text.size() >= 16 && text.size() <= 48 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

bool is_side(std::string_view text) {
    return !text.empty() && text.size() <= 4 && text.front() != '0' &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class PictureCollector final : public MarkdownWalker {
public:
    std::vector<PictureIn> take() { return std::move(pictures_); }

private:
    void enter_span(MD_SPANTYPE type, const void* detail) override {
        open_.push_back(nullptr);
        if (type != MD_SPAN_IMG) return;
        const std::string address = attribute_text(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src);
        const auto found = picture_address_in(address);
        if (found) open_.back() = std::make_unique<PictureIn>(PictureIn{std::string(found->key), {}});
    }
    void leave_span(MD_SPANTYPE) override {
        const auto picture = std::move(open_.back());
        open_.pop_back();
        if (!picture) return;
        const auto known = std::ranges::find(pictures_, picture->key, &PictureIn::key);
        if (known == pictures_.end()) pictures_.push_back(*picture);
    }
    void text(std::string_view text) override {
        for (const auto& picture : open_)
            if (picture) picture->words += text;
    }
    void code(std::string_view code) override { text(code); }

    std::vector<std::unique_ptr<PictureIn>> open_;
    std::vector<PictureIn> pictures_;
};

}  // namespace

std::optional<PictureAddress> picture_address_in(std::string_view address) {
    constexpr std::string_view scheme = "picture:";
    if (!address.starts_with(scheme)) return std::nullopt;
    address.remove_prefix(scheme.size());
    const std::size_t slash = address.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view size = address.substr(slash + 1);
    const std::size_t by = size.find('x');
    if (by == std::string_view::npos) return std::nullopt;
    const PictureAddress out{address.substr(0, slash), size.substr(0, by), size.substr(by + 1)};
    if (!is_key(out.key) || !is_side(out.width) || !is_side(out.height)) return std::nullopt;
    return out;
}

std::vector<PictureIn> pictures_in(std::string_view markdown) {
    if (markdown.find("![") == std::string_view::npos) return {};  // most texts: no second walk
    PictureCollector collector;
    collector.walk(markdown);
    return collector.take();
}

}  // namespace kith::text

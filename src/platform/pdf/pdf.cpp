#include "platform/pdf/pdf.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>

#include "base/check.hpp"
#include "platform/pdf/fonts.hpp"
#include "platform/pdf/language.hpp"
#include "platform/text/time_words.hpp"

namespace kith::pdf {
namespace {

constexpr double page_width = 595.28, page_height = 841.89;  // A4 in points
constexpr double margin = 56, foot = 48, gap = 8, bar_width = 110, bar_height = 8;
constexpr double text_width = page_width - 2 * margin;

struct Colour {
    double red, green, blue;
};
constexpr Colour ink{0.13, 0.14, 0.16}, accent{0.05, 0.39, 0.42}, line_grey{0.75, 0.74, 0.71};

template <auto free>
struct Free {
    template <class T>
    void operator()(T* it) const {
        free(it);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Free<cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Free<cairo_destroy>>;
using FontMap = std::unique_ptr<PangoFontMap, Free<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Free<g_object_unref>>;
using Layout = std::unique_ptr<PangoLayout, Free<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Free<pango_font_description_free>>;

cairo_status_t take_bytes(void* out, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

FontMap own_font_map() {
    FontMap map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    CHECK(map != nullptr);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), own_fonts());
    return map;
}

}  // namespace

struct Writer::Impl {
    struct Style {
        double size = 10.5;
        bool bold = false;
    };

    Head head;
    std::string bytes;
    Surface surface;
    Cairo cairo;
    FontMap fonts = own_font_map();
    Context context;
    double y = margin;
    int page = 1;

    explicit Impl(const Head& of)
        : head(of),
          surface(cairo_pdf_surface_create_for_stream(take_bytes, &bytes, page_width, page_height)),
          cairo(cairo_create(surface.get())),
          context(pango_font_map_create_context(fonts.get())) {
        // Later versions of cairo write other forms of files, which in_language() does not read.
        cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_4);
        const std::string made = text::iso(head.made_at);
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, head.title.c_str());
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Kith");
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
        pango_cairo_context_set_resolution(context.get(), 72);
        pango_context_set_language(context.get(), pango_language_from_string(head.language.c_str()));
        cairo_tag_begin(cairo.get(), "Document", nullptr);
    }

    void colour(const Colour& c) { cairo_set_source_rgb(cairo.get(), c.red, c.green, c.blue); }

    Layout layout(std::string_view words, const Style& style, double width) const {
        Layout out(pango_layout_new(context.get()));
        const Font font(pango_font_description_new());
        pango_font_description_set_family(font.get(), family);
        pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        pango_layout_set_font_description(out.get(), font.get());
        pango_layout_set_width(out.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_line_spacing(out.get(), 1.3F);
        pango_layout_set_text(out.get(), words.data(), static_cast<int>(words.size()));
        return out;
    }
    static double height_of(const Layout& layout) {
        int height = 0;
        pango_layout_get_size(layout.get(), nullptr, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    // The number at the foot is no part of the text: it carries no tag.
    void end_page() {
        std::string words = head.page_words;
        if (const std::size_t at = words.find("%1"); at != std::string::npos)
            words.replace(at, 2, std::to_string(page));
        colour(ink);
        cairo_move_to(cairo.get(), margin, page_height - foot + gap);
        pango_cairo_show_layout(cairo.get(), layout(words, {9, false}, text_width).get());
    }
    void turn_page() {
        end_page();
        cairo_show_page(cairo.get());
        ++page;
        y = margin;
    }
    void keep_room(double height) {
        if (y > margin && y + height > page_height - foot) turn_page();
    }

    // At x, from y on, without moving it.
    void put(const char* tag, const Layout& layout, double x) {
        cairo_tag_begin(cairo.get(), tag, nullptr);
        colour(ink);
        cairo_move_to(cairo.get(), x, y);
        pango_cairo_show_layout(cairo.get(), layout.get());
        cairo_tag_end(cairo.get(), tag);
    }

    // Line by line, so that a long text goes on overleaf.
    void flow(const char* tag, std::string_view words, const Style& style) {
        const Layout whole = layout(words, style, text_width);
        cairo_tag_begin(cairo.get(), tag, nullptr);
        for (int i = 0; i < pango_layout_get_line_count(whole.get()); ++i) {
            PangoLayoutLine* const one = pango_layout_get_line_readonly(whole.get(), i);
            PangoRectangle box;
            pango_layout_line_get_extents(one, nullptr, &box);
            const double height = static_cast<double>(box.height) / PANGO_SCALE;
            if (y + height > page_height - foot) {
                cairo_tag_end(cairo.get(), tag);
                turn_page();
                cairo_tag_begin(cairo.get(), tag, nullptr);
            }
            colour(ink);
            cairo_move_to(cairo.get(), margin, y - static_cast<double>(box.y) / PANGO_SCALE);
            pango_cairo_show_layout_line(cairo.get(), one);
            y += height;
        }
        cairo_tag_end(cairo.get(), tag);
    }

    void rule(double at) {
        colour(line_grey);
        cairo_set_line_width(cairo.get(), 0.6);
        cairo_move_to(cairo.get(), margin, at);
        cairo_line_to(cairo.get(), page_width - margin, at);
        cairo_stroke(cairo.get());
    }

    // The left edge of each column, and of what is behind the last.
    static std::vector<double> edges(std::size_t columns, bool has_bars) {
        const double width = text_width - (has_bars ? bar_width + gap : 0);
        const double first = columns < 2 ? width : width * (columns == 2 ? 0.62 : 0.24);
        std::vector<double> out{margin};
        for (std::size_t i = 0; i < columns; ++i)
            out.push_back(
                margin + first +
                (columns < 2 ? 0
                             : (width - first) * static_cast<double>(i) / static_cast<double>(columns - 1)));
        return out;
    }

    void row(std::span<const std::string> cells, const std::vector<double>& at, bool is_head,
             std::optional<double> bar) {
        std::vector<Layout> drawn;
        double height = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            drawn.push_back(layout(cells[i], {10, is_head}, at[i + 1] - at[i] - gap));
            height = std::max(height, height_of(drawn.back()));
        }
        keep_room(height + gap);
        cairo_tag_begin(cairo.get(), "TR", nullptr);
        for (std::size_t i = 0; i < drawn.size(); ++i) put(is_head || i == 0 ? "TH" : "TD", drawn[i], at[i]);
        cairo_tag_end(cairo.get(), "TR");
        if (bar) draw_bar(at.back() + gap, *bar);
        y += height + gap / 2;
        rule(y);
        y += gap / 2;
    }
    void draw_bar(double x, double share) {
        colour(accent);
        cairo_rectangle(cairo.get(), x, y + 3, bar_width * std::clamp(share, 0.0, 1.0), bar_height);
        cairo_fill(cairo.get());
    }
};

Writer::Writer(const Head& head) : impl_(std::make_unique<Impl>(head)) {}
Writer::~Writer() = default;

void Writer::heading(int level, std::string_view words) {
    constexpr double room_for_text = 90;  // no heading stands alone at the end of a page
    const Impl::Style style{level == 1 ? 20.0 : 13.5, true};
    if (impl_->y > margin) impl_->y += gap;
    impl_->keep_room(room_for_text);
    impl_->flow(level == 1 ? "H1" : "H2", words, style);
    impl_->y += gap / 2;
}

void Writer::paragraph(std::string_view words) {
    impl_->flow("P", words, {});
    impl_->y += gap;
}

void Writer::table(std::span<const std::string> heads, std::span<const Row> rows) {
    const bool has_bars = std::ranges::any_of(rows, [](const Row& row) { return row.bar.has_value(); });
    const std::vector<double> at = Impl::edges(heads.size(), has_bars);
    cairo_tag_begin(impl_->cairo.get(), "Table", nullptr);
    impl_->row(heads, at, true, {});
    for (const Row& row : rows) impl_->row(row.cells, at, false, row.bar);
    cairo_tag_end(impl_->cairo.get(), "Table");
    impl_->y += gap;
}

std::string Writer::take() && {
    impl_->end_page();
    cairo_tag_end(impl_->cairo.get(), "Document");
    cairo_surface_finish(impl_->surface.get());
    CHECK(cairo_surface_status(impl_->surface.get()) == CAIRO_STATUS_SUCCESS);
    return in_language(std::move(impl_->bytes), impl_->head.language);
}

}  // namespace kith::pdf

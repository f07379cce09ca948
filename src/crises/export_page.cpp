#include "crises/pages.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zip/zip.hpp"

namespace kith::crises::pages {
namespace {

using http::Ctx;
using http::Response;

struct View {
    std::vector<Export> exports;
    Names names;
};

Result<View> load(Ctx& ctx, CaseId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<View> {
        View out{TRY(exports_of(tx, ctx.actor(), id)), {}};
        std::vector<PersonaId> people;
        for (const Export& one : out.exports) people.push_back(one.by);
        out.names = identity::names_of(tx, people);
        return out;
    });
}

Response as_json(const Ctx& ctx, const View& view) {
    JsonWriter j;
    j.object().array("exports");
    for (const Export& one : view.exports)
        j.object()
            .member("at", one.at)
            .member("by", name_of(ctx.words, view.names, one.by))
            .member("requester", one.requester)
            .member("reference", one.reference)
            .member("reason", one.reason)
            .member("with_reporters", one.with_reporters)
            .member("is_silent", one.is_silent)
            .end();
    j.end().end();
    return http::json(j);
}

void box_with_reason(Html& h, const Ctx& ctx, const http::Box& box, std::string_view reason,
                     const Error* error) {
    http::check_box(h, ctx, box, error);
    http::field(
        h, ctx,
        {.name = reason, .label = ctx.t("If so, why?"), .value = typed(ctx, reason, error), .rows = 2},
        error);
}

void export_form(Html& h, const Ctx& ctx, CaseId id, const Error* error) {
    http::open_form(h, ctx, url::case_export(id));
    http::field(h, ctx,
                {.name = "requester",
                 .label = ctx.t("Who asks for it?"),
                 .hint = ctx.t("The court, police or authority."),
                 .value = typed(ctx, "requester", error)},
                error);
    http::field(h, ctx,
                {.name = "reference",
                 .label = ctx.t("Their reference"),
                 .hint = ctx.t("You can leave this empty."),
                 .value = typed(ctx, "reference", error)},
                error);
    http::field(h, ctx,
                {.name = "reason",
                 .label = ctx.t("By which law or order, and why?"),
                 .hint = ctx.t("The author can read this later, unless you may not tell."),
                 .value = typed(ctx, "reason", error),
                 .rows = 3},
                error);
    box_with_reason(h, ctx,
                    {.name = "with_reporters",
                     .label = ctx.t("The request demands the names of those who reported"),
                     .hint = ctx.t("They were promised that nobody is told. Leave this out if you can."),
                     .checked = error && ctx.form().has("with_reporters")},
                    "reporters_reason", error);
    box_with_reason(h, ctx,
                    {.name = "is_silent",
                     .label = ctx.t("The law forbids to tell the people concerned"),
                     .hint = ctx.t("Otherwise they can read a week later that it was given away."),
                     .checked = error && ctx.form().has("is_silent")},
                    "silence_reason", error);
    identity::current_password_field(h, ctx, error);
    http::close_form(h, ctx.t("Make the file"));
}

void earlier(Html& h, const Ctx& ctx, const View& view) {
    if (view.exports.empty()) return;
    h << "<h2>" << ctx.t("Made before") << "</h2><ul class=\"cards\">";
    for (const Export& one : view.exports) {
        h << "<li class=\"card\"><p dir=\"auto\">" << one.requester << "</p><p class=\"meta\">"
          << name_of(ctx.words, view.names, one.by) << ", " << text::exact(ctx.words, one.at) << "</p>";
        h << "<blockquote dir=\"auto\">" << one.reason << "</blockquote>";
        if (one.with_reporters) h << "<p>" << ctx.t("With the names of those who reported.") << "</p>";
        if (one.is_silent) h << "<p>" << ctx.t("The people concerned are not told.") << "</p>";
        h << "</li>";
    }
    h << "</ul>";
}

Response export_page(Ctx& ctx, CaseId id, const Error* error) {
    const auto view = load(ctx, id);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return as_json(ctx, *view);
    Html h;
    h << "<p>"
      << ctx.t(
             "When a law or an order makes you give a case away, this makes one file of it: the post with "
             "its "
             "earlier texts, the reports, the decisions and all that was tried. Ask a lawyer first whether "
             "you "
             "must. Give no more than was asked for.")
      << "</p><p class=\"notice\">"
      << ctx.t(
             "Every file is written down here and in the audit log. Anybody who has it can read it: keep it "
             "locked, and send it only in a way that the authority names.")
      << "</p>";
    export_form(h, ctx, id, error);
    earlier(h, ctx, *view);
    const std::string heading(ctx.t("A file for an authority"));
    return http::form_page(ctx, {.title = heading, .heading = heading, .crumbs = crumbs(ctx, id)}, h, error);
}

ExportForm typed_form(const Ctx& ctx) {
    const auto text = [&](std::string_view field) { return std::string(ctx.form().get(field)); };
    return {text("requester"),        text("reference"),
            text("reason"),           ctx.form().has("with_reporters"),
            text("reporters_reason"), ctx.form().has("is_silent"),
            text("silence_reason")};
}

Response as_zip(const Ctx& ctx, CaseId id, const CaseFile& file) {
    const ZipFile files[] = {{"case.html", file.html}, {"case.json", file.json}};
    Response response;
    response.type = "application/zip";
    response.head = make_zip(files, ctx.now());
    response.compress = false;
    return std::move(response.with("content-disposition",
                                   "attachment; filename=\"case-" + std::to_string(id.value()) + ".zip\""));
}

}  // namespace

Response show_export(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    return id ? export_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response make_export(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    if (!id) return http::error_page(ctx, id.error());
    const auto file = confirmed(ctx, *id, [&](db::Tx& tx, CaseId one) {
        return export_case(tx, ctx.actor(), one, typed_form(ctx), ctx.words);
    });
    if (file) return ctx.wants_json() ? Response::json(file->json) : as_zip(ctx, *id, *file);
    return belongs_to_form(ctx, file.error()) ? export_page(ctx, *id, &file.error())
                                              : http::error_page(ctx, file.error());
}

}  // namespace kith::crises::pages

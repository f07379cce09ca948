#include <algorithm>

#include "identity/identity.hpp"
#include "learning/pages.hpp"
#include "learning/store.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::learning::pages {
namespace {

using http::Ctx;
using http::Response;

struct FlagView {
    Flag flag;
    Standing now;
    LabelCounts labels;
    std::vector<Version> versions;

    const Version* current() const {
        const auto at = std::ranges::find(versions, now.model, &Version::id);
        return at == versions.end() ? nullptr : &*at;
    }
};

struct View {
    std::int64_t audit_percent = 0;
    std::vector<FlagView> flags;
};

Result<View> load(db::ReadTx& tx, const Actor& actor) {
    TRY(identity::require_host(tx, actor));
    View out{audit_percent(tx), {}};
    for (const Flag flag : all_of<Flag>())
        out.flags.push_back({flag, standing(tx, flag), count_labels(tx, flag), versions(tx, flag)});
    return out;
}

std::string_view words_of(Trouble trouble) {
    switch (trouble) {
        case Trouble::none:
            return {};
        case Trouble::missing:
            return t_later("The model is not there.");
        case Trouble::damaged:
            return t_later("The model is damaged, or from another version of Kith.");
        case Trouble::slow:
            return t_later("The model took too long.");
        case Trouble::no_number:
            return t_later("The model gave no number.");
        case Trouble::failed:
            return t_later("The model could not read.");
    }
    return {};
}

// ---- where it stands -------------------------------------------------------------------------------------

void cold_start(Html& h, const Ctx& ctx, const LabelCounts& now) {
    h << "<p>" << ctx.t("Rules alone read posts for this. Nothing is learned yet.") << "</p><p>"
      << ctx.f("It has %1 labels of the %2 that it needs, and %3 of the %4 that say yes.",
               std::to_string(now.labels), std::to_string(labels_needed), std::to_string(now.positives),
               std::to_string(positives_needed))
      << "</p><progress max=\"" << labels_needed << "\" value=\"" << std::min(now.labels, labels_needed)
      << "\" aria-label=\"" << ctx.t("Labels so far") << "\"></progress>";
}

void state(Html& h, const Ctx& ctx, const FlagView& view) {
    switch (view.now.state) {
        case State::rules:
            return cold_start(h, ctx, view.labels);
        case State::shadow:
            h << "<p>" << ctx.t("It reads along, and says nothing. Only rules ask for posts to be read.");
            if (ctx.now() < view.now.since + shadow_ms)
                h << " "
                  << ctx.f("You can turn it on %1.",
                           text::until(ctx.words, view.now.since + shadow_ms, ctx.now()));
            break;
        case State::working:
            h << "<p>"
              << ctx.f("It has asked for posts to be read since %1, besides the rules.",
                       text::date(ctx.words, view.now.since));
            break;
    }
    h << "</p>";
}

void trouble(Html& h, const Ctx& ctx, const FlagView& view) {
    if (view.now.trouble == Trouble::none) return;
    h << "<p class=\"notice\" role=\"status\">" << ctx.t(words_of(view.now.trouble)) << " "
      << ctx.t("Since then the rules read alone, and posts come as always.") << " "
      << ctx.t("Go back to an earlier model, or wait for the one of next night.") << " <span class=\"meta\">"
      << text::ago(ctx.words, view.now.trouble_at, ctx.now()) << "</span></p>";
}

// ---- the model card --------------------------------------------------------------------------------------

std::string load_words(const Ctx& ctx, const AtLoad& at) {
    std::string out = ctx.f("People read %1 of 100 posts for it.", std::to_string(at.load));
    out += " ";
    if (at.positives < positives_needed) return out + std::string(ctx.t("Not enough evidence to say more."));
    return out +
           ctx.f("It finds at least %1 of 100 of what needs somebody.",
                 std::to_string(static_cast<int>(100 * assist::at_least(at.found, at.positives)))) +
           " " +
           ctx.f("Of 100 posts that it asks for, about %1 need somebody.",
                 std::to_string(static_cast<int>(100 * at.foretold)));
}

void card(Html& h, const Ctx& ctx, const Version& one) {
    const auto shown = [](double share) { return std::to_string(static_cast<int>(100 * share)); };
    h << "<ul><li>"
      << ctx.f("Learned on %1 from %2 labels, %3 of them yes, from %4 to %5.",
               text::date(ctx.words, one.made_at), std::to_string(one.labels), std::to_string(one.positives),
               text::date(ctx.words, one.first_at), text::date(ctx.words, one.last_at))
      << "</li><li>";
    if (one.positives < positives_needed || one.auc == 0) {
        h << ctx.t("Not enough evidence to say more.");
    } else {
        h << ctx.f(
            "Of two posts, one of which needs somebody, it puts that one first at least %1 of 100 times (at "
            "most "
            "%2).",
            shown(one.auc_low), shown(one.auc_high));
    }
    h << "</li><li>"
      << ctx.f("What it foretells is off by %1 of 100 in the mean.", shown(one.calibration_error))
      << "</li></ul>";
}

// ---- what a host can do ----------------------------------------------------------------------------------

void button(Html& h, const Ctx& ctx, Flag flag, std::string_view act, std::string_view words,
            std::int64_t version = 0) {
    http::open_form(h, ctx, url::admin_learned(to_word(flag)));
    if (version) h << "<input type=\"hidden\" name=\"version\" value=\"" << version << "\">";
    h << "<button class=\"button quiet\" name=\"do\" value=\"" << act << "\">" << words << "</button></form>";
}

void load_form(Html& h, const Ctx& ctx, const FlagView& view) {
    const Version* const current = view.current();
    if (!current) return;
    http::open_form(h, ctx, url::admin_learned(to_word(view.flag)));
    std::vector<std::string> words;
    for (const AtLoad& at : current->at_loads) words.push_back(load_words(ctx, at));
    h << "<fieldset class=\"choices\" id=\"load-" << to_word(view.flag) << "\"><legend>"
      << ctx.t("How many posts may people read for it?") << "</legend>";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::int64_t load = current->at_loads[i].load;
        h << "<label class=\"choice\"><input type=\"radio\" name=\"load\" value=\"" << load << "\""
          << (load == view.now.load ? Markup(" checked") : Markup("")) << "><span>" << words[i]
          << "</span></label>";
    }
    h << "</fieldset><p><button class=\"button quiet\" name=\"do\" value=\"load\">" << ctx.t("Save")
      << "</button></p></form>";
}

void version_list(Html& h, const Ctx& ctx, const FlagView& view) {
    if (view.versions.size() < 2) return;
    h << "<details><summary>" << ctx.t("Earlier models") << "</summary>";
    if (view.now.pinned) {
        h << "<p>" << ctx.t("You went back to a model. New ones do not take its place.") << "</p>";
        button(h, ctx, view.flag, "newest", ctx.t("Let new ones come again"));
    }
    for (const Version& one : view.versions) {
        if (one.id == view.now.model) continue;
        h << "<h3>" << text::exact(ctx.words, one.made_at) << "</h3>";
        if (!one.taken)
            h << "<p>" << ctx.t("It was worse or less fair than the one before, so it was not used.")
              << "</p>";
        card(h, ctx, one);
        button(h, ctx, view.flag, "back", ctx.t("Go back to this one"), one.id);
    }
    h << "</details>";
}

void flag_part(Html& h, const Ctx& ctx, const FlagView& view) {
    h << "<section class=\"card\" id=\"" << to_word(view.flag) << "\"><h2>"
      << ctx.t(pages::words_of(view.flag)) << "</h2>";
    trouble(h, ctx, view);
    state(h, ctx, view);
    if (const Version* const current = view.current()) card(h, ctx, *current);
    load_form(h, ctx, view);
    const bool may_begin = view.now.state == State::shadow && view.now.since + shadow_ms <= ctx.now();
    if (may_begin) button(h, ctx, view.flag, "on", ctx.t("Turn it on"));
    if (view.now.state == State::working) button(h, ctx, view.flag, "off", ctx.t("Turn it off"));
    version_list(h, ctx, view);
    h << "</section>";
}

Response as_json(const View& view) {
    JsonWriter j;
    j.object().member("audit_percent", view.audit_percent).array("flags");
    for (const FlagView& one : view.flags)
        j.object()
            .member("flag", one.flag)
            .member("state", one.now.state)
            .member("since", one.now.since)
            .member("load", one.now.load)
            .member("labels", one.labels.labels)
            .member("positives", one.labels.positives)
            .member("trouble", one.now.trouble)
            .end();
    j.end().end();
    return http::json(j);
}

Response learned_page(Ctx& ctx, const Error* error) {
    const auto loaded = ctx.read([&](db::ReadTx& tx) { return load(tx, ctx.actor()); });
    if (!loaded) return http::error_page(ctx, loaded.error());
    const View& view = *loaded;
    if (ctx.wants_json() && !error) return as_json(view);
    Html h;
    h << "<p>"
      << ctx.t(
             "What people here decide about posts teaches the house what to read first. What it learned can "
             "ask for a post to be read, as a rule does. It hides nothing, decides nothing, and members are "
             "never shown what it says. Everything stays on this machine.")
      << "</p><p><a href=\"" << url::admin_learning_report() << "\">" << ctx.t("How it has done")
      << "</a> · <a href=\"" << url::learning() << "\">" << ctx.t("Read a few posts") << "</a></p>";
    http::open_form(h, ctx, url::admin_learning());
    const std::string percent = error ? std::string(ctx.form().get("audit_percent"))
                                      : std::to_string(view.audit_percent);
    http::field(h, ctx,
                {.name = "audit_percent",
                 .label = ctx.t("Of 100 posts that nothing pointed to, how many shall people read?"),
                 .hint = ctx.t("Drawn by lot each day. Without them nobody knows what is missed."),
                 .value = percent,
                 .type = "number"},
                error);
    http::close_form(h, ctx.t("Save"));
    for (const FlagView& one : view.flags) flag_part(h, ctx, one);
    const std::string heading(ctx.t("What the house has learned"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

Done act(db::Tx& tx, const Actor& actor, Flag flag, const http::Form& form) {
    const std::string_view what = form.get("do");
    if (what == "on") return turn_on(tx, actor, flag);
    if (what == "off") return turn_off(tx, actor, flag);
    if (what == "load") return set_load(tx, actor, flag, form.number("load").value_or(0));
    if (what == "newest") return let_new_ones_come(tx, actor, flag);
    if (what == "back") return go_back(tx, actor, flag, form.number("version").value_or(0));
    return not_found();
}

}  // namespace

Response show_learned(Ctx& ctx) { return learned_page(ctx, nullptr); }

Response save_audit(Ctx& ctx) {
    const Done saved = ctx.write([&](db::Tx& tx) {
        return set_audit_percent(tx, ctx.actor(), ctx.form().number("audit_percent").value_or(-1));
    });
    if (saved) return http::done(ctx, url::admin_learning());
    if (saved.error().fault != Fault::invalid || ctx.wants_json())
        return http::error_page(ctx, saved.error());
    return learned_page(ctx, &saved.error());
}

Response act_on_flag(Ctx& ctx) {
    const auto flag = from_word<Flag>(ctx.text_param("flag"));
    if (!flag) return http::error_page(ctx, Done(not_found()).error());
    const Done done = ctx.write([&](db::Tx& tx) { return act(tx, ctx.actor(), *flag, ctx.form()); });
    if (!done) return http::error_page(ctx, done.error());
    return http::done(ctx, url::admin_learning().fragment(to_word(*flag)));
}

}  // namespace kith::learning::pages

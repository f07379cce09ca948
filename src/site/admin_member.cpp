#include <charconv>

#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;
using identity::KnownMember;
using identity::MemberFile;
using identity::Role;
using identity::Standing;

// ---- showing ------------------------------------------------------------------------------------------

void open_act(Html& h, const Ctx& ctx, const KnownMember& member, std::string_view act) {
    open_form(h, ctx, url::admin_member(member.persona.id));
    h << "<input type=\"hidden\" name=\"act\" value=\"" << act << "\">";
}

void role_form(Html& h, const Ctx& ctx, const KnownMember& member, Role role, bool holds) {
    open_act(h, ctx, member, holds ? "end" : "grant");
    h << "<input type=\"hidden\" name=\"role\" value=\"" << to_word(role)
      << "\"><button class=\"button quiet\">";
    if (role == Role::coordinator) {
        h << (holds ? ctx.t("End the role of coordinator") : ctx.t("Make them a coordinator"));
    } else {
        h << (holds ? ctx.t("End the role of researcher") : ctx.t("Make them a researcher"));
    }
    h << "</button></form>";
}

void roles(Html& h, const Ctx& ctx, const KnownMember& member) {
    h << "<h2>" << ctx.t("Roles") << "</h2>";
    if (!identity::is_confirmed(ctx)) {
        h << "<p><a class=\"button quiet\" href=\"" << url::me_confirm().query("next", ctx.request.path)
          << "\">" << ctx.t("Change their roles") << "</a></p>";
        return;
    }
    h << "<div class=\"row\">";
    if (ctx.session->host) role_form(h, ctx, member, Role::coordinator, member.coordinator);
    role_form(h, ctx, member, Role::researcher, member.researcher);
    h << "</div><p class=\"hint\">"
      << ctx.t("Researchers are for studies to come. For now the role gives no rights.") << "</p>";
}

bool is_grave(std::string_view act) { return act == "appoint" || act == "dismiss" || act == "reset"; }

void act_button(Html& h, std::string_view act, std::string_view words) {
    h << "<p><button class=\"button danger\" name=\"act\" value=\"" << act << "\">" << words
      << "</button></p>";
}

// What needs the host's own password stands folded up, so that the page stays calm.
void grave_form(Html& h, const Ctx& ctx, const KnownMember& member, const Error* error) {
    const Error* wrong = is_grave(ctx.form().get("act")) ? error : nullptr;
    h << "<details";
    if (wrong) h << " open";
    h << "><summary>" << ctx.t("Lost password, or the role of host") << "</summary>";
    open_form(h, ctx, url::admin_member(member.persona.id));
    h << "<p>"
      << ctx.t(
             "Have they lost their password and their codes? You can make a code that lets them choose a new "
             "password, once, within a day. First make sure that it is really them.")
      << "</p><p>" << ctx.t("A host can change everything here, also what other hosts may do.") << "</p>";
    check_box(h, ctx, {.name = "sure", .label = ctx.t("Yes, I am sure.")}, wrong);
    current_password_field(h, ctx, wrong);
    act_button(h, "reset", ctx.t("Make a code for a new password"));
    if (member.host) {
        act_button(h, "dismiss", ctx.t("End the role of host"));
    } else {
        act_button(h, "appoint", ctx.t("Make them a host"));
    }
    h << "</form></details>";
}

void claim_form(Html& h, const Ctx& ctx, const KnownMember& member) {
    h << "<p>"
      << ctx.t("These posts came from an archive. Whoever wrote them can take the account over with a code.")
      << "</p>";
    open_act(h, ctx, member, "claim");
    close_form(h, ctx.t("Make a code for them"));
}

void hold_form(Html& h, const Ctx& ctx, const KnownMember& member, const Error* error) {
    const bool sent = error && ctx.form().get("act") == "suspend";
    const Error* wrong = sent ? error : nullptr;
    open_act(h, ctx, member, "suspend");
    field(h, ctx,
          {.name = "reason",
           .label = ctx.t("Why put this account on hold?"),
           .hint = ctx.t("The person will read this. Say which rule, in plain and kind words."),
           .value = sent ? ctx.form().get("reason") : ""},
          wrong);
    field(h, ctx,
          {.name = "days",
           .label = ctx.t("For how many days?"),
           .hint = ctx.t("Leave it empty to keep the account on hold until you end it."),
           .value = sent ? ctx.form().get("days") : ""},
          wrong);
    h << "<p><button class=\"button danger\">" << ctx.t("Put this account on hold") << "</button></p></form>";
}

void hold_words(Html& h, const Ctx& ctx, const identity::Hold& hold) {
    const std::string from = text::date(ctx.words, hold.from);
    h << "<p>"
      << (hold.until ? ctx.f("On hold from %1 until %2.", from, text::date(ctx.words, *hold.until))
                     : ctx.f("On hold from %1 until a host ends it.", from))
      << "</p><p>" << ctx.f("The reason they were given: %1", hold.reason) << "</p>";
}

void account(Html& h, const Ctx& ctx, const MemberFile& file, const Error* error) {
    const KnownMember& member = file.known;
    h << "<h2>" << ctx.t("The account") << "</h2>";
    if (file.closed_at)
        h << "<p>"
          << ctx.f("They closed it on %1. It opens again when they sign in.",
                   text::date(ctx.words, *file.closed_at))
          << "</p>";
    if (member.standing == Standing::placeholder) claim_form(h, ctx, member);
    if (!ctx.session->host) {
        if (member.standing == Standing::on_hold)
            h << "<p>" << ctx.t("A host has put it on hold, and a host can end that.") << "</p>";
        return;
    }
    if (file.hold) {
        hold_words(h, ctx, *file.hold);
        open_act(h, ctx, member, "lift");
        close_form(h, ctx.t("Let them back in"));
    } else {
        hold_form(h, ctx, member, error);
    }
    if (member.standing != Standing::placeholder) grave_form(h, ctx, member, error);
}

http::Frame frame(const Ctx& ctx, const KnownMember& member) {
    http::Frame out = admin_frame(ctx, ctx.t("Members"));
    out.heading = member.persona.name;
    out.crumbs.push_back({std::string(ctx.t("Members")), url::admin_members()});
    return out;
}

Response member_json(const MemberFile& file) {
    JsonWriter j;
    j.object();
    member_fields(j, file.known);
    j.member("closed_at", file.closed_at);
    if (file.hold)
        j.object("hold")
            .member("reason", file.hold->reason)
            .member("from", file.hold->from)
            .member("until", file.hold->until)
            .end();
    j.end();
    return http::json(j);
}

// ---- acting -------------------------------------------------------------------------------------------

Result<std::optional<Time>> typed_until(const Ctx& ctx, Time now) {
    constexpr int most_days = 3650;
    const std::string text = text::trim(ctx.form().get("days"));
    if (text.empty()) return std::optional<Time>();
    int days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc() || end != text.data() + text.size() || days < 1 || days > most_days)
        return invalid("Please write a number of days, such as 7, or leave it empty.", "days");
    return std::optional<Time>(now + days * day_ms);
}

Done suspend(db::Tx& tx, const Ctx& ctx, MemberId member) {
    const std::string reason = text::one_line(ctx.form().get("reason"));
    if (reason.empty()) return invalid("Please say why: the person will read it.", "reason");
    const std::optional<Time> until = TRY(typed_until(ctx, tx.now()));
    return identity::suspend(tx, ctx.actor(), member, reason, until);
}

Result<Role> typed_role(const Ctx& ctx) {
    const auto role = from_word<Role>(ctx.form().get("role"));
    if (role == Role::coordinator || role == Role::researcher) return *role;
    return invalid("Please choose coordinator or researcher.", "role");
}

// Roles need a proof that it is the one who acts, a hold on an account does not: that may be urgent.
Done confirm_role(const Ctx& ctx, std::string_view act) {
    if (act != "grant" && act != "end") return {};
    return identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current"));
}

Done act_on(db::Tx& tx, const Ctx& ctx, MemberId member) {
    const std::string_view act = ctx.form().get("act");
    if (act == "suspend") return suspend(tx, ctx, member);
    if (act == "lift") return identity::lift_suspension(tx, ctx.actor(), member);
    if (act == "grant") return identity::grant_role(tx, ctx.actor(), member, TRY(typed_role(ctx)));
    if (act == "end") return identity::end_role(tx, ctx.actor(), member, TRY(typed_role(ctx)));
    return invalid("Please choose what to do.", "act");
}

Done require_sure(const Ctx& ctx) {
    if (!ctx.form().checked("sure")) return invalid("Please tick the box if you are sure.", "sure");
    return {};
}

Done change_host(const Ctx& ctx, MemberId member, std::string_view act) {
    TRY(require_sure(ctx));
    const identity::Proof proof{std::string(ctx.form().get("current"))};
    return act == "appoint" ? identity::appoint_host(ctx.services, ctx.actor(), member, proof)
                            : identity::dismiss_host(ctx.services, ctx.actor(), member, proof);
}

Result<std::string> make_code(Ctx& ctx, const KnownMember& member, std::string_view act) {
    if (act == "claim")
        return ctx.write([&](db::Tx& tx) {
            return identity::create_claim_code(tx, ctx.actor(), member.persona.id, ctx.services.random);
        });
    TRY(require_sure(ctx));
    return identity::create_reset_code(ctx.services, ctx.actor(), member.member,
                                       {std::string(ctx.form().get("current"))});
}

Response code_page(Ctx& ctx, const KnownMember& member, std::string_view act, std::string code) {
    const std::string_view words =
        act == "reset"
            ? ctx.t(
                  "Give them this code by a way that only they can read. With their name and the code they "
                  "choose a new password under \"I cannot get in\". We cannot show it again.")
            : ctx.t(
                  "Give them this code by a way that only they can read. They use it under \"Sign up\", "
                  "\"Use "
                  "the code\", within 30 days. We cannot show it again.");
    return shown_once_page(ctx, frame(ctx, member),
                           {.words = words,
                            .codes = {std::move(code)},
                            .button = ctx.t("I have passed it on"),
                            .onward = url::admin_member(member.persona.id)});
}

Result<MemberFile> addressed(Ctx& ctx) {
    const auto persona = TRY(ctx.param<PersonaId>("persona"));
    return ctx.read([&](db::ReadTx& tx) { return identity::member_file(tx, ctx.actor(), persona); });
}

Response answer(Ctx& ctx, const MemberFile& file, const Done& done) {
    if (done) return http::done(ctx, url::admin_member(file.known.persona.id));
    return member_page(ctx, file, &done.error());
}

}  // namespace

Response member_page(Ctx& ctx, const MemberFile& file, const Error* error) {
    Html h;
    h << "<p>";
    badges(h, ctx, file.known);
    h << "</p>";
    roles(h, ctx, file.known);
    account(h, ctx, file, error);
    return form_page(ctx, frame(ctx, file.known), h, error);
}

Response get_member(Ctx& ctx) {
    const auto file = addressed(ctx);
    if (!file) return http::error_page(ctx, file.error());
    return ctx.wants_json() ? member_json(*file) : member_page(ctx, *file, nullptr);
}

Response post_member(Ctx& ctx) {
    const auto file = addressed(ctx);
    if (!file) return http::error_page(ctx, file.error());
    const KnownMember& member = file->known;
    const std::string_view act = ctx.form().get("act");
    if (act == "reset" || act == "claim") {
        auto code = make_code(ctx, member, act);
        return code ? code_page(ctx, member, act, *std::move(code)) : member_page(ctx, *file, &code.error());
    }
    if (act == "appoint" || act == "dismiss") return answer(ctx, *file, change_host(ctx, member.member, act));
    if (const Done sure = confirm_role(ctx, act); !sure) return answer(ctx, *file, sure);
    return answer(ctx, *file, ctx.write([&](db::Tx& tx) { return act_on(tx, ctx, member.member); }));
}

}  // namespace kith::site

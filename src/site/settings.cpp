#include <map>

#include "audit/audit.hpp"
#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"
#include "site/helplines.hpp"
#include "site/site.hpp"
#include "site/store.hpp"

namespace kith::site {
namespace {

// One setting that is plain text, in the table, in Site and in the form.
struct TextSetting {
    std::string_view key;  // also the id of its form field
    std::string Site::* in_site;
    std::string SiteForm::* in_form;
    std::size_t most;  // characters
};
constexpr TextSetting texts[] = {
    {"name", &Site::name, &SiteForm::name, 60},
    {"purpose", &Site::purpose, &SiteForm::purpose, 300},
    {"run_by", &Site::run_by, &SiteForm::run_by, 120},
    {"moderated", &Site::moderated, &SiteForm::moderated, 120},
    {"contact", &Site::contact, &SiteForm::contact, 200},
    {"exit_url", &Site::exit_url, &SiteForm::exit_url, 300},
};

struct Switch {
    std::string_view key;
    bool Site::* in_site;
    bool SiteForm::* in_form;
};
constexpr Switch switches[] = {
    {"quick_exit", &Site::quick_exit, &SiteForm::quick_exit},
    {"public_reading", &Site::public_reading, &SiteForm::public_reading},
    {"open_sign_up", &Site::open_sign_up, &SiteForm::open_sign_up},
    {"roles_need_factor", &Site::roles_need_factor, &SiteForm::roles_need_factor},
};

constexpr std::string_view yes_or_no(bool value) { return value ? "yes" : "no"; }

Done check_name(std::string_view name) {
    const std::size_t length = text::length(name);
    if (length < 2 || length > 60)
        return invalid("Please give your community a name of 2 to 60 characters.", "name");
    return {};
}

bool is_web_address(std::string_view text) {
    return (text.starts_with("https://") || text.starts_with("http://")) &&
           text.find_first_of(" \t\r\n\"<>") == std::string_view::npos && text.size() > text.find("://") + 3;
}

constexpr int backups_days_most = 3650;

// The days that were typed, 0 for none.
Result<int> backups_days(const SiteForm& form) {
    if (form.backups_days.empty()) return 0;
    const auto days = text::ascii::number_in(form.backups_days);
    if (!days || *days < 1 || *days > backups_days_most)
        return invalid("Please give a number of days from 1 to 3650, or leave it empty.", "backups_days");
    return *days;
}

Done check_site(const SiteForm& form) {
    TRY(check_name(form.name));
    for (const TextSetting& setting : texts)
        if (text::length(form.*setting.in_form) > setting.most)
            return invalid("This text is too long. Please shorten it.", setting.key);
    if (!is_web_address(form.exit_url))
        return invalid(
            "Please give a web address that begins with https://, such as "
            "https://www.bbc.com/weather.",
            "exit_url");
    TRY(parse_helplines(form.helplines));
    TRY(backups_days(form));
    return {};
}

SiteForm cleaned(SiteForm form) {
    for (const TextSetting& setting : texts) form.*setting.in_form = text::one_line(form.*setting.in_form);
    return form;
}

Done put_site(db::Tx& tx, const SiteForm& typed) {
    const SiteForm form = cleaned(typed);
    TRY(check_site(form));
    for (const TextSetting& setting : texts) store::put_setting(tx, setting.key, form.*setting.in_form);
    for (const Switch& one : switches) store::put_setting(tx, one.key, yes_or_no(form.*one.in_form));
    store::put_setting(tx, "helplines", as_lines(TRY(parse_helplines(form.helplines))));
    store::put_setting(tx, "language", to_word(form.language));
    store::put_setting(tx, "backups_days", std::to_string(TRY(backups_days(form))));
    tx.changed({.kind = Change::Kind::site});
    return {};
}

bool is_set_up(db::ReadTx& tx) {
    const auto settings = store::settings(tx);
    const auto ready = settings.find("ready");
    return ready != settings.end() && ready->second == "yes";
}

}  // namespace

std::shared_ptr<const Site> load_site(db::ReadTx& tx, std::string_view public_url, Language language) {
    auto site = std::make_shared<Site>();
    const auto settings = store::settings(tx);
    const auto find = [&](std::string_view key) {
        const auto found = settings.find(key);
        return found == settings.end() ? nullptr : &found->second;
    };
    for (const TextSetting& setting : texts)
        if (const std::string* value = find(setting.key)) (*site).*setting.in_site = *value;
    for (const Switch& one : switches)
        if (const std::string* value = find(one.key)) (*site).*one.in_site = *value == "yes";
    if (const std::string* days = find("backups_days"))
        site->backups_days = text::ascii::number_in(*days).value_or(0);
    if (const std::string* lines = find("helplines")) site->helplines = read_helplines(*lines);
    if (const std::string* word = find("language")) language = from_word<Language>(*word).value_or(language);
    site->language = language;
    site->public_url = public_url;
    if (const std::string* ready = find("ready")) site->ready = *ready == "yes";
    return site;
}

std::string words_about_backups(const Words& words, const Site& site) {
    if (site.backups_days == 0)
        return std::string(words.t("What was erased can stay in backups of the whole site for a while."));
    return words.n("What was erased stays in backups of the whole site for %d more day.",
                   "What was erased stays in backups of the whole site for up to %d more days.",
                   site.backups_days);
}

bool is_door_open(db::ReadTx& tx) { return load_site(tx, "", Language::en)->open_sign_up; }

bool do_roles_need_factor(db::ReadTx& tx) { return load_site(tx, "", Language::en)->roles_need_factor; }

std::string event_secret(db::ReadTx& tx) { return store::settings(tx)["event_secret"]; }

// Whoever comes first decides.
Result<std::string> make_event_secret(db::Tx& tx, Random& random) {
    store::put_first_setting(tx, "event_secret", random.token());
    return event_secret(tx);
}

SiteForm form_of(const Site& site) {
    SiteForm form;
    for (const TextSetting& setting : texts) form.*setting.in_form = site.*setting.in_site;
    for (const Switch& one : switches) form.*one.in_form = site.*one.in_site;
    form.helplines = as_lines(site.helplines);
    if (site.backups_days > 0) form.backups_days = std::to_string(site.backups_days);
    form.language = site.language;
    return form;
}

Result<SiteForm> settings_for(db::ReadTx& tx, const Actor& actor, Language otherwise) {
    TRY(identity::require_host(tx, actor));
    return form_of(*load_site(tx, "", otherwise));
}

Done change_site(db::Tx& tx, const Actor& actor, const SiteForm& form) {
    TRY(identity::require_host(tx, actor));
    TRY(put_site(tx, form));
    audit::record(tx, actor, "site.changed", "site", 0);
    return {};
}

Done check_set_up(const SetUpForm& form) {
    Mistakes mistakes;
    if (!check_name(text::one_line(form.site_name)))
        mistakes.note(Done(invalid("Please give your community a name of 2 to 60 characters.", "site_name")));
    mistakes.note(parse_helplines(form.helplines));
    mistakes.note(identity::check_sign_up({form.host_name, form.password, form.language}));
    return mistakes.done();
}

Result<identity::NewAccount> set_up(db::Tx& tx, const SetUpForm& form, std::string_view password_hash,
                                    Random& random) {
    if (is_set_up(tx)) return conflict("This community is set up already. Please sign in.");
    TRY(check_set_up(form));
    SiteForm site = form_of(Site{});
    site.name = form.site_name;
    site.helplines = form.helplines;
    site.language = form.language;
    site.roles_need_factor = form.roles_need_factor;
    TRY(put_site(tx, site));
    store::put_setting(tx, "ready", "yes");
    const identity::SignUp host{form.host_name, form.password, form.language};
    identity::NewAccount account = TRY(identity::add_account(tx, host, password_hash, random));
    TRY(identity::grant_role(tx, Actor::system(), account.member, identity::Role::host));
    audit::record(tx, Actor::system(), "site.set_up", "site", 0);
    return account;
}

}  // namespace kith::site

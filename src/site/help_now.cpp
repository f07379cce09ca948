#include <algorithm>

#include "platform/text/unicode.hpp"
#include "site/pages.hpp"
#include "url.hpp"

// Urgent help: the host's helplines, those of the reader's country first. Pages that are kept for later (offline.cpp)
// show all of them alike: what is kept says nothing of who reads it.
namespace kith::site {
namespace {

using http::Ctx;
using http::Response;

// Set once before serving, then only read.
HoursInWords& the_hours() {
    static HoursInWords hours = nullptr;
    return hours;
}

// ---- in which order -----------------------------------------------------------------------------------

using Lines = std::vector<const Helpline*>;

struct Place {
    const Country* country;
    std::string_view name;  // in the reader's language
    Lines lines;
};

struct Order {
    Lines first;                // those of the reader's country, then those for everybody
    std::vector<Place> places;  // the other countries, by name
    bool is_chosen = false;     // `first` has lines of the reader's country
};

Place& place_of(std::vector<Place>& places, const Ctx& ctx, const Country& country) {
    const auto found = std::ranges::find(places, &country, &Place::country);
    return found != places.end() ? *found : places.emplace_back(Place{&country, ctx.t(country.name), {}});
}

Order order_of(const Ctx& ctx, const Country* chosen) {
    Order order;
    for (const Helpline& line : ctx.site->helplines) {
        if (line.country && line.country == chosen) order.first.push_back(&line);
        if (line.country && line.country != chosen)
            place_of(order.places, ctx, *line.country).lines.push_back(&line);
    }
    order.is_chosen = !order.first.empty();
    for (const Helpline& line : ctx.site->helplines)
        if (!line.country) order.first.push_back(&line);
    std::ranges::sort(order.places, {}, [](const Place& place) { return text::fold(place.name); });
    return order;
}

bool has_choice(const Order& order) { return order.places.size() + (order.is_chosen ? 1 : 0) > 1; }

// ---- a helpline ---------------------------------------------------------------------------------------

// "chat.example.org/talk" is read sooner than what stands around it.
std::string_view without_scheme(std::string_view address) {
    address.remove_prefix(address.find("://") + 3);
    if (address.ends_with('/')) address.remove_suffix(1);
    return address;
}

// A number stays in one line.
std::string unbroken(std::string_view number) {
    std::string out;
    for (const char& c : number) out += c == ' ' ? std::string_view("\u00a0") : std::string_view(&c, 1);
    return out;
}

std::string words_of(const Ctx& ctx, const Contact& contact) {
    switch (contact.kind) {
        case Contact::Kind::call:
            return ctx.f("Call %1", unbroken(contact.address));
        case Contact::Kind::text:
            return contact.message.empty()
                       ? ctx.f("Text %1", unbroken(contact.address))
                       : ctx.f("Text %1 to %2", contact.message, unbroken(contact.address));
        case Contact::Kind::web:
            return ctx.f("Chat or web: %1", without_scheme(contact.address));
        case Contact::Kind::mail:
            return ctx.f("Write to %1", contact.address);
        case Contact::Kind::words:
            return contact.address;
    }
    return contact.address;
}

std::string digits_of(std::string_view number) {
    std::string out;
    for (const char c : number)
        if ((c >= '0' && c <= '9') || (c == '+' && out.empty())) out += c;
    return out;
}

std::optional<Url> url_of(const Contact& contact) {
    switch (contact.kind) {
        case Contact::Kind::call:
            return Url::external("tel:" + digits_of(contact.address));
        case Contact::Kind::text:
            return Url::text_message(contact.address, contact.message);
        case Contact::Kind::web:
            return Url::external(contact.address);
        case Contact::Kind::mail:
            return Url::external("mailto:" + contact.address);
        case Contact::Kind::words:
            return std::nullopt;
    }
    return std::nullopt;
}

// In a list of links, too, it is heard who answers.
void way(Html& h, const Ctx& ctx, const Helpline& line, const Contact& contact) {
    h << "<p class=\"way\">";
    if (const std::optional<Url> url = url_of(contact)) {
        h << "<a rel=\"noreferrer\" href=\"" << *url << "\">" << words_of(ctx, contact)
          << "<span class=\"visually-hidden\"> (" << line.name << ")</span></a>";
    } else {
        h << "<strong>" << contact.address << "</strong>";
    }
    h << "</p>";
}

void name_of(Html& h, const Helpline& line, int level) {
    if (level == 2) {
        h << "<h2 dir=\"auto\">" << line.name << "</h2>";
    } else if (level == 3) {
        h << "<h3 dir=\"auto\">" << line.name << "</h3>";
    } else {
        h << "<p dir=\"auto\"><strong>" << line.name << "</strong></p>";
    }
}

enum class Length { whole, brief };

// `level`: of the headings; 0: there are none.
void list(Html& h, const Ctx& ctx, const Lines& lines, int level) {
    if (lines.empty()) return;
    h << "<ul class=\"helplines\">";
    for (const Helpline* const line : lines) {
        h << "<li>";
        name_of(h, *line, level);
        for (const Contact& contact : line->contacts) way(h, ctx, *line, contact);
        if (!line->hours.empty()) h << "<p dir=\"auto\">" << line->hours << "</p>";
        h << "</li>";
    }
    h << "</ul>";
}

void folded(Html& h, std::string_view words, const Html& content) {
    h << "<details class=\"countries\"><summary>" << words << "</summary>" << content << "</details>";
}

Html list_of(const Ctx& ctx, const std::vector<Place>& places, Length length) {
    Html h;
    for (const Place& place : places) {
        if (length == Length::whole) h << "<h2>" << place.name << "</h2>";
        if (length == Length::brief) h << "<h3>" << place.name << "</h3>";
        list(h, ctx, place.lines, length == Length::whole ? 3 : 0);
    }
    return h;
}

// The other countries: folded away once the reader's is known; in brief, each by itself until then.
void others(Html& h, const Ctx& ctx, const Order& order, Length length) {
    if (order.places.empty()) return;
    if (order.is_chosen) {
        folded(h, ctx.t("Help in other countries"), list_of(ctx, order.places, length));
    } else if (length == Length::whole || !has_choice(order)) {
        h << list_of(ctx, order.places, length);
    } else {
        for (const Place& place : order.places) {
            Html lines;
            list(lines, ctx, place.lines, 0);
            folded(h, place.name, lines);
        }
    }
}

// ---- the pages ----------------------------------------------------------------------------------------

// Before the community is set up.
void no_helplines(Html& h, const Ctx& ctx) {
    h << "<p>"
      << ctx.t(
             "You do not have to carry this alone. Nobody has written down yet who can help here: please ask "
             "the host of this site, or somebody near you. In danger, call the number below.")
      << "</p>";
}

void you_are_not_alone(Html& h, const Ctx& ctx) {
    h << "<p>" << ctx.t("You do not have to carry this alone. These people are there to talk with you.")
      << "</p>";
}

Html emergency_number(const Ctx& ctx) {
    Html h;
    h << "<p><strong>"
      << ctx.t("Call your local emergency number (112 in Europe, 911 in North America, 999 in the UK).")
      << "</strong></p>";
    return h;
}

void in_danger(Html& h, const Ctx& ctx) {
    h << "<div class=\"notice\"><h2>" << ctx.t("Is somebody in danger right now?") << "</h2>"
      << emergency_number(ctx) << "</div><p>"
      << ctx.t("This community cannot send help, and nobody may be reading just now.") << "</p><p><a href=\""
      << url::safety() << "\">" << ctx.t("Staying safe on this site") << "</a></p>";
}

void country_form(Html& h, const Ctx& ctx) {
    open_form(h, ctx, url::comfort());
    h << "<input type=\"hidden\" name=\"next\" value=\"" << url::help_now() << "\">";
    const std::string_view chosen = code_of(ctx.comfort.country);
    http::open_selection(h, ctx, {"country", ctx.t("Which country are you in?"), chosen}, nullptr);
    http::option(h, "", ctx.t("I would rather not say"), chosen);
    for (const Place& place : order_of(ctx, nullptr).places)
        http::option(h, place.country->code, place.name, chosen);
    http::close_selection(h);
    h << "<p class=\"hint\">" << ctx.t("You choose it once. Nobody else sees it.") << "</p>";
    close_form(h, ctx.t("Show its numbers first"));
}

void nothing_for(Html& h, const Ctx& ctx, const Country& country) {
    h << "<p>" << ctx.f("There is no number for %1 here yet. These are all there are.", ctx.t(country.name))
      << "</p>";
}

enum class Choice { offered, none };

std::string hours_words(const Ctx& ctx) {
    return the_hours() ? the_hours()(ctx.words, ctx.now()) : std::string();
}

Html help_for(const Ctx& ctx, const Country* country, Choice choice) {
    const Order order = order_of(ctx, country);
    Html h;
    if (ctx.site->helplines.empty()) no_helplines(h, ctx);
    if (!ctx.site->helplines.empty()) you_are_not_alone(h, ctx);
    list(h, ctx, order.first, 2);
    if (country && !order.is_chosen && !order.places.empty()) nothing_for(h, ctx, *country);
    if (choice == Choice::offered && has_choice(order)) country_form(h, ctx);
    others(h, ctx, order, Length::whole);
    in_danger(h, ctx);
    const std::string hours = choice == Choice::offered ? hours_words(ctx) : std::string();
    if (!hours.empty()) h << "<p>" << hours << "</p>";
    return h;
}

}  // namespace

void use_hours(HoursInWords hours) { the_hours() = hours; }

Html help_words(const Ctx& ctx) { return help_for(ctx, nullptr, Choice::none); }

Html short_help(const Ctx& ctx) {
    const Order order = order_of(ctx, ctx.comfort.country);
    Html h = emergency_number(ctx);
    if (ctx.site->helplines.empty()) no_helplines(h, ctx);
    list(h, ctx, order.first, 0);
    others(h, ctx, order, Length::brief);
    if (has_choice(order) && !order.is_chosen)
        h << "<p><a href=\"" << url::help_now() << "\">" << ctx.t("Show those of my country first")
          << "</a></p>";
    return h;
}

namespace {

void helpline_json(JsonWriter& j, const Helpline& line) {
    j.object().member("name", line.name).array("contacts");
    for (const Contact& contact : line.contacts)
        j.object()
            .member("kind", contact.kind)
            .member("address", contact.address)
            .member("message", contact.message)
            .end();
    j.end().member("hours", line.hours).member("country", code_of(line.country)).end();
}

Response help_now_json(const Ctx& ctx) {
    const Order order = order_of(ctx, ctx.comfort.country);
    JsonWriter j;
    j.object().member("country", code_of(ctx.comfort.country)).array("helplines");
    for (const Helpline* const line : order.first) helpline_json(j, *line);
    for (const Place& place : order.places)
        for (const Helpline* const line : place.lines) helpline_json(j, *line);
    j.end().member("hours", hours_words(ctx)).end();
    return http::json(j);
}

Response get_help_now(Ctx& ctx) {
    if (ctx.wants_json()) return help_now_json(ctx);
    const std::string title(ctx.t("Urgent help"));
    return http::page(ctx, {.title = title, .heading = title},
                      help_for(ctx, ctx.comfort.country, Choice::offered));
}

// Help must not wait for a busy database.
std::optional<Response> help_now_at_once(Ctx& ctx) { return get_help_now(ctx); }

}  // namespace

std::vector<http::Route> help_now_routes() {
    return {{http::Method::get, "/help-now", http::gate::open, get_help_now, help_now_at_once}};
}

}  // namespace kith::site

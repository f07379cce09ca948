#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "learning/lessons.hpp"
#include "learning/scoring.hpp"
#include "platform/text/unicode.hpp"

// How what reads posts has done, once a week. Whoever looks at a share sees what it rests on, and where that is too
// little, that it is.
namespace kith::learning {
namespace {

constexpr std::int64_t week_ms = 7 * day_ms, labels_ms = 56 * day_ms, kept_ms = 371 * day_ms;
constexpr std::int64_t cases_needed = 30;

// ---- parts -----------------------------------------------------------------------------------------------

enum class Tongue { en, es, other };

// By the words that no sentence goes without.
Tongue tongue_of(std::string_view words) {
    constexpr std::array<std::string_view, 10> english{" the ", " and ", " i ",    " to ",  " of ",
                                                       " is ",  " my ",  " that ", " you ", " it "};
    constexpr std::array<std::string_view, 10> spanish{" el ", " la ", " que ", " y ",   " de ",
                                                       " mi ", " me ", " no ",  " los ", " una "};
    const std::string text = " " + text::fold(words) + " ";
    const auto found = [&](const auto& list) {
        return std::ranges::count_if(
            list, [&](std::string_view word) { return text.find(word) != std::string::npos; });
    };
    const auto en = found(english), es = found(spanish);
    if (en == es) return Tongue::other;
    return en > es ? Tongue::en : Tongue::es;
}

struct Seen {
    std::string words;
    GroupId group;
    bool is_first = false;
};

std::optional<Seen> seen(db::ReadTx& tx, PostId post) {
    const auto text = store::text_of(tx, post);
    if (!text) return std::nullopt;
    return Seen{words_of(text->title, text->note, text->markdown), text->group,
                store::is_first_of(tx, text->author, post)};
}

struct Thirds {
    std::size_t short_most = 0, middle_most = 0;
};

Thirds thirds_of(std::vector<std::size_t> lengths) {
    if (lengths.empty()) return {};
    std::ranges::sort(lengths);
    return {lengths[lengths.size() / 3], lengths[lengths.size() * 2 / 3]};
}

std::string_view third_of(std::size_t length, const Thirds& thirds) {
    if (length < thirds.short_most) return "length.short";
    return length < thirds.middle_most ? "length.middle" : "length.long";
}

std::vector<std::string> parts_of(const Seen& one, const Thirds& thirds) {
    constexpr std::array<std::string_view, 3> tongues{"language.en", "language.es", "language.other"};
    std::vector<std::string> out{"all", std::string(third_of(one.words.size(), thirds)),
                                 std::string(tongues[static_cast<std::size_t>(tongue_of(one.words))]),
                                 "group." + std::to_string(one.group.value())};
    if (one.is_first) out.emplace_back("first");
    return out;
}

// ---- how much is found -----------------------------------------------------------------------------------

// What labels say of one part. `noticed`: by a rule or the model. Posts drawn by lot stand for all that nothing had
// pointed to.
struct Tally {
    std::int64_t noticed_so = 0, noticed_not = 0, brought_so = 0, drawn = 0, drawn_so = 0;
    double stand_for = 0;

    std::int64_t cases() const { return noticed_so + brought_so + drawn_so; }
    void add(const store::Label& label, bool is_so) {
        if (label.why == Why::rule || label.why == Why::model) {
            ++(is_so ? noticed_so : noticed_not);
        } else if (label.why == Why::audit) {
            ++drawn;
            drawn_so += is_so;
            stand_for += label.chance && *label.chance > 0 ? 1 / *label.chance : 1;
        } else {
            brought_so += is_so;
        }
    }
};

// Of what needed somebody, how much was noticed: lots bound what was missed.
Figure recall_of(const Tally& tally) {
    Figure out{.name = "recall", .counted = tally.cases()};
    if (tally.cases() < cases_needed || tally.drawn < cases_needed) return out;
    const auto found = static_cast<double>(tally.noticed_so);
    const auto share = [&](double missed_rate) {
        return found / (found + static_cast<double>(tally.brought_so) + tally.stand_for * missed_rate);
    };
    out.value = share(static_cast<double>(tally.drawn_so) / static_cast<double>(tally.drawn));
    out.low = share(assist::at_most(tally.drawn_so, tally.drawn));
    out.high = share(assist::at_least(tally.drawn_so, tally.drawn));
    return out;
}

// ---- gathering -------------------------------------------------------------------------------------------

struct Report {
    std::vector<Figure> figures;

    void add(std::string_view flag, std::string_view part, Figure figure) {
        figure.flag = flag;
        figure.part = part;
        figures.push_back(std::move(figure));
    }
};

Figure share(std::string_view name, std::int64_t found, std::int64_t of) {
    Figure out{.name = std::string(name), .counted = of};
    if (of < cases_needed) return out;
    out.value = static_cast<double>(found) / static_cast<double>(of);
    out.low = assist::at_least(found, of);
    out.high = assist::at_most(found, of);
    return out;
}

void rules_part(Report& out, const std::vector<std::string>& posts) {
    std::map<std::string_view, std::int64_t> hits;
    for (const std::string& post : posts)
        for (const assist::Hit& hit : assist::read_by_rules(post))
            if (hit.rule->about != assist::About::empathy) ++hits[hit.rule->id];
    for (const auto& [rule, count] : hits) out.add("rules", rule, share("rate", count, std::ssize(posts)));
}

Figure unseen_of(const Active& model, const std::vector<std::string>& posts, double before) {
    constexpr double much = 0.1;
    Figure out{.name = "unseen", .counted = std::ssize(posts)};
    if (out.counted < cases_needed) return out;
    double sum = 0;
    for (const std::string& post : posts) sum += model.reader.unseen(post);
    out.value = sum / static_cast<double>(posts.size());
    out.warns = *out.value > before + much;
    return out;
}

void model_part(Services& services, Report& out, const Active& model, const std::vector<std::string>& posts) {
    constexpr double much_moved = 0.2;
    const std::string_view flag = to_word(model.flag);
    const auto before = services.db.read(
        [&](db::ReadTx& tx) { return store::as_learned(tx, model.standing.model); });
    std::vector<double> chances;
    for (const std::string& post : posts) chances.push_back(model.reader.chance(post));
    const auto above = std::ranges::count_if(chances, [&](double c) { return c > model.threshold; });
    out.add(flag, "all", share("rate", above, std::ssize(posts)));
    if (!before) return;
    const Spread then = spread_from(before->spread);
    Figure moved{.name = "moved", .counted = std::ssize(posts)};
    if (moved.counted >= cases_needed)
        moved.value = assist::stability_index(then.counts, then.count(chances));
    moved.warns = moved.value.value_or(0) > much_moved;
    out.add(flag, "all", moved);
    out.add(flag, "all", unseen_of(model, posts, before->unseen));
}

void calibration_part(db::ReadTx& tx, Report& out, const Active& model) {
    constexpr std::int64_t enough = 100;
    constexpr double much = 0.1;
    std::vector<double> chances;
    std::vector<char> truths;
    for (const auto& one : store::foretold(tx, model.flag, model.standing.model, tx.now() + -labels_ms)) {
        if (one.said == Verdict::unsaid) continue;
        chances.push_back(one.chance);
        truths.push_back(one.said == Verdict::yes);
    }
    Figure figure{.name = "calibration", .counted = std::ssize(truths)};
    if (figure.counted >= enough) figure.value = assist::calibration_error(chances, truths);
    figure.warns = figure.value.value_or(0) > much;
    out.add(to_word(model.flag), "all", figure);
}

// How often two people who read the same post by lot say different things of it.
void disagreement_part(Report& out, const std::vector<store::Label>& labels) {
    constexpr double much = 0.2;
    std::map<PostId, std::vector<const store::Label*>> by_post;
    for (const store::Label& label : labels)
        if (!label.from) by_post[label.post].push_back(&label);
    for (const Flag flag : all_of<Flag>()) {
        std::int64_t pairs = 0, apart = 0;
        for (const auto& [post, said] : by_post) {
            if (said.size() < 2) continue;
            ++pairs;
            apart += said[0]->of(flag) != said[1]->of(flag);
        }
        Figure figure = share("disagreement", apart, pairs);
        figure.warns = figure.low.value_or(0) > much;
        out.add(to_word(flag), "all", figure);
    }
}

using Tallies = std::map<std::string, Tally>;

struct Labelled {
    store::Label label;
    std::vector<std::string> parts;
};

std::vector<Labelled> labelled_posts(db::ReadTx& tx, const std::vector<store::Label>& labels) {
    std::vector<std::pair<const store::Label*, Seen>> all;
    std::vector<std::size_t> lengths;
    std::map<PostId, bool> known;  // the newest label of a post counts
    for (const store::Label& label : labels) {
        if (!known.try_emplace(label.post, true).second) continue;
        if (auto one = seen(tx, label.post)) {
            lengths.push_back(one->words.size());
            all.emplace_back(&label, *std::move(one));
        }
    }
    const Thirds thirds = thirds_of(lengths);
    std::vector<Labelled> out;
    for (const auto& [label, one] : all) out.push_back({*label, parts_of(one, thirds)});
    return out;
}

// No part of people may be served much worse than all of them.
void labels_part(Report& out, Flag flag, const std::vector<Labelled>& labelled) {
    constexpr double much_less = 0.15;
    Tallies tallies;
    for (const std::string_view part :
         {"all", "first", "length.short", "length.middle", "length.long", "language.en", "language.es"})
        tallies[std::string(part)];
    for (const Labelled& one : labelled) {
        const Verdict verdict = one.label.of(flag);
        if (verdict == Verdict::unsaid) continue;
        for (const std::string& part : one.parts) tallies[part].add(one.label, verdict == Verdict::yes);
    }
    const Figure all = recall_of(tallies["all"]);
    for (const auto& [part, tally] : tallies) {
        if (part.starts_with("group.") && tally.cases() < cases_needed) continue;
        Figure recall = recall_of(tally);
        recall.warns = recall.value && all.value && *recall.value < *all.value - much_less;
        out.add(to_word(flag), part, recall);
        // Of what was noticed, how much needed nobody.
        out.add(to_word(flag), part,
                share("false_alarms", tally.noticed_not, tally.noticed_so + tally.noticed_not));
    }
}

}  // namespace

void report_week(Services& services) {
    constexpr int most_posts = 20'000, most_labels = 20'000;
    const Time now = services.clock.now();
    const Time week{now.ms / week_ms * week_ms};
    Report out;
    const auto posts = words_between(services, now + -week_ms, now, most_posts);
    rules_part(out, posts);
    const auto models = services.db.read([](db::ReadTx& tx) { return load_models(tx); });
    for (const Active& model : models) model_part(services, out, model, posts);
    services.db.read([&](db::ReadTx& tx) {
        const auto labels = store::labels_since(tx, now + -labels_ms, most_labels);
        for (const Active& model : models) calibration_part(tx, out, model);
        disagreement_part(out, labels);
        const auto labelled = labelled_posts(tx, labels);
        for (const Flag flag : all_of<Flag>()) labels_part(out, flag, labelled);
    });
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        store::forget_figures(tx, week);
        store::forget_figures_before(tx, week + -kept_ms);
        for (const Figure& figure : out.figures) store::put_figure(tx, week, figure);
        return {};
    }));
}

std::vector<WeekReport> week_reports(db::ReadTx& tx, int limit) {
    std::vector<WeekReport> out;
    for (const Time week : store::weeks(tx, limit)) out.push_back({week, store::figures(tx, week)});
    return out;
}

}  // namespace kith::learning

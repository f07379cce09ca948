#include "learning/scoring.hpp"

#include <chrono>
#include <cmath>
#include <map>

#include "conversation/conversation.hpp"
#include "learning/store.hpp"
#include "platform/log/log.hpp"
#include "platform/words/words.hpp"
#include "rota/rota.hpp"

namespace kith::learning {

using safeguarding::Reason;

std::string source_of(Flag flag) { return std::string(model_source) + std::string(to_word(flag)); }

std::optional<Flag> flag_of(std::string_view source) {
    if (!source.starts_with(model_source)) return std::nullopt;
    return from_word<Flag>(source.substr(model_source.size()));
}

Reason reason_of(Flag flag) {
    switch (flag) {
        case Flag::crisis:
            return Reason::danger;
        case Flag::hostile:
            return Reason::hostile;
        case Flag::spam:
            return Reason::spam;
        case Flag::advice:
            return Reason::advice;
    }
    return Reason::other;
}

Urgency urgency_of(Flag flag) { return flag == Flag::crisis ? Urgency::amber : Urgency::green; }

std::string words_of(std::string_view title, std::string_view note, std::string_view markdown) {
    return safeguarding::words_of_post({.group = {},
                                        .author = {},
                                        .title = std::string(title),
                                        .note = std::string(note),
                                        .markdown = std::string(markdown)});
}

// ---- models ----------------------------------------------------------------------------------------------

Standing standing(db::ReadTx& tx, Flag flag) { return store::standing(tx, flag); }

Loaded load_model(db::ReadTx& tx, Flag flag) {
    const Standing now = store::standing(tx, flag);
    Loaded out{.model = {}, .before = now.trouble};
    if (now.state == State::rules) return out;
    const auto bytes = store::model_bytes(tx, now.model);
    const auto threshold = store::threshold_of(tx, now.model, now.load);
    auto reader = bytes ? assist::Reader::load(flag, *bytes) : std::nullopt;
    if (!bytes || !threshold) out.now = Trouble::missing;
    else if (!reader) out.now = Trouble::damaged;
    else out.model = Active{flag, now, *std::move(reader), *threshold};
    return out;
}

std::vector<Active> load_models(db::ReadTx& tx) {
    std::vector<Active> out;
    for (const Flag flag : all_of<Flag>())
        if (auto loaded = load_model(tx, flag); loaded.model) out.push_back(*std::move(loaded.model));
    return out;
}

Reading read(const Active& model, std::string_view text) {
    constexpr auto most = std::chrono::milliseconds(50);
    const auto began = std::chrono::steady_clock::now();
    const double chance = model.reader.chance(text);
    if (!std::isfinite(chance)) return {0, Trouble::no_number};
    if (std::chrono::steady_clock::now() - began > most) return {0, Trouble::slow};
    return {chance, Trouble::none};
}

namespace {

void note_trouble(Services& services, Flag flag, Trouble trouble) {
    if (trouble != Trouble::none)
        log::warn("a model cannot read",
                  {{"flag", std::string(to_word(flag))}, {"trouble", std::string(to_word(trouble))}});
    static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
        store::set_trouble(tx, flag, trouble);
        return {};
    }));
}

// ---- reading posts ---------------------------------------------------------------------------------------

struct Ask {
    PostId post;
    Reason reason;
    Urgency urgency;
    std::string source;
};

// Those who look after groups talk about danger in their own room: nobody reads along there.
std::optional<conversation::Typed> read_in(db::ReadTx& tx, PostId post) {
    auto typed = conversation::typed(tx, post);
    return typed && !rota::is_room(tx, typed->group) ? std::move(typed) : std::nullopt;
}

using ByFlag = std::map<Flag, Loaded>;

void read_one(Services& services, ByFlag& models, PostId post, std::vector<Ask>& asks) {
    const auto typed = services.db.read([&](db::ReadTx& tx) { return read_in(tx, post); });
    if (!typed) return;
    const std::string words = safeguarding::words_of_post(*typed);
    for (auto& [flag, loaded] : models) {
        if (!loaded.model) continue;
        const Active& model = *loaded.model;
        const Reading reading = read(model, words);
        if (reading.trouble != Trouble::none) loaded.now = reading.trouble;
        const bool asks_now = model.standing.state == State::working && reading.chance > model.threshold;
        if (asks_now && reading.trouble == Trouble::none)
            asks.push_back({post, reason_of(flag), urgency_of(flag), source_of(flag)});
    }
    for (const std::string_view source :
         services.db.read([&](db::ReadTx& tx) { return structure_of(tx, post); }))
        asks.push_back({post, Reason::spam, Urgency::green, std::string(source)});
}

void read_all(Services& services, const std::string& payload) {
    ByFlag models = services.db.read([](db::ReadTx& tx) {
        ByFlag out;
        for (const Flag flag : all_of<Flag>()) out.emplace(flag, load_model(tx, flag));
        return out;
    });
    std::vector<Ask> asks;
    for (const std::int64_t post : jobs::numbers_in(payload)) read_one(services, models, PostId(post), asks);
    for (const auto& [flag, loaded] : models)
        if (loaded.now != loaded.before) note_trouble(services, flag, loaded.now);
    for (const Ask& ask : asks)
        static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
            safeguarding::file_signs(tx, ask.post, {{ask.reason, ask.urgency, ask.source}});
            return {};
        }));
}

}  // namespace

void read_posts(Services& services, const std::string& payload) {
    try {
        read_all(services, payload);
    } catch (const std::exception& problem) {
        log::warn("what was learned could not read posts", {{"problem", problem.what()}});
    }
}

void score_label(Services& services, const std::string& payload) {
    const auto models = services.db.read([](db::ReadTx& tx) { return load_models(tx); });
    if (models.empty()) return;
    for (const std::int64_t label : jobs::numbers_in(payload)) {
        const auto text = services.db.read([&](db::ReadTx& tx) {
            const auto post = store::labelled_post(tx, label);
            return post ? store::text_of(tx, *post) : std::nullopt;
        });
        if (!text) continue;
        const std::string words = words_of(text->title, text->note, text->markdown);
        static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
            if (!store::labelled_post(tx, label)) return {};
            for (const Active& model : models)
                if (const Reading reading = read(model, words); reading.trouble == Trouble::none)
                    store::put_score(tx, label, model.flag, model.standing.model, reading.chance);
            return {};
        }));
    }
}

// ---- telling staff ---------------------------------------------------------------------------------------

namespace {

std::string_view sentence_of(Flag flag) {
    switch (flag) {
        case Flag::crisis:
            return t_later(
                "Noticed by the model: of 100 posts with such a score, about %1 were about somebody in "
                "danger.");
        case Flag::hostile:
            return t_later("Noticed by the model: of 100 posts with such a score, about %1 were unkind.");
        case Flag::spam:
            return t_later(
                "Noticed by the model: of 100 posts with such a score, about %1 were advertising or a "
                "trick.");
        case Flag::advice:
            return t_later(
                "Noticed by the model: of 100 posts with such a score, about %1 gave medical advice.");
    }
    return {};
}

std::optional<std::string_view> plain_words_of(std::string_view source) {
    if (source == audit_source)
        return t_later("Somebody who looks after the group read it and asks for another look.");
    if (source == "spam.first_link") return t_later("Noticed by a rule: a first post with a link.");
    if (source == "spam.same_text") return t_later("Noticed by a rule: the same text in several threads.");
    return std::nullopt;
}

}  // namespace

std::optional<safeguarding::Told> tell(db::ReadTx& tx, const Words& words, std::string_view source,
                                       std::string_view text) {
    constexpr std::size_t most_spans = 5;
    if (const auto plain = plain_words_of(source))
        return safeguarding::Told{std::string(words.t(*plain)), {}};
    const auto flag = flag_of(source);
    if (!flag) return std::nullopt;
    const auto model = load_model(tx, *flag).model;
    const Reading reading = model ? read(*model, text) : Reading{0, Trouble::missing};
    if (reading.trouble != Trouble::none)
        return safeguarding::Told{
            std::string(words.t("Noticed by the model. It does not read now, so it cannot say why.")), {}};
    const auto of_hundred = std::to_string(std::lround(100 * reading.chance));
    return safeguarding::Told{words.f(sentence_of(*flag), of_hundred), model->reader.why(text, most_spans)};
}

}  // namespace kith::learning

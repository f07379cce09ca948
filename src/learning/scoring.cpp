#include "learning/scoring.hpp"

#include <chrono>
#include <cmath>

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

Models load_models(db::ReadTx& tx) {
    Models out;
    for (const Flag flag : all_of<Flag>()) {
        const Standing now = store::standing(tx, flag);
        if (now.state == State::rules) continue;
        const auto bytes = store::model_bytes(tx, now.model);
        const auto threshold = store::threshold_of(tx, now.model, now.load);
        auto reader = bytes ? assist::Reader::load(flag, *bytes) : std::nullopt;
        if (!bytes || !threshold || !reader) {
            out.troubles.emplace_back(flag, bytes && threshold ? Trouble::damaged : Trouble::missing);
            continue;
        }
        out.troubles.emplace_back(flag, Trouble::none);
        out.all.push_back({flag, now, *std::move(reader), *threshold});
    }
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
    const bool is_new = services.db.read(
        [&](db::ReadTx& tx) { return standing(tx, flag).trouble != trouble; });
    if (!is_new) return;
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

void read_one(Services& services, Models& models, PostId post, std::vector<Ask>& asks) {
    const auto typed = services.db.read([&](db::ReadTx& tx) { return read_in(tx, post); });
    if (!typed) return;
    const std::string words = safeguarding::words_of_post(*typed);
    for (const Active& model : models.all) {
        const Reading reading = read(model, words);
        for (auto& [flag, trouble] : models.troubles)
            if (flag == model.flag && reading.trouble != Trouble::none) trouble = reading.trouble;
        const bool asks_now = model.standing.state == State::working && reading.chance > model.threshold;
        if (asks_now && reading.trouble == Trouble::none)
            asks.push_back({post, reason_of(model.flag), urgency_of(model.flag), source_of(model.flag)});
    }
    for (const std::string_view source :
         services.db.read([&](db::ReadTx& tx) { return structure_of(tx, post); }))
        asks.push_back({post, Reason::spam, Urgency::green, std::string(source)});
}

void read_all(Services& services, const std::string& payload) {
    Models models = services.db.read([](db::ReadTx& tx) { return load_models(tx); });
    std::vector<Ask> asks;
    for (const std::int64_t post : jobs::numbers_in(payload)) read_one(services, models, PostId(post), asks);
    for (const auto& [flag, trouble] : models.troubles) note_trouble(services, flag, trouble);
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
    for (const std::int64_t label : jobs::numbers_in(payload)) {
        struct Loaded {
            Models models;
            std::optional<store::Text> text;
        };
        const Loaded loaded = services.db.read([&](db::ReadTx& tx) {
            const auto post = store::labelled_post(tx, label);
            return post ? Loaded{load_models(tx), store::text_of(tx, *post)} : Loaded{};
        });
        if (!loaded.text || loaded.models.all.empty()) continue;
        const std::string words = words_of(loaded.text->title, loaded.text->note, loaded.text->markdown);
        static_cast<void>(services.db.write([&](db::Tx& tx) -> Done {
            if (!store::labelled_post(tx, label)) return {};
            for (const Active& model : loaded.models.all)
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
    for (const Active& model : load_models(tx).all) {
        if (model.flag != *flag) continue;
        const Reading reading = read(model, text);
        if (reading.trouble != Trouble::none) break;
        const auto of_hundred = std::to_string(std::lround(100 * reading.chance));
        return safeguarding::Told{words.f(sentence_of(*flag), of_hundred),
                                  model.reader.why(text, most_spans)};
    }
    return safeguarding::Told{
        std::string(words.t("Noticed by the model. It does not read now, so it cannot say why.")), {}};
}

}  // namespace kith::learning

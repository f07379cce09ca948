#include "learning/lessons.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <sstream>

#include "learning/scoring.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"
#include "rota/rota.hpp"

namespace kith::learning {
namespace {

std::uint64_t key_of(std::string_view words) {
    const std::string digest = crypto::digest(text::fold(words));
    std::uint64_t out = 0;
    std::memcpy(&out, digest.data(), sizeof out);
    return out;
}

struct Verdicted {
    bool is_so = false;
    Time said_at;
    std::uint32_t stands_for = 1;
};

std::map<PostId, Verdicted> verdicts_by_post(db::ReadTx& tx, Flag flag) {
    constexpr int read = 20'000;
    constexpr std::size_t most = 4000;
    std::map<PostId, Verdicted> out;
    for (const store::Label& label : store::labels_since(tx, Time{}, read)) {
        const Verdict verdict = label.of(flag);
        if (verdict == Verdict::unsaid) continue;
        if (out.size() >= most && !out.contains(label.post)) continue;
        const auto [at, is_new] = out.try_emplace(label.post, verdict == Verdict::yes, label.said_at);
        if (!is_new && at->second.said_at < label.said_at) {
            at->second.is_so = verdict == Verdict::yes;
            at->second.said_at = label.said_at;
        }
        if (label.why == Why::audit && label.chance && *label.chance > 0)
            at->second.stands_for = static_cast<std::uint32_t>(std::lround(1 / *label.chance));
    }
    return out;
}

}  // namespace

std::vector<Judged> judged_posts(db::ReadTx& tx, Flag flag) {
    std::vector<Judged> out;
    for (const auto& [post, verdict] : verdicts_by_post(tx, flag)) {
        const auto text = store::text_of(tx, post);
        if (!text || text->changed_at > verdict.said_at) continue;
        std::string words = words_of(text->title, text->note, text->markdown);
        const std::uint64_t key = key_of(words);
        out.push_back({post, std::move(words), verdict.is_so, verdict.said_at, key, verdict.stands_for});
    }
    return out;
}

bool is_for_exam(const Judged& one) { return one.key % 5 == 0; }

std::vector<std::int64_t> Spread::count(std::span<const double> chances) const {
    std::vector<std::int64_t> out(cuts.size() + 1);
    for (const double chance : chances)
        ++out[static_cast<std::size_t>(std::ranges::upper_bound(cuts, chance) - cuts.begin())];
    return out;
}

Spread spread_of(std::vector<double> chances) {
    constexpr std::size_t parts = 10;
    std::ranges::sort(chances);
    Spread out;
    for (std::size_t part = 1; part < parts; ++part)
        out.cuts.push_back(chances.empty() ? 1 : chances[chances.size() * part / parts]);
    out.counts = out.count(chances);
    return out;
}

std::string in_words(const Spread& spread) {
    std::ostringstream out;
    out.precision(17);
    for (const double cut : spread.cuts) out << cut << ' ';
    for (const std::int64_t count : spread.counts) out << count << ' ';
    return out.str();
}

Spread spread_from(std::string_view words) {
    std::istringstream in{std::string(words)};
    Spread out{std::vector<double>(9), std::vector<std::int64_t>(10)};
    for (double& cut : out.cuts) in >> cut;
    for (std::int64_t& count : out.counts) in >> count;
    return out;
}

double share_of_plain_people(const assist::Reader& reader, double threshold) {
    constexpr std::array<std::string_view, 14> people{"a gay man",          "a lesbian",
                                                      "a trans woman",      "a Black woman",
                                                      "a Muslim",           "a Jewish man",
                                                      "an immigrant",       "a refugee",
                                                      "a disabled man",     "a woman",
                                                      "an old person",      "a young woman",
                                                      "an autistic person", "somebody who uses a wheelchair"};
    constexpr std::array<std::string_view, 4> sentences{
        "I am %, and I have lived with pain for years.", "My best friend is %. We laugh a lot together.",
        "As %, I sometimes feel alone at the clinic.", "Thank you all for the kind words to %."};
    double flagged = 0;
    for (const std::string_view person : people)
        for (std::string sentence : {std::string(sentences[0]), std::string(sentences[1]),
                                     std::string(sentences[2]), std::string(sentences[3])}) {
            sentence.replace(sentence.find('%'), 1, person);
            flagged += reader.chance(sentence) > threshold;
        }
    return flagged / static_cast<double>(people.size() * sentences.size());
}

std::vector<std::string> words_between(Services& services, Time from, Time until, int most) {
    return services.db.read([&](db::ReadTx& tx) {
        std::vector<std::string> out;
        for (const PostId post : store::posts_between(tx, from, until, rota::settings(tx).room, most))
            if (const auto text = store::text_of(tx, post))
                out.push_back(words_of(text->title, text->note, text->markdown));
        return out;
    });
}

}  // namespace kith::learning

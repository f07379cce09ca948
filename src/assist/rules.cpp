#include "assist/rules.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "platform/embed/embed.hpp"
#include "platform/text/ascii.hpp"
#include "platform/toml/toml.hpp"

namespace kith::assist {
namespace {

// ---- what stands around a hit ----------------------------------------------------------------------------

// "*n't" stands for every word that ends so.
bool is_word(std::string_view word, std::string_view listed) {
    return listed.starts_with('*') ? word.ends_with(listed.substr(1)) : word == listed;
}

bool is_one_of(std::string_view word, const std::vector<std::string>& list) {
    while (!word.empty() && !text::ascii::is_alpha(word.back())) word.remove_suffix(1);
    while (!word.empty() && !text::ascii::is_alpha(word.front())) word.remove_prefix(1);
    return std::ranges::any_of(list, [&](const std::string& listed) { return is_word(word, listed); });
}

// What turns words said outright into a sign, in a file of rules.
struct Softening {
    std::size_t within = 6;
    std::vector<std::string> by, subjects, past;
};

// Quoted, denied, past, or of somebody else.
bool is_softened(const std::vector<Chunk>& chunks, std::size_t first, const Softening& how) {
    if (chunks[first].is_quoted) return true;
    bool is_in_reach = !is_one_of(chunks[first].text, how.subjects);
    for (std::size_t back = 1; back <= first && !chunks[first - back].ends_clause; ++back) {
        const std::string& before = chunks[first - back].text;
        if (is_one_of(before, how.past)) return true;
        is_in_reach = is_in_reach && back <= how.within && !is_one_of(before, how.subjects);
        if (is_in_reach && is_one_of(before, how.by)) return true;
    }
    return false;
}

// One rule as it stands in the file.
struct Written {
    std::string id, reason, reason_es;
    std::unique_ptr<re2::RE2> expression;
    std::vector<std::string> finds, raises, leaves;  // examples
    std::shared_ptr<const Softening> softening;      // of the file
    bool can_soften = false;
};

using Names = std::map<std::string, std::string, std::less<>>;

// What holds for all rules of a file.
struct Frame {
    Names parts;
    std::shared_ptr<const Softening> softening;
};

// "{name}" stands for a part; what it stands for may hold parts that were written before.
Result<std::string> with_parts(std::string_view text, const Names& parts) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        out += text.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const std::size_t close = text.find('}', open);
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const bool is_name = !name.empty() && text::ascii::is_alpha(name[0]);
        if (!is_name) {
            out += '{';
            at = open + 1;
            continue;
        }
        const auto part = parts.find(name);
        if (part == parts.end() || close == std::string_view::npos)
            return fail(Fault::invalid, "There is no part of the name " + std::string(name) + ".");
        out += part->second;
        at = close + 1;
    }
    return out;
}

std::unique_ptr<re2::RE2> compiled(const std::string& expression) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return std::make_unique<re2::RE2>("(?:" + expression + ")", options);
}

std::vector<std::string> texts_in(const toml::node_view<const toml::node>& node) {
    std::vector<std::string> out;
    if (const toml::array* list = node.as_array())
        for (const toml::node& one : *list)
            if (const auto* text = one.as_string()) out.push_back(text->get());
    return out;
}

std::string text_in(const toml::node_view<const toml::node>& node) {
    return node.value<std::string>().value_or("");
}

}  // namespace

struct Rules::Parts {
    std::vector<Rule> rules;
    std::vector<Written> written;  // of each rule
    std::unique_ptr<re2::RE2::Set> all;

    Done add_file(std::string_view toml);
    Done add(const toml::table& one, const Frame& frame);
    Done finish();
    std::vector<int> matched(std::string_view text) const;
    void find_in(const Line& line, const std::vector<Chunk>& chunks, std::vector<Hit>& out) const;
    std::optional<Hit> hit_of(std::size_t number, const Line& line, const std::vector<Chunk>& chunks) const;
};

namespace {

std::shared_ptr<const Softening> softening_in(const toml::table& file) {
    const auto list = [&](std::string_view name) {
        return texts_in(toml::node_view<const toml::node>(file[name]));
    };
    Softening out{.by = list("softened_by"), .subjects = list("subjects"), .past = list("past")};
    out.within = static_cast<std::size_t>(
        std::clamp<std::int64_t>(file["within"].value<std::int64_t>().value_or(6), 0, 100));
    return std::make_shared<const Softening>(std::move(out));
}

}  // namespace

Done Rules::Parts::add(const toml::table& one, const Frame& frame) {
    using View = toml::node_view<const toml::node>;
    const auto field = [&](std::string_view name) { return View(one[name]); };
    Written rule{.id = text_in(field("id")),
                 .reason = text_in(field("why")),
                 .reason_es = text_in(field("why_es")),
                 .expression = nullptr,
                 .finds = texts_in(field("finds")),
                 .raises = texts_in(field("raises")),
                 .leaves = texts_in(field("leaves")),
                 .softening = frame.softening};
    const auto refuse = [&](std::string what) {
        return fail(Fault::invalid, "Rule \"" + rule.id + "\", line " +
                                        std::to_string(one.source().begin.line) + ": " + std::move(what));
    };
    const auto about = from_word<About>(rule.id.substr(0, rule.id.find('.')));
    if (!about)
        return refuse("its id must begin with one of crisis, method, hostile, spam, advice, empathy.");
    const auto tier = from_word<Tier>(text_in(field("tier")));
    if (!tier) return refuse("its tier must be \"explicit\" or \"passive\".");
    if (rule.reason.empty() || rule.reason_es.empty())
        return refuse("it needs a reason, \"why\" and \"why_es\".");
    if (rule.finds.empty()) return refuse("it needs an example that it finds, \"finds\".");
    rule.expression = compiled(TRY(with_parts(text_in(field("find")), frame.parts)));
    if (!rule.expression->ok()) return refuse(rule.expression->error());
    if (rule.expression->Match("", 0, 0, re2::RE2::UNANCHORED, nullptr, 0))
        return refuse("its expression matches everything.");
    rule.can_soften = *tier == Tier::explicit_words && (*about == About::crisis || *about == About::hostile);
    rules.push_back({.about = *about,
                     .tier = *tier,
                     .is_urgent = one["urgent"].value<bool>().value_or(false),
                     .holds = one["holds"].value<bool>().value_or(false)});
    written.push_back(std::move(rule));
    return {};
}

Done Rules::Parts::add_file(std::string_view text) {
    const auto read = parse_toml(text);
    if (!read) {
        const BrokenToml& broken = read.error();
        return fail(Fault::invalid, "Line " + std::to_string(broken.line) + ": " + broken.why);
    }
    const toml::table& file = *read;
    Frame frame{.parts = {}, .softening = softening_in(file)};
    if (const toml::table* named = file["parts"].as_table())
        for (const auto& [name, value] : *named)
            frame.parts[std::string(name.str())] = TRY(
                with_parts(value.value<std::string>().value_or(""), frame.parts));
    const toml::array* list = file["rule"].as_array();
    if (!list) return fail(Fault::invalid, "It holds no [[rule]].");
    for (const toml::node& one : *list)
        if (const toml::table* table = one.as_table()) TRY(add(*table, frame));
    return {};
}

Done Rules::Parts::finish() {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        rules[i].id = written[i].id;
        rules[i].reason = written[i].reason;
        rules[i].reason_es = written[i].reason_es;
    }
    constexpr std::int64_t memory = std::int64_t{64} << 20;
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    all = std::make_unique<re2::RE2::Set>(options, re2::RE2::UNANCHORED);
    for (const Written& one : written) all->Add(one.expression->pattern(), nullptr);
    if (!all->Compile()) return fail(Fault::invalid, "These rules are too many, or too long.");
    return {};
}

std::optional<Hit> Rules::Parts::hit_of(std::size_t number, const Line& line,
                                        const std::vector<Chunk>& chunks) const {
    const Rule& rule = rules[number];
    std::optional<Hit> out;
    re2::StringPiece found;
    for (std::size_t at = 0; at < line.text.size();) {
        if (!written[number].expression->Match(line.text, at, line.text.size(), re2::RE2::UNANCHORED, &found,
                                               1))
            break;
        const auto begin = static_cast<std::size_t>(found.data() - line.text.data());
        const std::size_t end = begin + std::max<std::size_t>(found.size(), 1);
        const std::size_t first = line.chunk_at(begin), last = line.chunk_at(end - 1);
        const bool is_soft = written[number].can_soften &&
                             is_softened(chunks, first, *written[number].softening);
        if (!out || (out->tier != rule.tier && !is_soft))
            out = Hit{&rule, is_soft ? Tier::passive : rule.tier, chunks[first].begin, chunks[last].end};
        if (out->tier == rule.tier) break;
        at = end;
    }
    return out;
}

// Those that match; all of them where RE2 had no memory left to say which.
std::vector<int> Rules::Parts::matched(std::string_view text) const {
    std::vector<int> out;
    re2::RE2::Set::ErrorInfo error{};
    if (all->Match(text, &out, &error) || error.kind == re2::RE2::Set::kNoError) return out;
    out.resize(rules.size());
    std::iota(out.begin(), out.end(), 0);
    return out;
}

void Rules::Parts::find_in(const Line& line, const std::vector<Chunk>& chunks, std::vector<Hit>& out) const {
    for (const int number : matched(line.text)) {
        const auto hit = hit_of(static_cast<std::size_t>(number), line, chunks);
        if (!hit) continue;
        const auto known = std::ranges::find(out, hit->rule, &Hit::rule);
        if (known == out.end()) {
            out.push_back(*hit);
        } else if (hit->tier > known->tier) {
            *known = *hit;
        }
    }
}

Rules::Rules(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Rules::Rules(Rules&&) noexcept = default;
Rules::~Rules() = default;

Result<Rules> Rules::parse(std::span<const std::string_view> files) {
    auto parts = std::make_unique<Parts>();
    for (const std::string_view file : files) TRY(parts->add_file(file));
    std::set<std::string_view> ids;
    for (const Written& one : parts->written)
        if (!ids.insert(one.id).second)
            return fail(Fault::invalid, "There are two rules \"" + one.id + "\".");
    TRY(parts->finish());
    return Rules(std::move(parts));
}

const Rules& Rules::built_in() {
    static const Rules rules = [] {
        std::vector<std::string_view> files;
        for (const embed::File& file : embed::data())
            if (file.name.ends_with(".rules.toml")) files.push_back(file.bytes);
        auto parsed = parse(files);
        CHECK(parsed);
        return *std::move(parsed);
    }();
    return rules;
}

std::vector<Hit> Rules::find(const std::vector<Chunk>& chunks) const {
    std::vector<Hit> out;
    const Line plain = plain_line(chunks), unmasked = unmasked_line(chunks);
    parts_->find_in(plain, chunks, out);
    if (unmasked.text != plain.text) parts_->find_in(unmasked, chunks, out);
    std::ranges::stable_sort(out, [](const Hit& a, const Hit& b) {
        return std::tuple(a.tier, a.rule->is_urgent) > std::tuple(b.tier, b.rule->is_urgent);
    });
    return out;
}

const Rule* Rules::find_rule(std::string_view id) const {
    const auto at = std::ranges::find(parts_->rules, id, &Rule::id);
    return at == parts_->rules.end() ? nullptr : &*at;
}

std::vector<std::string> Rules::wrong_examples() const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < parts_->rules.size(); ++i) {
        const Rule& rule = parts_->rules[i];
        const auto check = [&](const std::vector<std::string>& examples, std::optional<Tier> wanted) {
            for (const std::string& text : examples) {
                const auto hits = find(chunks_of(text));
                const auto hit = std::ranges::find(hits, &rule, &Hit::rule);
                const auto got = hit == hits.end() ? std::nullopt : std::optional(hit->tier);
                if (got == wanted) continue;
                out.push_back(std::string(rule.id) + ": \"" + text + "\" is " +
                              std::string(got ? to_word(*got) : "not found") + ", not " +
                              std::string(wanted ? to_word(*wanted) : "left alone"));
            }
        };
        check(parts_->written[i].finds, rule.tier);
        check(parts_->written[i].raises, Tier::passive);
        check(parts_->written[i].leaves, std::nullopt);
    }
    return out;
}

std::size_t Rules::size() const { return parts_->rules.size(); }
std::size_t Rules::examples() const {
    std::size_t out = 0;
    for (const Written& one : parts_->written)
        out += one.finds.size() + one.raises.size() + one.leaves.size();
    return out;
}

RuleCues rule_cues(const std::vector<Chunk>& chunks, const std::function<bool(About)>& is_for) {
    constexpr double outright = 10;
    RuleCues out;
    bool has_outright = false;
    for (const Hit& hit : Rules::built_in().find(chunks)) {
        if (!is_for(hit.rule->about)) continue;
        const bool is_outright = hit.tier == Tier::explicit_words;
        out.counted += is_outright ? outright : 1;
        has_outright |= is_outright;
        if (hit.tier == hit.rule->tier) out.names.push_back(hit.rule->id);
    }
    if (has_outright) out.names.push_back("outright");
    if (out.counted > 0) out.names.push_back("any");
    return out;
}

bool are_rules_right() { return Rules::built_in().wrong_examples().empty(); }

Warning warning_in(std::string_view text) {
    Warning out;
    for (const Hit& hit : read_by_rules(text)) {
        const bool is_danger = hit.rule->about == About::crisis || hit.rule->about == About::method;
        out.danger |= is_danger && hit.tier == Tier::explicit_words;
        out.method |= hit.rule->holds;
    }
    return out;
}

bool speaks_of_danger(std::string_view text) { return warning_in(text).danger; }

const Rule* find_rule(std::string_view id) { return Rules::built_in().find_rule(id); }

std::vector<Hit> read_by_rules(std::string_view text) { return Rules::built_in().find(chunks_of(text)); }

}  // namespace kith::assist

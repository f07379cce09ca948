#include "own_data/echoes.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <optional>
#include <set>

#include "own_data/store.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/unicode.hpp"

namespace kith::own_data {
namespace {

constexpr std::size_t shortest_quote = 24;  // letters and digits: less is anybody's
constexpr int posts_at_once = 100;

bool is_letter_at(std::string_view text, std::size_t at) {
    return at < text.size() && text::is_letter(text::next_code_point(text, at));
}

// How many bytes one of the names takes there, as a whole word; 0: none stands there. Signs of it may be escaped.
std::size_t name_at(std::string_view text, std::size_t at, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        std::string here;
        std::size_t end = at;
        for (std::size_t left = text::length(name); left > 0 && end < text.size(); --left) {
            if (text[end] == '\\' && ++end == text.size()) break;
            text::append_utf8(here, text::next_code_point(text, end));
        }
        if (!here.empty() && text::fold(here) == name && !is_letter_at(text, end)) return end - at;
    }
    return 0;
}

// Whether a word goes on there, or a sign that takes a mark its meaning.
bool goes_on(std::string_view line, std::size_t at) {
    const unsigned char before = at == 0 ? ' ' : static_cast<unsigned char>(line[at - 1]);
    return before >= 0x80 || before == '\\' || std::isalnum(before) != 0;
}

// Each name behind `mark` becomes `instead`, and the mark goes.
std::string without_names(std::string_view line, std::string_view mark, const std::vector<std::string>& names,
                          std::string_view instead) {
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
        const bool may_begin = line.substr(at).starts_with(mark) && !goes_on(line, at);
        if (const std::size_t size = may_begin ? name_at(line, at + mark.size(), names) : 0; size > 0) {
            out += instead;
            at += mark.size() + size;
        } else {
            out += line[at++];
        }
    }
    return out;
}

std::size_t quote_mark(std::string_view line) {
    const std::size_t at = line.find_first_not_of(" >");
    const std::size_t end = at == line.npos ? line.size() : at;
    return line.substr(0, end).find('>') == line.npos ? 0 : end;
}

// The post that a line of this thread links to, as Kith writes it above a quote:
// "[Post 6, Ada](/threads/2?page=1#p6):".
std::optional<std::int64_t> post_linked(std::string_view line, ThreadId thread) {
    const std::string there = "/threads/" + std::to_string(thread.value());
    const std::size_t begin = line.find(there);
    if (begin == line.npos) return std::nullopt;
    const std::size_t place = begin + there.size();
    const std::size_t hash = line.find("#p", place);
    if (hash == line.npos || (hash != place && line[place] != '?')) return std::nullopt;
    std::int64_t number = 0;
    const auto read = std::from_chars(line.data() + hash + 2, line.data() + line.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    return number;
}

bool holds_words(const Traces& traces, std::string_view quoted) {
    if (traces.words.empty()) return false;
    if (quoted.starts_with('!')) quoted.remove_prefix(1);
    const std::string letters = text::skeleton(text::plain_text(quoted));
    return text::length(letters) >= shortest_quote && traces.words.find(letters) != std::string::npos;
}

// One line after the other.
struct Rewriting {
    enum class Quote { unknown, theirs, of_others };

    const Traces& traces;
    ThreadId thread;
    const Words& words;
    Quote quote = Quote::unknown;  // the one that goes on

    bool takes(std::string_view quoted) const {
        if (quoted.empty() || traces.words.empty() || quote == Quote::of_others) return false;
        return quote == Quote::theirs || holds_words(traces, quoted);
    }

    std::string line(std::string_view from) {
        const std::string_view former = words.t("Former member");
        const std::size_t mark = quote_mark(from);
        const std::string_view quoted = from.substr(mark);
        if (mark == 0) {
            quote = Quote::unknown;
        } else if (const auto post = post_linked(quoted, thread)) {
            const bool is_theirs = std::ranges::find(traces.numbers, *post) != traces.numbers.end();
            quote = is_theirs ? Quote::theirs : Quote::of_others;
            if (is_theirs) return without_names(from, "", traces.names, former);
        } else if (quoted.find("](/threads/") != quoted.npos) {
            quote = Quote::of_others;
        } else if (takes(quoted)) {
            return std::string(from.substr(0, mark)) + "*" +
                   std::string(words.t("Their author took these words back.")) + "*";
        }
        return without_names(from, "@", traces.names, former);
    }
};

// What they quoted is not theirs.
std::string own_lines(std::string_view markdown) {
    std::string out;
    while (!markdown.empty()) {
        const std::size_t size = std::min(markdown.find('\n'), markdown.size() - 1) + 1;
        if (quote_mark(markdown) == 0) out += markdown.substr(0, size);
        markdown.remove_prefix(size);
    }
    return out;
}

// The names of the whole site, and those of one thread.
std::map<ThreadId, std::vector<std::string>> names_of(db::ReadTx& tx, MemberId member) {
    std::map<ThreadId, std::vector<std::string>> out;
    for (const store::NameIn& one : store::all_names_of(tx, member))
        out[one.thread].push_back(text::fold(one.name));
    return out;
}

std::map<ThreadId, Traces> traces_of(Services& services, MemberId member, bool takes_words) {
    std::map<ThreadId, Traces> out;
    const auto personas = services.db.read([&](db::ReadTx& tx) { return store::personas_of(tx, member); });
    for (const PersonaId persona : personas) {
        for (PostId last;;) {
            const auto posts = services.db.read([&](db::ReadTx& tx) {
                const auto some = store::posts_after(tx, persona, last, posts_at_once);
                for (const PostId post : some) {
                    Traces& here = out[post.thread()];
                    here.numbers.push_back(post.number());
                    if (!takes_words) continue;
                    for (const std::string& text : store::texts_of(tx, post))
                        here.words += text::skeleton(text::plain_text(own_lines(text))) + "\n";
                }
                return some;
            });
            if (posts.empty()) break;
            last = posts.back();
        }
    }
    return out;
}

// A text and what it becomes.
struct Changed {
    store::Text text;
    std::string silent;
};
std::vector<Changed> changes_in(db::ReadTx& tx, ThreadId thread, const Traces& traces, const Words& words) {
    std::vector<Changed> out;
    for (store::Text& one : store::texts_with_echoes(tx, thread)) {
        std::string silent = without(traces, thread, one.markdown, words);
        if (silent != one.markdown) out.push_back({std::move(one), std::move(silent)});
    }
    return out;
}

void put(db::Tx& tx, GroupId group, std::span<const Changed> changes) {
    for (const Changed& one : changes) store::put_text(tx, one.text, one.silent);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const PostId post = changes[i].text.post;
        if (i > 0 && changes[i - 1].text.post == post) continue;
        store::render_anew(tx, post);
        tx.changed({.kind = Change::Kind::post_edited,
                    .group = group,
                    .thread = post.thread(),
                    .number = post.number()});
    }
}

void silence_in(Services& services, GroupId group, ThreadId thread, const Traces& traces,
                const Words& words) {
    const auto changes = services.db.read(
        [&](db::ReadTx& tx) { return changes_in(tx, thread, traces, words); });
    if (changes.empty()) return;
    const Done done = services.db.write([&](db::Tx& tx) -> Done {
        put(tx, group, changes);
        return {};
    });
    CHECK(done);
}

// What waits for a look, and will stand there as it is.
void silence_waiting(Services& services, GroupId group, const std::function<Traces(ThreadId)>& traces_in,
                     const Words& words) {
    const auto waiting = services.db.read([&](db::ReadTx& tx) { return store::waiting_in(tx, group); });
    for (const store::WaitingText& one : waiting) {
        const std::string silent = without(traces_in(one.thread), one.thread, one.markdown, words);
        if (silent == one.markdown) continue;
        CHECK(services.db.write([&](db::Tx& tx) -> Done {
            store::put_waiting(tx, one, silent);
            return {};
        }));
    }
}

// Where they are, and where they wrote and left.
std::set<GroupId> groups_around(db::ReadTx& tx, MemberId member, const std::map<ThreadId, Traces>& traces) {
    const auto present = store::groups_of(tx, member);
    std::set<GroupId> out(present.begin(), present.end());
    for (const auto& [thread, here] : traces) out.insert(store::group_of(tx, thread));
    return out;
}

}  // namespace

std::string without(const Traces& traces, ThreadId thread, std::string_view markdown, const Words& words) {
    Rewriting rewriting{traces, thread, words};
    std::string out;
    for (;;) {
        const std::size_t end = markdown.find('\n');
        out += rewriting.line(markdown.substr(0, end));
        if (end == markdown.npos) return out;
        out += '\n';
        markdown.remove_prefix(end + 1);
    }
}

void silence_echoes(Services& services, MemberId member, bool takes_words) {
    const auto all = traces_of(services, member, takes_words);
    const auto names = services.db.read([&](db::ReadTx& tx) { return names_of(tx, member); });
    const Words& words = Words::of(services.site()->language);
    const auto traces_in = [&](ThreadId thread) {
        Traces out = all.contains(thread) ? all.at(thread) : Traces();
        for (const ThreadId where : std::set{ThreadId(), thread})
            if (names.contains(where))
                out.names.insert(out.names.end(), names.at(where).begin(), names.at(where).end());
        return out;
    };
    for (const GroupId group :
         services.db.read([&](db::ReadTx& tx) { return groups_around(tx, member, all); })) {
        for (const ThreadId thread :
             services.db.read([&](db::ReadTx& tx) { return store::threads_in(tx, group); }))
            silence_in(services, group, thread, traces_in(thread), words);
        silence_waiting(services, group, traces_in, words);
    }
}

}  // namespace kith::own_data

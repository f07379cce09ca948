// kith_bench_fill --data DIR [--posts 1000000] [--seed 1]: fills a fresh SQLite database with an invented community
// and writes what the benchmark must know to DIR/bench.json. Does nothing if that was done with the same posts and
// seed within the last days (sessions end after a while).
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>

#include "base/random.hpp"
#include "conversation/store.hpp"
#include "generator.hpp"
#include "identity/identity.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/db.hpp"
#include "platform/db/migrate.hpp"
#include "platform/embed/embed.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/unicode.hpp"

namespace kith::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t posts_per_batch = 5'000;
constexpr std::int64_t sessions = 1'280;  // 10,000 event streams at 8 a member
constexpr std::size_t read_threads = 1'000;
constexpr std::size_t written_threads = 200;
constexpr std::size_t newest_threads = 500;  // those that members have mostly read
constexpr auto good_for = std::chrono::hours(3 * 24);

struct Options {
    fs::path data;
    std::int64_t posts = 1'000'000;
    std::uint64_t seed = 1;
};

// ---- people, groups, settings ------------------------------------------------------------------------------

constexpr db::Sql insert_member_sql = "insert into member (id, created_at_ms) values ($1, $2)";
constexpr db::Sql insert_account_sql = R"(
    insert into account (member_id, name_key, password_hash, changed_at_ms)
    values ($1, $2, $3, $4))";
constexpr db::Sql insert_persona_sql = R"(
    insert into persona (id, member_id, name, name_key, created_at_ms)
    values ($1, $1, $2, $3, $4))";
constexpr db::Sql insert_host_sql = R"(
    insert into role_grant (member_id, role, granted_at_ms)
    values ($1, 'host', $2))";
constexpr db::Sql insert_setting_sql = R"(
    insert into setting (key, value, changed_at_ms)
    values ($1, $2, $3))";
constexpr db::Sql insert_topic_sql = "insert into topic (id, name, position) values ($1, $2, $1)";
constexpr db::Sql insert_group_sql = R"(
    insert into peer_group (id, topic_id, name, name_key, purpose, rules, admission, leadership, public_reading,
                            created_at_ms)
    values ($1, $2, $3, $4, $5, $6, 'open', 'peer', 1, $7))";
constexpr db::Sql insert_membership_sql = R"(
    insert into membership (group_id, member_id, persona_id, joined_at_ms, rules_agreed_at_ms)
    values ($1, $2, $2, $3, $3))";

constexpr Time beginning = newest + -span_ms;

// A few readers stand for very many here: who reads much is counted as ever, and never slowed.
constexpr db::Sql let_read_sql = "update door_rule set reads_an_hour = 1000000000";

void add_settings(db::Tx& tx) {
    const std::pair<std::string_view, std::string_view> settings[] = {
        {"name", "Bench"},
        {"purpose", "A community that was invented to measure."},
        {"helplines", "Samaritans | 116 123 | day and night"},
        {"ready", "yes"}};
    for (const auto& [key, value] : settings) tx.run(insert_setting_sql, key, value, beginning);
    tx.run(let_read_sql);
}

void add_members(db::Tx& tx) {
    for (std::int64_t id = 1; id <= members; ++id) {
        const std::string name = capitalised(pseudo_word(vocabulary_size + id));
        const std::string key = text::skeleton(name) + std::to_string(id);
        tx.run(insert_member_sql, id, beginning);
        tx.run(insert_account_sql, id, key, "no password", beginning);
        tx.run(insert_persona_sql, id, name, key, beginning);
    }
    tx.run(insert_host_sql, members, beginning);
}

void add_groups(db::Tx& tx, Dice& dice) {
    const Writer writer;
    constexpr std::int64_t topics = 8;
    for (std::int64_t id = 1; id <= topics; ++id) tx.run(insert_topic_sql, id, writer.title(dice));
    for (std::int64_t id = 1; id <= group_count; ++id) {
        const std::string name = writer.title(dice) + " " + std::to_string(id);
        tx.run(insert_group_sql, id, 1 + id % topics, name, text::fold(name), writer.text(dice, 400),
               writer.text(dice, 400), beginning);
        for (std::int64_t member = 1; member <= members; ++member)
            if (belongs(member, id)) tx.run(insert_membership_sql, id, member, beginning);
    }
}

// ---- conversations -----------------------------------------------------------------------------------------

constexpr db::Sql insert_thread_sql = R"(
    insert into thread (id, group_id, title, author_id, created_at_ms, last_number, last_post_at_ms, last_author_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8))";
constexpr db::Sql insert_post_sql = R"(
    insert into post (id, author_id, created_at_ms, html, reply_to, note, supports, search_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8))";
constexpr db::Sql insert_version_sql = R"(
    insert into post_version (post_id, version, markdown, written_by, written_at_ms)
    values ($1, 1, $2, $3, $4))";
constexpr db::Sql insert_entry_sql = R"(
    insert into search_entry (id, post_id, document, waiting)
    values ($1, $2, $3, 0))";
constexpr db::Sql insert_fts5_sql = "insert into post_search (rowid, document) values ($1, $2)";
constexpr db::Sql insert_support_sql = R"(
    insert into support (member_id, post_id, kind, given_at_ms)
    values ($1, $2, $3, $4))";
constexpr db::Sql insert_mark_sql = R"(
    insert into read_mark (member_id, thread_id, number, read_at_ms)
    values ($1, $2, $3, $4))";

// What is remembered of a thread after its posts have been written.
struct Summary {
    std::int64_t id = 0;
    std::int64_t posts = 0;
};

class Filler {
public:
    explicit Filler(db::Database& database) : database_(database) {}

    void write(const std::vector<Thread>& threads) {
        const Done done = database_.write([&](db::Tx& tx) -> Done {
            for (const Thread& thread : threads) write_thread(tx, thread);
            write_words(tx);
            return {};
        });
        CHECK(done.has_value());
    }

    std::int64_t posts() const { return entries_; }
    const std::vector<Summary>& threads() const { return threads_; }

private:
    void write_thread(db::Tx& tx, const Thread& thread) {
        const Post &first = thread.posts.front(), &last = thread.posts.back();
        tx.run(insert_thread_sql, thread.id, thread.group, thread.title, first.author, first.at,
               thread.posts.size(), last.at, last.author);
        std::int64_t number = 0;
        for (const Post& post : thread.posts) write_post(tx, PostId(thread.id, ++number), post);
        threads_.push_back({thread.id.value(), number});
    }

    void write_post(db::Tx& tx, PostId id, const Post& post) {
        const std::int64_t entry = conversation::store::first_entry_of(post.at) + entries_++;
        tx.run(insert_post_sql, id, post.author, post.at, post.html, post.reply_to, post.note,
               post.packed_supports(), entry);
        tx.run(insert_version_sql, id, post.markdown, post.author, post.at);
        tx.run(insert_entry_sql, entry, id, post.document);
        words_.emplace_back(entry, post.document);
        for (const Support& support : post.supports)
            tx.run(insert_support_sql, support.member, id, support.kind, post.at);
    }

    // FTS5 writes a part of its index each time that a number is smaller than the one before.
    void write_words(db::Tx& tx) {
        std::ranges::sort(words_);
        for (const auto& [entry, document] : words_) tx.run(insert_fts5_sql, entry, document);
        words_.clear();
    }

    db::Database& database_;
    std::int64_t entries_ = 0;
    std::vector<std::pair<std::int64_t, std::string_view>> words_;  // of the batch that is written
    std::vector<Summary> threads_;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Makes the next batch while one is written.
void fill_posts(Filler& filler, const Options& options) {
    Generator generator(options.posts, options.seed);
    const auto start = std::chrono::steady_clock::now();
    const auto make = [&] { return generator.batch(posts_per_batch); };
    for (auto batch = make(); !batch.empty();) {
        auto next = std::async(std::launch::async, make);
        filler.write(batch);
        batch = next.get();
        std::fprintf(stderr, "\r%lld posts, %.0f a second ", static_cast<long long>(filler.posts()),
                     static_cast<double>(filler.posts()) / seconds_since(start));
    }
    std::fprintf(stderr, "\n");
}

// ---- what the benchmark reads and writes -------------------------------------------------------------------

struct Chosen {
    std::vector<Summary> read;  // at random
    std::vector<Summary> full;  // at random, of those whose first page is full
    std::vector<std::int64_t> written;
};

Chosen choose(const std::vector<Summary>& threads, Dice& dice) {
    std::vector<Summary> mixed = threads;
    for (std::size_t i = mixed.size(); i > 1; --i)
        std::swap(mixed[i - 1], mixed[static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(i)))]);
    Chosen out;
    const std::size_t reads = std::min(read_threads, mixed.size());
    out.read.assign(mixed.begin(), mixed.begin() + static_cast<std::ptrdiff_t>(reads));
    for (const Summary& thread : mixed)
        if (thread.posts >= conversation::posts_per_page && out.full.size() < read_threads)
            out.full.push_back(thread);
    for (auto at = mixed.rbegin(); at != mixed.rend() && out.written.size() < written_threads; ++at)
        out.written.push_back(at->id);
    return out;
}

void mark(db::Tx& tx, Dice& dice, std::int64_t member, const Summary& thread) {
    tx.run(insert_mark_sql, member, thread.id, 1 + dice.below(thread.posts), newest);
}

// Members have read half of the threads that are measured and most of the newest.
void add_read_marks(db::Tx& tx, const std::vector<Summary>& threads, const std::vector<Summary>& read,
                    Dice& dice) {
    const std::size_t old = threads.size() - std::min(newest_threads, threads.size());
    const auto is_new = [&](const Summary& thread) { return thread.id > threads[old].id; };
    for (std::int64_t member = 1; member <= everywhere; ++member) {
        for (const Summary& thread : read)
            if (!is_new(thread) && dice.chance(0.5)) mark(tx, dice, member, thread);
        for (std::size_t i = old; i < threads.size(); ++i)
            if (is_new(threads[i]) && dice.chance(0.7))
                tx.run(insert_mark_sql, member, threads[i].id, threads[i].posts, newest);
    }
    // Everybody else: two people for each thread.
    for (const Summary& thread : threads) {
        const std::int64_t first = everywhere + 1 + dice.below(members - everywhere - 1);
        mark(tx, dice, first, thread);
        mark(tx, dice, first + 1, thread);
    }
}

struct SignedIn {
    std::string cookie;
    std::string form_token;
};

constexpr db::Sql form_token_sql = R"(
    select form_token
    from session
    where member_id = $1
    order by id desc
    limit 1)";

std::vector<SignedIn> sign_in(db::Tx& tx, std::uint64_t seed) {
    SeededRandom random(seed);
    std::vector<SignedIn> out;
    for (std::int64_t id = 1; id <= sessions; ++id) {
        auto cookie = identity::start_session(tx, MemberId(id), "Bench", random);
        if (!cookie) throw std::runtime_error("no session: " + cookie.error().message);
        out.push_back({*std::move(cookie), tx.one<std::string>(form_token_sql, id)});
    }
    return out;
}

// ---- bench.json --------------------------------------------------------------------------------------------

// Of the tables, and of what this program writes beside them.
std::string version_of_form() {
    constexpr std::string_view version_of_bench_json = "2";
    std::string all(version_of_bench_json);
    for (const embed::File& file : embed::schema()) all += file.bytes;
    return crypto::digest_hex(all);
}

// How the file begins: tells whether it is the one that is wanted.
std::string head_of(const Options& options) {
    return "{\"form\":\"" + version_of_form() + "\",\"posts\":" + std::to_string(options.posts) +
           ",\"seed\":" + std::to_string(options.seed) + ",";
}

bool is_there(const Options& options) {
    const fs::path file = options.data / "bench.json";
    std::error_code error;
    const auto made = fs::last_write_time(file, error);
    if (error || fs::file_time_type::clock::now() - made > good_for) return false;
    std::string head(head_of(options).size(), ' ');
    std::ifstream(file).read(head.data(), static_cast<std::streamsize>(head.size()));
    return head == head_of(options);
}

template <class Range, class Value>
void write_array(JsonWriter& j, std::string_view name, const Range& range, Value&& value) {
    j.array(name);
    for (const auto& item : range) j.value(value(item));
    j.end();
}

std::string describe(const Options& options, const Chosen& chosen, const std::vector<SignedIn>& people,
                     std::int64_t threads) {
    const auto itself = [](const auto& value) { return value; };
    const std::span<const SignedIn> everyone(people);
    const auto first = everyone.first(everywhere);
    std::vector<std::int64_t> groups;
    for (std::int64_t id = 1; id <= group_count; ++id) groups.push_back(id);
    std::vector<std::string> common;
    for (std::int64_t rank = 81; rank <= 96; ++rank) common.push_back(pseudo_word(rank));

    JsonWriter j;
    j.object()
        .member("form", version_of_form())
        .member("posts", options.posts)
        .member("seed", options.seed)
        .member("thread_count", threads);
    write_array(j, "cookies", first, [](const SignedIn& person) { return person.cookie; });
    write_array(j, "form_tokens", first, [](const SignedIn& person) { return person.form_token; });
    write_array(j, "stream_cookies", everyone, [](const SignedIn& person) { return person.cookie; });
    const auto id = [](const Summary& thread) { return thread.id; };
    write_array(j, "threads", chosen.read, id);
    write_array(j, "full_threads", chosen.full, id);
    write_array(j, "writing_threads", chosen.written, itself);
    write_array(j, "groups", groups, itself);
    write_array(j, "common_words", common, itself);
    write_array(j, "rare_words", rare_words, itself);
    return j.end().str() + "\n";
}

// Only when everything else is done: the file says that the folder is complete.
void save(const fs::path& file, const std::string& text) {
    std::ofstream out(file);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

// ---- the whole ---------------------------------------------------------------------------------------------

std::unique_ptr<db::Database> open(const fs::path& data, const Clock& clock) {
    db::Options options;
    options.file = data / "kith.db";
    options.slow_query_ms = 60'000;
    auto database = db::Database::open(options, clock);
    if (!database) throw std::runtime_error(database.error().message);
    return *std::move(database);
}

void make_empty(const fs::path& data, const Clock& clock) {
    for (const char* const name : {"bench.json", "kith.db", "kith.db-wal", "kith.db-shm"})
        fs::remove(data / name);
    fs::create_directories(data);
    const auto migrated = db::migrate(*open(data, clock), embed::schema());
    if (!migrated) throw std::runtime_error(migrated.error().message);
}

// A crash loses the folder, and the next run makes it again. Before the first read: without readers the journal can
// be switched off.
void hurry(db::Database& database) {
    database.execute(
        "pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off;"
        "pragma cache_size = -262144;"
        "insert into post_search (post_search, rank) values ('hashsize', 67108864);");
}

void settle(db::Database& database) {
    database.execute(
        "insert into thread_count select group_id, count(*) from thread group by group_id;"
        "insert into post_search (post_search, rank) values ('hashsize', 1048576);"
        // A real index grew post by post and owes no large merge; this one would pay it with the first posts.
        "insert into post_search (post_search) values ('optimize');"
        "pragma journal_mode = wal; analyze;");
}

void fill(const Options& options) {
    const SystemClock clock;
    make_empty(options.data, clock);
    const auto database = open(options.data, clock);
    hurry(*database);
    Dice dice(options.seed + 1);
    const auto must_write = [&](auto&& rule) {
        const Done done = database->write([&](db::Tx& tx) -> Done {
            rule(tx);
            return {};
        });
        CHECK(done.has_value());
    };
    must_write([&](db::Tx& tx) {
        add_settings(tx);
        add_members(tx);
        add_groups(tx, dice);
    });
    Filler filler(*database);
    fill_posts(filler, options);
    const Chosen chosen = choose(filler.threads(), dice);
    std::vector<SignedIn> people;
    must_write([&](db::Tx& tx) {
        add_read_marks(tx, filler.threads(), chosen.read, dice);
        people = sign_in(tx, options.seed);
    });
    settle(*database);
    save(options.data / "bench.json",
         describe(options, chosen, people, static_cast<std::int64_t>(filler.threads().size())));
}

template <class Number>
Number number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::runtime_error("not a number: " + std::string(text));
    return value;
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i], value = argv[i + 1];
        if (name == "--data") options.data = value;
        else if (name == "--posts") options.posts = number<std::int64_t>(value);
        else if (name == "--seed") options.seed = number<std::uint64_t>(value);
        else throw std::runtime_error("unknown option " + std::string(name));
    }
    if (options.data.empty() || options.posts < 1 || argc % 2 == 0)
        throw std::runtime_error("wanted: --data DIR [--posts N] [--seed N]");
    return options;
}

}  // namespace
}  // namespace kith::bench

int main(int argc, char** argv) {
    try {
        const auto options = kith::bench::parse(argc, argv);
        if (!kith::bench::is_there(options)) kith::bench::fill(options);
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "kith_bench_fill: %s\n", problem.what());
        return 1;
    }
}

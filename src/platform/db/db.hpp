#pragma once

#include <atomic>
#include <boost/pfr.hpp>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"
#include "base/enum.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "platform/db/options.hpp"
#include "platform/live/change.hpp"

// One database, two engines: SQLite (the default) and PostgreSQL. One SQL text serves both.
//
//   database.read([&](db::ReadTx& tx) { return store::find_thread(tx, id); });
//   database.write([&](db::Tx& tx) -> Result<PostId> { return write_post(tx, actor, draft); });
namespace kith::db {

// The text of a statement: a literal, so that no user text can become SQL. Use $1 $2 ... for parameters.
// Prepared once per connection, known by its address: define it as a named constant beside its function.
class Sql {
public:
    consteval Sql(const char* text) : text_(text) {}
    constexpr const char* text() const { return text_; }

private:
    const char* text_;
};

// The database cannot serve now: disk full, connection lost, too long busy. Nothing of the transaction
// remains. Shown as a calm page with status 503; the next call may work again.
class Unavailable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// A statement took longer than ReadTx::limit_time allows. Nothing else may run in its transaction.
class TooSlow : public Unavailable {
public:
    using Unavailable::Unavailable;
};

// A statement that can never work: wrong SQL, a broken constraint, a value of the wrong type.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// One parameter. Text and blobs are borrowed until the statement has been started.
struct Param {
    enum class Type { null, integer, real, text, blob };
    Type type = Type::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view bytes{};
};

// A running statement, owned by its connection; used through Row and Rows.
class Cursor {
public:
    virtual ~Cursor() = default;
    virtual bool next() = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view bytes(int column) const = 0;  // text or blob, valid until next()
    virtual std::int64_t affected() const = 0;             // rows written, after the last next()
    virtual void finish() noexcept = 0;
};

// A blob as a parameter: `db::Blob{digest}`.
struct Blob {
    std::string_view bytes;
};

template <class T>
Param to_param(const T& value);

// The current row. `get<T>(column)`: integers, bool, double, std::string, std::string_view (valid until the
// next row), ids, Time, enums with words, std::optional of these.
class Row {
public:
    explicit Row(const Cursor& cursor) : cursor_(cursor) {}

    template <class T>
    T get(int column) const;

private:
    const Cursor& cursor_;
};

// The result of a query as a range of Row. Close it (leave its scope) before running the same statement again.
class Rows {
public:
    explicit Rows(Cursor& cursor) : cursor_(&cursor) {}
    Rows(Rows&& other) noexcept : cursor_(std::exchange(other.cursor_, nullptr)) {}
    Rows& operator=(Rows&&) = delete;
    ~Rows() {
        if (cursor_) cursor_->finish();
    }

    class Iterator {
    public:
        explicit Iterator(Cursor* cursor) : cursor_(cursor) {}
        Row operator*() const { return Row(*cursor_); }
        Iterator& operator++() {
            if (!cursor_->next()) cursor_ = nullptr;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return cursor_ != other.cursor_; }

    private:
        Cursor* cursor_;
    };
    Iterator begin() { return Iterator(cursor_->next() ? cursor_ : nullptr); }
    Iterator end() { return Iterator(nullptr); }

private:
    Cursor* cursor_;
};

enum class Engine { sqlite, postgres };

// One connection to one engine; only platform/db and tests see it.
class Connection {
public:
    virtual ~Connection() = default;
    virtual Engine engine() const = 0;
    // Starts a statement; at most one run of the same statement at a time.
    virtual Cursor& start(Sql sql, std::span<const Param> params) = 0;
    // Runs statements without parameters, several at once if need be: migrations, begin, commit, pragmas.
    virtual void execute(const std::string& script) = 0;
    // As ReadTx::limit_time; ends with the transaction.
    virtual void limit_time(std::int64_t ms) = 0;
};

// A consistent view for reading. It has no way to write.
class ReadTx {
public:
    ReadTx(Connection& connection, Time now) : connection_(connection), now_(now) {}
    ReadTx(const ReadTx&) = delete;
    ReadTx& operator=(const ReadTx&) = delete;

    Time now() const { return now_; }  // one moment for everything in this transaction
    Engine engine() const { return connection_.engine(); }

    // For statements whose cost lies in what a member typed: from here on they are planned for their values, and
    // throw TooSlow after `ms`.
    void limit_time(std::int64_t ms) { connection_.limit_time(ms); }

    // Runs a query row by row.
    template <class... Args>
    Rows query(Sql sql, const Args&... args) {
        return Rows(start(sql, args...));
    }

    // All rows as T: a struct whose fields are the columns in order, or one column's type.
    template <class T, class... Args>
    std::vector<T> all(Sql sql, const Args&... args) {
        std::vector<T> out;
        for (const Row row : query(sql, args...)) out.push_back(read_row<T>(row));
        return out;
    }

    // The first row, if there is one.
    template <class T, class... Args>
    std::optional<T> first(Sql sql, const Args&... args) {
        for (const Row row : query(sql, args...)) return read_row<T>(row);
        return std::nullopt;
    }

    // The only row of a statement that always has one (counts, `exists`).
    template <class T, class... Args>
    T one(Sql sql, const Args&... args) {
        auto row = first<T>(sql, args...);
        CHECK(row.has_value());
        return *std::move(row);
    }

    // Whether there is any row.
    template <class... Args>
    bool exists(Sql sql, const Args&... args) {
        for ([[maybe_unused]] const Row row : query(sql, args...)) return true;
        return false;
    }

    template <class T>
    static T read_row(const Row& row);

protected:
    template <class... Args>
    Cursor& start(Sql sql, const Args&... args) {
        const Param params[sizeof...(Args) + 1] = {to_param(args)..., Param{}};
        return connection_.start(sql, std::span(params, sizeof...(Args)));
    }

    Connection& connection_;
    Time now_;
};

// A transaction that may write. The rule that holds it may run twice (PostgreSQL retries), so it touches
// nothing but the transaction.
class Tx : public ReadTx {
public:
    using ReadTx::ReadTx;

    // Runs a statement that writes and returns how many rows it wrote.
    // With `returning`, use first<T>() or all<T>() instead.
    template <class... Args>
    std::int64_t run(Sql sql, const Args&... args) {
        Cursor& cursor = start(sql, args...);
        const Rows closer(cursor);
        while (cursor.next()) {
        }
        return cursor.affected();
    }

    // Writes a row of the `change` table and tells the listeners of this process after the commit.
    void changed(Change change);

    std::vector<Change>& changes() { return changes_; }

private:
    std::vector<Change> changes_;
};

// Thread-safe; lives as long as the process. With SQLite exactly one connection of the process writes, on a
// thread of its own that commits many transactions at once (group commit) with synchronous=FULL.
// With PostgreSQL a write is serializable and repeated when it lost a race.
class Database {
public:
    // Opens or creates. Fault `unavailable` with a sentence for the operator if that cannot be.
    static Result<std::unique_ptr<Database>> open(const Options& options, const Clock& clock);
    virtual ~Database() = default;

    virtual Engine engine() const = 0;

    // fn(ReadTx&) in one snapshot; its value is returned. Throws Unavailable.
    template <class F>
    auto read(F&& fn) -> std::invoke_result_t<F&, ReadTx&> {
        using T = std::invoke_result_t<F&, ReadTx&>;
        if constexpr (std::is_void_v<T>) {
            read_in([&](ReadTx& tx) { fn(tx); });
        } else {
            std::optional<T> out;
            read_in([&](ReadTx& tx) { out.emplace(fn(tx)); });
            return *std::move(out);
        }
    }

    // fn(Tx&) -> Result<T>. Commits if it succeeds, leaves nothing if it fails or throws. When this
    // returns a value the write survives kill -9 and power loss. Throws Unavailable.
    template <class F>
    auto write(F&& fn) -> std::invoke_result_t<F&, Tx&> {
        std::optional<std::invoke_result_t<F&, Tx&>> out;
        write_in([&](Tx& tx) {
            out.emplace(fn(tx));
            return out->has_value();
        });
        return *std::move(out);
    }

    // Called after each commit, before its writer goes on, with what was changed. Set before serving.
    void on_change(std::function<void(std::span<const Change>)> listener) {
        const std::lock_guard lock(listener_mutex_);
        listener_ = std::move(listener);
        listens_ = listener_ != nullptr;
    }

    // Runs a script outside any transaction of ours (migrations, maintenance), however long it takes.
    virtual void execute(const std::string& script) = 0;

    // fn() while no other node is in here; it uses this database as always. For migrations.
    virtual void exclusively(const std::function<void()>& fn) = 0;

    virtual Counts counts() const = 0;

    // For fault tests: the n-th statement started from now inside a write throws Failure; 0 is never.
    virtual void fail_statement(int nth) = 0;

protected:
    virtual void read_in(const std::function<void(ReadTx&)>& fn) = 0;
    virtual void write_in(const std::function<bool(Tx&)>& fn) = 0;

    void announce(std::span<const Change> changes) const {
        const std::lock_guard lock(listener_mutex_);
        if (listener_ && !changes.empty()) listener_(changes);
    }

    bool listens() const { return listens_; }

private:
    std::function<void(std::span<const Change>)> listener_;
    mutable std::mutex listener_mutex_;
    std::atomic<bool> listens_ = false;
};

// ---- values in and out --------------------------------------------------------------------------------------

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept IdLike = requires(const T& id) {
    { id.value() } -> std::same_as<std::int64_t>;
} && std::constructible_from<T, std::int64_t> && !is_optional<T>;

template <class T>
concept Column = std::integral<T> || std::floating_point<T> || std::same_as<T, std::string> ||
                 std::same_as<T, std::string_view> || std::same_as<T, Time> || IdLike<T> || WordedEnum<T> ||
                 is_optional<T>;

}  // namespace detail

template <class T>
Param to_param(const T& value) {
    if constexpr (std::same_as<T, Blob>) {
        return {Param::Type::blob, 0, 0, value.bytes};
    } else if constexpr (std::integral<T>) {
        return {Param::Type::integer, static_cast<std::int64_t>(value), 0, {}};
    } else if constexpr (std::floating_point<T>) {
        return {Param::Type::real, 0, value, {}};
    } else if constexpr (std::same_as<T, Time>) {
        return {Param::Type::integer, value.ms, 0, {}};
    } else if constexpr (detail::is_optional<T>) {
        return value ? to_param(*value) : Param{};
    } else if constexpr (std::same_as<T, std::nullopt_t>) {
        return {};
    } else if constexpr (WordedEnum<T>) {
        return {Param::Type::text, 0, 0, to_word(value)};
    } else if constexpr (detail::IdLike<T>) {
        return {Param::Type::integer, value.value(), 0, {}};
    } else {
        return {Param::Type::text, 0, 0, std::string_view(value)};
    }
}

template <class T>
T Row::get(int column) const {
    if constexpr (detail::is_optional<T>) {
        if (cursor_.is_null(column)) return std::nullopt;
        return get<typename T::value_type>(column);
    } else if constexpr (std::same_as<T, bool>) {
        return cursor_.integer(column) != 0;
    } else if constexpr (std::integral<T>) {
        return static_cast<T>(cursor_.integer(column));
    } else if constexpr (std::floating_point<T>) {
        return cursor_.real(column);
    } else if constexpr (std::same_as<T, Time>) {
        return Time{cursor_.integer(column)};
    } else if constexpr (WordedEnum<T>) {
        const auto value = from_word<T>(cursor_.bytes(column));
        if (!value) throw Failure("a column holds a word that its type does not have");
        return *value;
    } else if constexpr (detail::IdLike<T>) {
        return T(cursor_.integer(column));
    } else {
        return T(cursor_.bytes(column));
    }
}

template <class T>
T ReadTx::read_row(const Row& row) {
    if constexpr (detail::Column<T>) {
        return row.get<T>(0);
    } else {
        T out{};
        boost::pfr::for_each_field(out, [&](auto& field, std::size_t index) {
            field = row.get<std::remove_reference_t<decltype(field)>>(static_cast<int>(index));
        });
        return out;
    }
}

}  // namespace kith::db

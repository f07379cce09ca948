#include "platform/db/postgres_connection.hpp"

#include <endian.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

namespace kith::db {

// Rows come in PostgreSQL's binary format: big-endian numbers, text and bytea as they are.
class PostgresCursor final : public Cursor {
public:
    PostgresCursor(PostgresConnection& owner, Sql sql, std::string name)
        : owner_(owner),
          pq_(owner.pq_),
          sql_(sql),
          name_(std::move(name)),
          timer_(owner.options_.slow_query_ms, owner.counters_) {
        PGresult* const result = pq_.prepare(owner.connection_, name_.c_str(), sql.text(), 0, nullptr);
        if (pq_.result_status(result) != PGRES_COMMAND_OK) owner_.fail(result);
        pq_.clear(result);
    }
    ~PostgresCursor() override {
        if (result_) pq_.clear(result_);
    }

    void begin(std::span<const Param> params) {
        CHECK(result_ == nullptr);
        timer_.start(sql_);
        bind(params);
        if (owner_.options_.on_plan && !explained_ && has_plan()) explain(params.size());
        result_ = pq_.exec_prepared(owner_.connection_, name_.c_str(), static_cast<int>(params.size()),
                                    values_.data(), lengths_.data(), formats_.data(), 1);
        const ExecStatusType status = pq_.result_status(result_);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
            timer_.stop();
            owner_.fail(std::exchange(result_, nullptr));
        }
        rows_ = pq_.ntuples(result_);
        row_ = -1;
    }

    bool next() override { return ++row_ < rows_; }
    bool is_null(int column) const override { return pq_.getisnull(result_, row_, column) != 0; }

    std::int64_t integer(int column) const override {
        if (is_null(column)) return 0;
        const char* const data = pq_.getvalue(result_, row_, column);
        switch (pq_.getlength(result_, row_, column)) {
            case 1:
                return *data;
            case 2:
                return static_cast<std::int16_t>(be16toh(load<std::uint16_t>(data)));
            case 4:
                return static_cast<std::int32_t>(be32toh(load<std::uint32_t>(data)));
            case 8:
                return static_cast<std::int64_t>(be64toh(load<std::uint64_t>(data)));
            default:
                throw Failure("a column is no whole number");
        }
    }
    double real(int column) const override {
        if (is_null(column)) return 0;
        if (pq_.ftype(result_, column) != float8_oid) return static_cast<double>(integer(column));
        return std::bit_cast<double>(be64toh(load<std::uint64_t>(pq_.getvalue(result_, row_, column))));
    }
    std::string_view bytes(int column) const override {
        if (is_null(column)) return {};
        return {pq_.getvalue(result_, row_, column),
                static_cast<std::size_t>(pq_.getlength(result_, row_, column))};
    }
    std::int64_t affected() const override {
        const std::string_view text = pq_.cmd_tuples(result_);
        std::int64_t count = 0;
        std::from_chars(text.data(), text.data() + text.size(), count);
        return count;
    }
    void finish() noexcept override {
        pq_.clear(std::exchange(result_, nullptr));
        timer_.stop();
    }

private:
    static constexpr Oid float8_oid = 701;

    template <class T>
    static T load(const char* data) {
        T value;
        std::memcpy(&value, data, sizeof value);
        return value;
    }

    // To explain what has none would end the transaction.
    bool has_plan() const {
        const std::string_view text = sql_.text();
        const std::string_view begin = text.substr(std::min(text.find_first_not_of(" \n"), text.size()));
        return begin.starts_with("select") || begin.starts_with("insert") || begin.starts_with("update") ||
               begin.starts_with("delete") || begin.starts_with("with");
    }

    void explain(std::size_t count) {
        explained_ = true;
        const std::string script = std::string("explain ") + sql_.text();
        PGresult* const plan = pq_.exec_params(owner_.connection_, script.c_str(), static_cast<int>(count),
                                               nullptr, values_.data(), lengths_.data(), formats_.data(), 0);
        std::vector<std::string> lines;
        for (int i = 0; i < pq_.ntuples(plan); ++i) lines.emplace_back(pq_.getvalue(plan, i, 0));
        pq_.clear(plan);
        owner_.options_.on_plan(sql_.text(), lines);
    }

    // Numbers as text, so that the server chooses their width; text and blobs as bytes.
    void bind(std::span<const Param> params) {
        texts_.assign(params.size(), {});
        values_.assign(params.size() + 1, nullptr);
        lengths_.assign(params.size() + 1, 0);
        formats_.assign(params.size() + 1, 0);
        for (std::size_t i = 0; i < params.size(); ++i) {
            const Param& param = params[i];
            switch (param.type) {
                case Param::Type::null:
                    continue;
                case Param::Type::integer:
                    texts_[i] = std::to_string(param.integer);
                    break;
                case Param::Type::real: {
                    char buffer[32];
                    texts_[i].assign(buffer, std::to_chars(buffer, buffer + sizeof buffer, param.real).ptr);
                    break;
                }
                case Param::Type::text:
                case Param::Type::blob:
                    texts_[i] = param.bytes;
                    formats_[i] = 1;
                    break;
            }
            values_[i] = texts_[i].c_str();
            lengths_[i] = static_cast<int>(texts_[i].size());
        }
    }

    PostgresConnection& owner_;
    const Libpq& pq_;
    Sql sql_;
    std::string name_;
    StatementTimer timer_;
    std::vector<std::string> texts_;
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
    PGresult* result_ = nullptr;
    int rows_ = 0, row_ = -1;
    bool explained_ = false;
};

namespace {

// What the configured address does not say otherwise: a network that has silently gone is found out in half a
// minute instead of hours.
PGconn* connect(const Libpq& pq, const std::string& url) {
    const char* const keys[] = {"connect_timeout",
                                "keepalives_idle",
                                "keepalives_interval",
                                "keepalives_count",
                                "tcp_user_timeout",
                                "fallback_application_name",
                                "dbname",
                                nullptr};
    const char* const values[] = {"10", "15", "5", "3", "30000", "kith", url.c_str(), nullptr};
    constexpr int dbname_is_an_address = 1;
    return pq.connect(keys, values, dbname_is_an_address);
}

}  // namespace

PostgresConnection::PostgresConnection(const Options& options, const std::string& node, Counters& counters)
    : pq_(Libpq::get()), connection_(connect(pq_, options.url)), options_(options), counters_(counters) {
    if (pq_.status(connection_) != CONNECTION_OK) {
        const std::string message = pq_.error_message(connection_);
        pq_.finish(connection_);
        throw Unavailable("cannot reach PostgreSQL: " + message);
    }
    pq_.set_notice_processor(connection_, [](void*, const char*) {}, nullptr);
    execute(
        "set client_min_messages = warning; set timezone = 'UTC'; set statement_timeout = '60s';"
        "set kith.node = '" +
        node + "';" + (options.read_only ? "set default_transaction_read_only = on" : ""));
    ++counters_.connections;
}

PostgresConnection::~PostgresConnection() {
    cursors_.clear();
    pq_.finish(connection_);
    --counters_.connections;
}

bool PostgresConnection::usable() const {
    return !retired_ && pq_.status(connection_) == CONNECTION_OK &&
           pq_.transaction_status(connection_) == PQTRANS_IDLE;
}

Cursor& PostgresConnection::start(Sql sql, std::span<const Param> params) {
    if (fail_in_ > 0 && --fail_in_ == 0) throw Failure("a test made this statement fail");
    auto& cursor = cursors_[sql.text()];
    if (!cursor) cursor = std::make_unique<PostgresCursor>(*this, sql, "s" + std::to_string(++prepared_));
    cursor->begin(params);
    return *cursor;
}

void PostgresConnection::execute(const std::string& script) {
    PGresult* const result = pq_.exec(connection_, script.c_str());
    const ExecStatusType status = pq_.result_status(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result);
    pq_.clear(result);
}

// A general plan knows nothing of the words that are looked for.
void PostgresConnection::limit_time(std::int64_t ms) {
    execute("set local statement_timeout = " + std::to_string(ms) +
            "; set local plan_cache_mode = force_custom_plan");
}

void PostgresConnection::fail(PGresult* result) {
    const char* const field = result ? pq_.result_error_field(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string state = field ? field : "";
    // The primary message alone: details quote values of rows.
    const char* const primary = result ? pq_.result_error_field(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const std::string message = primary ? primary : pq_.error_message(connection_);
    pq_.clear(result);
    // 40: lost a race. 23505 can be one too, under serializable: it is repeated and then shows itself.
    if (state == "40001" || state == "40P01" || state == "23505") throw LostRace(message);
    // 08 connection, 53 resources (disk full), 57 shut down or cancelled, 58 system; none: the socket died.
    const std::string_view kind = std::string_view(state).substr(0, 2);
    if (state == "57014") throw TooSlow(message);
    if (state.empty() || kind == "08" || kind == "53" || kind == "57" || kind == "58") {
        retire();
        throw Unavailable(message);
    }
    throw Failure(message);
}

}  // namespace kith::db

#include "app/serve.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <limits>
#include <optional>
#include <system_error>
#include <thread>

#include "app/metrics_server.hpp"
#include "app/upkeep.hpp"
#include "crises/crises.hpp"
#include "mailing/mailing.hpp"
#include "paging/paging.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/migrate.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/writer.hpp"
#include "platform/log/log.hpp"
#include "pushing/pushing.hpp"
#include "rota/rota.hpp"
#include "site/site.hpp"

namespace kith::app {
namespace {

int threads_of(const config::Config& config) {
    const unsigned cores = std::thread::hardware_concurrency();
    return config.io_threads > 0 ? config.io_threads : static_cast<int>(std::max(1u, cores));
}

db::Options database_options(const config::Config& config, bool read_only) {
    db::Options options;
    options.url = config.database;
    options.connections = config.database_connections;
    options.slow_query_ms = config.slow_query_ms;
    options.read_only = read_only;
    options.file = config.data / "kith.db";
    return options;
}

http::ServerOptions server_options(const config::Config& config) {
    http::ServerOptions options;
    options.address = config.address;
    options.port = config.port;
    options.io_threads = threads_of(config);
    options.write_workers = config.write_workers;
    options.trusted_proxies = config.trusted_proxies;
    return options;
}

mailing::Post post_of(const config::Config& config) {
    return {
        {config.smtp_url, config.smtp_user, config.smtp_password, config.smtp_ca.string(), config.mail_from},
        config.mail_bounces,
        {config.mail_inbox, config.smtp_user, config.smtp_password, config.smtp_ca.string()},
        config.mail_checked_by};
}

// Event streams are a descriptor each.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Blocks the signals that end the server in every thread that starts later; `wait` gets them.
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        // A client that hangs up, or a file that may not grow, is an error of that write alone.
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGXFSZ, SIG_IGN);
    }
    void wait() {
        int signal = 0;
        sigwait(&set_, &signal);
    }

private:
    sigset_t set_;
};

// Whoever finds an empty server first must not become its host: the code that the set-up page asks for, if it
// asks. Before it listens.
std::string setup_code(App& app, const config::Config& config) {
    if (app.services().site()->ready || config::is_private(config)) return {};
    const std::string code = app.services().random.token(9);
    site::use_setup_code(code);
    return code;
}

void announce(App& app, cli::Invocation& call, int port, const std::string& code, const Greeting& greeting) {
    const config::Config& config = call.config;
    const bool ready = app.services().site()->ready;
    const std::optional<config::Mistake> warning = config::unprotected(config);
    if (call.json) {
        JsonWriter j;
        j.object().member("url", config.public_url).member("address", config.address).member("port", port);
        j.member("set_up", ready);
        if (!code.empty()) j.member("setup_code", code);
        if (warning) j.member("warning", warning->where + ": " + warning->what);
        if (greeting.json) greeting.json(j);
        j.end();
        call.out << j.str() << "\n";
    } else {
        call.out << greeting.words << "Kith is at " << config.public_url << " (listening on "
                 << config.address << ":" << port << "). Ctrl-C ends it.\n";
        if (!ready) call.out << "Next: open this address and set up your community.\n";
        if (!code.empty()) call.out << "The set-up page asks for this code: " << code << "\n";
        if (warning) call.out << "Take care. " << warning->where << ": " << warning->what << ".\n";
    }
    call.out.flush();
}

// Files of ours are for our account alone, whatever the umask says.
std::error_code make_data_folder(const std::filesystem::path& folder) {
    ::umask(0077);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::error_code ignored;
    for (const char* const name : {"kith.db", "kith.db-wal", "kith.db-shm", "kith.db.lock"})
        std::filesystem::permissions(
            folder / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    return error;
}

// However `serve` ends, no change is handed to a server that is gone.
struct Listening {
    Listening(App& app_in, http::Server& server) : app(app_in) { app.listen(&server); }
    Listening(const Listening&) = delete;
    ~Listening() { app.listen(nullptr); }
    App& app;
};

Done prepare(db::Database& database, bool read_only) {
    if (read_only) return db::check_migrated(database, embed::schema());
    TRY(db::migrate(database, embed::schema()));
    return {};
}

// ---- opening -----------------------------------------------------------------------------------------------

// Where a dry run finds an empty database if there is none yet; gone at the end.
struct EmptyPlace {
    EmptyPlace() {
        std::string pattern = (std::filesystem::temp_directory_path() / "kith-dry-run-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw db::Unavailable("cannot make a temporary folder");
        folder = pattern;
    }
    EmptyPlace(const EmptyPlace&) = delete;
    ~EmptyPlace() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    std::filesystem::path folder;
};

bool has_database(const config::Config& config) {
    std::error_code ignored;
    return std::filesystem::exists(database_options(config, true).file, ignored);
}

}  // namespace

int with_app_for_command(cli::Invocation& call, const std::function<int(App&)>& use) {
    call.config.slow_query_ms = std::numeric_limits<int>::max();
    return with_app(call, use);
}

int with_app(cli::Invocation& call, const std::function<int(App&)>& use) {
    const config::Config& config = call.config;
    log::configure(from_word<log::Level>(config.log_level).value_or(log::Level::info), config.log_addresses);
    const SystemClock clock;
    crypto::SystemRandom random;
    const bool looks_only = call.read_only || call.has("dry-run");
    std::optional<EmptyPlace> empty;
    if (config.database.empty() && call.has("dry-run") && !has_database(config))
        call.config.data = empty.emplace().folder;
    const bool reads_only = looks_only && !empty;
    if (config.database.empty() && !reads_only && make_data_folder(config.data))
        return cli::report(call, {Fault::unavailable, "cannot make the folder " + config.data.string(), ""});
    auto database = db::Database::open(database_options(config, reads_only), clock);
    if (!database) return cli::report(call, database.error());
    if (const Done ready = prepare(**database, reads_only); !ready) return cli::report(call, ready.error());
    conversation::limit_writing(config.posts_per_minute);
    mailing::use_post(post_of(config));
    crises::use_contact_key(crises::contact_key_in(call.config.data, random, !reads_only));
    paging::use_pager({{config.page_url, config.page_secret}, config.public_url});
    if (!config.push_services.empty()) pushing::use_services(config.push_services);
    App app(config, **database, clock, random);
    return use(app);
}

int serve(App& app, cli::Invocation& call, const Greeting& greeting) {
    raise_descriptor_limit();
    EndSignals signals;
    const std::string code = setup_code(app, call.config);
    http::Server server(server_options(call.config), app.application(), app.services().clock,
                        app.services().random);
    try {
        server.start();
    } catch (const std::system_error& problem) {
        return cli::report(
            call, {Fault::unavailable,
                   "cannot listen on " + call.config.address + ":" + std::to_string(call.config.port) + ": " +
                       problem.code().message() + "; another port goes with --port 8081, or KITH_PORT=8081",
                   ""});
    }
    const MetricsServer metrics(call.config, server, app);
    const Listening listening(app, server);
    const Done given_back = app.services().db.write([](db::Tx& tx) -> Done {
        jobs::give_back_leased(tx);
        return {};
    });
    CHECK(given_back);
    jobs::Runner urgent(app.services(), all_jobs(app.services()), jobs::Lane::urgent);
    jobs::Runner runner(app.services(), all_jobs(app.services()));
    jobs::Runner slow(app.services(), all_jobs(app.services()), jobs::Lane::slow);
    urgent.start();
    runner.start();
    slow.start();
    jobs::Every every;
    every.add("write read marks", 2 * second_ms, [&app] { app.flush(); });
    every.add("index posts", 500, [&app] { app::index_posts(app.services()); });
    every.add("remember hours", minute_ms, [&app] { rota::remember_hours(app.services().db); });
    rota::remember_hours(app.services().db);
    every.start();
    announce(app, call, server.port(), code, greeting);
    signals.wait();
    server.stop();
    urgent.stop();
    runner.stop();
    slow.stop();
    every.stop();  // runs each task once more
    return 0;
}

}  // namespace kith::app

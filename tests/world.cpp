#include "tests/world.hpp"

#include <atomic>
#include <cctype>
#include <cstdlib>

#include "platform/crypto/crypto.hpp"
#include "platform/db/migrate.hpp"
#include "platform/embed/embed.hpp"

namespace kith::test {
namespace {

std::filesystem::path fresh_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kith-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    return pattern;
}

std::unique_ptr<db::Database> open_or_throw(const db::Options& options, const Clock& clock) {
    auto opened = db::Database::open(options, clock);
    if (!opened) throw std::runtime_error(opened.error().message);
    return *std::move(opened);
}

}  // namespace

std::string postgres_url() {
    const char* const url = std::getenv("KITH_TEST_POSTGRES");
    return url ? url : "";
}

World::World(db::Engine engine, db::Options how) : folder(fresh_folder()), options(std::move(how)) {
    static const bool cheap = (crypto::make_hashing_cheap_for_tests(), true);
    static_cast<void>(cheap);
    options.file = folder / "kith.db";
    if (engine == db::Engine::postgres) {
        schema_ = folder.filename().string();
        for (char& c : schema_) c = c == '-' ? '_' : static_cast<char>(std::tolower(c));
        options.url = postgres_url();
        open_or_throw(options, clock)->execute("create schema \"" + schema_ + "\"");
        options.url += (options.url.find('?') == std::string::npos ? "?" : "&");
        options.url += "options=-csearch_path%3D" + schema_;
        options.connections = 4;
    }
    options_ = options;
    database = open_or_throw(options, clock);
    const auto migrated = db::migrate(*database, embed::schema());
    if (!migrated) throw std::runtime_error(migrated.error().message);
    services = std::make_unique<Services>(*database, clock, random, versions);
}

void World::reopen(const std::function<void(db::Options&)>& change) {
    change(options_);
    services.reset();
    database.reset();
    database = open_or_throw(options_, clock);
    services = std::make_unique<Services>(*database, clock, random, versions);
}
std::unique_ptr<db::Database> World::open_again(db::Options how) const { return open_or_throw(how, clock); }

World::~World() {
    if (!schema_.empty()) database->execute("drop schema \"" + schema_ + "\" cascade");
    services.reset();
    database.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

}  // namespace kith::test

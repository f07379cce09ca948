#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "crises/crises.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/unicode.hpp"

namespace kith::crises {
namespace {

constexpr std::size_t secret_bytes = 32;

std::string read_secret(const std::filesystem::path& file) {
    std::ifstream in(file);
    return text::trim(std::string(std::istreambuf_iterator<char>(in), {}));
}

// For our account alone. Of two processes that begin at once the first makes it.
void make_secret(const std::filesystem::path& file, Random& random) {
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0) return;
    const std::string secret = random.token(secret_bytes) + "\n";
    const bool is_kept = ::write(out, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) &&
                         ::fsync(out) == 0;
    ::close(out);
    if (!is_kept) ::unlink(file.c_str());
}

}  // namespace

std::string contact_key_in(const std::filesystem::path& folder, Random& random, bool may_make) {
    const std::filesystem::path file = folder / "contact.key";
    if (may_make && !std::filesystem::exists(file)) make_secret(file, random);
    const std::string secret = read_secret(file);
    return secret.size() < secret_bytes ? std::string() : crypto::digest("contact details " + secret);
}

}  // namespace kith::crises

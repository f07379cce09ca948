#include "platform/picture/recode.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <semaphore>
#include <thread>

#include "platform/picture/exit_codes.hpp"
#include "platform/words/words.hpp"

namespace kith::picture {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t output_most = 4 * 1024 * 1024;
constexpr auto patience = std::chrono::seconds(20), turn_patience = std::chrono::seconds(5);

std::string& program() {
    static std::string path = "/proc/self/exe";
    return path;
}

// Two at a time, each with a processor and up to a gigabyte; a few more wait for a moment, so that those who upload
// never take the threads that others need.
std::counting_semaphore<2>& turns() {
    static std::counting_semaphore<2> all(2);
    return all;
}
std::counting_semaphore<4>& seats() {
    static std::counting_semaphore<4> all(4);
    return all;
}
bool wait_for_turn() {
    if (turns().try_acquire()) return true;
    if (!seats().try_acquire()) return false;
    const bool taken = turns().try_acquire_for(turn_patience);
    seats().release();
    return taken;
}
struct Turn {
    const bool taken = wait_for_turn();
    Turn() = default;
    Turn(const Turn&) = delete;
    ~Turn() {
        if (taken) turns().release();
    }
};

// A process with a socket as its standard input and output.
class Child {
public:
    Child() {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        std::string name = "kith", command = "recode-picture";
        char* const arguments[] = {name.data(), command.data(), nullptr};
        // One thread, and no machine code made while it runs, which a hardened service may not do.
        std::string one_thread = "VIPS_CONCURRENCY=1", no_code = "VIPS_NOVECTOR=1";
        char* const environment[] = {one_thread.data(), no_code.data(), nullptr};
        if (::posix_spawn(&pid_, program().c_str(), &actions, nullptr, arguments, environment) != 0)
            pid_ = -1;
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        socket_ = ends[0];
    }
    Child(const Child&) = delete;
    ~Child() {
        if (socket_ >= 0) ::close(socket_);
        if (pid_ > 0) end();
    }

    bool runs() const { return pid_ > 0; }
    int socket() const { return socket_; }
    // Its exit code; 1 if it had none.
    int end() {
        ::kill(pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        return take(status);
    }
    // It has closed its end: one that does not end as well by then is ended.
    int wait() {
        int status = 0;
        for (int tries = 0; tries < 200; ++tries) {
            if (::waitpid(pid_, &status, WNOHANG) == pid_) return take(status);
            std::this_thread::sleep_for(milliseconds(10));
        }
        return end();
    }

private:
    int take(int status) {
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    }

    pid_t pid_ = -1;
    int socket_ = -1;
};

// Sends all, then reads until the end. False when it took too long or said too much.
bool talk(int socket, std::string_view in, std::string& out) {
    const auto deadline = Clock::now() + patience;
    std::array<char, 64 * 1024> piece{};
    if (in.empty()) ::shutdown(socket, SHUT_WR);
    for (bool reading = true; reading;) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now()).count();
        pollfd wait{socket, static_cast<short>(in.empty() ? POLLIN : POLLIN | POLLOUT), 0};
        if (left <= 0) return false;
        const int ready = ::poll(&wait, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        if ((wait.revents & POLLOUT) != 0 && !in.empty()) {
            const ssize_t sent = ::send(socket, in.data(), in.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            // Whoever has seen enough reads no more, and says why by its exit code.
            if (sent < 0 && errno != EAGAIN) in = {};
            if (sent > 0) in.remove_prefix(static_cast<std::size_t>(sent));
            if (in.empty()) ::shutdown(socket, SHUT_WR);
        }
        if ((wait.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            const ssize_t got = ::recv(socket, piece.data(), piece.size(), MSG_DONTWAIT);
            if (got > 0) out.append(piece.data(), static_cast<std::size_t>(got));
            reading = got > 0 || (got < 0 && errno == EAGAIN);
            if (out.size() > output_most) return false;
        }
    }
    return true;
}

// Only the chunks that are the picture (RFC 9649): libvips writes EXIF of its own, even where nothing was left to say.
std::string without_extras(std::string_view webp) {
    constexpr std::size_t header = 12, chunk_header = 8;
    if (webp.size() < header) return {};
    std::string out(webp.substr(0, header));
    webp.remove_prefix(header);
    while (webp.size() >= chunk_header) {
        std::uint32_t size = 0;
        std::memcpy(&size, webp.data() + 4, sizeof size);  // little-endian, as this machine is
        const std::size_t whole = std::min<std::size_t>(chunk_header + size + size % 2, webp.size());
        const std::string_view name = webp.substr(0, 4);
        const bool is_picture = name.starts_with("VP8") || name == "ALPH";
        if (is_picture) out += webp.substr(0, whole);
        // The extended header says what else there is: nothing but transparency any more.
        if (name == "VP8X") out[out.size() - whole + chunk_header] &= 0x10;
        webp.remove_prefix(whole);
    }
    const auto size = static_cast<std::uint32_t>(out.size() - chunk_header);
    std::memcpy(out.data() + 4, &size, sizeof size);
    return out;
}

// Nothing unless it is all that it should be: what decodes foreign bytes is not believed either.
std::optional<Recoded> parse(const std::string& out) {
    Recoded made;
    const char* const end = out.data() + out.size();
    const auto width = std::from_chars(out.data(), end, made.width);
    if (width.ec != std::errc() || width.ptr == end || *width.ptr != ' ') return std::nullopt;
    const auto height = std::from_chars(width.ptr + 1, end, made.height);
    if (height.ec != std::errc() || height.ptr == end || *height.ptr != '\n') return std::nullopt;
    made.webp = without_extras({height.ptr + 1, end});
    const auto is_side = [](int side) { return side >= 1 && side <= side_most; };
    const bool is_webp = made.webp.starts_with("RIFF") &&
                         std::string_view(made.webp).substr(8, 7) == "WEBPVP8";
    if (!is_webp || !is_side(made.width) || !is_side(made.height)) return std::nullopt;
    return made;
}

tl::unexpected<Error> refusal(int code) {
    if (code == code_too_large)
        return invalid("This picture is too large. Please choose a smaller one.", "picture");
    if (code == code_no_library)
        return tl::unexpected(
            Error{Fault::unavailable, t_later("This site cannot take pictures just now."), "picture"});
    return invalid("We cannot read this picture. Please choose a photo as JPEG, PNG, WebP or GIF.",
                   "picture");
}

}  // namespace

void use_program(std::string path) { program() = std::move(path); }

Result<Recoded> recode(std::string_view bytes) {
    const Turn turn;
    if (!turn.taken)
        return tl::unexpected(Error{Fault::too_many,
                                    t_later("Many pictures come in just now. Please try again in a moment."),
                                    "picture"});
    Child child;
    if (!child.runs()) return refusal(code_no_library);
    std::string out;
    if (!talk(child.socket(), bytes, out)) {
        child.end();
        return refusal(code_too_large);
    }
    const int code = child.wait();
    if (code != 0) return refusal(code);
    std::optional<Recoded> made = parse(out);
    if (!made) return refusal(code_unreadable);
    return *std::move(made);
}

}  // namespace kith::picture

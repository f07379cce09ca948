// kith_bench_streams: opens many event streams and tells when each has had an event.
//
//   kith_bench_streams --port 8080 --path /threads/7/events --cookies FILE --streams 10000
//
// FILE has one Cookie header value a line; the streams take them in turn. Lines on standard output:
//   open 10000            every stream has the head of its response
//   all 81234567890123    every stream has had an event since the last one; CLOCK_MONOTONIC in nanoseconds
//   ended 3               streams that the server closed (at most once a second)
// The program ends when its standard input does.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct Options {
    std::uint16_t port = 0;
    std::string path;
    std::string cookies;
    std::size_t streams = 10'000;
};

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "kith_bench_streams: %s\n", why.c_str());
    std::exit(1);
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        give_up("not a number: " + std::string(text));
    return value;
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i], value = argv[i + 1];
        if (name == "--port") options.port = static_cast<std::uint16_t>(number(value));
        else if (name == "--path") options.path = value;
        else if (name == "--cookies") options.cookies = value;
        else if (name == "--streams") options.streams = number(value);
        else give_up("unknown option " + std::string(name));
    }
    if (options.port == 0 || options.path.empty() || options.cookies.empty() || argc % 2 == 0)
        give_up("wanted: --port N --path PATH --cookies FILE [--streams N]");
    return options;
}

std::vector<std::string> requests_from(const Options& options) {
    std::vector<std::string> requests;
    std::ifstream file(options.cookies);
    for (std::string cookie; std::getline(file, cookie);)
        requests.push_back("GET " + options.path +
                           " HTTP/1.1\r\nHost: localhost:" + std::to_string(options.port) +
                           "\r\nAccept: text/event-stream\r\nCookie: " + cookie + "\r\n\r\n");
    if (requests.empty()) give_up("no cookies in " + options.cookies);
    return requests;
}

void allow_many_files() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::int64_t monotonic_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

void say(const char* word, long long value) {
    std::printf("%s %lld\n", word, value);
    std::fflush(stdout);
}

int connect_to(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) give_up(std::string("socket: ") + std::strerror(errno));
    const int small = 4096;  // the kernel's memory is not what is measured
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        give_up(std::string("connect: ") + std::strerror(errno));
    return fd;
}

// One stream. `tail` keeps the last characters read, since a mark may come in two pieces.
struct Stream {
    int fd = -1;
    bool open = false;       // the head of the response has come
    bool has_event = false;  // since the last "all"
    std::string tail;
};

class Streams {
public:
    explicit Streams(const Options& options)
        : port_(options.port), requests_(requests_from(options)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        streams_.resize(options.streams);
        watch(STDIN_FILENO, streams_.size());
        start_some();
    }
    Streams(const Streams&) = delete;
    ~Streams() {
        for (const Stream& stream : streams_)
            if (stream.fd >= 0) close(stream.fd);
        close(epoll_);
    }

    void run() {
        std::vector<epoll_event> events(1024);
        for (;;) {
            const int n = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 1000);
            for (int i = 0; i < n; ++i) {
                const std::size_t at = events[static_cast<std::size_t>(i)].data.u64;
                if (at == streams_.size()) {
                    if (input_ended()) return;
                } else {
                    read_from(streams_[at]);
                }
            }
            if (n == 0 && ended_ > 0) say("ended", static_cast<long long>(std::exchange(ended_, 0)));
        }
    }

private:
    // Few enough at a time that the server, which refuses work past a limit, takes each of them.
    void start_some() {
        constexpr std::size_t most_unanswered = 1000;
        while (started_ < streams_.size() && started_ - open_ < most_unanswered) start(started_++);
    }

    void start(std::size_t at) {
        const std::string& request = requests_[at % requests_.size()];
        Stream& stream = streams_[at];
        stream.fd = connect_to(port_);
        if (write(stream.fd, request.data(), request.size()) != static_cast<ssize_t>(request.size()))
            give_up("the request could not be sent");
        watch(stream.fd, at);
    }

    void watch(int fd, std::size_t at) const {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = at;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }

    static bool input_ended() {
        char buffer[256];
        return read(STDIN_FILENO, buffer, sizeof buffer) <= 0;
    }

    void read_from(Stream& stream) {
        char buffer[4096];
        const ssize_t n = recv(stream.fd, buffer, sizeof buffer, MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) return end(stream);
        stream.tail.append(buffer, static_cast<std::size_t>(n));
        if (!stream.open && !take_head(stream)) return;
        take_event(stream);
    }

    void end(Stream& stream) {
        if (!stream.open) give_up("a stream was closed before its response: " + stream.tail.substr(0, 200));
        close(stream.fd);
        stream.fd = -1;
        ++ended_;
    }

    bool take_head(Stream& stream) {
        const auto end = stream.tail.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        if (!stream.tail.starts_with("HTTP/1.1 200")) give_up("no stream: " + stream.tail.substr(0, 200));
        stream.tail.erase(0, end + 4);
        stream.open = true;
        if (++open_ == streams_.size()) say("open", static_cast<long long>(open_));
        start_some();
        return true;
    }

    // An event has a line "data:"; heartbeats and retry times do not.
    void take_event(Stream& stream) {
        constexpr std::string_view mark = "\ndata:";
        const bool is_event = stream.tail.starts_with("data:") || stream.tail.find(mark) != std::string::npos;
        if (is_event) {
            stream.tail.clear();
        } else if (stream.tail.size() > mark.size()) {
            stream.tail.erase(0, stream.tail.size() - mark.size());
        }
        if (!is_event || stream.has_event) return;
        stream.has_event = true;
        if (++with_event_ == streams_.size()) {
            say("all", monotonic_ns());
            with_event_ = 0;
            for (Stream& each : streams_) each.has_event = false;
        }
    }

    const std::uint16_t port_;
    const std::vector<std::string> requests_;
    int epoll_;
    std::vector<Stream> streams_;
    std::size_t started_ = 0;
    std::size_t open_ = 0;
    std::size_t with_event_ = 0;
    std::size_t ended_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    allow_many_files();
    Streams streams(options);
    streams.run();
}

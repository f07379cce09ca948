// Clients that take their time.
#include "tests/edge.hpp"

namespace kith::http {
namespace {

class LimitsTest : public EdgeTest {
protected:
    // Sends a byte of `text` each quarter of a second, until the other side answers; returns what it says.
    static std::string dribble(Client& client, std::string_view text) {
        for (const char byte : text) {
            client.send({&byte, 1});
            if (!client.is_quiet(250)) break;
        }
        return client.read_all();
    }
    bool all_gone() {
        return eventually([&] { return server->counts().connections == 0; });
    }
};

TEST_F(LimitsTest, close_a_connection_on_which_nothing_comes) {
    options.limits.first_byte_s = options.limits.idle_s = 1;
    start();
    Client silent(port()), kept(port());
    kept.send("GET /memory HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(kept.read_until("from memory").find("from memory"), std::string::npos);
    EXPECT_EQ(silent.read_all(), "");
    EXPECT_EQ(kept.read_all(), "");
    EXPECT_TRUE(all_gone());
}

TEST_F(LimitsTest, end_a_body_that_comes_too_slowly) {
    options.limits.body_s = 1;
    start();
    Client client(port());
    client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n");
    EXPECT_TRUE(dribble(client, std::string(40, 'b')).starts_with("HTTP/1.1 408"));
}

TEST_F(LimitsTest, end_a_request_that_takes_too_long_in_all) {
    options.limits.body_s = 30;
    options.limits.total_s = 1;
    start();
    Client client(port());
    client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n");
    EXPECT_TRUE(dribble(client, std::string(40, 'b')).starts_with("HTTP/1.1 408"));
}

TEST_F(LimitsTest, end_an_answer_that_is_read_too_slowly) {
    options.limits.write_s = 1;
    start();
    Client client(port());
    client.send("GET /large HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(client.read_until("lll").find("lll"), std::string::npos);
    EXPECT_TRUE(all_gone());
    EXPECT_LT(client.read_all().size(), 30'000'000u);
}

TEST_F(LimitsTest, end_an_answer_that_takes_too_long_in_all) {
    options.limits.write_s = 30;
    options.limits.total_s = 1;
    start();
    Client client(port());
    client.send("GET /large HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(client.read_until("lll").find("lll"), std::string::npos);
    EXPECT_TRUE(all_gone());
    EXPECT_LT(client.read_all().size(), 30'000'000u);
}

}  // namespace
}  // namespace kith::http

// Event streams over real sockets: who gets what, in which order, and until when.
#include "tests/edge.hpp"

namespace kith::http {
namespace {

class StreamsTest : public EdgeTest {
protected:
    StreamsTest() { start(); }
};

const std::string end_word = "event: end\n";

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_F(StreamsTest, gives_events_to_open_streams_and_ends_them_with_the_right) {
    Client client(port());
    open_events(client);
    publish(1, ThreadId(9));
    publish(7);
    const std::string events = client.read_until("data: 7\n\n");
    EXPECT_FALSE(holds(events, "data: 1\n"));
    EXPECT_TRUE(holds(events, "data: 7\n"));
    change_rights(false);
    EXPECT_TRUE(holds(client.read_all(), end_word));
    EXPECT_TRUE(eventually([&] { return server->counts().streams == 0; }));
}

TEST_F(StreamsTest, gives_the_stream_of_a_thread_what_is_for_its_member_alone) {
    Client client(port());
    open_events(client);
    server->publish({.kind = Change::Kind::notice, .number = 1, .member = MemberId(4)});
    server->publish({.thread = ThreadId(2), .number = 2, .member = MemberId(3)});
    publish(3);
    EXPECT_EQ(client.read_until("data: 3\n\n"), "id: 2\ndata: 2\n\nid: 3\ndata: 3\n\n");
}

TEST_F(StreamsTest, keeps_the_streams_of_one_member_few) {
    Client one(port()), two(port()), three(port());
    open_events(one);
    open_events(two);
    three.send("GET /events HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_TRUE(three.read_until("</html>").starts_with("HTTP/1.1 429"));
    three.send("GET /memory HTTP/1.1\r\n" + std::string(close_line));
    EXPECT_TRUE(holds(three.read_all(), "from memory"));
}

TEST_F(StreamsTest, opens_none_for_a_look_at_the_header) {
    const std::string answer = ask("HEAD /events HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_TRUE(holds(answer, "text/event-stream"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
    EXPECT_EQ(server->counts().streams, 0);
}

// ---- rights

TEST_F(StreamsTest, holds_an_event_until_the_right_is_confirmed) {
    Barrier answered;
    on_question = [&] { answered.wait(); };
    Client client(port());
    open_events(client);
    change_rights(true);
    publish(7);
    publish(8);
    EXPECT_TRUE(client.is_quiet());
    // The I/O thread, there is but one, serves others meanwhile.
    EXPECT_TRUE(holds(ask("GET /memory HTTP/1.1\r\n" + std::string(close_line)), "from memory"));
    answered.open();
    const std::string events = client.read_until("data: 8\n\n");
    EXPECT_LT(events.find("data: 7\n"), events.find("data: 8\n"));
    EXPECT_EQ(questions, 1);
}

TEST_F(StreamsTest, drops_a_held_event_with_the_right) {
    Barrier answered;
    on_question = [&] { answered.wait(); };
    Client client(port());
    open_events(client);
    change_rights(false);
    publish(7);
    answered.open();
    const std::string rest = client.read_all();
    EXPECT_TRUE(holds(rest, end_word));
    EXPECT_FALSE(holds(rest, "data: 7"));
}

TEST_F(StreamsTest, lets_no_answer_through_that_is_older_than_a_change) {
    Barrier first, second;
    on_question = [&] { (questions == 1 ? first : second).wait(); };
    Client client(port());
    open_events(client);
    change_rights(true);
    EXPECT_TRUE(eventually([&] { return questions == 1; }));
    ++version;  // the right goes while the rules still say yes
    publish(7);
    first.open();
    EXPECT_TRUE(eventually([&] { return questions == 2; }));
    EXPECT_TRUE(client.is_quiet());
    may = false;
    second.open();
    EXPECT_FALSE(holds(client.read_all(), "data: 7"));
}

TEST_F(StreamsTest, asks_once_for_all_streams_of_one_session_and_group) {
    Client one(port()), two(port());
    open_events(one);
    open_events(two);
    change_rights(true);
    publish(7);
    EXPECT_TRUE(holds(one.read_until("data: 7\n\n"), "data: 7"));
    EXPECT_TRUE(holds(two.read_until("data: 7\n\n"), "data: 7"));
    EXPECT_EQ(questions, 1);
}

TEST_F(StreamsTest, lets_the_browser_come_back_when_the_rules_cannot_be_asked) {
    on_question = [] { throw std::runtime_error("the database is gone"); };
    Client client(port());
    open_events(client);
    change_rights(true);
    publish(7);
    EXPECT_EQ(client.read_all(), "");
    EXPECT_TRUE(eventually([&] { return server->counts().streams == 0; }));
}

TEST_F(StreamsTest, looks_again_when_a_right_went_before_the_stream_was_open) {
    on_events = [&] {
        may = false;
        ++version;
    };
    Client client(port());
    client.send("GET /events HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_TRUE(holds(client.read_all(), end_word));
}

TEST_F(StreamsTest, ends_with_the_session) {
    Client lasting(port()), ending(port());
    open_events(lasting);
    open_events(ending, "expires");
    EXPECT_TRUE(ending.is_quiet(1200));
    clock.advance(minute_ms);
    EXPECT_TRUE(holds(ending.read_all(), end_word));
    EXPECT_EQ(server->counts().streams, 1);
}

// ---- what was missed

TEST_F(StreamsTest, resumes_with_what_was_missed_before_what_is_new) {
    Barrier read;
    on_missed = [&] {
        read.wait();
        return std::vector<Change>{{.number = 41, .sequence = 41}, {.number = 42, .sequence = 42}};
    };
    Client client(port());
    open_events(client, "resume");
    publish(42);
    publish(43);
    EXPECT_TRUE(client.is_quiet());
    read.open();
    std::string events = client.read_until("data: 43\n\n");
    publish(44);
    events += client.read_until("data: 44\n\n");
    EXPECT_EQ(events, "id: 41\ndata: 41\n\nid: 42\ndata: 42\n\nid: 43\ndata: 43\n\nid: 44\ndata: 44\n\n");
}

TEST_F(StreamsTest, gives_nothing_missed_to_somebody_who_lost_the_right) {
    on_missed = [&] {
        may = false;
        ++version;
        return std::vector<Change>{{.number = 41, .sequence = 41}};
    };
    Client client(port());
    open_events(client, "resume");
    const std::string rest = client.read_all();
    EXPECT_TRUE(holds(rest, end_word));
    EXPECT_FALSE(holds(rest, "data: 41"));
}

TEST_F(StreamsTest, lets_the_browser_come_back_when_the_missed_cannot_be_read) {
    on_missed = []() -> std::vector<Change> { throw std::runtime_error("gone"); };
    Client client(port());
    open_events(client, "resume");
    EXPECT_EQ(client.read_all(), "");
    EXPECT_TRUE(eventually([&] { return server->counts().streams == 0; }));
}

}  // namespace
}  // namespace kith::http

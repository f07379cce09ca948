#include "transfer/discourse.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "platform/text/ascii.hpp"
#include "platform/text/unicode.hpp"
#include "transfer/addresses.hpp"
#include "transfer/mail/body.hpp"
#include "transfer/mail/dates.hpp"
#include "transfer/people.hpp"

namespace kith::transfer {

using namespace text::ascii;
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

// Where a file with no number in its name goes: behind the others.
std::int64_t number_of(const fs::path& file) {
    const std::string name = file.stem().string();
    const std::size_t begin = name.find_first_of("0123456789");
    std::int64_t number = INT64_MAX;
    if (begin != std::string::npos) std::from_chars(name.data() + begin, name.data() + name.size(), number);
    return number;
}

std::optional<std::string> file_text(const std::string& path, std::string& why_not) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) why_not = "not readable";
    else if (size > DiscourseReader::max_file_bytes) why_not = "too large";
    if (!why_not.empty()) return {};
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file.good() && !file.eof()) why_not = "not readable";
    return why_not.empty() ? std::optional(std::move(text)) : std::nullopt;
}

std::string string_at(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (!value || !value->is_string()) return {};
    return std::string(std::string_view(value->get_string()));
}

std::int64_t number_at(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (!value) return 0;
    if (value->is_int64()) return value->get_int64();
    return value->is_uint64() ? static_cast<std::int64_t>(value->get_uint64() & INT64_MAX) : 0;
}

bool is_set(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (!value || value->is_null()) return false;
    return !value->is_bool() || value->get_bool();
}

const json::array* posts_of(const json::object& topic) {
    const json::value* stream = topic.if_contains("post_stream");
    if (!stream || !stream->is_object()) return nullptr;
    const json::value* posts = stream->get_object().if_contains("posts");
    return posts && posts->is_array() ? &posts->get_array() : nullptr;
}

// Deep nesting is refused by the parser's own limit.
std::optional<json::object> parse_topic(std::string_view text, std::string& why_not) {
    json::error_code error;
    json::value value = json::parse(text, error);
    if (error) {
        why_not = "not JSON";
    } else if (!value.is_object() || number_at(value.get_object(), "id") <= 0 ||
               !posts_of(value.get_object())) {
        why_not = "not a topic";
    }
    if (!why_not.empty()) return {};
    return std::move(value.get_object());
}

// ---- one post ----------------------------------------------------------------------------------------------

std::string post_key(std::int64_t id) { return "p" + std::to_string(id); }

// Whose account is gone has no number and no name: then nobody else's post is by the same person.
std::string author_key(const json::object& post) {
    if (const std::int64_t user = number_at(post, "user_id"); user != 0) return "u" + std::to_string(user);
    const std::string name = lower_case(string_at(post, "username"));
    return name.empty() ? "of " + post_key(number_at(post, "id")) : "n:" + name;
}

// When it was edited. Without a count of its versions: much else touches `updated_at` at once, but little later.
std::optional<Time> edited_at(const json::object& post, Time written_at) {
    const auto updated_at = read_iso_date(string_at(post, "updated_at"));
    if (!updated_at) return {};
    const std::int64_t versions = number_at(post, "version");
    const bool edited = versions > 0 ? versions > 1 : *updated_at - written_at > 5 * minute_ms;
    return edited ? updated_at : std::nullopt;
}

std::int64_t likes_of(const json::object& post) {
    constexpr std::int64_t like = 2;
    const json::value* summary = post.if_contains("actions_summary");
    if (!summary || !summary->is_array()) return 0;
    std::int64_t likes = 0;
    for (const json::value& action : summary->get_array())
        if (action.is_object() && number_at(action.get_object(), "id") == like)
            likes += std::clamp<std::int64_t>(number_at(action.get_object(), "count"), 0, 1'000'000);
    return likes;
}

std::string markdown_of(const json::object& post) {
    return web_to_markdown(string_at(post, "cooked"), {.name_of = person_mark});
}

// Nothing, and why, if the post cannot be taken over.
std::optional<Message> read_post(const json::object& post, const std::string& subject,
                                 std::string_view& why_not) {
    constexpr std::int64_t whisper = 4;
    const std::int64_t id = number_at(post, "id");
    const auto time = read_iso_date(string_at(post, "created_at"));
    Message message;
    if (id <= 0) why_not = "no number";
    else if (!time) why_not = "no date";
    else if (number_at(post, "post_type") == whisper) why_not = "for staff alone";
    else if (message.markdown = markdown_of(post); message.markdown.empty()) why_not = "empty";
    if (!why_not.empty()) return {};
    message.key = post_key(id);
    message.author_key = author_key(post);
    message.author_hint = string_at(post, "name");
    if (message.author_hint.empty()) message.author_hint = string_at(post, "username");
    message.written_at = *time;
    message.edited_at = edited_at(post, *time);
    message.subject = subject;
    message.removed = is_set(post, "deleted_at") || is_set(post, "hidden") || is_set(post, "user_deleted");
    return message;
}

// ---- a topic -----------------------------------------------------------------------------------------------

// Replies name the number of a post; what names none answers the topic's first post.
void link_replies(std::vector<Message>& topic, const std::vector<std::int64_t>& numbers,
                  const std::vector<std::int64_t>& replies) {
    std::map<std::int64_t, std::size_t> by_number;
    for (std::size_t i = 0; i < numbers.size(); ++i) by_number.emplace(numbers[i], i);
    for (std::size_t i = 1; i < topic.size(); ++i) {
        const auto parent = by_number.find(replies[i]);
        const bool known = parent != by_number.end() && parent->second < i;
        topic[i].parent_key = topic[known ? parent->second : 0].key;
    }
}

void skip(Topic& topic, std::string_view why) {
    for (Skipped& known : topic.skipped)
        if (known.reason == why) {
            ++known.count;
            return;
        }
    topic.skipped.push_back({std::string(why), 1});
}

// By the number of the post, whatever the order in the file.
std::multimap<std::int64_t, const json::object*> in_order(const json::array& posts, Topic& topic) {
    std::multimap<std::int64_t, const json::object*> ordered;
    for (const json::value& post : posts) {
        if (post.is_object())
            ordered.emplace(number_at(post.get_object(), "post_number"), &post.get_object());
        else skip(topic, "not a post");
    }
    return ordered;
}

void read_posts(const json::array& posts, Topic& topic) {
    std::vector<std::int64_t> numbers;
    std::vector<std::int64_t> replies;
    for (const auto& [number, post] : in_order(posts, topic)) {
        std::string_view why_not;
        std::optional<Message> message = read_post(*post, topic.title, why_not);
        if (!message) {
            skip(topic, why_not);
            continue;
        }
        if (const std::string name = lower_case(string_at(*post, "username")); !name.empty())
            topic.people.emplace(name, message->author_key);
        topic.likes += likes_of(*post);
        topic.posts.push_back(*std::move(message));
        numbers.push_back(number);
        replies.push_back(number_at(*post, "reply_to_post_number"));
    }
    link_replies(topic.posts, numbers, replies);
}

}  // namespace

bool read_topic(std::string_view text, Topic& topic, std::string& why_not) {
    topic = {};
    why_not.clear();
    const std::optional<json::object> object = parse_topic(text, why_not);
    if (!object) return false;
    const json::array& posts = *posts_of(*object);
    topic.key = "t" + std::to_string(number_at(*object, "id"));
    topic.title = without_addresses(text::one_line(string_at(*object, "title")));
    topic.met = static_cast<std::int64_t>(posts.size());
    if (string_at(*object, "archetype") == "private_message") {
        topic.skipped.push_back({"private message", topic.met});
        return true;
    }
    read_posts(posts, topic);
    if (is_set(*object, "deleted_at"))
        for (Message& post : topic.posts) post.removed = true;
    return true;
}

Result<DiscourseReader> DiscourseReader::open(const std::string& folder) {
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".json" && it->is_regular_file(error)) found.push_back(it->path());
    if (error) return fail(Fault::not_found, "cannot open the folder " + folder + ": " + error.message());
    if (found.empty())
        return fail(Fault::invalid, "there is no topic in " + folder + ": no file in it ends in .json");
    std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) {
        return std::pair(number_of(a), a.string()) < std::pair(number_of(b), b.string());
    });
    DiscourseReader reader;
    for (const fs::path& path : found) reader.files_.push_back(path.string());
    return reader;
}

bool DiscourseReader::next(Topic& topic, std::string& why_not) {
    topic = {};
    why_not.clear();
    if (next_ == files_.size()) return false;
    const std::optional<std::string> text = file_text(files_[next_++], why_not);
    if (text) read_topic(*text, topic, why_not);
    return true;
}

double DiscourseReader::fraction() const {
    return files_.empty() ? 1 : static_cast<double>(next_) / static_cast<double>(files_.size());
}

}  // namespace kith::transfer

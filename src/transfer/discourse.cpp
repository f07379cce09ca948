#include "transfer/discourse.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "platform/text/unicode.hpp"
#include "transfer/mail_text.hpp"

namespace kith::transfer {
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
std::optional<json::object> parse_topic(const std::string& text, std::string& why_not) {
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

std::string post_key(std::int64_t id) { return "p" + std::to_string(id); }

std::optional<Message> read_post(const json::object& post, const std::string& subject) {
    const std::int64_t id = number_at(post, "id");
    const auto time = read_iso_date(string_at(post, "created_at"));
    if (id <= 0 || !time) return {};
    Message message;
    message.key = post_key(id);
    message.author_key = "u" + std::to_string(number_at(post, "user_id"));
    message.author_hint = string_at(post, "name");
    if (message.author_hint.empty()) message.author_hint = string_at(post, "username");
    message.written_at = *time;
    message.subject = subject;
    message.markdown = web_to_markdown(string_at(post, "cooked"));
    message.removed = is_set(post, "deleted_at") || is_set(post, "hidden");
    return message;
}

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

std::vector<Message> read_posts(const json::array& posts, const std::string& title) {
    std::multimap<std::int64_t, const json::object*> ordered;
    for (const json::value& post : posts)
        if (post.is_object())
            ordered.emplace(number_at(post.get_object(), "post_number"), &post.get_object());
    std::vector<Message> topic;
    std::vector<std::int64_t> numbers;
    std::vector<std::int64_t> replies;
    for (const auto& [number, post] : ordered) {
        std::optional<Message> message = read_post(*post, title);
        if (!message) continue;
        topic.push_back(*std::move(message));
        numbers.push_back(number);
        replies.push_back(number_at(*post, "reply_to_post_number"));
    }
    link_replies(topic, numbers, replies);
    return topic;
}

}  // namespace

Result<DiscourseReader> DiscourseReader::open(const std::string& folder) {
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".json" && it->is_regular_file(error)) found.push_back(it->path());
    if (error) return not_found("The folder could not be opened.");
    std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) {
        return std::pair(number_of(a), a.string()) < std::pair(number_of(b), b.string());
    });
    DiscourseReader reader;
    for (const fs::path& path : found) reader.files_.push_back(path.string());
    return reader;
}

bool DiscourseReader::next(std::vector<Message>& topic, std::string& title, std::string& why_not) {
    topic.clear();
    title.clear();
    why_not.clear();
    topic_key_.clear();
    if (next_ == files_.size()) return false;
    const std::optional<std::string> text = file_text(files_[next_++], why_not);
    if (!text) return true;
    const std::optional<json::object> object = parse_topic(*text, why_not);
    if (!object) return true;
    title = text::one_line(string_at(*object, "title"));
    topic = read_posts(*posts_of(*object), title);
    topic_key_ = "t" + std::to_string(number_at(*object, "id"));
    if (topic.empty()) why_not = "empty";
    return true;
}

double DiscourseReader::fraction() const {
    return files_.empty() ? 1 : static_cast<double>(next_) / static_cast<double>(files_.size());
}

}  // namespace kith::transfer

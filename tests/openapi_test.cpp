// What docs/openapi.yaml says of each answer is what is answered: types, names, and nothing that is not written down.
#include <boost/json.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/tour.hpp"
#include "tests/yaml.hpp"
#include "url.hpp"

namespace kith {
namespace {

using test::Answer;
using test::Pages;
using test::Tour;
using test::World;
using test::Yaml;

namespace json = boost::json;

const Yaml& document() {
    static const Yaml parsed = [] {
        std::ifstream in(KITH_SOURCE_DIR "/docs/openapi.yaml");
        std::stringstream text;
        text << in.rdbuf();
        return test::parse_yaml(text.str());
    }();
    return parsed;
}

// "a/b/c" from a node; null if it is not there. References are followed.
const Yaml* at(const Yaml* node, std::initializer_list<std::string_view> path);

const Yaml* resolved(const Yaml* node) {
    const Yaml* const reference = node ? node->find("$ref") : nullptr;
    if (!reference) return node;
    std::stringstream parts(reference->scalar);
    std::string part;
    std::getline(parts, part, '/');  // "#"
    const Yaml* target = &document();
    while (target && std::getline(parts, part, '/')) target = target->find(part);
    EXPECT_NE(target, nullptr) << reference->scalar;
    return target;
}

const Yaml* at(const Yaml* node, std::initializer_list<std::string_view> path) {
    for (const std::string_view key : path) {
        node = resolved(node);
        node = node ? node->find(key) : nullptr;
    }
    return resolved(node);
}

std::vector<std::string> words_of(const Yaml* node) {
    std::vector<std::string> out;
    if (!node) return out;
    if (!node->scalar.empty()) out.push_back(node->scalar);
    for (const Yaml& item : node->items) out.push_back(item.scalar);
    return out;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

std::string_view type_of(const json::value& value) {
    if (value.is_null()) return "null";
    if (value.is_bool()) return "boolean";
    if (value.is_int64() || value.is_uint64()) return "integer";
    if (value.is_double()) return "number";
    if (value.is_string()) return "string";
    return value.is_array() ? "array" : "object";
}

class Checker {
public:
    void check(const json::value& value, const Yaml* schema, const std::string& where) {
        schema = resolved(schema);
        ASSERT_NE(schema, nullptr) << where;
        const auto types = words_of(schema->find("type"));
        EXPECT_TRUE(types.empty() || contains(types, type_of(value))) << where << " is " << type_of(value);
        const auto values = words_of(schema->find("enum"));
        if (!values.empty() && value.is_string()) {
            EXPECT_TRUE(contains(values, std::string(value.as_string())))
                << where << " is " << value.as_string();
        }
        if (value.is_array())
            for (const json::value& item : value.as_array()) check(item, schema->find("items"), where + "[]");
        if (value.is_object()) check_object(value.as_object(), *schema, where);
    }

private:
    static bool has_required(const json::object& object, const Yaml& schema) {
        return std::ranges::all_of(words_of(schema.find("required")),
                                   [&](const std::string& name) { return object.contains(name); });
    }

    // The schemas that describe an object together: of oneOf the first that fits, of allOf all.
    static std::vector<const Yaml*> parts_of(const json::object& object, const Yaml& schema) {
        std::vector<const Yaml*> out{&schema};
        if (const Yaml* const all = schema.find("allOf"))
            for (const Yaml& item : all->items)
                for (const Yaml* part : parts_of(object, *resolved(&item))) out.push_back(part);
        if (const Yaml* const one = schema.find("oneOf"))
            for (const Yaml& item : one->items)
                if (const Yaml& part = *resolved(&item); has_required(object, part)) {
                    out.push_back(&part);
                    break;
                }
        return out;
    }

    static const Yaml* property_in(const std::vector<const Yaml*>& parts, const std::string& name) {
        for (const Yaml* const part : parts)
            if (const Yaml* const properties = part->find("properties"))
                if (const Yaml* const property = properties->find(name)) return property;
        return nullptr;
    }

    void check_object(const json::object& object, const Yaml& schema, const std::string& where) {
        const auto parts = parts_of(object, schema);
        for (const Yaml* const part : parts)
            for (const std::string& name : words_of(part->find("required")))
                EXPECT_TRUE(object.contains(name)) << where << " has no " << name;
        for (const auto& [name, value] : object) {
            const Yaml* const property = property_in(parts, std::string(name));
            EXPECT_NE(property, nullptr) << where << "." << name << " is not written down";
            if (property) check(value, property, where + "." + std::string(name));
        }
    }
};

void check_answer(const Answer& answer, std::string_view pattern, std::string_view method,
                  const std::string& target) {
    const std::string status = std::to_string(answer.status);
    const Yaml* const response = at(&document(), {"paths", pattern, method, "responses", status});
    ASSERT_NE(response, nullptr) << method << " " << target << ": " << status << " is not written down";
    const Yaml* const schema = at(response, {"content", "application/json", "schema"});
    if (!schema) return;
    json::error_code error;
    const json::value value = json::parse(answer.body, error);
    ASSERT_FALSE(error) << target << "\n" << answer.body;
    Checker().check(value, schema, std::string(method) + " " + target);
}

std::vector<std::string> segments(std::string_view path) {
    std::stringstream in{std::string(path.substr(0, path.find('?')))};
    std::vector<std::string> out;
    for (std::string part; std::getline(in, part, '/');) out.push_back(part);
    return out;
}

bool matches(std::string_view pattern, std::string_view target) {
    const auto wanted = segments(pattern), given = segments(target);
    if (wanted.size() != given.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!wanted[i].starts_with('{') && wanted[i] != given[i]) return false;
    return true;
}

TEST(OpenApi, tells_what_every_address_answers) {
    World world(db::Engine::sqlite);
    const Tour tour(world);
    Pages pages(world);
    for (const Tour::Stop& stop : tour.stops()) {
        if (stop.pattern == "/" && !stop.who) continue;  // the welcome page is for people
        check_answer(pages.get(stop.target, stop.who, "application/json"), stop.pattern, "get", stop.target);
    }
}

TEST(OpenApi, tells_what_every_form_answers) {
    World world(db::Engine::sqlite);
    const Tour tour(world);
    Pages pages(world);
    for (const Tour::Sent& form : tour.forms()) {
        const Answer answer = pages.post(form.target, form.fields, form.who, "application/json");
        const auto& routes = pages.app().router().routes();
        const auto route = std::ranges::find_if(routes, [&](const http::Route& one) {
            return one.method == http::Method::post && matches(one.pattern, form.target);
        });
        ASSERT_NE(route, routes.end()) << form.target;
        check_answer(answer, route->pattern, "post", form.target);
    }
}

TEST(OpenApi, tells_what_is_answered_to_a_mistake) {
    World world(db::Engine::sqlite);
    const Tour tour(world);
    Pages pages(world);
    const std::string threads = url::threads(tour.cast.circle).text();
    check_answer(pages.post(threads, {{"title", ""}, {"text", "x"}}, tour.cast.ada, "application/json"),
                 "/groups/{group}/threads", "post", threads);
    check_answer(pages.get("/threads/999999", tour.cast.ada, "application/json"), "/threads/{thread}", "get",
                 "/threads/999999");
    check_answer(pages.get("/me", {}, "application/json"), "/me", "get", "/me");
}

}  // namespace
}  // namespace kith

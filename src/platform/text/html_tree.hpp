#pragma once

#include <gumbo.h>

#include <span>
#include <string>
#include <string_view>

// What the writers of Markdown ask of Gumbo's tree.
namespace kith::text {

inline constexpr int depth_most = 100;

using Nodes = std::span<GumboNode* const>;

bool is_element(const GumboNode& node);
bool is_text(const GumboNode& node);
GumboTag tag_of(const GumboNode& node);
Nodes children_of(const GumboNode& node);
std::string_view attribute(const GumboNode& node, const char* name);
bool has_class(const GumboNode& node, std::string_view wanted);

// Gone with what it holds: scripts, frames, comments; of Discourse the size under a picture.
bool is_dropped(const GumboNode& node);
bool is_block(const GumboNode& node);
bool holds_block(const GumboNode& node, int depth);
// A picture that says something: no emoji, no portrait beside a name.
bool is_picture(const GumboNode& node);
bool holds_picture(const GumboNode& node, int depth);
bool is_spoiler(const GumboNode& node);
// Discourse's quote of another post.
bool is_citation(const GumboNode& node);
// Blocks that put something before each of their lines.
bool is_nesting(const GumboNode& node);

// All text below, as it stands.
std::string raw_text(const GumboNode& node, int depth);

}  // namespace kith::text

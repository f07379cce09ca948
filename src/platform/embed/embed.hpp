#pragma once

#include <span>
#include <string_view>

// Files that the binary carries; generated at build time by cmake/embed.mjs.
namespace kith::embed {

struct File {
    std::string_view name;  // "0001_platform.sql", "es.mo"
    std::string_view bytes;
};

std::span<const File> schema();  // migrations, sorted by name
std::span<const File> words();   // compiled word catalogues
std::span<const File> data();    // lists, such as breached.txt

// The bytes of one of data(); empty if there is none of that name.
std::string_view text(std::string_view name);

struct Asset {
    std::string_view path;  // "/assets/app-1a2b3c4d.css"
    std::string_view type;  // "text/css; charset=utf-8"
    std::string_view plain;
    std::string_view gzip;  // empty where it would not be smaller
    std::string_view brotli;
    std::string_view etag;     // with its quotes
    std::string_view logical;  // "app.css"
};

std::span<const Asset> assets();

}  // namespace kith::embed

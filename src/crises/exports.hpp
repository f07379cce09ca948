#pragma once

#include <unordered_map>

#include "conversation/conversation.hpp"
#include "crises/crises.hpp"

// What goes into the file of a case; private to crises.
namespace kith::crises {

struct Material {
    Timeline timeline;
    std::string group, title;
    std::vector<conversation::Version> versions;  // of the post, newest first
    std::vector<std::string> reporters;           // of each report of the dossier; empty: not named
    std::unordered_map<PersonaId, std::string> names;
    ExportForm form;
    Time made_at;
};
std::string as_json(const Material& all, const Words& words);
std::string as_html(const Material& all, const Words& words);

}  // namespace kith::crises

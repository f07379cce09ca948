#pragma once

#include <string>
#include <string_view>

// Private to platform/pdf.
namespace kith::pdf {

// The same file that says in which language it is, and that its title is to be shown (PDF/UA-1, 7.2 and 7.1), which
// cairo cannot write: its catalogue once more, as an incremental update (ISO 32000-1, 7.5.6). A file that is not as
// cairo writes it comes back as it was.
std::string in_language(std::string file, std::string_view language);

}  // namespace kith::pdf

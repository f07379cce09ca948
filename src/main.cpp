#include <string_view>

#include "app/commands.hpp"
#include "app/serve.hpp"
#include "platform/picture/recode.hpp"

int main(int argc, char** argv) {
    // Kith's own inner process (platform/picture/recode.hpp), nothing that people call.
    if (argc == 2 && std::string_view(argv[1]) == "recode-picture")
        return kith::picture::recode_standard_input();
    const auto commands = kith::app::commands();
    return kith::cli::run(commands, argc, argv, [](kith::cli::Invocation& call, const auto& use) {
        return kith::app::with_app_for_command(call, [&](kith::App& app) { return use(app.services()); });
    });
}

#include "app/commands.hpp"
#include "app/serve.hpp"

int main(int argc, char** argv) {
    const auto commands = kith::app::commands();
    return kith::cli::run(commands, argc, argv, [](kith::cli::Invocation& call, const auto& use) {
        return kith::app::with_app_for_command(call, [&](kith::App& app) { return use(app.services()); });
    });
}

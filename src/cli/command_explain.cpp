// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"

namespace harrier::cli {

namespace {

class Stub final : public Command {
public:
    void declare(CLI::App& /*app*/) override {}
    int run(Invocation& /*invocation*/) override { throw Error(ErrorKind::internal, "not written yet"); }
};

} // namespace

std::unique_ptr<Command> make_explain_command() {
    return std::make_unique<Stub>();
}

} // namespace harrier::cli

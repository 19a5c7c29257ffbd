// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

int main(int argc, char** argv, char** environment) {
    return harrier::cli::run_process(argc, argv, environment);
}

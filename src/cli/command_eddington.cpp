// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/eddington.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

class EddingtonCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_text(app, "--sport", m_filter.sport, "SPORT", "another sport than run");
        m_filter.declare_days(app);
        add_flag(app, "--json", m_json, "print an object: unit, number, missing");
        set_examples(app, "  harrier eddington\n"
                          "  harrier eddington --sport ride\n"
                          "  harrier eddington --units imperial\n"
                          "The number is E when on E days at least E km (or miles) were covered.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto units = choose_units(invocation.settings, athlete);
        auto filter = m_filter;
        filter.sport = filter.sport.empty() ? "run" : filter.sport;
        const auto query = make_query(filter, *archive, athlete.athlete_id, invocation.clock);
        const auto eddington = insight::find_eddington(*archive, athlete.athlete_id, query, units);
        if (m_json) {
            invocation.console.print(insight::eddington_json(eddington));
            return exit_done;
        }
        const auto& [unit, result] = eddington;
        invocation.console.print(fmt::format("Eddington number: {} ({})\n\n", result.number, unit));
        report::Table table({{"For", report::Align::right}, {"Days missing", report::Align::right}});
        int next = result.number;
        for (const int missing : result.missing) {
            table.add_row({fmt::format("{} {}", ++next, unit), report::format_number(missing)});
        }
        invocation.console.print(table.render(table_style(invocation)));
        return exit_done;
    }

private:
    FilterFlags m_filter;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_eddington_command() {
    return std::make_unique<EddingtonCommand>();
}

} // namespace harrier::cli

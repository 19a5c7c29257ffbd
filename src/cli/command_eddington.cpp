// SPDX-License-Identifier: MIT
#include "analysis/daily.hpp"
#include "analysis/eddington.hpp"
#include "cli/activity_filter.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "report/format.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace harrier::cli {

namespace {

constexpr int numbers_ahead = 10;

// km or miles of every local day.
std::vector<double> daily_distances(archive::Archive& archive, AthleteId athlete,
                                    const archive::ActivityQuery& query, Units units) {
    const double unit = units == Units::metric ? metres_per_kilometre : metres_per_mile;
    std::map<analysis::Day, double> days;
    for (const auto& activity : archive.activities(athlete, query)) {
        if (activity.start_date_local && activity.distance) {
            days[std::chrono::floor<std::chrono::days>(*activity.start_date_local)] +=
                *activity.distance / unit;
        }
    }
    std::vector<double> distances;
    for (const auto& [day, distance] : days) {
        distances.push_back(distance);
    }
    return distances;
}

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
        const auto result =
            analysis::eddington(daily_distances(*archive, athlete.athlete_id, query, units), numbers_ahead);
        const std::string unit = units == Units::metric ? "km" : "mi";
        if (m_json) {
            const nlohmann::ordered_json object{
                {"unit", unit}, {"number", result.number}, {"missing", result.missing}};
            invocation.console.print(object.dump() + "\n");
            return exit_done;
        }
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

// SPDX-License-Identifier: MIT
#include "cli/athlete_settings.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "insight/zones.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace harrier::cli {

namespace {

using insight::AthleteProfile;
using insight::GroupTimes;
using insight::ZonePlan;

constexpr std::size_t usual_groups = 12;

class ZonesCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_choice(app, "--of", m_of, {"heartrate", "pace", "power"}, "what the zones are of");
        add_choice(app, "--by", m_by, {"activity", "week", "month", "year"}, "what to add up");
        m_filter.declare_days(app);
        add_text(app, "--sport", m_filter.sport, "SPORT", "only this sport");
        m_output.declare(app, false);
        set_examples(app, "  harrier zones\n"
                          "  harrier zones --of pace --by week --since 3m\n"
                          "  harrier zones --by activity --json\n"
                          "Thresholds:  harrier config set athlete.max_heartrate 188");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto settings = athlete_settings(invocation.settings);
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto history = insight::read_history(*archive, athlete, settings);
        const auto units = choose_units(invocation.settings, athlete);
        const auto plan = insight::make_zone_plan(of(), history.profile, settings.heartrate_zones);
        if (plan.zones.empty()) {
            invocation.console.say(fmt::format("The threshold for zones of {} is not known.", m_of));
            invocation.console.print(describe_profile(history.profile, units, shown_thresholds()));
            return exit_done;
        }
        const auto query = make_query(m_filter, *archive, athlete.athlete_id, invocation.clock);
        auto groups = insight::times_by_group(history, plan, by(), query);
        if (m_output.format() != OutputFormat::table) {
            const auto rows = insight::zone_rows(groups, plan, by());
            invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
            return exit_done;
        }
        if (groups.empty()) {
            invocation.console.say(fmt::format("No activity with samples of {} matches.", m_of));
            return exit_done;
        }
        print(invocation, groups, plan, history.profile, units);
        return exit_done;
    }

private:
    [[nodiscard]] insight::ZonesOf of() const {
        return m_of == "power"  ? insight::ZonesOf::power
               : m_of == "pace" ? insight::ZonesOf::pace
                                : insight::ZonesOf::heartrate;
    }
    [[nodiscard]] insight::ZonesBy by() const {
        return m_by == "activity" ? insight::ZonesBy::activity
               : m_by == "week"   ? insight::ZonesBy::week
               : m_by == "month"  ? insight::ZonesBy::month
                                  : insight::ZonesBy::year;
    }

    [[nodiscard]] ShownThresholds shown_thresholds() const {
        return {.heartrate = m_of == "heartrate", .speed = m_of == "pace", .power = m_of == "power"};
    }

    // "Z1 from 94, Z2 from 113 bpm"; a zone from nothing on goes up to the next one.
    [[nodiscard]] std::string bounds_text(const ZonePlan& plan, Units units) const {
        std::string text;
        std::string unit(plan.unit);
        for (const auto& zone : plan.zones) {
            const auto pace = report::pace_figure(zone.low, units);
            const auto low = m_of == "pace" ? pace.number : fmt::format("{:.0f}", zone.low);
            unit = m_of == "pace" ? pace.unit : unit;
            text += text.empty() ? "" : ", ";
            text += zone.low > 0 ? fmt::format("Z{} from {}", zone.name, low)
                                 : fmt::format("Z{} below Z{}", zone.name, plan.zones.at(1).name);
        }
        return text + " " + unit + "\n";
    }

    void print(const Invocation& invocation, std::vector<GroupTimes>& groups, const ZonePlan& plan,
               const AthleteProfile& profile, Units units) const {
        const bool has_below = plan.zones.front().low > 0;
        const auto all = groups.size();
        const bool is_limited = m_filter.since.empty() && all > usual_groups;
        groups.resize(is_limited ? usual_groups : all);
        std::vector<report::Column> columns{{m_by == "activity" ? "Id" : "When"}};
        if (m_by == "activity") {
            columns.push_back({"Activity", report::Align::left, true});
        }
        if (has_below) {
            columns.push_back({"Below", report::Align::right, false, 1});
        }
        for (const auto& zone : plan.zones) {
            columns.push_back({"Z" + zone.name, report::Align::right});
        }
        report::Table table(std::move(columns));
        for (const auto& group : groups) {
            std::vector<std::string> cells{group.key.empty() ? "(no date)" : group.key};
            if (m_by == "activity") {
                cells.push_back(group.name);
            }
            for (const double seconds : std::span(group.seconds).subspan(has_below ? 0 : 1)) {
                cells.push_back(
                    seconds < 0.5 ? "–" : report::format_duration(static_cast<std::int64_t>(seconds + 0.5)));
            }
            table.add_row(std::move(cells));
        }
        invocation.console.print(bounds_text(plan, units) + "\n" + table.render(table_style(invocation)));
        invocation.console.print("\n" + describe_profile(profile, units, shown_thresholds()));
        if (is_limited) {
            say_aside(invocation.console,
                      fmt::format("{} of {}; for more, add --since 1y", groups.size(), all));
        }
    }

    std::string m_of = "heartrate";
    std::string m_by = "month";
    FilterFlags m_filter;
    OutputFlags m_output;
};

} // namespace

std::unique_ptr<Command> make_zones_command() {
    return std::make_unique<ZonesCommand>();
}

} // namespace harrier::cli

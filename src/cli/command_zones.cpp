// SPDX-License-Identifier: MIT
#include "analysis/zones.hpp"
#include "archive/totals.hpp"
#include "cli/activity_filter.hpp"
#include "cli/athlete_profile.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/session.hpp"
#include "cli/zone_models.hpp"
#include "model/sport.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace harrier::cli {

namespace {

using analysis::Zone;
using archive::MeasuredActivity;

constexpr std::size_t usual_groups = 12;

struct ZonePlan {
    std::vector<Zone> zones;
    const model::Histogram model::Metrics::*histogram = nullptr;
    std::string family; // that it is for; "" = every sport
    std::string unit;
};

// The time of one group in each zone, and below the first.
struct GroupTimes {
    std::string key;
    std::string name; // of a single activity
    std::vector<double> seconds;
};

void add_times(const ZonePlan& plan, const MeasuredActivity& one, GroupTimes& group) {
    const auto times = analysis::time_in_zones((*one.metrics).*plan.histogram, plan.zones);
    group.seconds.resize(plan.zones.size() + 1);
    group.seconds[0] += times.below;
    for (std::size_t i = 0; i < times.seconds.size(); ++i) {
        group.seconds[i + 1] += times.seconds[i];
    }
}

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
        const auto config = Config::load(invocation.settings.config_folder / "config.toml");
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto history = read_history(*archive, athlete, config);
        const auto plan = make_plan(history.profile, config);
        if (plan.zones.empty()) {
            invocation.console.say(fmt::format("The threshold for zones of {} is not known.", m_of));
            invocation.console.print(describe_profile(history.profile, shown_thresholds()));
            return exit_done;
        }
        const auto query = make_query(m_filter, *archive, athlete.athlete_id, invocation.clock);
        auto groups = add_up(history, plan, query);
        if (m_output.format() != OutputFormat::table) {
            const auto rows = to_rows(groups, plan);
            invocation.console.print_foreign(m_output.json ? to_json_array(rows) : to_csv(rows));
            return exit_done;
        }
        if (groups.empty()) {
            invocation.console.say(fmt::format("No activity with samples of {} matches.", m_of));
            return exit_done;
        }
        print(invocation, groups, plan, history.profile);
        return exit_done;
    }

private:
    [[nodiscard]] ZonePlan make_plan(const AthleteProfile& profile, const Config& config) const {
        if (m_of == "power") {
            return {.zones = profile.ftp ? analysis::coggan_zones(profile.ftp->value) : std::vector<Zone>{},
                    .histogram = &model::Metrics::watts,
                    .family = "ride",
                    .unit = "W"};
        }
        if (m_of == "pace") {
            return {.zones = profile.threshold_speed
                                 ? analysis::critical_speed_zones(profile.threshold_speed->value)
                                 : std::vector<Zone>{},
                    .histogram = &model::Metrics::speed,
                    .family = "run",
                    .unit = "m/s"};
        }
        return {.zones = heartrate_zones(profile, config),
                .histogram = &model::Metrics::heartrate,
                .family = "",
                .unit = "bpm"};
    }

    [[nodiscard]] std::string key_of(const MeasuredActivity& one) const {
        if (m_by == "activity") {
            return fmt::to_string(one.activity.value);
        }
        if (!one.start_date_local) {
            return "";
        }
        const auto day = std::chrono::floor<std::chrono::days>(*one.start_date_local);
        return m_by == "week" ? archive::iso_week(day) : format_day(day).substr(0, m_by == "month" ? 7 : 4);
    }

    // Newest first.
    [[nodiscard]] std::vector<GroupTimes> add_up(const History& history, const ZonePlan& plan,
                                                 const archive::ActivityQuery& query) const {
        const std::set<std::string> sports(query.sport_types.begin(), query.sport_types.end());
        std::vector<GroupTimes> groups;
        for (auto one = history.activities.rbegin(); one != history.activities.rend(); ++one) {
            const bool is_of_family = plan.family.empty() || model::family_of(one->sport_type) == plan.family;
            if (!one->metrics || !is_of_family || ((*one->metrics).*plan.histogram).seconds.empty() ||
                (!sports.empty() && !sports.contains(one->sport_type)) || !is_within(*one, query)) {
                continue;
            }
            const auto key = key_of(*one);
            const auto found = std::find_if(groups.begin(), groups.end(),
                                            [&](const GroupTimes& group) { return group.key == key; });
            auto& group =
                found == groups.end() ? groups.emplace_back(GroupTimes{key, one->name, {}}) : *found;
            add_times(plan, *one, group);
        }
        return groups;
    }

    [[nodiscard]] static bool is_within(const MeasuredActivity& one, const archive::ActivityQuery& query) {
        if (!query.since && !query.until) {
            return true;
        }
        if (!one.start_date_local) {
            return false;
        }
        const auto day = std::chrono::floor<std::chrono::days>(*one.start_date_local);
        return (!query.since || day >= *query.since) && (!query.until || day <= *query.until);
    }

    [[nodiscard]] Rows to_rows(const std::vector<GroupTimes>& groups, const ZonePlan& plan) const {
        Rows rows{{m_by == "activity" ? "activity_id" : m_by, "zone", "low", "high", "seconds"}, {}};
        for (const auto& group : groups) {
            const Value key = m_by == "activity" ? Value{static_cast<std::int64_t>(std::stoll(group.key))}
                                                 : Value{group.key};
            rows.rows.push_back({key, std::string("below"), 0.0, plan.zones.front().low, group.seconds[0]});
            for (std::size_t i = 0; i < plan.zones.size(); ++i) {
                const auto& zone = plan.zones[i];
                rows.rows.push_back({key, zone.name, zone.low, zone.high, group.seconds[i + 1]});
            }
        }
        return rows;
    }

    [[nodiscard]] ShownThresholds shown_thresholds() const {
        return {.heartrate = m_of == "heartrate", .speed = m_of == "pace", .power = m_of == "power"};
    }

    [[nodiscard]] std::string bounds_text(const ZonePlan& plan) const {
        std::string text;
        for (const auto& zone : plan.zones) {
            const auto low =
                m_of == "pace" ? fmt::format("{:.2f}", zone.low) : fmt::format("{:.0f}", zone.low);
            text += fmt::format("{}Z{} from {}", text.empty() ? "" : ", ", zone.name, low);
        }
        return text + " " + plan.unit + "\n";
    }

    void print(const Invocation& invocation, std::vector<GroupTimes>& groups, const ZonePlan& plan,
               const AthleteProfile& profile) const {
        const auto all = groups.size();
        const bool is_limited = m_filter.since.empty() && all > usual_groups;
        groups.resize(is_limited ? usual_groups : all);
        std::vector<report::Column> columns{{m_by == "activity" ? "Id" : "When"}};
        if (m_by == "activity") {
            columns.push_back({"Activity", report::Align::left, true});
        }
        columns.push_back({"Below", report::Align::right, false, 1});
        for (const auto& zone : plan.zones) {
            columns.push_back({"Z" + zone.name, report::Align::right});
        }
        report::Table table(std::move(columns));
        for (const auto& group : groups) {
            std::vector<std::string> cells{group.key.empty() ? "(no date)" : group.key};
            if (m_by == "activity") {
                cells.push_back(group.name);
            }
            for (const double seconds : group.seconds) {
                cells.push_back(
                    seconds < 0.5 ? "–" : report::format_duration(static_cast<std::int64_t>(seconds + 0.5)));
            }
            table.add_row(std::move(cells));
        }
        invocation.console.print(bounds_text(plan) + "\n" + table.render(table_style(invocation)));
        invocation.console.print("\n" + describe_profile(profile, shown_thresholds()));
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

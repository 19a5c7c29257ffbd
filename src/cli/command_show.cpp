// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/activity_reference.hpp"
#include "cli/athlete_settings.hpp"
#include "cli/commands.hpp"
#include "cli/details_text.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/retention.hpp"
#include "cli/session.hpp"
#include "cli/source_table.hpp"
#include "formats/polyline.hpp"
#include "insight/calendar.hpp"
#include "insight/similar.hpp"
#include "insight/source_rows.hpp"
#include "model/sport.hpp"
#include "report/activity_columns.hpp"
#include "report/drawing.hpp"
#include "report/format.hpp"
#include "report/table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

using model::Activity;

struct Fact {
    std::string label;
    std::string value;
};

std::string read_column(std::string_view column, const Activity& activity, Units units) {
    return report::read_value(report::find_activity_column(column), activity, units);
}

std::string workout_word(std::optional<int> workout_type) {
    switch (workout_type.value_or(0)) {
    case 1:
    case 11:
        return "race";
    case 2:
        return "long run";
    case 3:
    case 12:
        return "workout";
    default:
        return "";
    }
}

std::string quickness_label(const Activity& activity) {
    return model::measure_of(activity.sport_type) == model::Measure::speed ? "Speed" : "Pace";
}

std::vector<Fact> effort_facts(const Activity& activity, Units units) {
    std::vector<Fact> facts{
        {"Distance", read_column("distance", activity, units)},
        {"Moving time", read_column("moving_time", activity, units)},
        {"Elapsed time", read_column("elapsed_time", activity, units)},
        {quickness_label(activity), read_column("average_speed", activity, units)},
    };
    if (model::measure_of(activity.sport_type) == model::Measure::speed) {
        facts.push_back({"Highest speed", read_column("max_speed", activity, units)});
    }
    facts.push_back({"Climb", read_column("total_elevation_gain", activity, units)});
    if (activity.elev_low && activity.elev_high && (*activity.elev_low != 0 || *activity.elev_high != 0)) {
        facts.push_back(
            {"Altitude", fmt::format("{} to {}", report::climb_figure(activity.elev_low, units).number,
                                     report::format_climb(activity.elev_high, units))});
    }
    return facts;
}

std::string heart_rate_text(const Activity& activity) {
    if (!activity.average_heartrate) {
        return "";
    }
    auto text = report::format_heart_rate(activity.average_heartrate) + " bpm";
    if (activity.max_heartrate) {
        text += ", highest " + report::format_heart_rate(activity.max_heartrate);
    }
    return text;
}

std::string power_text(const Activity& activity) {
    if (!activity.average_watts) {
        return "";
    }
    auto text = report::format_number(*activity.average_watts) + " W";
    if (activity.weighted_average_watts) {
        text += ", weighted " + report::format_number(*activity.weighted_average_watts);
    }
    if (activity.max_watts) {
        text += ", highest " + report::format_number(*activity.max_watts);
    }
    return text + (activity.device_watts.value_or(true) ? "" : " (estimated)");
}

std::vector<Fact> body_facts(const Activity& activity, Units units) {
    std::vector<Fact> facts{{"Heart rate", heart_rate_text(activity)},
                            {"Cadence", read_column("average_cadence", activity, units)},
                            {"Power", power_text(activity)}};
    if (activity.kilojoules) {
        facts.push_back({"Work", report::format_number(*activity.kilojoules) + " kJ"});
    }
    if (activity.calories) {
        facts.push_back({"Energy", report::format_number(*activity.calories) + " kcal"});
    }
    if (activity.suffer_score) {
        facts.push_back({"Relative effort", report::format_number(*activity.suffer_score)});
    }
    facts.push_back({"Temperature", read_column("average_temp", activity, units)});
    return facts;
}

std::string visibility_words(const std::string& visibility) {
    if (visibility == "only_me") {
        return "only you";
    }
    return visibility == "followers_only" ? "followers" : visibility;
}

std::string marks(const Activity& activity) {
    std::vector<std::string> words;
    const auto add = [&](const std::optional<bool>& flag, const char* word) {
        if (flag.value_or(false)) {
            words.emplace_back(word);
        }
    };
    add(activity.commute, "commute");
    add(activity.trainer,
        model::measure_of(activity.sport_type) == model::Measure::pace ? "treadmill" : "trainer");
    add(activity.manual, "typed in by hand");
    add(activity.flagged, "flagged");
    return join(words, ", ");
}

std::vector<Fact> record_facts(const Activity& activity, Units units) {
    std::vector<Fact> facts{{"Gear", activity.gear_name.value_or(activity.gear_id.value_or(""))},
                            {"Device", activity.device_name.value_or("")},
                            {"Visible to", visibility_words(activity.visibility.value_or(""))},
                            {"Marks", marks(activity)}};
    if (activity.kudos_count.value_or(0) > 0) {
        facts.push_back({"Kudos", read_column("kudos_count", activity, units)});
    }
    if (activity.pr_count.value_or(0) > 0) {
        facts.push_back({"PRs", read_column("pr_count", activity, units)});
    }
    facts.push_back({"Archive number", fmt::format("{}", activity.activity_id.value)});
    if (activity.strava_id) {
        facts.push_back({"Strava id", fmt::format("{}", activity.strava_id->value)});
    }
    return facts;
}

// One line for each fact that is known, labels aligned.
std::vector<std::string> fact_lines(const Activity& activity, Units units) {
    auto facts = effort_facts(activity, units);
    for (auto& more : {body_facts(activity, units), record_facts(activity, units)}) {
        facts.insert(facts.end(), more.begin(), more.end());
    }
    std::erase_if(facts, [](const Fact& fact) { return fact.value.empty() || fact.value == "–"; });
    std::vector<std::string> lines;
    constexpr int label_width = 17;
    for (const auto& fact : facts) {
        lines.push_back(report::pad(fact.label, label_width) + escape_terminal(fact.value));
    }
    return lines;
}

std::vector<std::string> track_lines(const Activity& activity, int columns, int rows) {
    if (!activity.summary_polyline || activity.summary_polyline->empty()) {
        return {};
    }
    const auto points = formats::decode_polyline(*activity.summary_polyline);
    return points ? report::draw_track(*points, columns, rows) : std::vector<std::string>{};
}

// The facts, and the track to their right if there is room, else below.
std::string facts_and_track(const std::vector<std::string>& facts, const Activity& activity, int width) {
    constexpr int gap = 4;
    constexpr int smallest_track = 18;
    constexpr int largest_track = 48;
    constexpr int rows_below = 12;
    int facts_width = 0;
    for (const auto& line : facts) {
        facts_width = std::max(facts_width, report::display_width(line));
    }
    const int beside = std::min(width - facts_width - gap, largest_track);
    const bool is_beside = beside >= smallest_track;
    const auto track = is_beside ? track_lines(activity, beside, static_cast<int>(facts.size()))
                                 : track_lines(activity, std::min(width, largest_track), rows_below);
    std::string text;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const bool has_track = is_beside && i < track.size() && !track[i].empty();
        text += has_track ? report::pad(facts[i], facts_width + gap) + track[i] : facts[i];
        text += '\n';
    }
    if (!is_beside && !track.empty()) {
        text += "\n" + join(track, "\n") + "\n";
    }
    return text;
}

// More columns of a name push everything else off the screen.
constexpr int longest_name = 200;

std::string heading(const Activity& activity, bool colour) {
    const auto name =
        activity.name.empty() ? "(no name)" : report::fit(escape_terminal(activity.name), longest_name);
    std::vector<std::string> words{activity.sport_type};
    words.push_back(workout_word(activity.workout_type));
    words.push_back(
        report::read_value(report::find_activity_column("start_date_local"), activity, Units::metric));
    words.emplace_back(zone_name(activity.timezone.value_or("")));
    std::erase(words, "");
    return fmt::format("{}\n{}\n\n", colour ? "\x1b[1m" + name + "\x1b[0m" : name,
                       escape_terminal(join(words, " · ")));
}

std::string page(const Activity& activity, Units units, const report::TableStyle& style) {
    constexpr int width_of_a_pipe = 80;
    auto text = heading(activity, style.colour);
    text += facts_and_track(fact_lines(activity, units), activity,
                            style.width > 0 ? style.width : width_of_a_pipe);
    if (activity.strava_id) {
        text += fmt::format("\nView on Strava: https://www.strava.com/activities/{}\n",
                            activity.strava_id->value);
    }
    return text;
}

report::Table similar_table(const std::vector<insight::SimilarActivity>& similar, const Activity& activity,
                            Units units) {
    const auto pace = report::pace_or_speed_figure(activity.sport_type, 1, units).unit;
    report::Table table({{"Id", report::Align::right},
                         {"Date"},
                         {units == Units::metric ? "km" : "mi", report::Align::right},
                         {"Time", report::Align::right},
                         {pace.starts_with('/') ? "min" + pace : pace, report::Align::right},
                         {"HR", report::Align::right, false, 1},
                         {"Way", report::Align::left},
                         {"Name", report::Align::left, true}});
    for (const auto& [one, relation, apart] : similar) {
        const bool is_this = one.activity_id == activity.activity_id;
        table.add_row(
            {fmt::to_string(one.activity_id.value), report::format_local_day(insight::wall_start(one)),
             report::distance_figure(one.distance, units).number, report::format_duration(one.moving_time),
             report::pace_or_speed_figure(one.sport_type, one.average_speed, units).number,
             report::format_heart_rate(one.average_heartrate),
             is_this                                     ? "this one"
             : relation == analysis::RouteRelation::same ? "same"
                                                         : "reverse",
             one.name});
    }
    return table;
}

class ShowCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_argument(app, "ID", m_id, "the archive's number, a Strava id, or the address of the activity");
        add_choice(app, "--splits", m_splits, {"km", "mile"},
                   "the length of splits; by default as the units are, 100 m or yd in the water, 5 km or mi "
                   "on wheels");
        add_flag(app, "--sources", m_sources, "for each field, which source it is from and what others say");
        add_flag(app, "--similar", m_similar, "other activities over the same way, or the same way back");
        exclude_each_other(app, {"--sources", "--similar"});
        add_flag(app, "--json", m_json,
                 "print one JSON object: the activity, splits, laps, best_efforts, zones, metrics");
        set_examples(app, "  harrier show 412\n"
                          "  harrier show https://www.strava.com/activities/2010513391\n"
                          "  harrier show 412 --sources\n"
                          "  harrier show 412 --json");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        fetch_expired(invocation, m_id);
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const auto activity = require_activity(*archive, athlete.athlete_id, m_id);
        if (m_similar) {
            return show_similar(invocation, *archive, activity, athlete);
        }
        if (m_sources) {
            return show_sources(invocation, archive->statements(athlete.athlete_id, activity.activity_id),
                                athlete);
        }
        const auto units = choose_units(invocation.settings, athlete);
        const auto details = details_of(invocation, *archive, athlete, activity, units);
        if (m_json) {
            invocation.console.print_foreign(insight::activity_json(activity, details));
            return exit_done;
        }
        invocation.console.print(page(activity, units, table_style(invocation)));
        if (details) {
            invocation.console.print(details_text(*details, units, table_style(invocation)));
        }
        for (const auto& one : archive->media(athlete.athlete_id, activity.activity_id)) {
            invocation.console.print(
                fmt::format("In the export: {}{}\n", escape_terminal(one.filename),
                            one.caption.empty() ? "" : ", " + escape_terminal(one.caption)));
        }
        if (!details) {
            say_aside(invocation.console,
                      "Only the summary is here. For splits and charts, run:  harrier sync");
        }
        return exit_done;
    }

private:
    [[nodiscard]] std::optional<insight::ActivityDetails>
    details_of(const Invocation& invocation, archive::Archive& archive, const model::Athlete& athlete,
               const Activity& activity, Units units) const {
        const auto settings = athlete_settings(invocation.settings);
        const auto history = insight::read_history(archive, athlete, settings);
        const double split = m_splits.empty()     ? insight::usual_split_length(activity.sport_type, units)
                             : m_splits == "mile" ? metres_per_mile
                                                  : metres_per_kilometre;
        try {
            return insight::find_details(archive, activity, split, history.profile, settings.heartrate_zones);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) {
                throw;
            }
            invocation.console.say(fmt::format("Its samples cannot be read: {}", error.message()));
            return std::nullopt;
        }
    }

    [[nodiscard]] int show_sources(const Invocation& invocation,
                                   const std::vector<model::Statement>& statements,
                                   const model::Athlete& athlete) const {
        if (m_json) {
            invocation.console.print_foreign(to_json_array(insight::source_rows(statements)));
        } else {
            invocation.console.print(source_table(statements, choose_units(invocation.settings, athlete))
                                         .render(table_style(invocation)));
        }
        return exit_done;
    }

    [[nodiscard]] int show_similar(const Invocation& invocation, archive::Archive& archive,
                                   const Activity& activity, const model::Athlete& athlete) const {
        const auto similar = insight::find_similar(archive, activity);
        if (m_json) {
            invocation.console.print_foreign(to_json_array(insight::similar_rows(similar)));
        } else if (similar.empty()) {
            invocation.console.say("It has no line on a map, or one too short to be a route.");
        } else {
            const auto units = choose_units(invocation.settings, athlete);
            invocation.console.print(similar_table(similar, activity, units).render(table_style(invocation)));
        }
        return exit_done;
    }

    std::string m_id;
    std::string m_splits;
    bool m_similar = false;
    bool m_sources = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_show_command() {
    return std::make_unique<ShowCommand>();
}

} // namespace harrier::cli

// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/athlete_settings.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/picture_files.hpp"
#include "cli/report_page.hpp"
#include "cli/session.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

class ReportCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_text(app, "-o,--output", m_file, "FILE",
                 "the page; - for standard output (default harrier-report.html)");
        add_count(app, "--year", m_year, "only this calendar year. Default: all of them");
        add_flag(app, "--no-map", m_no_map, "without the map, which shows where you live");
        add_text(app, "--pictures", m_pictures, "DIR",
                 "its drawings too, as SVG and, where rsvg-convert is installed, PNG files");
        set_examples(app, "  harrier report\n"
                          "  harrier report --year 2026 -o 2026.html --no-map\n"
                          "  harrier report --pictures pictures\n"
                          "One file to keep or to send: nothing is loaded from anywhere, no script runs.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        constexpr std::int64_t first_year = 1900;
        constexpr std::int64_t last_year = 9999;
        if (m_year && (*m_year < first_year || *m_year > last_year)) {
            throw Error(ErrorKind::usage, fmt::format("{} is no year", *m_year),
                        "Write it with four digits:  harrier report --year 2026");
        }
        const auto settings = athlete_settings(invocation.settings);
        const auto archive = open_measured(invocation);
        const auto athlete = archive_athlete(invocation.settings, *archive);
        const insight::ReportQuestion question{.year = m_year ? std::optional(static_cast<int>(*m_year))
                                                              : std::nullopt,
                                               .units = choose_units(invocation.settings, athlete)};
        const auto values = insight::read_report_values(*archive, athlete, settings, question,
                                                        invocation.clock, invocation.stop);
        if (values.activities.empty()) {
            refuse_nothing(*archive, athlete.athlete_id);
        }
        const auto page = make_report_page(values, !m_no_map);
        if (m_file == "-") {
            invocation.console.print(page.html);
        } else {
            write_file_atomically(m_file, page.html);
            invocation.console.print(
                fmt::format("{}: a report of {} {}.\n", m_file,
                            report::format_number(static_cast<double>(values.activities.size())),
                            values.activities.size() == 1 ? "activity" : "activities"));
        }
        return m_pictures.empty() ? exit_done : write_drawings(invocation, page.pictures);
    }

private:
    [[noreturn]] void refuse_nothing(archive::Archive& archive, AthleteId athlete) const {
        const auto summary = archive.summary(athlete);
        if (summary.activities == 0 || !summary.first || !summary.last) {
            throw Error(ErrorKind::data, "the archive holds no activities yet",
                        "To fetch them, run:  harrier sync   or:  harrier import EXPORT.zip");
        }
        const auto year = [](WallTime time) { return format_wall_time(time).substr(0, 4); };
        throw Error(ErrorKind::data, fmt::format("there is no activity in {}", m_year.value_or(0)),
                    fmt::format("There are some from {} to {}:  harrier report --year {}",
                                year(*summary.first), year(*summary.last), year(*summary.last)));
    }

    [[nodiscard]] int write_drawings(const Invocation& invocation,
                                     const std::vector<NamedPicture>& pictures) const {
        const auto written =
            write_pictures(m_pictures, pictures, invocation.settings.environment, invocation.stop);
        const auto line = fmt::format("{}: {} SVG and {} PNG files.", m_pictures, written.svg, written.png);
        if (m_file == "-") {
            invocation.console.say(line);
        } else {
            invocation.console.print(line + "\n");
        }
        if (!written.has_converter) {
            invocation.console.say("PNG files need rsvg-convert:  sudo apt install librsvg2-bin");
        } else if (written.png < written.svg) {
            invocation.console.say("rsvg-convert did not take some of them.");
        }
        return written.png < written.svg ? exit_some_failed : exit_done;
    }

    std::string m_file = "harrier-report.html";
    std::optional<std::int64_t> m_year;
    bool m_no_map = false;
    std::string m_pictures;
};

} // namespace

std::unique_ptr<Command> make_report_command() {
    return std::make_unique<ReportCommand>();
}

} // namespace harrier::cli

// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/activity_reference.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace harrier::cli {

namespace {

// A belt that shows half or double of what it runs is broken; further off is a slip of the finger.
constexpr double smallest_scale = 0.5;
constexpr double largest_scale = 2;

double parse_scale(const std::string& text) {
    double scale = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), scale);
    if (error != std::errc{} || end != text.data() + text.size() || !(scale >= smallest_scale) ||
        !(scale <= largest_scale)) {
        throw Error(ErrorKind::usage, fmt::format("\"{}\" is no scale of a treadmill", escape_terminal(text)),
                    "Give true distance / recorded distance, between 0.5 and 2, as 1.04; 1 takes it back");
    }
    return scale;
}

std::string describe(const model::Activity& activity, const archive::Mark& mark) {
    std::string text =
        fmt::format("Activity {}, {}:", activity.activity_id.value, escape_terminal(activity.name));
    if (mark == archive::Mark{}) {
        return text + " no marks\n";
    }
    text += mark.exclude_records ? " kept out of records;" : "";
    text += mark.treadmill_scale ? fmt::format(" distances × {};", *mark.treadmill_scale) : "";
    text += mark.note.empty() ? "" : fmt::format(" \"{}\";", escape_terminal(mark.note));
    text.back() = '\n';
    return text;
}

class MarkCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(app, "ID", m_ids, "ID", "the archive's number, a Strava id, or the address of an activity");
        add_flag(app, "--exclude-records", m_exclude, "keep it out of records and predictions");
        add_flag(app, "--include-records", m_include, "take that back");
        add_text(app, "--treadmill-scale", m_scale, "X",
                 "true distance / recorded distance, as 1.04; 1 takes it back");
        add_text(app, "--note", m_note, "TEXT", "a note of your own");
        add_flag(app, "--clear", m_clear, "take all marks back");
        exclude_each_other(app, {"--exclude-records", "--include-records", "--clear"});
        set_examples(app, "  harrier mark 12 --exclude-records --note \"on the bus\"\n"
                          "  harrier mark 12 --include-records\n"
                          "  harrier mark 31 --treadmill-scale 1.04\n"
                          "  harrier mark 12\n"
                          "Marks stay in the archive and Strava never sees them.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        if (m_ids.empty()) {
            throw Error(ErrorKind::usage, "no activity is named",
                        "Name some:  harrier mark ID --exclude-records");
        }
        const bool changes = m_exclude || m_include || m_clear || !m_scale.empty() || !m_note.empty();
        const auto archive =
            open_archive(invocation.settings, changes ? archive::Access::write : archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
        std::vector<model::Activity> activities;
        for (const auto& id : m_ids) { // all of them before the first change
            activities.push_back(require_activity(*archive, athlete, id));
        }
        const auto scale = m_scale.empty() ? std::nullopt : std::optional(parse_scale(m_scale));
        for (const auto& activity : activities) {
            auto mark = archive->mark(athlete, activity.activity_id);
            if (changes) {
                mark = changed(mark, scale);
                archive->store_mark(athlete, activity.activity_id, mark);
            }
            invocation.console.print(describe(activity, mark));
        }
        return exit_done;
    }

private:
    [[nodiscard]] archive::Mark changed(archive::Mark mark, std::optional<double> scale) const {
        if (m_clear) {
            mark = {};
        }
        if (m_exclude || m_include) {
            mark.exclude_records = m_exclude;
        }
        if (scale) {
            mark.treadmill_scale = *scale == 1 ? std::nullopt : scale;
        }
        if (!m_note.empty()) {
            mark.note = m_note;
        }
        return mark;
    }

    std::vector<std::string> m_ids;
    bool m_exclude = false;
    bool m_include = false;
    bool m_clear = false;
    std::string m_scale;
    std::string m_note;
};

} // namespace

std::unique_ptr<Command> make_mark_command() {
    return std::make_unique<MarkCommand>();
}

} // namespace harrier::cli

// SPDX-License-Identifier: MIT
#include "emulator/made_up_traps.hpp"

#include <array>

namespace harrier::emulator {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct TrapPlan {
    std::string_view name;
    Session session; // the kind of workout that becomes the trap
    std::size_t nth; // which of them, counted from the newest
    void (*change)(Workout&);
};

void only_rename(Workout&) {}

void teleport(Workout& w) {
    w.trap = Trap::teleport;
}

void drive_on(Workout& w) {
    w.trap = Trap::car_ride;
}

void stretch_belt(Workout& w) {
    w.trap = Trap::long_belt;
    w.description = "The belt said 8 km. My legs say otherwise.";
}

void enter_by_hand(Workout& w) {
    w.manual = true;
    w.device = Device::none;
    w.has_heartrate = false;
    w.route.reset();
    w.distance_m = 9000;
    w.duration_s = 2880;
}

void hide(Workout& w) {
    w.visibility = "only_me";
}

void hide_start(Workout& w) {
    w.hides_start_time = true;
}

void take_off_strap(Workout& w) {
    w.has_heartrate = false;
}

void flag(Workout& w) {
    w.flagged = true;
}

void shorten_elapsed(Workout& w) {
    w.trap = Trap::elapsed_too_short;
    w.pauses.clear();
}

void go_skyrunning(Workout& w) {
    w.trap = Trap::unknown_key;
    w.sport_type = "Skyrunning";
    w.type = "Workout";
}

void reset_zone(Workout& w) {
    w.zone = Zone::factory;
}

void write_hostile_description(Workout& w) {
    w.description =
        "Line one\r\nline two\twith a tab\r\n</script><b>not bold</b> \x1b]0;title\x07 \xe2\x80\xae"
        "backwards";
}

void add_red_lights(Workout& w) {
    w.pauses.clear();
    for (int i = 1; i <= 7; ++i) {
        w.pauses.push_back({w.distance_m * i / 8.0, 20 + 7 * i, i % 2 == 0});
    }
}

void drink_coffee(Workout& w) {
    w.pauses = {{w.distance_m * 0.5, 1834, true}};
}

void stand_and_talk(Workout& w) {
    w.device = Device::new_watch;
    w.pauses = {{w.distance_m * 0.4, 420, false}};
}

void use_old_watch(Workout& w) {
    w.device = Device::old_watch;
}

void use_phone(Workout& w) {
    w.device = Device::phone;
    w.has_heartrate = false;
}

// Back to the last 31 December, 23:41.
void run_into_new_year(Workout& w) {
    const auto year = std::chrono::year_month_day(std::chrono::floor<days>(w.start)).year();
    const std::chrono::local_days eve = std::chrono::local_days(year / 1 / 1) - days{1};
    w.start = moment(w.zone, eve + hours{23} + minutes{41});
}

// The night in March that has no third hour; begins in the second one.
void run_while_clocks_go_forward(Workout& w) {
    const auto year = std::chrono::year_month_day(std::chrono::floor<days>(w.start)).year();
    auto night = std::chrono::sys_days(year / 3 / std::chrono::Sunday[std::chrono::last]);
    if (night > w.start) {
        night = std::chrono::sys_days((year - std::chrono::years{1}) / 3 /
                                      std::chrono::Sunday[std::chrono::last]);
    }
    w.start = night + minutes{38};
}

constexpr std::array<TrapPlan, 28> traps{{
    {"Only for my eyes", Session::easy, 8, hide},
    {"Strap left at home", Session::easy, 11, take_off_strap},
    {"GPS jumped across the valley", Session::easy, 14, teleport},
    {"Start hidden from the neighbours", Session::easy, 17, hide_start},
    {"Club night, watch left at home", Session::easy, 20, enter_by_hand},
    {"", Session::easy, 23, only_rename},
    {"Red lights all the way", Session::easy, 26, add_red_lights},
    {"Forgot to stop the watch, drove home", Session::easy, 29, drive_on},
    {"Zwölf Brücken 🌉 früh um sechs 🏃‍♀️", Session::easy, 32, only_rename},
    {R"(Quotes "double" 'single' and back\slash/)", Session::easy, 35, only_rename},
    {"早朝ジョグ ・ ранняя пробежка ・ ركض الصباح", Session::easy, 38, only_rename},
    {"\x1b[31mRed alert\x1b[0m\x07 in the terminal", Session::easy, 41, only_rename},
    {"<script>alert('run')</script> & <b>friends</b>", Session::easy, 44, write_hostile_description},
    {"=1+2, a \"cell\"; for spreadsheets", Session::easy, 47, only_rename},
    {"A name as long as the run: out past the weir, left at the chapel, over both bridges, up the "
     "Galgenberg, "
     "down the other side, back along the Lauter, twice round the allotments and home",
     Session::easy, 50, only_rename},
    {"Elapsed one second short", Session::easy, 53, shorten_elapsed},
    {"Stood and talked, watch running", Session::easy, 56, stand_and_talk},
    {"Phone in the pocket", Session::easy, 59, use_phone},
    {"Watch fresh from a reset", Session::easy, 62, reset_zone},
    {"Into the new year 🎆", Session::easy, 65, run_into_new_year},
    {"Clocks go forward", Session::easy, 28, run_while_clocks_go_forward},
    {"\xe2\x80\xaesdrawkcab emoN\xe2\x80\xac and a\xc2\xa0no-break space", Session::easy, 71, only_rename},
    {"Old watch, smart recording", Session::easy, 74, use_old_watch},
    {"Treadmill with a long belt", Session::treadmill, 1, stretch_belt},
    {"Coffee at the mill", Session::ride, 2, drink_coffee},
    {"Flagged: too quick downhill", Session::ride, 4, flag},
    {"Ridge of the Mesa", Session::trail_run, 1, go_skyrunning},
    {"Doubled: watch and bike computer", Session::ride, 6, only_rename},
}};

Workout* find_nth(std::vector<Workout>& workouts, Session session, std::size_t nth) {
    for (Workout& workout : workouts) {
        if (workout.session == session && nth-- == 0) {
            return &workout;
        }
    }
    return nullptr;
}

// Two devices on one ride: both begin in the same second.
void record_twice(std::vector<Workout>& workouts) {
    const Workout* ride = find_nth(workouts, Session::ride, 6);
    Workout* other = find_nth(workouts, Session::commute, 2);
    if (ride == nullptr || other == nullptr) {
        return;
    }
    const std::uint64_t seed = other->seed;
    *other = *ride;
    other->seed = seed;
    other->device = Device::new_watch;
    other->has_power_meter = false;
    other->name = "Doubled: the watch's view";
}

} // namespace

void set_traps(std::vector<Workout>& workouts) {
    if (workouts.empty()) {
        return;
    }
    const Instant oldest = workouts.back().start;
    for (const TrapPlan& plan : traps) {
        Workout* found = find_nth(workouts, plan.session, plan.nth);
        if (found == nullptr) {
            continue;
        }
        Workout changed = *found;
        changed.name = plan.name;
        plan.change(changed);
        if (changed.start >= oldest) {
            *found = changed;
        }
    }
    record_twice(workouts);
}

} // namespace harrier::emulator

// SPDX-License-Identifier: MIT
// How people read values: metric or imperial, pace for those on foot and speed for the others. Values come in as the
// archive has them (m, s, m/s); a missing one is "–".

export type Units = "metric" | "imperial";

export const none = "–";
const mile = 1609.344;
const foot = 0.3048;

export const unit_length = (units: Units): number => (units === "metric" ? 1000 : mile);
export const unit_name = (units: Units): string => (units === "metric" ? "km" : "mi");
export const height_name = (units: Units): string => (units === "metric" ? "m" : "ft");

export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function distance_value(metres: number, units: Units): number {
  return metres / unit_length(units);
}

export function distance(metres: number | null | undefined, units: Units, digits = 1): string {
  if (metres === null || metres === undefined) return none;
  return `${number(distance_value(metres, units), digits)} ${unit_name(units)}`;
}

export function height_value(metres: number, units: Units): number {
  return units === "metric" ? metres : metres / foot;
}

export function height(metres: number | null | undefined, units: Units): string {
  if (metres === null || metres === undefined) return none;
  return `${number(height_value(metres, units))} ${height_name(units)}`;
}

// "1:04:07", "26:15", "0:47"
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return none;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

// "131 h 20 min": of sums, where seconds are noise.
export function long_duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return none;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours >= 100 ? `${number(hours)} h` : `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const on_foot = new Set(["Run", "TrailRun", "VirtualRun", "Walk", "Hike", "Snowshoe", "Wheelchair"]);
export const has_pace = (sport: string): boolean => on_foot.has(sport);
export const has_steps = has_pace;
const in_water = (sport: string): boolean => sport === "Swim";

// Seconds per km, mile, 100 m or 100 yards.
export function pace_value(speed: number, sport: string, units: Units): number {
  if (in_water(sport)) return (units === "metric" ? 100 : 91.44) / speed;
  return unit_length(units) / speed;
}

export function pace_name(sport: string, units: Units): string {
  if (in_water(sport)) return units === "metric" ? "/100 m" : "/100 yd";
  if (has_pace(sport)) return `/${unit_name(units)}`;
  return units === "metric" ? "km/h" : "mph";
}

export function pace_number(speed: number | null | undefined, sport: string, units: Units): string {
  if (speed === null || speed === undefined || !(speed > 0)) return none;
  if (has_pace(sport) || in_water(sport)) return duration(pace_value(speed, sport, units));
  return number((speed * 3600) / unit_length(units), 1);
}

// "4:52 /km" on foot, "31.4 km/h" on wheels.
export function pace(speed: number | null | undefined, sport: string, units: Units): string {
  const text = pace_number(speed, sport, units);
  return text === none ? none : `${text} ${pace_name(sport, units)}`;
}

export function cadence(value: number | null | undefined, sport: string): string {
  if (value === null || value === undefined) return none;
  return has_steps(sport) ? `${number(value * 2)} spm` : `${number(value)} rpm`;
}

export function temperature(value: number | null | undefined, units: Units): string {
  if (value === null || value === undefined) return none;
  return units === "metric" ? `${number(value)} °C` : `${number((value * 9) / 5 + 32)} °F`;
}

export function percent(part: number | null | undefined, digits = 0): string {
  return part === null || part === undefined ? none : `${number(part * 100, digits)} %`;
}

// Local times come as if they were UTC ("2026-11-22T09:03:56Z" is nine in the morning where it was).
const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const day_format = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const short_format = format({ day: "numeric", month: "short", year: "numeric" });
const clock_format = format({ hour: "2-digit", minute: "2-digit" });

function written(form: Intl.DateTimeFormat, text: string | null | undefined): string {
  if (!text) return none;
  const moment = new Date(text.length === 10 ? `${text}T00:00:00Z` : text);
  return Number.isNaN(moment.getTime()) ? none : form.format(moment).replace(",", "");
}

export const day = (text: string | null | undefined): string => written(day_format, text);
export const short_day = (text: string | null | undefined): string => written(short_format, text);
export const clock = (text: string | null | undefined): string => written(clock_format, text);

// A moment of the world, in the reader's own time: "Sat 28 Nov, 06:10".
export function moment(text: string | null | undefined): string {
  if (!text) return none;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return none;
  return time.toLocaleString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
}

// "TrailRun" reads "Trail run".
export function sport_name(sport: string): string {
  const words = sport.replace(/([a-z])([A-Z])/g, "$1 $2");
  return words.charAt(0) + words.slice(1).toLowerCase();
}

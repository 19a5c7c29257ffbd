// SPDX-License-Identifier: MIT
// What the stand-in computes itself, roughly, where no command prints it.

const sum = (rows) => ({
  count: rows.length,
  distance: rows.reduce((total, row) => total + (row.distance ?? 0), 0),
  moving_time: rows.reduce((total, row) => total + (row.moving_time ?? 0), 0),
  total_elevation_gain: rows.reduce((total, row) => total + (row.total_elevation_gain ?? 0), 0),
});
const within = (rows, from, to) =>
  rows.filter((row) => row.start_date_local.slice(0, 10) >= from && row.start_date_local.slice(0, 10) < to);

export function make_overview(rows, records, sync) {
  const period = (start, before, part) => ({
    this: sum(within(rows, start, "9999")),
    last: sum(within(rows, before, start)),
    last_to_date: sum(within(rows, before, part)),
    first_day: start,
  });
  return {
    periods: {
      week: period("2026-11-23", "2026-11-16", "2026-11-21"),
      month: period("2026-11-01", "2026-10-01", "2026-10-28"),
      year: period("2026-01-01", "2025-01-01", "2025-11-28"),
    },
    streaks: { day: { current: 0, longest: 9 }, week: { current: 31, longest: 54 } },
    newest: rows.slice(0, 12),
    recent_records: records.filter((row) => row.start_date_local >= "2026-08-29"),
    sync,
  };
}

export function make_activity(activity, rows) {
  const similar = rows
    .filter((row) => row.name === activity.name && row.sport_type === activity.sport_type)
    .filter((row) => Math.abs(row.distance - activity.distance) < 1500)
    .slice(0, 8);
  return {
    ...activity,
    similar,
    strava: { moving_time: activity.moving_time + 12, total_elevation_gain: activity.total_elevation_gain + 9 },
    field_sources: [
      { field: "distance", source: "api_summary" },
      { field: "name", source: "api_summary" },
      { field: "device_name", source: "file" },
    ],
    photos: [],
  };
}

const radians = (degrees) => (degrees * Math.PI) / 180;
function metres([lat, lng], [lat2, lng2]) {
  const x = radians(lng2 - lng) * Math.cos(radians((lat + lat2) / 2));
  return Math.hypot(x, radians(lat2 - lat)) * 6371000;
}

export function read_streams(gpx) {
  const points = [...gpx.matchAll(/<trkpt lat="([-\d.]+)" lon="([-\d.]+)">(.*?)<\/trkpt>/g)];
  const value = (text, name) => {
    const found = text.match(new RegExp(`<(?:gpxtpx:)?${name}>([^<]*)<`));
    return found ? found[1] : null;
  };
  const number = (text, name) => (value(text, name) === null ? null : Number(value(text, name)));
  const times = points.map((point) => Date.parse(value(point[3], "time")) / 1000);
  const latlng = points.map((point) => [Number(point[1]), Number(point[2])]);
  const distance = [0];
  for (let i = 1; i < latlng.length; i += 1) distance.push(distance[i - 1] + metres(latlng[i - 1], latlng[i]));
  const speed = latlng.map((_, i) => {
    const from = Math.max(0, i - 5);
    const to = Math.min(latlng.length - 1, i + 5);
    return (distance[to] - distance[from]) / Math.max(1, times[to] - times[from]);
  });
  const altitude = points.map((point) => number(point[3], "ele"));
  const grade = latlng.map((_, i) => {
    const from = Math.max(0, i - 10);
    const to = Math.min(latlng.length - 1, i + 10);
    return (100 * (altitude[to] - altitude[from])) / Math.max(1, distance[to] - distance[from]);
  });
  return {
    time: times.map((time) => time - times[0]),
    distance,
    latlng,
    altitude,
    heartrate: points.map((point) => number(point[3], "hr")),
    cadence: points.map((point) => number(point[3], "cad")),
    watts: null,
    velocity_smooth: speed,
    grade_smooth: grade,
    grade_adjusted_speed: speed.map((value, i) => value * (1 + 0.03 * grade[i])),
  };
}

export function part_of(streams, from, to) {
  const part = (values) => values.slice(from, to + 1).filter((value) => value !== null);
  const mean = (values) => values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);
  const distance = streams.distance[to] - streams.distance[from];
  const time = streams.time[to] - streams.time[from];
  const heights = part(streams.altitude);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < heights.length; i += 1) {
    gain += Math.max(0, heights[i] - heights[i - 1]);
    loss += Math.max(0, heights[i - 1] - heights[i]);
  }
  return {
    distance,
    elapsed_time: time,
    moving_time: time,
    average_speed: distance / time,
    average_grade_adjusted_speed: mean(part(streams.grade_adjusted_speed)),
    average_heartrate: mean(part(streams.heartrate)),
    max_heartrate: Math.max(...part(streams.heartrate)),
    average_watts: null,
    average_cadence: mean(part(streams.cadence)),
    total_elevation_gain: gain,
    elevation_loss: loss,
  };
}

export function make_year(all, year) {
  const of = (number) => all.filter((row) => row.start_date_local.startsWith(String(number)));
  const years = [...new Set(all.map((row) => Number(row.start_date_local.slice(0, 4))))].sort();
  const rows = of(year);
  const cumulative = {};
  for (const number of years) {
    const days = new Array(number === 2026 ? 331 : 365).fill(0);
    for (const row of of(number)) {
      const day = Math.floor((Date.parse(row.start_date_local) - Date.UTC(number, 0, 1)) / 86400000);
      if (day < days.length) days[day] += row.distance;
    }
    for (let i = 1; i < days.length; i += 1) days[i] += days[i - 1];
    cumulative[number] = days;
  }
  const most = (field, some) => [...some].sort((a, b) => (b[field] ?? 0) - (a[field] ?? 0))[0] ?? null;
  const moment = (row) => new Date(row.start_date_local);
  return {
    year,
    years,
    totals: sum(rows),
    cumulative,
    weekdays: [1, 2, 3, 4, 5, 6, 0].map((day) => sum(rows.filter((row) => moment(row).getUTCDay() === day))),
    hours: Array.from({ length: 24 }, (_, hour) => sum(rows.filter((row) => moment(row).getUTCHours() === hour))),
    months: Array.from({ length: 12 }, (_, month) => sum(rows.filter((row) => moment(row).getUTCMonth() === month))),
    longest: most("distance", rows.filter((row) => row.sport_type === "Run")),
    highest: most("total_elevation_gain", rows),
    fastest: most("average_speed", rows.filter((row) => row.sport_type === "Run" && row.distance >= 3000)),
    streaks: { day: { longest: 9 }, week: { longest: 48 } },
    active_days: new Set(rows.map((row) => row.start_date_local.slice(0, 10))).size,
  };
}

export function months_of(rows) {
  const months = {};
  for (const row of rows) {
    const month = row.start_date_local.slice(0, 7);
    months[month] = (months[month] ?? 0) + row.distance;
  }
  return Object.entries(months).map(([month, distance]) => ({ month, distance }));
}

// SPDX-License-Identifier: MIT
// What the server's answers hold. Names and units are those of the commands' --json: metres, seconds, metres per
// second, beats per minute; null where a value is absent.

export interface Sums {
  count: number;
  distance: number;
  moving_time: number;
  total_elevation_gain: number;
}

export interface Session {
  athlete: { id: number | null; firstname: string | null; lastname: string | null };
  units: "metric" | "imperial";
  archive: { activities: number; with_streams: number; first_date: string | null; last_date: string | null };
  version: string;
  login: {
    logged_in: boolean;
    scopes: string[];
    missing_scopes: string[];
    token_expires_at: string | null;
  };
  tile_source: { url: string; attribution: string } | null;
  empty: boolean;
  csrf: string;
}

export interface ActivityRow {
  activity_id: number;
  strava_id: number | null;
  sources: string;
  name: string;
  sport_type: string;
  workout_type: number | null;
  start_date: string;
  start_date_local: string | null;
  distance: number | null;
  moving_time: number | null;
  elapsed_time: number | null;
  total_elevation_gain: number | null;
  elev_high: number | null;
  elev_low: number | null;
  average_speed: number | null;
  max_speed: number | null;
  average_heartrate: number | null;
  max_heartrate: number | null;
  average_cadence: number | null;
  average_temp: number | null;
  average_watts: number | null;
  suffer_score: number | null;
  kilojoules: number | null;
  gear_id: string | null;
  gear_name: string | null;
  device_name: string | null;
  summary_polyline: string | null;
  [field: string]: unknown;
}

export interface ActivityTable {
  names: string[];
  columns: unknown[][];
  count: number;
}

export interface Split {
  split: number;
  distance: number;
  elapsed_time: number;
  moving_time: number;
  average_speed: number;
  average_grade_adjusted_speed: number | null;
  average_heartrate: number | null;
  elevation_difference: number | null;
  total_elevation_gain: number | null;
}

export interface Effort {
  name: string;
  distance: number;
  elapsed_time: number;
  start_index: number;
  end_index: number;
  mode: string;
  refused: string | null;
}

export interface ZoneTime {
  zone: string;
  min: number;
  max: number | null;
  time: number;
}

export interface Similar {
  activity_id: number;
  name: string;
  start_date_local: string;
  distance: number;
  moving_time: number;
  average_heartrate: number | null;
}

export interface Activity extends ActivityRow {
  description: string | null;
  splits?: Split[];
  laps?: Split[];
  best_efforts?: Effort[];
  zones?: ZoneTime[];
  metrics?: Record<string, number | null> | null;
  similar?: Similar[];
  strava?: Record<string, unknown>;
  field_sources?: { field: string; source: string }[];
  photos?: { url: string; caption: string | null }[];
}

type Samples = (number | null)[] | null;

export interface Streams {
  time: number[] | null;
  distance: Samples;
  latlng: ([number, number] | null)[] | null;
  altitude: Samples;
  heartrate: Samples;
  cadence: Samples;
  watts: Samples;
  velocity_smooth: Samples;
  grade_smooth: Samples;
  grade_adjusted_speed: Samples;
  // Where each sample stands in the whole recording, when it was thinned.
  index?: number[] | null;
}

export interface Part {
  distance: number | null;
  elapsed_time: number | null;
  moving_time: number | null;
  average_speed: number | null;
  average_grade_adjusted_speed: number | null;
  average_heartrate: number | null;
  max_heartrate: number | null;
  average_watts: number | null;
  average_cadence: number | null;
  total_elevation_gain: number | null;
  elevation_loss: number | null;
}

export interface RecordRow {
  name: string;
  distance: number;
  elapsed_time: number;
  average_speed: number;
  activity_id: number;
  start_date_local: string;
  start_index: number;
  end_index: number;
  rank: number;
  activity_name: string;
  age_grade?: number | null;
}

export interface SyncState {
  running: boolean;
  phase: string;
  done: number;
  total: number;
  requests: number;
  done_at: string | null;
  rate: {
    limit_15min: number;
    used_15min: number;
    limit_day: number;
    used_day: number;
    resets_at: string | null;
  } | null;
  last: { at: string; new: number; updated: number; unchanged: number; failed: number } | null;
  error?: { message: string; hint: string | null } | null;
}

export interface Period {
  this: Sums;
  last: Sums;
  last_to_date: Sums;
  first_day: string;
}

export interface Overview {
  periods: { week: Period; month: Period; year: Period };
  streaks: { day: Streak; week: Streak };
  newest: ActivityRow[];
  recent_records: RecordRow[];
  sync: SyncState;
}

export interface Streak {
  current: number;
  longest: number;
}

export interface FitnessDay {
  date: string;
  load: number;
  ctl: number;
  atl: number;
  tsb: number;
  ramp: number | null;
  monotony?: number | null;
  strain?: number | null;
}

export interface ZoneRow {
  week?: string;
  month?: string;
  zone: string;
  low: number | null;
  high: number | null;
  seconds: number;
}

export interface Curve {
  seconds: number[];
  values: number[];
  activity_ids: number[];
}

export interface Prediction {
  vdot: number | null;
  basis: { distance: number; elapsed_time: number; activity_id: number; start_date_local: string } | null;
  critical_speed: { speed: number; d_prime: number } | null;
  predictions: {
    name: string;
    distance: number;
    record: number | null;
    vdot: number | null;
    riegel: number | null;
    cameron: number | null;
    critical_speed: number | null;
  }[];
}

export interface YearRow {
  activity_id: number;
  name: string;
  start_date_local: string;
  sport_type: string;
  distance: number | null;
  moving_time: number | null;
  total_elevation_gain: number | null;
  average_speed: number | null;
}

export interface Year {
  year: number;
  years: number[];
  totals: Sums;
  cumulative: Record<string, number[]>;
  weekdays: { count: number; distance: number }[];
  hours: { count: number; distance: number }[];
  months: Sums[];
  longest: YearRow | null;
  highest: YearRow | null;
  fastest: YearRow | null;
  streaks: { day: { longest: number }; week: { longest: number } };
  active_days: number;
}

export interface CalendarDay {
  date: string;
  distance: number;
  moving_time: number;
  count: number;
  load: number | null;
}

export interface Eddington {
  unit: string;
  number: number;
  missing: number[];
}

export interface Tracks {
  ids: number[];
  sports: string[];
  years: number[];
  tracks: string[];
}

export interface Tiles {
  zoom: number;
  tiles: number;
  max_square: { size: number; north: number; west: number; south: number; east: number } | null;
  max_cluster: number;
  activities: number;
  without_positions: number;
}

export interface GearRow {
  gear_id: string | null;
  gear_name: string | null;
  count: number;
  distance: number;
  moving_time: number;
  first_used: string | null;
  last_used: string | null;
  retire_at?: number | null;
  retired?: boolean;
  months?: { month: string; distance: number }[];
}

export interface Setting {
  key: string;
  value: string | number | null;
  default: string | null;
  help: string;
  choices?: string[];
  dated?: { since: string; value: string | number }[];
}

export interface Verdict {
  sound: boolean;
  activities: number;
  without_samples: number;
  checked: number;
  problems: { kind: string; activity_id: number | null; what: string; mend: string | null }[];
}

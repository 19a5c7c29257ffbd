// SPDX-License-Identifier: MIT
// One activity: map and charts with one cursor, a part and its numbers, splits, laps, efforts, zones, where the numbers
// come from, and the same route on other days.

import { useEffect, useState } from "preact/hooks";
import { use_data } from "../api";
import { ActivityCharts } from "../parts/activity_charts";
import { ActivityMap } from "../parts/activity_map";
import { Efforts, SimilarRuns, Splits, StravaSays, Zones } from "../parts/activity_tables";
import { Failure } from "../parts/failure";
import { Figure } from "../parts/figure";
import { Cursor, type Range, sample_at, sample_count } from "../parts/samples";
import { use_units } from "../prefs";
import type { Activity, Effort, Streams } from "../types";
import { cadence, clock, day, distance, duration, has_pace, height, number, pace, percent, sport_name, temperature } from "../units";

const wanted_samples = 2400; // enough for charts and map; a part is computed from all of them

function Figures({ activity }: { activity: Activity }) {
  const units = use_units();
  const sport = activity.sport_type;
  const metrics = activity.metrics ?? {};
  const decoupling = metrics["decoupling"];
  return (
    <dl class="figures card head-figures">
      <Figure name="Distance" value={distance(activity.distance, units, 2)} />
      <Figure name="Moving time" value={duration(activity.moving_time)}>
        {activity.elapsed_time !== activity.moving_time ? `elapsed ${duration(activity.elapsed_time)}` : null}
      </Figure>
      <Figure name={has_pace(sport) ? "Pace" : "Speed"} value={pace(activity.average_speed, sport, units)} />
      {metrics["grade_adjusted_speed"] && has_pace(sport) ? (
        <Figure name="Grade adjusted" value={pace(metrics["grade_adjusted_speed"], sport, units)} />
      ) : null}
      <Figure name="Climb" value={height(activity.total_elevation_gain, units)} />
      {activity.average_heartrate ? (
        <Figure name="Heart rate" value={`${number(activity.average_heartrate)} bpm`}>
          {activity.max_heartrate ? `highest ${number(activity.max_heartrate)}` : null}
        </Figure>
      ) : null}
      {activity.average_cadence ? <Figure name="Cadence" value={cadence(activity.average_cadence, sport)} /> : null}
      {activity.average_watts ? <Figure name="Power" value={`${number(activity.average_watts)} W`} /> : null}
      {decoupling !== null && decoupling !== undefined ? (
        <Figure
          name="Decoupling"
          value={percent(decoupling, 1)}
          title="How much the heart rate rose against the pace from the first half to the second; below 5 % is steady"
        />
      ) : null}
      {activity.suffer_score ? <Figure name="Relative effort" value={number(activity.suffer_score)} /> : null}
      {activity.average_temp !== null ? (
        <Figure name="Temperature" value={temperature(activity.average_temp, units)} />
      ) : null}
    </dl>
  );
}

function Photos({ photos }: { photos: { url: string; caption: string | null }[] }) {
  return (
    <section class="card" aria-label="Photos">
      <div class="title">
        <h2>Photos</h2>
      </div>
      <div class="photos">
        {photos.map(({ url, caption }) => (
          <img key={url} src={url} alt={caption ?? "Photo of the activity"} loading="lazy" />
        ))}
      </div>
    </section>
  );
}

const kinds: Record<number, string> = { 1: "Race", 2: "Long run", 3: "Workout", 11: "Race", 12: "Workout" };

export function ActivityPage({ id }: { id: number }) {
  const units = use_units();
  const split_unit = units === "metric" ? "km" : "mile";
  const { data: activity, error } = use_data<Activity>(`/api/activity/${id}?splits=${split_unit}`);
  const { data: streams } = use_data<Streams>(`/api/activity/${id}/streams?points=${wanted_samples}`, true);
  const [cursor] = useState(() => new Cursor());
  const [range, set_range] = useState<Range | null>(null);
  const name = activity?.name;
  useEffect(() => {
    if (name) document.title = `${name.slice(0, 80)} · harrier`;
  }, [name]);
  if (error) return <Failure error={error} />;
  if (!activity) return null;
  const sport = activity.sport_type;
  const has_track = (streams?.latlng?.filter((point) => point !== null).length ?? 0) > 1;
  const has_samples = streams !== null && sample_count(streams) > 1;
  const show = (effort: Effort): void => {
    if (!streams) return;
    set_range({ from: sample_at(streams, effort.start_index), to: sample_at(streams, effort.end_index) });
    document.querySelector(".channels")?.scrollIntoView({ block: "center" });
  };
  const efforts = (activity.best_efforts ?? []).filter(({ refused, mode }) => !refused && mode === "exact");
  const kind = kinds[activity.workout_type ?? -1];
  const similar = activity.similar ?? [];
  return (
    <article class="stack activity">
      <div>
        <h1 class="title-name">
          <bdi>{activity.name || "Without a name"}</bdi>
        </h1>
        <p class="soft">
          {kind ? `${kind} · ` : ""}
          {sport_name(sport)} · {day(activity.start_date_local)}, {clock(activity.start_date_local)}
          {activity.gear_name ? (
            <>
              {" · "}
              <bdi>{activity.gear_name}</bdi>
            </>
          ) : null}
          {activity.device_name ? (
            <>
              {" · "}
              <bdi>{activity.device_name}</bdi>
            </>
          ) : null}
          {activity.strava_id ? (
            <>
              {" · "}
              <a href={`https://www.strava.com/activities/${activity.strava_id}`} target="_blank" rel="noreferrer">
                on Strava
              </a>
            </>
          ) : null}
        </p>
        {activity.description ? (
          <p class="description">
            <bdi>{activity.description}</bdi>
          </p>
        ) : null}
      </div>
      <Figures activity={activity} />
      {has_samples ? (
        <div class="grid linked">
          {has_track ? (
            <div class="half">
              <ActivityMap streams={streams} sport={sport} cursor={cursor} range={range} />
            </div>
          ) : null}
          <div class={has_track ? "half" : undefined}>
            <ActivityCharts id={id} streams={streams} sport={sport} cursor={cursor} range={range} on_part={set_range} />
          </div>
        </div>
      ) : null}
      <div class="grid">
        <div class="half stack">
          {activity.splits?.length ? <Splits title="Splits" splits={activity.splits} sport={sport} is_lap={false} /> : null}
          {activity.laps?.length ? <Splits title="Laps" splits={activity.laps} sport={sport} is_lap /> : null}
        </div>
        <div class="half stack">
          {activity.zones?.length ? <Zones zones={activity.zones} /> : null}
          {efforts.length > 0 ? <Efforts efforts={efforts} on_show={show} /> : null}
          {similar.length > 1 ? <SimilarRuns activity={activity} rows={similar} /> : null}
          <StravaSays activity={activity} />
          {activity.photos?.length ? <Photos photos={activity.photos} /> : null}
        </div>
      </div>
    </article>
  );
}

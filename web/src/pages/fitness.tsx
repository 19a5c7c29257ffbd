// SPDX-License-Identifier: MIT
// Fitness, fatigue and form over time; the load of weeks; zones; and the settings that they rest on.

import { use_data } from "../api";
import { AthleteForm } from "../parts/athlete_form";
import { Failure } from "../parts/failure";
import { Choice, Figure } from "../parts/figure";
import { FitnessChart } from "../parts/fitness_chart";
import { LoadWeeks } from "../parts/load_weeks";
import { ZoneWeeks } from "../parts/zone_weeks";
import { set_words } from "../router";
import type { FitnessDay } from "../types";
import { number } from "../units";

const spans: [string, string][] = [
  ["91", "3 months"],
  ["182", "6 months"],
  ["365", "1 year"],
  ["all", "All"],
];

const signed = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : `${value > 0 ? "+" : value < 0 ? "−" : ""}${number(Math.abs(value), 1)}`;

// Coggan's bands of form; below −30 the risk grows, above 25 fitness is lost.
function form_text(form: number): string {
  if (form < -30) return "very tired";
  if (form < -10) return "training hard";
  if (form <= 5) return "steady";
  if (form <= 25) return "fresh";
  return "losing fitness";
}

function Today({ day }: { day: FitnessDay }) {
  return (
    <dl class="figures card">
      <Figure name="Fitness (CTL)" value={number(day.ctl, 1)}>
        average load of six weeks
      </Figure>
      <Figure name="Fatigue (ATL)" value={number(day.atl, 1)}>
        average load of a week
      </Figure>
      <Figure name="Form (TSB)" value={signed(day.tsb)}>
        {form_text(day.tsb)}
      </Figure>
      <Figure name="Ramp" value={signed(day.ramp)}>
        fitness in a week
      </Figure>
      {day.monotony !== undefined ? (
        <Figure name="Monotony" value={number(day.monotony, 2)}>
          above 2: too little rest
        </Figure>
      ) : null}
      {day.strain !== undefined ? (
        <Figure name="Strain" value={number(day.strain)}>
          load of a week × monotony
        </Figure>
      ) : null}
    </dl>
  );
}

const is_of_load = (key: string): boolean => /^(athlete|zones|load)\./.test(key);

export function Fitness({ search }: { search: URLSearchParams }) {
  const { data: days, error } = use_data<FitnessDay[]>("/api/fitness");
  if (error) return <Failure error={error} />;
  if (!days) return null;
  const span = search.get("days") ?? "182";
  const shown = span === "all" ? days : days.slice(-(Number(span) || 182));
  const today = days[days.length - 1];
  return (
    <div class="stack">
      <div class="head">
        <h1>Fitness</h1>
        <Choice label="Span of time" value={span} of={spans} on_change={(days_text) => set_words({ days: days_text })} />
      </div>
      {today ? <Today day={today} /> : <p class="soft">No activity has a load yet.</p>}
      <section class="card" aria-label="Fitness, fatigue and form">
        <div class="title">
          <h2>Fitness, fatigue, form</h2>
        </div>
        <FitnessChart key={span} days={shown} height={320} />
      </section>
      <LoadWeeks days={days} />
      <ZoneWeeks />
      <section class="card no-print" aria-label="What this rests on" id="settings">
        <div class="title">
          <h2>What this rests on</h2>
          <span class="small soft">thresholds hold from the day given; without one, for all time</span>
        </div>
        <AthleteForm of={is_of_load} />
      </section>
    </div>
  );
}

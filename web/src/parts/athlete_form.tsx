// SPDX-License-Identifier: MIT
// Thresholds, zones, birth year and sex: what load and zones are computed with, each from a day on.

import { useState } from "preact/hooks";
import { type ApiError, send, use_data } from "../api";
import type { Setting } from "../types";
import { none, short_day } from "../units";
import { Failure } from "./failure";

const titles: Record<string, string> = {
  "athlete.birth_year": "Birth year",
  "athlete.sex": "Sex",
  "athlete.max_heartrate": "Highest heart rate",
  "athlete.resting_heartrate": "Resting heart rate",
  "athlete.threshold_heartrate": "Threshold heart rate",
  "athlete.threshold_speed": "Threshold speed",
  "athlete.ftp": "FTP",
  "athlete.weight": "Weight",
  "zones.hr": "Heart-rate zones",
  "load.ctl_days": "Fitness over",
  "load.atl_days": "Fatigue over",
  "load.smoothing": "Smoothing",
  "load.tsb": "Form from",
};

function SettingRow({ setting, on_error }: { setting: Setting; on_error: (error: ApiError | null) => void }) {
  const { key, value, help } = setting;
  const current = value === null ? "" : String(value);
  const [text, set_text] = useState(current);
  const [since, set_since] = useState("");
  const title = titles[key] ?? key.replace(/^.*\./, "").replaceAll("_", " ");
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    on_error(null);
    try {
      await send("PUT", "/api/settings", { key, value: text === "" ? null : text, ...(since ? { since } : {}) });
      set_since("");
    } catch (error) {
      on_error(error as ApiError);
    }
  };
  const is_dated = setting.dated !== undefined;
  return (
    <form class="setting" onSubmit={save}>
      <label class="field">
        <span>
          {title} <span class="small">({help})</span>
        </span>
        {setting.choices ? (
          <select value={text} onChange={(event) => set_text(event.currentTarget.value)}>
            <option value="">{setting.default ? `${setting.default} (usual)` : none}</option>
            {setting.choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        ) : (
          <input
            value={text}
            placeholder={setting.default ?? none}
            inputMode="decimal"
            autocomplete="off"
            onInput={(event) => set_text(event.currentTarget.value)}
          />
        )}
      </label>
      {is_dated ? (
        <label class="field">
          <span>From day</span>
          <input type="date" value={since} onInput={(event) => set_since(event.currentTarget.value)} />
        </label>
      ) : null}
      {text !== current || since !== "" ? (
        <button type="submit" class="main">
          Save<span class="hidden"> {title}</span>
        </button>
      ) : null}
      {setting.dated?.length ? (
        <p class="small soft dated">
          {setting.dated.map(({ since: from, value: was }) => `${was} from ${short_day(from)}`).join(" · ")}
        </p>
      ) : null}
    </form>
  );
}

export function AthleteForm({ of }: { of: (key: string) => boolean }) {
  const { data, error } = use_data<Setting[]>("/api/settings");
  const [refused, set_refused] = useState<ApiError | null>(null);
  if (error) return <Failure error={error} />;
  return (
    <div class="settings-list">
      {refused ? <Failure error={refused} /> : null}
      {data
        ?.filter(({ key }) => of(key))
        .map((setting) => (
          <SettingRow key={`${setting.key} ${setting.value}`} setting={setting} on_error={set_refused} />
        ))}
    </div>
  );
}

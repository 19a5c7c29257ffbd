// SPDX-License-Identifier: MIT
// The login and what it allows, the sync and its budget, whether the archive is whole, and the settings.

import { useState } from "preact/hooks";
import { ApiError, send, use_data } from "../api";
import { AthleteForm } from "../parts/athlete_form";
import { Failure } from "../parts/failure";
import { use_settings } from "../prefs";
import type { SyncState, Verdict } from "../types";
import { moment, number, short_day } from "../units";

const scope_meaning: Record<string, string> = {
  read: "public profile and segments",
  "activity:read": "activities that are not private",
  "activity:read_all": "all activities, also private ones",
  "activity:write": "upload and edit",
  "profile:read_all": "zones, weight and gear",
  "profile:write": "change the profile",
};

function Login() {
  const { login, athlete } = use_settings().session;
  const name = [athlete.firstname, athlete.lastname].filter(Boolean).join(" ");
  return (
    <section class="card half stack" aria-label="Login">
      <h2>Login</h2>
      {login.logged_in ? (
        <>
          <p>
            Logged in{name ? " as " : ""}
            <bdi>{name}</bdi>
            {login.token_expires_at ? (
              <span class="soft small"> · token until {moment(login.token_expires_at)}, renewed by itself</span>
            ) : null}
          </p>
          <table>
            <tbody>
              {[...login.scopes, ...login.missing_scopes].map((scope) => {
                const is_missing = login.missing_scopes.includes(scope);
                return (
                  <tr key={scope}>
                    <th scope="row">
                      <code>{scope}</code>
                    </th>
                    <td class="soft">{scope_meaning[scope] ?? ""}</td>
                    <td class={is_missing ? "number down" : "number up"}>{is_missing ? "missing" : "granted"}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {login.missing_scopes.length > 0 ? <pre>harrier login</pre> : null}
        </>
      ) : (
        <>
          <p>Not logged in. What is stored stays readable; to fetch what is new, log in once:</p>
          <pre>harrier login</pre>
        </>
      )}
    </section>
  );
}

function Budget({ rate }: { rate: NonNullable<SyncState["rate"]> }) {
  const rows: [string, number, number][] = [
    ["15 minutes", rate.used_15min, rate.limit_15min],
    ["Day", rate.used_day, rate.limit_day],
  ];
  return (
    <table>
      <tbody>
        {rows.map(([name, used, limit]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="wide">
              <progress value={used} max={Math.max(limit, 1)} aria-label={`Requests used, ${name}`} />
            </td>
            <td class="number soft">
              {number(used)} of {number(limit)} requests
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sync() {
  const { sync, session } = use_settings();
  const { data: first } = use_data<SyncState>("/api/sync");
  const [error, set_error] = useState<ApiError | null>(null);
  const state = sync ?? first;
  const start = (): void => {
    set_error(null);
    send("POST", "/api/sync").catch((reason: ApiError) => set_error(reason));
  };
  if (!state) return null;
  return (
    <section class="card half stack" aria-label="Sync">
      <div class="row spread">
        <h2>Sync</h2>
        <button type="button" class="main" disabled={state.running || !session.login.logged_in} onClick={start}>
          {state.running ? "Running" : "Sync now"}
        </button>
      </div>
      {state.running ? (
        <div aria-live="polite">
          <p>
            {state.phase}: {number(state.done)} of {number(state.total)}
            <span class="soft"> · {number(state.requests)} requests</span>
          </p>
          <progress value={state.total > 0 ? state.done / state.total : 0} max={1} aria-label="Progress of the sync" />
        </div>
      ) : null}
      {state.last ? (
        <p>
          Last {moment(state.last.at)}: {number(state.last.new)} new, {number(state.last.updated)} updated,{" "}
          {number(state.last.unchanged)} unchanged
          {state.last.failed > 0 ? <span class="down">, {number(state.last.failed)} failed</span> : null}
        </p>
      ) : (
        <p class="soft">Not synced since this server started.</p>
      )}
      {state.done_at ? <p class="soft">Everything is there by {moment(state.done_at)}.</p> : null}
      {state.rate ? <Budget rate={state.rate} /> : null}
      {error ? <Failure error={error} /> : null}
      {state.error ? <Failure error={new ApiError(state.error.message, state.error.hint, 0)} /> : null}
    </section>
  );
}

function Archive() {
  const { archive, version } = use_settings().session;
  const [is_asked, set_asked] = useState(false);
  const { data, error } = use_data<Verdict>(is_asked ? "/api/verify" : null);
  return (
    <section class="card stack" aria-label="Archive">
      <div class="row spread">
        <h2>Archive</h2>
        <button type="button" onClick={() => set_asked(true)} disabled={is_asked && !data && !error}>
          Verify
        </button>
      </div>
      <p>
        {number(archive.activities)} activities, {number(archive.with_streams)} with samples
        {archive.first_date ? `, ${short_day(archive.first_date)} to ${short_day(archive.last_date)}` : ""}
        <span class="soft small"> · harrier {version}</span>
      </p>
      {error ? <Failure error={error} /> : null}
      {data ? (
        <div aria-live="polite">
          <p class={data.sound ? "up" : "down"}>
            {data.sound ? "Sound" : "Not sound"}: {number(data.checked)} records checked,{" "}
            {number(data.problems.length)} {data.problems.length === 1 ? "finding" : "findings"}
          </p>
          {data.problems.length > 0 ? (
            <div class="scroll-x" tabIndex={0} role="region" aria-label="Findings">
              <table>
                <tbody>
                  {data.problems.slice(0, 200).map((problem, i) => (
                    <tr key={i}>
                      <td>
                        {problem.activity_id ? (
                          <a href={`/activity/${problem.activity_id}`}>{problem.activity_id}</a>
                        ) : null}
                      </td>
                      <td>{problem.what}</td>
                      <td>{problem.mend ? <code>{problem.mend}</code> : null}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

export function SettingsPage() {
  return (
    <div>
      <div class="head">
        <h1>Settings and sync</h1>
      </div>
      <div class="grid">
        <Login />
        <Sync />
        <Archive />
        <section class="card" aria-label="Settings">
          <div class="title">
            <h2>Settings</h2>
            <span class="small soft">the same as harrier config</span>
          </div>
          <AthleteForm of={() => true} />
        </section>
      </div>
    </div>
  );
}

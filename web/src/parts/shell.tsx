// SPDX-License-Identifier: MIT
// The frame of every view: the names of the views, light or dark, units, the state of a sync, help for the keys.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { use_data } from "../api";
import { jumps, listen_to_keys } from "../keys";
import { use_settings } from "../prefs";
import type { Place } from "../router";
import type { SyncState } from "../types";
import { moment, number } from "../units";

function is_current(path: string, place: string): boolean {
  if (path === "/activities") return place === path || place.startsWith("/activity/");
  return place === path;
}

function Names({ place }: { place: Place }) {
  const list = useRef<HTMLElement>(null);
  // Where the window is narrow the names scroll sideways.
  useEffect(() => {
    const row = list.current;
    const current = row?.querySelector<HTMLElement>("[aria-current]");
    if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.clientWidth) / 2;
  }, [place.path]);
  return (
    <nav class="names" aria-label="Views" ref={list}>
      {jumps.map(({ path, name }) => (
        <a key={path} href={path} aria-current={is_current(path, place.path) ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

export function sync_text(state: SyncState | null): string {
  if (state === null) return "";
  if (state.running) {
    const part = state.total > 0 ? `${number(state.done)} of ${number(state.total)}` : "";
    return `Sync: ${state.phase} ${part}`.trim();
  }
  return state.last ? `Synced ${moment(state.last.at)}` : "Not synced yet";
}

function Toggles() {
  const { theme, units, set_theme, set_units } = use_settings();
  return (
    <div class="row">
      <button type="button" class="plain small" onClick={() => set_units(units === "metric" ? "imperial" : "metric")}>
        <span class="hidden">Units: </span>
        {units === "metric" ? "km" : "miles"}
      </button>
      <button type="button" class="plain small" onClick={() => set_theme(theme === "dark" ? "light" : "dark")}>
        <span class="hidden">Theme: </span>
        {theme === "dark" ? "Dark" : "Light"}
      </button>
      <button type="button" class="plain small" aria-haspopup="dialog" onClick={show_help}>
        <span aria-hidden="true">?</span>
        <span class="hidden">Keys</span>
      </button>
    </div>
  );
}

function show_help(): void {
  document.querySelector<HTMLDialogElement>("dialog.help")?.showModal();
}

function Help() {
  return (
    <dialog class="help" aria-labelledby="help-title">
      <div class="row spread">
        <h2 id="help-title">Keys</h2>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </div>
      <table>
        <tbody>
          {jumps.map(({ key, name }) => (
            <tr key={key}>
              <td>
                <kbd>g</kbd> <kbd>{key}</kbd>
              </td>
              <td>{name}</td>
            </tr>
          ))}
          <tr>
            <td>
              <kbd>/</kbd>
            </td>
            <td>Search activities by name</td>
          </tr>
          <tr>
            <td>
              <kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd>
            </td>
            <td>In a table: walk through the rows, open one</td>
          </tr>
          <tr>
            <td>
              <kbd>←</kbd> <kbd>→</kbd> <kbd>Esc</kbd>
            </td>
            <td>In the charts of an activity: move the cursor (with Shift, select a part), show all</td>
          </tr>
        </tbody>
      </table>
    </dialog>
  );
}

export function Shell(props: { place: Place; children: ComponentChildren }) {
  const { place, children } = props;
  const { sync } = use_settings();
  const main = useRef<HTMLElement>(null);
  const { data: first_sync } = use_data<SyncState>("/api/sync");
  useEffect(() => listen_to_keys(show_help), []);
  const name = jumps.find(({ path }) => is_current(path, place.path))?.name ?? "harrier";
  useEffect(() => {
    document.title = name === "harrier" ? name : `${name} · harrier`;
  }, [name, place.path]);
  const shown = place.path === "/map" ? "wide" : "";
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <div class="frame">
        <header class="side">
          <a class="brand" href="/">
            <img src="/icon.svg" width="26" height="26" alt="" />
            harrier
          </a>
          <Names place={place} />
          <div class="side-end">
            <p class="small soft sync-line" aria-live="polite">
              {sync_text(sync ?? first_sync)}
            </p>
            <Toggles />
          </div>
        </header>
        <main id="main" ref={main} tabIndex={-1} class={shown}>
          {children}
        </main>
      </div>
      <Help />
    </>
  );
}

// SPDX-License-Identifier: MIT
// What this browser remembers of the reader's wishes: light or dark, and units where they differ from the athlete's.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session, SyncState } from "./types";
import type { Units } from "./units";

export type Theme = "light" | "dark";

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off; the choice lasts as long as the page
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // as above
  }
}

export function stored_list(key: string, otherwise: string[]): string[] {
  const text = stored(key);
  return text === null ? otherwise : text.split(",").filter((word) => word !== "");
}

export function first_theme(): Theme {
  const chosen = stored("theme");
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function show_theme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

export function stored_units(): Units | null {
  const chosen = stored("units");
  return chosen === "metric" || chosen === "imperial" ? chosen : null;
}

export interface Settings {
  session: Session;
  units: Units;
  theme: Theme;
  sync: SyncState | null; // as the server last told it
  set_units: (units: Units) => void;
  set_theme: (theme: Theme) => void;
}

export const SettingsContext = createContext<Settings | null>(null);

export function use_settings(): Settings {
  const settings = useContext(SettingsContext);
  if (settings === null) throw new Error("a page was shown before its session was there");
  return settings;
}

export const use_units = (): Units => use_settings().units;

// The value of a colour of theme.css, for what is drawn on a canvas.
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

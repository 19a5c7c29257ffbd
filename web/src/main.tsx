// SPDX-License-Identifier: MIT
// The page: reads the session, then shows the view that the address names. Maps and charts are fetched when a view
// first needs them.

import { type ComponentType, render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { get, listen, set_csrf, use_data } from "./api";
import { Failure } from "./parts/failure";
import { Shell } from "./parts/shell";
import { Activities, activities_path } from "./pages/activities";
import { Empty } from "./pages/empty";
import { Overview } from "./pages/overview";
import { first_theme, SettingsContext, show_theme, store, stored_units, type Settings, type Theme } from "./prefs";
import { type Place, use_place } from "./router";
import type { Session, SyncState } from "./types";
import type { Units } from "./units";
import "./theme.css";
import "./frame.css";
import "./parts.css";
import "./tables.css";
import "./activities.css";
import "./pages.css";
import "./views.css";

// A view that is a file of its own.
function Later<P extends object>({ load, ...rest }: { load: () => Promise<ComponentType<P>> } & P) {
  const [view, set_view] = useState<{ load: unknown; View: ComponentType<P> } | null>(null);
  const [failure, set_failure] = useState<Error | null>(null);
  useEffect(() => {
    load().then((View) => set_view({ load, View }), set_failure);
  }, [load]);
  if (failure) return <Failure error={failure} />;
  return view && view.load === load ? <view.View {...(rest as unknown as P)} /> : null;
}

const load_activity = () => import("./pages/activity").then((file) => file.ActivityPage);
const load_records = () => import("./pages/records").then((file) => file.Records);
const load_fitness = () => import("./pages/fitness").then((file) => file.Fitness);
const load_calendar = () => import("./pages/calendar").then((file) => file.Calendar);
const load_map = () => import("./pages/map").then((file) => file.MapPage);
const load_gear = () => import("./pages/gear").then((file) => file.Gear);
const load_settings = () => import("./pages/settings").then((file) => file.SettingsPage);

function view_of({ path, search }: Place, is_empty: boolean) {
  const id = path.match(/^\/activity\/(\d+)$/)?.[1];
  if (path === "/settings") return <Later load={load_settings} />;
  if (is_empty) return <Empty />;
  if (id !== undefined) return <Later load={load_activity} key={id} id={Number(id)} />;
  switch (path) {
    case "/":
      return <Overview />;
    case "/activities":
      return <Activities search={search} />;
    case "/records":
      return <Later load={load_records} search={search} />;
    case "/fitness":
      return <Later load={load_fitness} search={search} />;
    case "/calendar":
      return <Later load={load_calendar} search={search} />;
    case "/map":
      return <Later load={load_map} search={search} />;
    case "/gear":
      return <Later load={load_gear} />;
    default:
      return (
        <section>
          <h1>There is nothing at this address</h1>
          <p>
            <a href="/">Overview</a> · <a href="/activities">Activities</a>
          </p>
        </section>
      );
  }
}

function App() {
  const place = use_place();
  const { data: session, error } = use_data<Session>("/api/session");
  const [theme, set_theme] = useState<Theme>(first_theme);
  const [units, set_units] = useState<Units | null>(stored_units);
  const [sync, set_sync] = useState<SyncState | null>(null);
  useEffect(() => listen((state) => set_sync(state as SyncState)), []);
  useEffect(() => show_theme(theme), [theme]);
  useEffect(() => session ? set_csrf(session.csrf) : undefined, [session]);
  const settings = useMemo<Settings | null>(
    () =>
      session && {
        session,
        theme,
        sync,
        units: units ?? session.units,
        set_units: (value) => {
          store("units", value);
          set_units(value);
        },
        set_theme: (value) => {
          store("theme", value);
          show_theme(value);
          set_theme(value);
        },
      },
    [session, theme, units, sync],
  );
  if (!settings) return error ? <Failure error={error} /> : null;
  return (
    <SettingsContext.Provider value={settings}>
      <Shell place={place}>
        {view_of(place, settings.session.empty)}
      </Shell>
    </SettingsContext.Provider>
  );
}

show_theme(first_theme());
// Asked for before the first drawing, so that they travel together.
void get("/api/session");
if (location.pathname === "/") void get("/api/overview").catch(() => undefined);
if (location.pathname === "/activities") void get(activities_path).catch(() => undefined);
render(<App />, document.getElementById("page") as HTMLElement);

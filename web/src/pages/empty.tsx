// SPDX-License-Identifier: MIT
// An archive with nothing in it: how to fill it.

export function Empty() {
  return (
    <section class="stack empty">
      <h1>Nothing is stored yet</h1>
      <p>
        harrier keeps your whole history in one file on this computer. There are two ways to fill it; both can be done
        again at any time and never store anything twice.
      </p>
      <div class="grid">
        <article class="card half stack">
          <h2>From Strava</h2>
          <p>Log in once, then fetch everything you ever recorded, the newest first.</p>
          <pre>harrier login{"\n"}harrier sync</pre>
        </article>
        <article class="card half stack">
          <h2>From files</h2>
          <p>The bulk export of your Strava account, or FIT, GPX and TCX files of a watch, alone or in folders.</p>
          <pre>harrier import export.zip{"\n"}harrier import /media/watch/Activities</pre>
        </article>
        <article class="card half stack">
          <h2>Only looking?</h2>
          <p>A made-up athlete with three years of running, riding and swimming, on a local Strava.</p>
          <pre>harrier demo</pre>
        </article>
      </div>
      <p class="soft">This page follows by itself when something is stored. <a href="/settings">Settings and sync</a></p>
    </section>
  );
}

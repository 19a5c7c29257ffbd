// SPDX-License-Identifier: MIT
// Builds the page into dist/. Everything is a file of its own under assets/, so that a strict Content-Security-Policy
// holds: no inline script or style, no data: URLs. MapLibre comes as its CSP build, whose worker is a file as well.

import { defineConfig } from "vite";

declare const process: { env: Record<string, string | undefined> };
const server = process.env["HARRIER_SERVE"] ?? "http://127.0.0.1:8738";

export default defineConfig({
  resolve: { alias: [{ find: /^maplibre-gl$/, replacement: "maplibre-gl/dist/maplibre-gl-csp.js" }] },
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: "es2021",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1100,
  },
  server: { host: "127.0.0.1", proxy: { "/api": server } },
});

import { defineConfig } from "vitest/config";
import { packed } from "./scripts/packed.ts";

/** The page is served by the gateway from its `static` folder, under any path prefix. */
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [packed()],
  build: {
    outDir: mode === "gallery" ? "dist" : "../gateway/static",
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    // Fonts and images stay files of their own, so that a strict content security policy holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: mode === "gallery" ? ["gallery.html"] : ["index.html"],
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/healthz", "/readyz", "/docs", "/openapi.json"].map((path) => [
        path,
        process.env.ATLAS_GATEWAY ?? "http://127.0.0.1:8000",
      ]),
    ),
  },
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
  },
}));

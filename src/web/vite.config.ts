import { defineConfig } from "vite";

/** The page: static files that the daemon serves, under whatever path a proxy adds. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});

// `npm run build`: bundles the program into dist/, each command in a chunk of its own. CommonJS, because that starts
// faster; the same input gives the same bytes.
import { chmodSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });
await build({
  cwd: root,
  input: { talos: "src/main.ts" },
  platform: "node",
  // Native parts that ssh2 and @discordjs/ws do without where they are not there.
  external: ["cpu-features", /sshcrypto\.node$/, "zlib-sync"],
  // The UMD build of jsonc-parser loads its parts in a way that no bundler follows.
  resolve: { mainFields: ["module", "main"] },
  logLevel: "warn",
  output: {
    dir: dist,
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    banner: ({ isEntry }) => (isEntry ? "#!/usr/bin/env node" : ""),
    minify: true,
    sourcemap: false,
  },
});
chmodSync(join(dist, "talos.cjs"), 0o755);
cpSync(join(root, "examples"), join(dist, "examples"), { recursive: true });

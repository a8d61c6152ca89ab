import { chmodSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "rolldown";
import { modulesOf } from "./modules-of.ts";

const grpcExporter = "@opentelemetry/otlp-grpc-exporter-base";

/**
 * Bundles the program, each command in a chunk of its own, as CommonJS, because that starts faster. Gives the modules
 * that it is made of.
 */
export async function bundleProgram(root: string, folder: string): Promise<readonly string[]> {
  const { output } = await build({
    cwd: root,
    input: { talos: "src/main.ts" },
    platform: "node",
    // A native part that @discordjs/ws does without where it is not there.
    external: ["zlib-sync"],
    resolve: {
      // The UMD build of jsonc-parser loads its parts in a way that no bundler follows;
      mainFields: ["module", "main"],
      // and so does the ESM build of this one.
      alias: { [grpcExporter]: join(root, "node_modules", grpcExporter, "dist/index.cjs") },
    },
    plugins: [leaveOutUnused],
    logLevel: "warn",
    output: {
      dir: folder,
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name]-[hash].cjs",
      banner: ({ isEntry }) => (isEntry ? "#!/usr/bin/env node" : ""),
      minify: true,
      sourcemap: false,
    },
  });
  chmodSync(join(folder, "talos.cjs"), 0o755);
  return modulesOf(output);
}

const nothing = "\0nothing";
/** Parts of dockerode that Talos never calls: SSH of its own (Talos runs ssh), and sessions with BuildKit. */
const leaveOutUnused: Plugin = {
  name: "leave-out-unused",
  resolveId(source, importer = "") {
    const isUnused =
      (source === "ssh2" && importer.includes("/docker-modem/")) ||
      (source === "./session" && importer.includes("/dockerode/"));
    return isUnused ? nothing : undefined;
  },
  load: (id) => (id === nothing ? "module.exports = {}" : undefined),
};

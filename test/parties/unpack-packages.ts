import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpackedFolder } from "./find-program.ts";
import { run } from "./run-installer.ts";

const aptFolder = join(unpackedFolder, "..", "apt");
/** The release of Debian whose docker-compose is V2. */
const composeRelease = "trixie";

/** Packages and what they depend on, downloaded by apt-get and unpacked: no rights needed, nothing installed. */
export function unpackPackages(names: readonly string[]): string {
  const apt = privateApt("own", ["-o", "Debug::NoLocking=1"]);
  return (
    apt("update") ||
    apt("install", "-y", "--no-install-recommends", "--download-only", ...names) ||
    unpackArchives("own")
  );
}

/** Debian 13's docker-compose alone, whatever Debian this is: its plug-in is one static program. */
export function unpackCompose(): string {
  const sources = join(aptFolder, "compose", "sources");
  mkdirSync(sources, { recursive: true });
  for (const { name, text } of debianSources()) writeFileSync(join(sources, name), text);
  const apt = privateApt("compose", ["-o", "Dir::Etc::sourcelist=/dev/null", "-o", `Dir::Etc::sourceparts=${sources}`]);
  return apt("update") || apt("download", "docker-compose") || unpackArchives("compose");
}

/** apt-get with its own lists and archives. */
function privateApt(name: string, options: readonly string[]): (...args: readonly string[]) => string {
  const folder = join(aptFolder, name);
  for (const part of ["lists/partial", "archives/partial"]) mkdirSync(join(folder, part), { recursive: true });
  const own = ["-o", `Dir::State::lists=${join(folder, "lists")}`, "-o", `Dir::Cache=${folder}`];
  // As root, apt would give downloading to a user who may not look into this folder.
  const root = process.getuid?.() === 0 ? ["-o", "APT::Sandbox::User=root"] : [];
  return (...args) => run("apt-get", [...args, ...own, ...root, ...options], join(folder, "archives"));
}

function unpackArchives(name: string): string {
  const archives = join(aptFolder, name, "archives");
  for (const file of readdirSync(archives).filter((each) => each.endsWith(".deb"))) {
    const complaint = run("dpkg", ["-x", join(archives, file), unpackedFolder]);
    if (complaint !== "") return complaint;
  }
  rmSync(join(aptFolder, name), { recursive: true, force: true });
  return "";
}

/** The machine's own sources of Debian packages, with the release changed. */
function debianSources(): readonly { readonly name: string; readonly text: string }[] {
  const codename = /^VERSION_CODENAME=(\w+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? composeRelease;
  const folder = "/etc/apt/sources.list.d";
  const files = readdirSync("/etc/apt").includes("sources.list") ? ["/etc/apt/sources.list"] : [];
  files.push(...readdirSync(folder).map((name) => join(folder, name)));
  return files
    .filter((file) => /\.(list|sources)$/.test(file))
    .map((file) => ({ name: file.replace(/^.*\//, ""), text: readFileSync(file, "utf8") }))
    .filter(({ text }) => /\/debian(-security)?\b/.test(text))
    .map(({ name, text }) => ({ name, text: text.replaceAll(codename, composeRelease) }));
}

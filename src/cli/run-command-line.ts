/**
 * The command line: finds the command, loads it, and turns what ends it into one line and an exit status. Nothing heavy
 * is imported here, so that `talos --help` is as fast as the runtime lets it be.
 */

import { setFlagsFromString } from "node:v8";
import { TalosError } from "../talos-error.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { printable } from "./printable.ts";
import { readVersion } from "./read-version.ts";

export async function runCommandLine(args: readonly string[]): Promise<ExitStatus> {
  try {
    return await dispatch(
      args.filter((argument) => argument !== "--no-color"),
      args.includes("--no-color"),
    );
  } catch (error) {
    return reportFailure(error);
  }
}

async function dispatch(args: readonly string[], isPlain: boolean): Promise<ExitStatus> {
  const [name] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") return printHelp(args.slice(1));
  if (name === "--version" || name === "-V") return print(`talos ${await readVersion()}`);
  if (args.includes("--help") || args.includes("-h")) return printHelp(args);
  const { command, rest } = findCommand(args);
  const { openTerminal } = await import("./terminal.ts");
  const loaded = await command.load();
  keepMemorySmall();
  return loaded.run(rest, openTerminal(isPlain ? false : undefined));
}

/** Some names are two words. */
function findCommand([first = "", second, ...others]: readonly string[]) {
  const group = groupOf(first);
  const name = group.length > 0 ? `${first} ${second}` : first;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined)
    return { command, rest: group.length > 0 || second === undefined ? others : [second, ...others] };
  const known = group.length > 0 ? group : [...new Set(Object.keys(commands).map((one) => one.split(" ", 1).join()))];
  const text =
    group.length === 0 ? `no command ${first}` : `no command ${second === undefined ? `${first} alone` : name}`;
  throw new TalosError("usage", `talos has ${printable(text)}`, { hint: `there are ${known.join(", ")}` });
}

/** The commands that begin with this word and have another one. */
function groupOf(word: string): readonly string[] {
  return Object.keys(commands).filter((name) => name.startsWith(`${word} `));
}

/**
 * Measured on a plan of 1,000 services, which takes as long without either. By now loading has made the space for young
 * objects as large as they need; it would go on to 64 MB. The compiler between the quick and the best one takes 10 MB.
 */
function keepMemorySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--no-maglev");
}

async function printHelp(words: readonly string[]): Promise<ExitStatus> {
  const [first, second] = words.filter((word) => !word.startsWith("-"));
  if (first === undefined) return print(generalHelp());
  const group = groupOf(first);
  if (group.length > 0 && second === undefined) return print(listCommands(group).join("\n"));
  return print(commandHelp(await findCommand(second === undefined ? [first] : [first, second]).command.load()));
}

function generalHelp(): string {
  const names = Object.keys(commands);
  return [
    "Talos keeps containers current, from the git repository that describes them.",
    "",
    "  talos <command> [argument …]",
    "",
    ...listCommands(names.filter((name) => commands[name]?.isRemote !== true)),
    "",
    "A running Talos answers these:",
    "",
    ...listCommands(names.filter((name) => commands[name]?.isRemote === true)),
    "",
    "talos <command> --help tells more; talos --version says which this is.",
  ].join("\n");
}

function listCommands(names: readonly string[]): readonly string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${commands[name]?.summary}`);
}

function commandHelp({ usage, about, options }: Command): string {
  const all = [...options, { form: "--no-color", about: "no colours, also on a terminal" }];
  const width = Math.max(...all.map(({ form }) => form.length));
  const lines = all.map(({ form, about: text }) => `  ${form.padEnd(width)}  ${text}`);
  return [usage, "", about, "", ...lines].join("\n");
}

function print(text: string): ExitStatus {
  process.stdout.write(`${text}\n`);
  return exitStatus.done;
}

function reportFailure(error: unknown): ExitStatus {
  if (!(error instanceof TalosError)) {
    process.stderr.write(`talos: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.stderr.write("This is a fault of Talos, not yours. Please report it with the lines above.\n");
    return exitStatus.failed;
  }
  process.stderr.write(`talos: ${error.message}\n`);
  if (error.hint !== undefined) process.stderr.write(`  ${error.hint}\n`);
  return error.code === "usage" ? exitStatus.usage : exitStatus.failed;
}

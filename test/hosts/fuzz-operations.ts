/**
 * Asks for every operation again and again, with words that a shell or a program would take for more than a word. A
 * process of its own, so that every program that it starts can be watched. Arguments: the settings as JSON, a seed, how
 * many rounds. Prints how many answers there were of each kind.
 */
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { configSchema } from "../../src/config/schema.ts";
import { openHosts } from "../../src/hosts/open-hosts.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { operations } from "../../src/operations/operations.ts";
import { runOperation } from "../../src/operations/run-operation.ts";
import type { Talos } from "../../src/operations/talos.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { canary } from "./canary.ts";

const [settings = "{}", seed = "1", rounds = "1"] = process.argv.slice(2);
const config = configSchema.parse(JSON.parse(settings));

const hostile = [
  `; ${canary}`,
  `$(${canary})`,
  `\`${canary}\``,
  `| ${canary} |`,
  `&& ${canary} #`,
  `\n${canary}\n`,
  `' ; ${canary} ; '`,
  `" ; ${canary} ; "`,
  `web; ${canary}`,
  `>${canary}`,
  `-oProxyCommand=${canary}`,
  `--config=${canary}`,
  `--host=tcp://127.0.0.1:1`,
  "-H",
  "--",
  "--help",
  "--file=/etc/passwd",
  "../../images/json",
  "web?force=true",
  "web/stop",
  "web%2Fstop",
  "\0",
  "$HOME",
  "*",
  "~root",
  "{a,b}",
];

const talos = { ...fakeTalos(), config };
talos.state.onScan = (source) => {
  talos.state.records[source] = { source, startedMs: talos.now(), endedMs: talos.now() };
};
const hosts = openHosts(config, {
  now: Date.now,
  random: Math.random,
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  log: { info: () => undefined, warn: console.error },
});
hosts.connect();
const all: Talos = { ...talos, hosts };
await Promise.all(hosts.all.map((host) => host.containers(AbortSignal.timeout(20_000))));

const labels = hosts.all.flatMap((host) => host.known().flatMap((container) => Object.values(container.labels)));
const names = hosts.all.flatMap((host) => [...host.known(), ...host.projects()].map(({ name }) => name));
const word = fc.oneof(
  { arbitrary: fc.constantFrom(...hostile), weight: 4 },
  { arbitrary: fc.constantFrom(...labels), weight: 2 },
  {
    arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom(...hostile)).map((parts) => parts.join("")),
    weight: 3,
  },
  { arbitrary: fc.string({ unit: "binary" }), weight: 1 },
);
/** What is right for an argument of that name, so that the others are reached. */
const right: Readonly<Record<string, string>> = {
  container: "home-web-1",
  project: "home",
  service: "web",
  lines: "5",
};

const outcomes = new Map<string, number>();
let count = 0;
for (const operation of operations) {
  const needed = Object.keys(operation.arguments.shape);
  for (const host of hosts.all) await askAndCount(operation, valuesOf(operation, { ...right, host: host.name }));
  for (const name of needed)
    for (let round = 0; round < Number(rounds); round += 1) {
      const [bad = ""] = fc.sample(word, { seed: Number(seed) + count, numRuns: 1 });
      const host = hosts.all[count % hosts.all.length]?.name ?? "";
      await askAndCount(operation, { ...valuesOf(operation, { ...right, host }), [name]: bad });
    }
}
// What the labels of containers say goes the same way.
for (const operation of operations.filter(({ name }) => name === "project pull"))
  for (const host of hosts.all)
    for (const { name: project } of host.projects()) await askAndCount(operation, { host: host.name, project });
await hosts[Symbol.asyncDispose]();
console.log(JSON.stringify(Object.fromEntries(outcomes)));

/** Those of its arguments that have a right value. */
function valuesOf({ arguments: { shape } }: Operation, values: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in shape));
}

async function askAndCount(operation: Operation, values: object): Promise<void> {
  count += 1;
  const outcome = `${operation.name}: ${await ask(operation, values)}`;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

async function ask(operation: Operation, values: object): Promise<string> {
  const actor = { name: "mallory", surface: "terminal" } as const;
  const steps = runOperation(operation, values, { talos: all, actor, signal: AbortSignal.timeout(60_000) });
  for (;;) {
    const step = await steps.next();
    if (step.done === true && step.value.code === "compose-failed")
      console.error(operation.name, JSON.stringify(values), JSON.stringify(step.value.view));
    if (step.done === true) return step.value.code ?? "ok";
  }
}

import { setTimeout as delay } from "node:timers/promises";
import type { Container } from "../../../hosts/container.ts";
import { composeNotKnown, type Host, type HostState } from "../../../hosts/hosts.ts";
import { plural } from "../../../operations/plural.ts";
import { TalosError } from "../../../talos-error.ts";
import { type Finding, fails, notes, passes } from "../finding.ts";

/** Whether the host can be reached, what runs there, and whether Talos has the right to see it. */
export async function checkHost(
  host: Pick<Host, "name" | "address" | "state" | "containers">,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const name = nameHost(host);
  // Waits until it is known whether the host is up.
  const asked = await askForContainers(host, signal);
  await untilComposeIsKnown(host, signal);
  const state = host.state();
  if (state.kind === "down") return [fails(name, state.reason, state.hint)];
  if ("refusal" in asked) throw asked.refusal;
  const count = plural(asked.containers.length, "container");
  if (state.kind === "connecting") return [passes(name, `${host.address} answers: ${count}`)];
  const engine = `engine ${state.engineVersion}, API ${state.apiVersion}`;
  return [passes(name, `${host.address} answers: ${engine}, ${count}`), judgeCompose(host.name, state)];
}

async function untilComposeIsKnown({ state }: Pick<Host, "state">, signal: AbortSignal): Promise<void> {
  const isOpen = (now: HostState) => now.kind === "up" && now.composeProblem === composeNotKnown;
  while (isOpen(state())) await delay(50, undefined, { signal });
}

async function askForContainers(
  host: Pick<Host, "containers">,
  signal: AbortSignal,
): Promise<{ readonly containers: readonly Container[] } | { readonly refusal: TalosError }> {
  try {
    return { containers: await host.containers(signal) };
  } catch (error) {
    if (error instanceof TalosError) return { refusal: error };
    throw error;
  }
}

export function nameHost({ name }: Pick<Host, "name">): string {
  return `host ${name}`;
}

/** Projects alone need it, so a host without it may still be as its owner wants it. */
function judgeCompose(host: string, { composeVersion, composeProblem }: Extract<HostState, { kind: "up" }>): Finding {
  const name = nameHost({ name: host });
  if (composeVersion !== undefined) return passes(name, `compose ${composeVersion}`);
  return notes(name, composeProblem ?? "there is no compose", "until then its projects cannot be pulled or brought up");
}

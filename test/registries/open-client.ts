import { createRegistries, type RegistriesOptions } from "../../src/registries/create-registries.ts";
import type { Registries } from "../../src/registries/registry.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface Client extends Registries {
  readonly clock: VirtualClock;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A client that knows no credentials but those of the test, and waits for nothing. */
export function openClient(options: Partial<RegistriesOptions> = {}): Client {
  const clock = createVirtualClock();
  const registries = createRegistries({
    domains: {},
    cache: createMemoryStore({ now: () => clock.now() }).cache("registries"),
    cacheSeconds: 900,
    dockerConfigPath: "/nonexistent/config.json",
    clock,
    requestTimeoutMs: 5000,
    ...options,
  });
  return Object.assign(registries, { clock, [Symbol.asyncDispose]: () => registries.close() });
}

export const digestA = `sha256:${"a".repeat(64)}`;
export const digestB = `sha256:${"b".repeat(64)}`;

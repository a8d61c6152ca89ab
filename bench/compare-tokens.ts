import { createMemoryStore } from "../src/store/memory-store.ts";
import { openTokens } from "../src/tokens/open-tokens.ts";
import { fixedKey } from "../src/tokens/webhook-key.ts";

const tokenCount = 100;
const rounds = 3000;

/** The median time to refuse a token that is wrong in its last character, as a part of that for one that is wrong in all. */
export async function measureTokens(): Promise<{ readonly ratio: number; readonly tokens: number }> {
  const tokens = openTokens(createMemoryStore(), { now: Date.now, webhookKey: fixedKey("k".repeat(32)) });
  const made: string[] = [];
  for (let number = 0; number < tokenCount; number += 1) {
    const use = { kind: "api", access: "read" } as const;
    const created = await tokens.create({ name: `t${number}`, use, createdBy: "bench", expiresMs: undefined });
    if (created.kind === "created") made.push(created.token);
  }
  const times = { near: new Array<number>(), far: new Array<number>() };
  for (let round = 0; round < rounds; round += 1) {
    const real = made[round % made.length] ?? "";
    const near = `${real.slice(0, -1)}${real.endsWith("A") ? "B" : "A"}`;
    const far = real.replaceAll(/./g, (character) => (character === "A" ? "B" : "A"));
    // By turns which is first, so that neither always finds the other's traces.
    for (const kind of round % 2 === 0 ? (["near", "far"] as const) : (["far", "near"] as const)) {
      const started = performance.now();
      const found = await tokens.find(kind === "near" ? near : far);
      times[kind].push(performance.now() - started);
      if (found !== undefined) throw new Error("A wrong token was let in.");
    }
  }
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { ratio: median(times.near) / median(times.far), tokens: tokenCount };
}

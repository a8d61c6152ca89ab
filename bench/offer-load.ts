import { Agent, get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

export interface LoadOutcome {
  readonly requests: number;
  /** Of what was not answered by 200, a few. */
  readonly errors: readonly string[];
  /** From when a request was due, so that a queue before it counts too. */
  readonly milliseconds: { readonly median: number; readonly percentile95: number; readonly largest: number };
}

const mostErrors = 10;
const compressed = { "accept-encoding": "gzip" };

/** Asks at a steady rate, whether answers come or not. */
export async function offerLoad({ url, token, paths, perSecond, seconds }: Load): Promise<LoadOutcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const headers = { ...compressed, authorization: `Bearer ${token}` };
  const waits: number[] = [];
  const errors: string[] = [];
  const answers: Promise<void>[] = [];
  const started = performance.now();
  const all = perSecond * seconds;
  for (let sent = 0; sent < all; ) {
    const due = Math.min(all, Math.floor(((performance.now() - started) / 1000) * perSecond));
    for (; sent < due; sent += 1) {
      const path = paths[sent % paths.length] ?? "/";
      const dueMs = started + (sent / perSecond) * 1000;
      const answer = ask(`${url}${path}`, headers, agent).then(
        (status) => {
          waits.push(performance.now() - dueMs);
          if (status !== 200) errors.push(`${path}: ${status}`);
        },
        (error: unknown) => void errors.push(`${path}: ${String(error)}`),
      );
      answers.push(answer);
    }
    await delay(2);
  }
  await Promise.all(answers);
  agent.destroy();
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  const milliseconds = { median: at(0.5), percentile95: at(0.95), largest: at(1) };
  return { requests: all, errors: errors.slice(0, mostErrors), milliseconds };
}

function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (response) => {
      response.on("end", () => resolve(response.statusCode)).on("error", reject);
      response.resume();
    }).on("error", reject);
  });
}

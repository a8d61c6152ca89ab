import { type RequestOptions, request } from "node:http";
import * as z from "zod/mini";
import type { Config } from "../../config/schema.ts";

export interface Health {
  readonly isWell: boolean;
  /** One line, for a person. */
  readonly text: string;
}

/** Asks the Talos that listens where `settings` say; never fails. */
export async function askHealth(
  { Address, Port }: Pick<Config["ApiSettings"], "Address" | "Port">,
  path: "/healthz" | "/readyz",
  deadlineMs: number,
): Promise<Health> {
  const host = reachable(Address);
  const where = `${host.includes(":") ? `[${host}]` : host}:${Port}`;
  try {
    const { status, body } = await get({ host, port: Port, path, headers: { host: where } }, deadlineMs);
    return path === "/healthz" ? readAlive(status, body, where) : readReady(status, body, where);
  } catch (error) {
    return { isWell: false, text: `no Talos answers at ${where}: ${explain(error, deadlineMs)}` };
  }
}

/** Who listens everywhere listens here. */
function reachable(address: string): string {
  if (address === "0.0.0.0") return "127.0.0.1";
  return address === "::" || address === "[::]" ? "::1" : address;
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** More is no answer of ours. */
const mostBytes = 65_536;

function get(options: RequestOptions, deadlineMs: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asking = request({ ...options, agent: false, signal: AbortSignal.timeout(deadlineMs) }, (response) => {
    let body = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      body += chunk;
      if (body.length > mostBytes) asking.destroy(new Error("it answers something else"));
    });
    response.on("end", () => resolve({ status: response.statusCode, body }));
    response.on("error", reject);
  });
  asking.on("error", reject);
  asking.end();
  return promise;
}

function readAlive(status: number | undefined, body: string, where: string): Health {
  if (status === 200 && body.trim() === "Healthy") return { isWell: true, text: "alive" };
  return { isWell: false, text: `what answers at ${where} is no Talos (status ${status})` };
}

const readinessSchema = z.object({
  ready: z.boolean(),
  parts: z.record(z.string(), z.string()),
});

function readReady(status: number | undefined, body: string, where: string): Health {
  const reading = readinessSchema.safeParse(parseJson(body));
  if (!reading.success) return { isWell: false, text: `what answers at ${where} is no Talos (status ${status})` };
  const { ready, parts } = reading.data;
  if (ready) return { isWell: true, text: `ready: ${Object.keys(parts).join(", ")}` };
  const down = Object.entries(parts).filter(([, state]) => state !== "up");
  return { isWell: false, text: `not ready: ${down.map(([name, state]) => `${name} ${state}`).join("; ")}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function explain(error: unknown, deadlineMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError" || error.name === "TimeoutError") return `no answer within ${deadlineMs / 1000} s`;
  return "code" in error && error.code === "ECONNREFUSED" ? "nobody listens there" : error.message;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface RequestTotals {
  readonly requests: number;
  readonly head: number;
  readonly get: number;
  readonly connections: number;
}

export interface FixtureRegistry extends AsyncDisposable {
  readonly host: string;
  /** Since the last call. */
  counts(): Promise<RequestTotals>;
}

export interface RegistrySetup {
  readonly repositories: number;
  readonly delayMs: number;
  /** With it: HTTPS, over HTTP/2 and HTTP/1.1. */
  readonly certificate?: { readonly certFile: string; readonly keyFile: string } | undefined;
}

export async function startRegistry({ repositories, delayMs, certificate }: RegistrySetup): Promise<FixtureRegistry> {
  const script = join(import.meta.dirname, "fixture-registry.ts");
  const tls = certificate === undefined ? [] : ["--cert", certificate.certFile, "--key", certificate.keyFile];
  const args = [script, "--repositories", String(repositories), "--delay", String(delayMs), ...tls];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const [line]: unknown[] = await once(createInterface({ input: child.stdout }), "line");
  const { host, control }: { readonly host: string; readonly control: string } = JSON.parse(String(line));
  return {
    host,
    counts: async (): Promise<RequestTotals> => JSON.parse(await (await fetch(control)).text()),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

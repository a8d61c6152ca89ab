import { spawn } from "node:child_process";
import { createSecret } from "../telemetry/secret.ts";
import type { Credentials } from "./credentials.ts";
import { isRecord, readText } from "./read-json.ts";

const deadlineMs = 10_000;
const largestAnswerBytes = 1024 * 1024;

type Outcome = { readonly kind: "said"; readonly text: string } | { readonly kind: "failed"; readonly why: string };

/** `docker-credential-<name> get`, as Docker calls it: the server on its standard input, JSON back. No shell is involved. */
export async function askCredentialHelper(name: string, server: string, signal: AbortSignal): Promise<Credentials> {
  if (!/^[a-z0-9-]+$/.test(name))
    return { kind: "none", note: `Docker's credential helper ${JSON.stringify(name)} has no valid name` };
  const program = `docker-credential-${name}`;
  const outcome = await run(program, server, signal);
  if (outcome.kind === "failed") return { kind: "none", note: `${program} ${outcome.why}` };
  return parseAnswer(program, outcome.text);
}

/** A helper says `credentials not found …` for a server it does not know: that is no fault. */
function parseAnswer(program: string, text: string): Credentials {
  if (/^credentials not found/i.test(text)) return { kind: "none" };
  const answer = parseObject(text);
  const username = answer === undefined ? undefined : readText(answer, "Username");
  const secret = answer === undefined ? undefined : readText(answer, "Secret");
  if (username === undefined || secret === undefined) return { kind: "none", note: `${program} gave no credentials` };
  if (username === "<token>")
    return { kind: "refresh-token", token: createSecret(secret), account: `the token of ${program}` };
  return { kind: "password", username, password: createSecret(secret), account: `${username} (of ${program})` };
}

function parseObject(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function run(program: string, input: string, signal: AbortSignal): Promise<Outcome> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const child = spawn(program, ["get"], {
    stdio: ["pipe", "pipe", "ignore"],
    signal: AbortSignal.any([signal, deadline]),
    killSignal: "SIGKILL",
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > largestAnswerBytes) child.kill("SIGKILL");
    else chunks.push(chunk);
  });
  child.on("error", (error) =>
    resolve({
      kind: "failed",
      why: deadline.aborted ? "did not answer within 10 s" : `could not be run (${findReason(error)})`,
    }),
  );
  child.on("close", () => resolve({ kind: "said", text: Buffer.concat(chunks).toString("utf8").trim() }));
  // A helper that ends without reading its input is judged by its answer.
  child.stdin.on("error", () => {});
  child.stdin.end(`${input}\n`);
  return promise;
}

function findReason(error: Error): string {
  return "code" in error && error.code === "ENOENT" ? "it is not installed" : error.message;
}

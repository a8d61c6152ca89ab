// One process that shares jobs with others: `node jobs-process.ts <port> <process> <jobs> <log>`. Writes a line to the log
// when a run begins and when it ends, so that a test sees what overlapped.
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createBullMqJobs } from "../../src/jobs/bullmq-jobs.ts";

const [port = "", name = "", count = "0", log = ""] = process.argv.slice(2);

const jobs = await createBullMqJobs({
  connection: { port: Number(port), retryStrategy: () => 100 },
  prefix: "talos",
  now: Date.now,
  onError: (error) => console.log(`error ${String(error)}`),
});

function note(what: "begin" | "end", id: string): void {
  appendFileSync(log, `${JSON.stringify({ atMs: Date.now(), name, what, id })}\n`);
}

await jobs.start(
  Array.from({ length: Number(count) }, (_, index) => {
    const id = `scan ${index}`;
    const run = async (signal: AbortSignal) => {
      note("begin", id);
      // Work that takes a while and listens.
      for (let step = 0; step < 10 && !signal.aborted; step += 1) await sleep(20);
      note("end", id);
      return { nextMs: Date.now() + 300 };
    };
    return { id, run };
  }),
);
console.log("at work");
process.on("SIGTERM", () => {
  void jobs[Symbol.asyncDispose]().then(() => console.log("ended"));
});

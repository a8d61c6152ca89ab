import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { TalosError } from "../../talos-error.ts";

/** Asks a person at the terminal. Ctrl-C and Ctrl-D end the command. */
export interface Questions extends Disposable {
  ask(question: string): Promise<string>;
  /** What is typed does not show. */
  askHidden(question: string): Promise<string>;
}

export function openQuestions(): Questions {
  let isHidden = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (isHidden) done();
      else process.stdout.write(chunk, done);
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  const ask = async (question: string) => (await lines.question(`${question}: `).catch(stop)).trim();
  return {
    ask,
    askHidden: async (question) => {
      process.stdout.write(`${question}: `);
      isHidden = true;
      try {
        return await ask("");
      } finally {
        isHidden = false;
        process.stdout.write("\n");
      }
    },
    [Symbol.dispose]: () => lines.close(),
  };
}

function stop(cause: unknown): never {
  if (!(cause instanceof Error && cause.name === "AbortError")) throw cause;
  process.stdout.write("\n");
  throw new TalosError("usage", "stopped at a question; nothing was written", { hint: "run talos init again", cause });
}

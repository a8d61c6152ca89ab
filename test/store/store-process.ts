import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface StoreProcess extends AsyncDisposable {
  /** The next line it prints. */
  line(): Promise<string>;
  /** Resolves when it has ended; with 0 when all went well. */
  readonly exitCode: Promise<number | null>;
  /** SIGKILL: it does nothing more. */
  kill(): Promise<void>;
}

/** Another process, with `openSqliteStore`, `openRedisStore` and `readEndpoint` at hand for its script. */
export function storeProcess(script: string, environment: NodeJS.ProcessEnv = {}): StoreProcess {
  const importOf = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const imports = `
    import { openSqliteStore } from ${importOf("../../src/store/sqlite-store.ts")};
    import { openRedisStore } from ${importOf("../../src/store/redis-store.ts")};
    import { readEndpoint } from ${importOf("./open-redis.ts")};`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", imports + script], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exitCode = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    child.kill("SIGKILL");
    await exitCode;
  };
  return { line: async () => String((await lines.next()).value), exitCode, kill, [Symbol.asyncDispose]: kill };
}

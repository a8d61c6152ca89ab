import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lookAtSocket } from "../../src/hosts/route/look-at-socket.ts";
import type { Route } from "../../src/hosts/route.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { noSignal } from "./open-test-hosts.ts";

/** A way to this machine, where commands are run as a user of few rights, as far as these tests may choose one. */
function wayTo(socketThere: string): Route {
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return {
    socketPath: "",
    socketThere,
    lost: noSignal,
    spawn([program = "", ...words]) {
      const child = spawn(program, words, { ...user, stdio: ["ignore", "pipe", "pipe"] });
      const ended = once(child, "close").then(() => ({ kind: "exited", exitCode: 0 }) as const);
      return { output: child.stdout, errors: child.stderr, ended };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

test.runIf(process.platform === "linux")("what is the matter with a socket is seen by looking at it", async () => {
  await using folder = await temporaryFolder();
  await chmod(folder.path, 0o755);
  const look = (name: string) => lookAtSocket(wayTo(join(folder.path, name)), noSignal);
  const server = createServer();
  await once(server.listen(join(folder.path, "a socket's")), "listening");
  expect(await look("none")).toBe("missing");
  await chmod(join(folder.path, "a socket's"), 0o000);
  expect(await look("a socket's")).toBe("denied");
  await chmod(join(folder.path, "a socket's"), 0o666);
  expect(await look("a socket's")).toBe("listening");
  server.close();
  await once(server, "close");
  await folder.write({ left: "" });
  await chmod(join(folder.path, "left"), 0o666);
  expect(await look("left")).toBe("idle");
});

import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import type { SshServer } from "../parties/ssh-server.ts";

/** Ids of the processes whose command line holds the text. */
export function processesOf(text: string): readonly number[] {
  return listProcesses().flatMap(({ id, line }) => (line.includes(text) ? [id] : []));
}

/** Ids of the processes of an sshd that serve a connection. */
export function sessionsOf(server: SshServer): readonly number[] {
  const all = listProcesses();
  const parent = all.find(
    ({ line }) => line.includes("sshd") && line.includes(dirname(server.clientKeyFile)) && !line.includes("/bin/sh"),
  );
  return all.flatMap(({ id, parentId }) => (parentId === parent?.id ? [id] : []));
}

function listProcesses() {
  const text = execFileSync("ps", ["-eww", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return text.split("\n").map((each) => {
    const [, id, parentId, line = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(each) ?? [];
    return { id: Number(id), parentId: Number(parentId), line };
  });
}

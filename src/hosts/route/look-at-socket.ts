import { text } from "node:stream/consumers";
import type { Route } from "../route.ts";
import type { SocketFinding } from "./explain-socket.ts";

/** Linux lists the sockets that are bound, by the path that they were bound to. */
const script = `
if [ ! -e "$1" ]; then echo missing
elif [ ! -r "$1" ] || [ ! -w "$1" ]; then echo denied
elif [ ! -r /proc/net/unix ]; then echo unknown
elif grep -qF " $1" /proc/net/unix || grep -qF " $(readlink -f -- "$1")" /proc/net/unix; then echo listening
else echo idle
fi`;

/** ssh does not say why the socket there cannot be reached, so it is looked at. */
export async function lookAtSocket(route: Route, signal: AbortSignal): Promise<SocketFinding> {
  const command = route.spawn(["sh", "-c", script, "sh", route.socketThere], {}, signal);
  command.errors.resume();
  const [said] = await Promise.all([text(command.output).catch(() => ""), command.ended]);
  return findings.find((finding) => finding === said.trim()) ?? "unknown";
}

const findings = ["missing", "denied", "idle", "listening"] as const;

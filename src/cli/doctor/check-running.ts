import { connect } from "node:net";
import { findSocket } from "../../socket/socket-place.ts";
import { type Finding, notes } from "./finding.ts";

/** Whether a Talos answers at its socket: either is right, but people want to know. */
export async function checkRunning(dataDirectory: string): Promise<readonly Finding[]> {
  const path = await findSocket(dataDirectory);
  const isRunning = path !== undefined && (await answers(path));
  const text = isRunning ? "a Talos runs with this data directory" : "no Talos runs with this data directory";
  return [notes("running", text, isRunning ? undefined : "talos run starts one")];
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}

import { connect } from "node:net";
import { findSocket } from "../../socket/socket-place.ts";

/** Whether a Talos answers at the socket of this data directory. */
export async function isListening(dataDirectory: string): Promise<boolean> {
  const path = await findSocket(dataDirectory);
  if (path === undefined) return false;
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}

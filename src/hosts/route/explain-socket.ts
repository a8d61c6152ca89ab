import { type HostProblem, passing } from "../host-problem.ts";

/** What is the matter with the engine's socket, where it is. */
export type SocketFinding =
  | "missing"
  /** It is there, and this user may not use it. */
  | "denied"
  /** It is there, and no program listens on it. */
  | "idle"
  /** A program listens on it: so the way to it is not open. */
  | "listening"
  /** It could not be looked at. */
  | "unknown";

export function explainSocket(finding: SocketFinding, socket: string, isRemote: boolean): HostProblem {
  const there = isRemote ? " there" : "";
  switch (finding) {
    case "missing":
      return passing(
        `there is no ${socket}${there}`,
        `is Docker installed and running${there}? Another path of its socket is set with Socket${isRemote ? "" : "; in a container it must be mounted"}`,
      );
    case "denied":
      return passing(
        `the user may not use ${socket}${there}`,
        "let the user into its group (`sudo usermod -aG docker <user>`), which counts from the next sign-in",
      );
    case "idle":
      return passing(`nothing listens on ${socket}${there}`, `start Docker${there}`);
    case "listening":
      return passing(
        `its SSH server refuses to forward to ${socket}`,
        "in authorized_keys `restrict` needs `port-forwarding` behind it; in sshd_config see AllowStreamLocalForwarding, AllowTcpForwarding, PermitOpen and DisableForwarding",
      );
    case "unknown":
      return isRemote
        ? passing(
            `${socket} cannot be reached through its SSH server`,
            "is Docker running there, may the user use its socket, and may the key forward (`port-forwarding`)?",
          )
        : passing(`${socket} does not answer`, "is Docker running?");
  }
}

/** By the code of the error that connecting to it on this machine gave. */
export function readSocketError(code: string): SocketFinding {
  if (code === "ENOENT" || code === "ENOTDIR") return "missing";
  if (code === "EACCES" || code === "EPERM") return "denied";
  return code === "ECONNREFUSED" || code === "ENOTSOCK" ? "idle" : "unknown";
}

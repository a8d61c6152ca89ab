import type { Readable } from "node:stream";

/**
 * The way to one engine while it holds: local, or one SSH connection that everything shares. It is opened again by
 * whoever opened it, as a new one; what was started on it ends with it.
 */
export interface Route extends AsyncDisposable {
  /** A Unix socket on this machine that leads to the engine. */
  readonly socketPath: string;
  /** The engine's socket as what `spawn` starts sees it, for DOCKER_HOST: `/var/run/docker.sock`. */
  readonly socketThere: string;
  /** Aborted when the way is lost; its reason is a TalosError `host-unreachable` that says why. */
  readonly lost: AbortSignal;
  /**
   * Starts a program where the engine is, in the home of the user, without input. It and what it started are told to end
   * when the signal is aborted, when the way is lost and when Talos is gone, and are killed after the grace period.
   * `environment` comes on top of a small usual one (PATH, HOME, …): nothing of what Talos alone should know.
   * Throws where the way is lost or the signal aborted already.
   */
  spawn(command: readonly string[], environment: Readonly<Record<string, string>>, signal: AbortSignal): RunningCommand;
}

export interface RunningCommand {
  readonly output: Readable;
  readonly errors: Readable;
  /** Never rejects; resolves after the last of the output has been read or thrown away. */
  readonly ended: Promise<CommandEnd>;
}

export type CommandEnd =
  /** 127: there is no such program there. */
  | { readonly kind: "exited"; readonly exitCode: number }
  /** By the signal that came with it. */
  | { readonly kind: "aborted" }
  /** The way was lost, or the program killed by somebody else; `reason` is one line. */
  | { readonly kind: "lost"; readonly reason: string };

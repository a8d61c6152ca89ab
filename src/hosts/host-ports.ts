/** Where it is said what becomes of the hosts. */
interface HostsLog {
  info(text: string): void;
  warn(text: string): void;
}

/** The world, as hosts need it. */
export interface HostPorts {
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: HostsLog;
}

/** Exit statuses of every command. */
export const exitStatus = {
  done: 0,
  failed: 1,
  /** With `--exit-code`: there are updates. */
  updates: 2,
  /** Done, but some references are `unknown`. */
  unknown: 3,
  usage: 64,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

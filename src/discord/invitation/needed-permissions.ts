/** A permission of Discord under the name people read in its settings. */
interface Permission {
  readonly name: string;
  readonly bit: bigint;
}

const seeAndShow: readonly Permission[] = [
  { name: "View Channel", bit: 1n << 10n },
  { name: "Embed Links", bit: 1n << 14n },
  { name: "Attach Files", bit: 1n << 15n },
  { name: "Read Message History", bit: 1n << 16n },
];
const send: Permission = { name: "Send Messages", bit: 1n << 11n };
const sendInThreads: Permission = { name: "Send Messages in Threads", bit: 1n << 38n };

/** What Talos needs to post where it is told to, and to find its own messages again. */
export const neededPermissions = {
  channel: [...seeAndShow, send],
  thread: [...seeAndShow, sendInThreads],
  /** What the invitation asks for. */
  all: [...seeAndShow, send, sendInThreads],
} as const;

import { randomBytes } from "node:crypto";
import type { StoredMessage } from "./messages.ts";
import type { Member } from "./place.ts";

/** One thing a user did, and what the bot answered. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: "command" | "component" | "autocomplete";
  readonly user: Member;
  readonly channelId: string;
  /** The message with the button. */
  readonly source: StoredMessage | undefined;
  /** Not acknowledged in time: the user sees that the application did not respond. */
  hasFailed: boolean;
  /** The type of the answer: 4 message, 5 later, 6 later on the same message, 7 that message changed, 8 choices. */
  callback: number | undefined;
  choices: readonly { readonly name: string; readonly value: string | number }[] | undefined;
  /** What `@original` means. */
  original: StoredMessage | undefined;
  readonly followUps: StoredMessage[];
  isExpired: boolean;
}

export interface Interactions {
  /** It fails when nothing acknowledges it in time. */
  open(start: Pick<Interaction, "kind" | "user" | "channelId" | "source">): Interaction;
  fail(interaction: Interaction): void;
  byToken(token: string): Interaction | undefined;
  /** All tokens so far are as good as 15 minutes old. */
  expire(): void;
  close(): void;
  acknowledgeWithinMs: number;
}

export function openInteractions(newId: () => string, acknowledgeWithinMs: number, tell: () => void): Interactions {
  const all = new Map<string, Interaction>();
  const timers = new Set<NodeJS.Timeout>();
  const interactions: Interactions = {
    acknowledgeWithinMs,
    open(start) {
      const interaction: Interaction = {
        ...start,
        id: newId(),
        token: randomBytes(24).toString("base64url"),
        hasFailed: false,
        callback: undefined,
        choices: undefined,
        original: undefined,
        followUps: [],
        isExpired: false,
      };
      all.set(interaction.token, interaction);
      timers.add(
        setTimeout(() => {
          if (interaction.callback === undefined) interactions.fail(interaction);
        }, interactions.acknowledgeWithinMs),
      );
      return interaction;
    },
    fail(interaction) {
      interaction.hasFailed = true;
      tell();
    },
    byToken: (token) => all.get(token),
    expire() {
      for (const interaction of all.values()) interaction.isExpired = true;
    },
    close: () => timers.forEach(clearTimeout),
  };
  return interactions;
}

import { type Press, parseCustomId } from "../custom-id.ts";

/**
 * How a click is acknowledged, before anything is done:
 * - `update`: without a sign; where the click gives a message, it is told to whoever clicked alone.
 * - `reply`: as the promise of a private reply; the message fills it.
 * - `replace`: without a sign; the message takes the place of the private one that was clicked on.
 */
export type Acknowledgement = "update" | "reply" | "replace";

const acknowledgements: Readonly<Partial<Record<Press["kind"], Acknowledgement>>> = {
  answer: "update",
  "choose-questions": "reply",
  "answer-chosen": "replace",
};

/** undefined: the id is not one of a prompt. */
export function acknowledgementOf(customId: string): Acknowledgement | undefined {
  const press = parseCustomId(customId);
  return press && acknowledgements[press.kind];
}

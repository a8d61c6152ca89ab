/**
 * How one interaction is answered. Discord wants a sign within three seconds, and takes changes of the answer for 15 minutes
 * from then; after that only a message that everybody sees can still be changed, as a message of the channel.
 */
import * as z from "zod/mini";
import { TalosError } from "../../talos-error.ts";
import type { Message } from "../message.ts";
import type { DiscordApi } from "../rest/discord-api.ts";
import type { DiscordRest } from "../rest/discord-rest.ts";
import { refusalNumber } from "../rest/explain-rest-failure.ts";
import { messageBody } from "../rest/message-body.ts";
import type { Interaction } from "./interaction.ts";

export interface Responder {
  /** Promises an answer: to everybody, or to whoever asked alone. */
  promise(visibility: "public" | "private"): Promise<void>;
  /** Promises that the message that was clicked on will change. */
  promiseUpdate(): Promise<void>;
  /** Says something to whoever asked alone; where an answer was promised and not given, in its place. */
  tell(message: Message): Promise<void>;
  /** Changes the message that was clicked on at once. */
  replace(message: Message): Promise<void>;
  /** From now on `edit` gives, and changes, a message of its own beside the one that was clicked on. */
  answerBeside(): void;
  /** What is offered to whoever is typing. */
  offer(choices: readonly { readonly name: string; readonly value: string }[]): Promise<void>;
  /** Gives the promised answer, or changes it. */
  readonly edit: (message: Message) => Promise<void>;
}

interface ResponderPorts {
  readonly rest: DiscordRest;
  readonly patientRest: DiscordRest;
  readonly api: DiscordApi;
  readonly now: () => number;
}

/** The three seconds, less what it took the interaction to come here. */
const signDeadlineMs = 2500;
const tokenLifeMs = 14 * 60_000;
const privateFlag = 64;
const alreadyAcknowledged = 40_060;

const callback = { reply: 4, promise: 5, promiseUpdate: 6, replace: 7, offer: 8 } as const;

export function openResponder(interaction: Interaction, { rest, patientRest, api, now }: ResponderPorts): Responder {
  const { id, token, application_id, channel_id } = interaction;
  const startedMs = now();
  let owes: "sign" | "answer" | "nothing" = "sign";
  let isPrivate = false;
  let isBeside = false;
  let messageId = interaction.type === 3 ? interaction.message.id : undefined;

  const sign = async (type: number, data?: object, files?: Message["files"], tries = 3): Promise<void> => {
    try {
      // The first interaction may be here before the sign-in is over.
      await patientRest({
        method: "post",
        path: `/interactions/${id}/${token}/callback`,
        what: "take the answer to an interaction",
        body: data === undefined ? { type } : { type, data },
        files,
        isOpen: true,
        deadlineMs: signDeadlineMs,
      });
    } catch (error) {
      // An answer that was lost on the way may have been taken.
      const isAgain = error instanceof TalosError && error.retryable && tries > 1 && now() - startedMs < signDeadlineMs;
      if (isAgain) return sign(type, data, files, tries - 1);
      if (refusalNumber(error) !== alreadyAcknowledged) throw error;
    }
    owes = type === callback.promise ? "answer" : "nothing";
  };

  const post = (body: object, files: Message["files"]) =>
    rest({
      method: "post",
      path: `/webhooks/${application_id}/${token}`,
      what: "take an answer beside an interaction",
      body,
      files,
      isOpen: true,
    });

  const patch = (body: object, files: Message["files"]) =>
    rest({
      method: "patch",
      path: `/webhooks/${application_id}/${token}/messages/${isBeside ? messageId : "@original"}`,
      what: "change the answer to an interaction",
      body,
      files,
      isOpen: true,
    });

  const edit: Responder["edit"] = async (message) => {
    const isTokenDead = now() - startedMs > tokenLifeMs;
    if (isTokenDead && !isPrivate && messageId !== undefined && channel_id !== undefined)
      return api.edit(channel_id, messageId, message, new AbortController().signal);
    const body = messageBody(message);
    const edited =
      isBeside && messageId === undefined ? await post(body, message.files) : await patch(body, message.files);
    owes = "nothing";
    messageId ??= readId(edited);
  };

  return {
    async promise(visibility) {
      isPrivate = visibility === "private";
      messageId = undefined;
      await sign(callback.promise, isPrivate ? { flags: privateFlag } : undefined);
    },
    promiseUpdate: () => sign(callback.promiseUpdate),
    async tell(message) {
      if (owes === "answer") return edit(message);
      const data = { ...messageBody(message), flags: privateFlag };
      if (owes === "sign") return sign(callback.reply, data, message.files);
      await post(data, message.files);
    },
    replace: (message) => sign(callback.replace, messageBody(message), message.files),
    answerBeside() {
      isBeside = true;
      messageId = undefined;
    },
    offer: (choices) => sign(callback.offer, { choices }),
    edit,
  };
}

function readId(message: unknown): string | undefined {
  const parsed = z.object({ id: z.string() }).safeParse(message);
  return parsed.success ? parsed.data.id : undefined;
}

/**
 * What Talos shows in Discord's channels, as documents: what each message should say, and whether it says so by now.
 * Events change the board (plan-board.ts, pure), and what is due is then brought to Discord (notices/show-board.ts). So
 * what comes while Discord is away costs one message or one edit in the end. What a newcomer would get wrong:
 *
 * - A document without `messageId` may have been posted nevertheless: the answer was lost, or the process died before it
 *   could write it down. `markMs` is then looked for among the channel's messages. It is the time stamp of the embed, which
 *   Discord gives back to the millisecond, and no two messages of a board have the same.
 * - A notice is forgotten when it is posted. A prompt stays for as long as it has an open question, and for some time after
 *   its last change, so that late clicks are understood; a pipeline, so that its message can say how it ended.
 * - Questions of a prompt are never removed or put in another order: private messages count on their places.
 */
import * as z from "zod/mini";
import { noticeKinds } from "../../config/notice-kinds.ts";
import { eventKinds, memberSchema } from "../../events/event.ts";

/** Of pipelines each has a message of its own. */
export const listedKinds = noticeKinds.filter((kind) => kind !== "Pipeline");
export type ListedKind = (typeof listedKinds)[number];

export type BoardMember = z.infer<typeof memberSchema>;

/** What the registry says of a new image. */
const aboutImage = z.object({
  createdMs: z.optional(z.number()),
  notes: z.optional(z.object({ text: z.string(), url: z.string() })),
});
export type AboutImage = z.infer<typeof aboutImage>;

const questionState = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open") }),
  /** Asked again in a later message. */
  z.object({ kind: z.literal("again") }),
  z.object({ kind: z.literal("deferred"), by: z.string() }),
  z.object({ kind: z.literal("ignored"), by: z.string() }),
  /** Superseded or closed; why, in words. */
  z.object({ kind: z.literal("closed"), text: z.string() }),
  /** On its way. `to`: what is delivered instead, as it was decided again. */
  z.object({
    kind: z.literal("approved"),
    by: z.string(),
    text: z.optional(z.string()),
    link: z.optional(z.string()),
    isFailing: z.optional(z.boolean()),
    to: z.optional(z.array(memberSchema)),
  }),
  z.object({
    kind: z.literal("delivered"),
    by: z.string(),
    commit: z.optional(z.string()),
    link: z.optional(z.string()),
    to: z.optional(z.array(memberSchema)),
  }),
  z.object({ kind: z.literal("failed"), by: z.string(), text: z.string() }),
]);
export type QuestionState = z.infer<typeof questionState>;

const shownQuestion = z.object({
  id: z.string(),
  source: z.string(),
  target: z.string(),
  members: z.array(memberSchema),
  size: z.optional(z.string()),
  about: z.optional(aboutImage),
  state: questionState,
});
export type ShownQuestion = z.infer<typeof shownQuestion>;

const prompt = z.object({ type: z.literal("prompt"), source: z.string(), questions: z.array(shownQuestion) });
export type Prompt = z.infer<typeof prompt>;

const noticeItem = z.object({
  event: z.enum(eventKinds),
  atMs: z.number(),
  text: z.string(),
  subject: z.optional(z.string()),
  members: z.optional(z.array(memberSchema)),
  size: z.optional(z.string()),
  /** Who approved it, or did it; undefined: Talos by policy. */
  by: z.optional(z.string()),
  reason: z.optional(z.string()),
  hint: z.optional(z.string()),
  commit: z.optional(z.string()),
  link: z.optional(z.string()),
  about: z.optional(aboutImage),
});
export type NoticeItem = z.infer<typeof noticeItem>;

const notice = z.object({
  type: z.literal("notice"),
  kind: z.enum(listedKinds),
  source: z.optional(z.string()),
  items: z.array(noticeItem),
  /** Further ones, of which only the number is kept. */
  more: z.number(),
});
export type Notice = z.infer<typeof notice>;

const pipeline = z.object({
  type: z.literal("pipeline"),
  /** `facts.pipeline` of its events. */
  key: z.string(),
  number: z.string(),
  state: z.string(),
  project: z.string(),
  ref: z.string(),
  name: z.optional(z.string()),
  durationSeconds: z.optional(z.number()),
  link: z.optional(z.string()),
  commit: z.optional(z.string()),
  commitLink: z.optional(z.string()),
  message: z.optional(z.string()),
});
export type ShownPipeline = z.infer<typeof pipeline>;

export const boardMessageSchema = z.object({
  markMs: z.number(),
  channelId: z.string(),
  /** undefined: it is not known to be posted. */
  messageId: z.optional(z.string()),
  /** Discord does not show this yet. */
  isDue: z.boolean(),
  changedMs: z.number(),
  content: z.discriminatedUnion("type", [prompt, notice, pipeline]),
});
export type BoardMessage = z.infer<typeof boardMessageSchema>;

export interface Board {
  /** By `messageKey`, oldest first. */
  readonly messages: ReadonlyMap<string, BoardMessage>;
  /** The latest mark that was given. */
  readonly lastMarkMs: number;
}

export function messageKey({ markMs }: Pick<BoardMessage, "markMs">): string {
  return String(markMs);
}

export function hasOpenQuestion({ content }: BoardMessage): boolean {
  return content.type === "prompt" && content.questions.some(({ state }) => state.kind === "open");
}

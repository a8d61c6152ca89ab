import { formatClock } from "../../../format-clock.ts";
import type { BoardMessage, ShownPipeline } from "../../board/board.ts";
import type { Bar, Draft } from "../../messages/draft.ts";
import { link } from "../../text/link.ts";
import { bold, lines, type Markdown, md, small } from "../../text/markdown.ts";
import { plain } from "../../text/plain.ts";
import { quote } from "../../text/quote.ts";

/** How a pipeline of a commit of ours goes, or went. */
export function writePipeline({ markMs }: Pick<BoardMessage, "markMs">, pipeline: ShownPipeline): Draft {
  const { project, ref, message } = pipeline;
  const { bar, heading, outcome } = states[pipeline.state] ?? unknownState;
  const body = [
    bold(heading),
    small(md`${plain(project, 200)} » ${plain(ref, 200)}`),
    writeName(pipeline),
    writeOutcome(outcome, pipeline),
    writeCommit(pipeline),
    message === undefined ? undefined : writeMessage(message),
  ];
  return { cards: [{ bar, atMs: markMs, body: body.filter((line) => line !== undefined) }] };
}

interface StateText {
  readonly bar: Bar;
  readonly heading: string;
  readonly outcome?: string;
}

const states: Readonly<Record<string, StateText>> = {
  waiting: { bar: "read", heading: "Pipeline waiting" },
  running: { bar: "read", heading: "Pipeline running" },
  succeeded: { bar: "done", heading: "Pipeline completed", outcome: "Succeeded" },
  failed: { bar: "failed", heading: "Pipeline failed", outcome: "Failed" },
  cancelled: { bar: "over", heading: "Pipeline cancelled", outcome: "Cancelled" },
  skipped: { bar: "over", heading: "Pipeline skipped", outcome: "Skipped" },
};
const unknownState: StateText = { bar: "read", heading: "Pipeline" };

function writeName({ number, name, link: url }: ShownPipeline): Markdown {
  const label = plain(`#${number}`, 100);
  const shown = url === undefined ? label : link(label, url);
  return name === undefined ? md`Pipeline ${shown}` : md`Pipeline ${shown} (${plain(name, 200)})`;
}

function writeOutcome(outcome: string | undefined, { durationSeconds }: ShownPipeline): Markdown | undefined {
  if (outcome === undefined) return undefined;
  return plain(durationSeconds === undefined ? outcome : `${outcome} in ${formatClock(durationSeconds)}`);
}

function writeCommit({ commit, commitLink }: ShownPipeline): Markdown | undefined {
  if (commit === undefined) return undefined;
  const digits = plain(commit.slice(0, 8));
  return commitLink === undefined ? md`Commit ${digits}` : md`Commit ${link(digits, commitLink)}`;
}

const longestQuote = 2400;

/** The title, with room above it, and quoted what comes after it. */
function writeMessage(message: string): Markdown {
  const [title = "", ...rest] = message.trim().split("\n");
  const text = rest.join("\n").trim();
  return md`\n${lines(plain(title, 300), text === "" ? undefined : quote(text, longestQuote))}`;
}

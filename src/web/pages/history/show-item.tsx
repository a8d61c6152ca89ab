import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { wordExactTime } from "../../client/time/word-time.ts";
import { OutLink } from "../../parts/control/link.tsx";
import { Badge } from "../../parts/text/badge.tsx";
import { eventLook } from "../../parts/text/event-look.ts";
import { SizeBadge } from "../../parts/text/size-badge.tsx";
import { Words } from "../../parts/text/words.tsx";
import type { TimeLineItem } from "./time-line.ts";

export function ShowItem({ item }: { readonly item: TimeLineItem }) {
  return item.kind === "event" ? <ShowEvent event={item.event} /> : <ShowCommit {...item} />;
}

function ShowEvent({ event }: { readonly event: LoggedEvent }) {
  const { label, tone } = eventLook(event);
  const { atMs, text, source, link, commit, facts } = event;
  return (
    <div class={`happened happened-${tone}`}>
      <Clock atMs={atMs} />
      <div class="happened-text">
        <p>
          <Badge tone={tone}>{label}</Badge> <Words>{text}</Words>
        </p>
        <p class="happened-facts">
          {source === undefined ? undefined : <Words>{source}</Words>}
          <span>{who(event)}</span>
          {typeof facts?.durationSeconds === "number" ? <span>{duration(facts.durationSeconds)}</span> : undefined}
          <Where commit={commit} link={link} />
        </p>
      </div>
    </div>
  );
}

function ShowCommit({ atMs, commit, delivered, pipelines }: Extract<TimeLineItem, { readonly kind: "commit" }>) {
  const [first] = delivered;
  const isBroken = pipelines.some((pipeline) => eventLook(pipeline).tone === "bad");
  return (
    <div class={`happened happened-${isBroken ? "bad" : "good"}`}>
      <Clock atMs={atMs} />
      <div class="happened-text commit">
        <p>
          <Badge tone="good" icon="check">
            {delivered.length === 1 ? "committed" : `${delivered.length} committed`}
          </Badge>{" "}
          <Where commit={commit} link={first?.link} />
          {pipelines.map((pipeline) => (
            <Pipeline key={pipeline.position} pipeline={pipeline} />
          ))}
        </p>
        <ul class="commit-updates">
          {delivered.map(({ position, text, size }) => (
            <li key={position}>
              <Words>{text}</Words> {size === undefined ? undefined : <SizeBadge size={size} />}
            </li>
          ))}
        </ul>
        {first === undefined ? undefined : (
          <p class="happened-facts">
            <Words>{first.source ?? ""}</Words>
            <span>{who(first)}</span>
          </p>
        )}
      </div>
    </div>
  );
}

function Pipeline({ pipeline }: { readonly pipeline: LoggedEvent }) {
  const { label, tone } = eventLook(pipeline);
  const { link, facts } = pipeline;
  const title = [facts?.project, facts?.ref].filter((word) => word !== undefined).join(" » ");
  const took = typeof facts?.durationSeconds === "number" ? ` in ${duration(facts.durationSeconds)}` : "";
  const badge = <Badge tone={tone} title={title}>{`${label}${took}`}</Badge>;
  return link === undefined ? (
    badge
  ) : (
    <OutLink url={link} class="pipeline-link">
      {badge}
    </OutLink>
  );
}

function Clock({ atMs }: { readonly atMs: number }) {
  return (
    <time class="happened-at" dateTime={new Date(atMs).toISOString()} title={wordExactTime(atMs)}>
      {new Date(atMs).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}
    </time>
  );
}

function Where({ commit, link }: { readonly commit: string | undefined; readonly link: string | undefined }) {
  const words = commit === undefined ? "see it" : <code>{commit.slice(0, 8)}</code>;
  if (link !== undefined) return <OutLink url={link}>{words}</OutLink>;
  return commit === undefined ? null : <span title={commit}>{words}</span>;
}

function who({ actor, cause }: LoggedEvent): string {
  if (actor !== "talos") return `by ${actor}`;
  return cause === "policy" || cause === "schedule" ? cause : `because of ${cause}`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

import { z } from "zod";
import { targetKey } from "../../delivery/update.ts";
import { matchReference } from "../../updates/match-reference.ts";
import type { ReferenceWithEdits } from "../../updates/plan-reference-edits.ts";
import { referenceId } from "../../updates/target-id.ts";
import { optional, required, words } from "../argument-types.ts";
import { completeSource } from "../complete-source.ts";
import { findSources } from "../find-source.ts";
import { defineOperation, type OperationRun } from "../operation.ts";
import type { WatchedSource } from "../talos.ts";
import type { View, ViewPart } from "../view.ts";
import { completeReference } from "./complete-reference.ts";
import { describeTarget } from "./describe-target.ts";
import { describeWhy } from "./describe-why.ts";
import { type KnownTarget, knownTargets, matchTargets, shortestName } from "./known-targets.ts";
import { refuseUnknown } from "./resolve-target.ts";

interface Match {
  readonly source: WatchedSource;
  readonly reference: ReferenceWithEdits;
}

export const why = defineOperation({
  name: "why",
  summary: "the facts behind a verdict",
  arguments: z.strictObject({
    reference: required(words(), "A name, an image, file#pointer, an id or group:<name>."),
    source: optional(words(), "Only in this source."),
  }),
  positional: ["reference"],
  complete: (argument, talos) =>
    argument === "source" ? completeSource(argument, talos) : completeReference(argument, talos),
  access: "read",
  deadlineSeconds: 120,
  async *run(run, { reference: wanted, source }) {
    const sources = findSources(run.talos, source);
    const targets = (await knownTargets(run.talos)).filter((known) => sources.some(({ id }) => id === known.source));
    const named = targets.find(
      ({ key, target }) => wanted === key || (wanted === target && target.startsWith("group:")),
    );
    if (named !== undefined && named.target.startsWith("group:")) return await describeGroup(named, run);
    yield { kind: "status", text: `deciding about ${wanted}` };
    const within = named === undefined ? sources : sources.filter(({ id }) => id === named.source);
    const matches = await explainIn(within, named?.target ?? wanted, run);
    const [match, ...others] = matches;
    const [lost, ...alike] = named === undefined ? matchTargets(targets, wanted) : [named];
    if (match === undefined)
      return lost === undefined || alike.length > 0 ? refuseUnknown(wanted, targets) : await describeLost(lost, run);
    return others.length > 0 ? listMatches(matches) : await describeMatch(match, targets, run);
  },
});

/** Those that match best in all of the sources. */
async function explainIn(
  sources: readonly WatchedSource[],
  wanted: string,
  { signal }: OperationRun,
): Promise<readonly Match[]> {
  const explained = sources.map(async (source) =>
    (await source.explain(wanted, signal)).map((reference): Match => ({ source, reference })),
  );
  const matches = (await Promise.all(explained)).flat();
  const best = Math.max(0, ...matches.map(({ reference }) => matchReference(reference.found, wanted)));
  return matches.filter(({ reference }) => matchReference(reference.found, wanted) === best);
}

function listMatches(matches: readonly Match[]): View {
  const hasSources = new Set(matches.map(({ source }) => source.id)).size > 1;
  const choices = matches.map(({ source, reference }): ViewPart => {
    const id = referenceId(reference.found);
    const place = hasSources ? { source: source.id } : {};
    return { type: "choice", text: id, operation: "why", arguments: { reference: id, ...place } };
  });
  return [{ type: "text", text: `${matches.length} references match; name one of them:` }, ...choices];
}

async function describeMatch(
  { source, reference }: Match,
  targets: readonly KnownTarget[],
  { talos, signal }: OperationRun,
): Promise<View> {
  const id = referenceId(reference.found);
  const group = reference.policy?.sync?.group;
  const target = group === undefined ? id : `group:${group}`;
  const key = targetKey({ source: source.id, target });
  const background = await source.background(reference, signal);
  const known = targets.find((one) => one.key === key);
  const name = known === undefined ? target : shortestName(known, targets);
  const state = await describeTarget(talos, { key, source: source.id, target, name });
  return [...describeWhy(reference, background), ...state];
}

/** What is remembered of a reference that its source does not have, or not any more. */
async function describeLost({ key, target, source }: KnownTarget, { talos }: OperationRun): Promise<View> {
  const state = await describeTarget(talos, { key, source, target, name: key });
  const text = `${source} no longer has it, or has not been scanned yet`;
  return [{ type: "text", heading: true, text: key }, { type: "text", tone: "warning", text }, ...state];
}

/** A group has no verdict of its own: its members have. */
async function describeGroup(named: KnownTarget, { talos }: OperationRun): Promise<View> {
  const { key, target, source, references } = named;
  const choices = references.map(({ id, name }): ViewPart => {
    return { type: "choice", text: name, operation: "why", arguments: { reference: id, source } };
  });
  const text = references.length === 1 ? "1 member" : `${references.length} members`;
  const state = await describeTarget(talos, { key, source, target, name: target });
  return [{ type: "text", heading: true, text: key }, { type: "text", text }, ...choices, ...state];
}

import { nearestName } from "../../policy/nearest-name.ts";
import { imageNames } from "../../updates/match-reference.ts";
import type { Refusal } from "../operation.ts";
import type { ViewPart } from "../view.ts";
import { type KnownTarget, matchTargets, shortestName } from "./known-targets.ts";

type Resolution =
  | { readonly kind: "target"; readonly target: KnownTarget }
  | { readonly kind: "refused"; readonly refusal: Refusal };

interface ResolveRequest {
  readonly wanted: string;
  readonly targets: readonly KnownTarget[];
  /** Where several match, the one of these that does is meant. */
  readonly isExpected?: (key: string) => boolean;
  /** What is offered where several match. */
  readonly operation: string;
  readonly rest?: Readonly<Record<string, string>>;
}

/** The one target that a person's words name. */
export function resolveTarget({ wanted, targets, isExpected, operation, rest }: ResolveRequest): Resolution {
  const matches = matchTargets(targets, wanted);
  const expected = isExpected === undefined ? [] : matches.filter(({ key }) => isExpected(key));
  const [first, ...others] = expected.length > 0 ? expected : matches;
  if (first === undefined) return { kind: "refused", refusal: refuseUnknown(wanted, targets) };
  if (others.length === 0) return { kind: "target", target: first };
  const choices = [first, ...others].map((target): ViewPart => {
    const reference = shortestName(target, targets);
    return { type: "choice", text: target.key, operation, arguments: { reference, ...rest } };
  });
  const text = `${choices.length} references match ${wanted}; name one of them:`;
  return { kind: "refused", refusal: { code: "ambiguous", view: [{ type: "text", tone: "bad", text }, ...choices] } };
}

/** One that nobody knows, with the nearest name there is. */
export function refuseUnknown(wanted: string, targets: readonly KnownTarget[]): Refusal {
  const names = targets.flatMap(({ target, references }) => [
    ...(target.startsWith("group:") ? [target] : []),
    ...references.flatMap((reference) => [reference.name, ...imageNames(reference)]),
  ]);
  const nearest = nearestName(wanted, names);
  const hint =
    nearest === undefined ? "a name, an image, file#pointer or group:<name> will do" : `did you mean ${nearest}?`;
  return {
    code: "target-not-found",
    view: [
      { type: "text", tone: "bad", text: `there is no reference ${wanted}` },
      { type: "text", text: hint },
    ],
  };
}

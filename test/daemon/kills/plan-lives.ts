import type { Death, Life } from "./death.ts";

/** How many steps of each kind a life of this sort of lane has. */
export interface Boundaries {
  readonly git: number;
  readonly store: number;
  readonly registry: number;
  /** How long it takes from the start until everything is delivered, about. */
  readonly lifeMs: number;
}

/** Every boundary once, in an order that looks like chance; and again and again the push, on which most depends. */
export function everyDeath({ git, store, registry }: Boundaries, random: () => number): readonly Death[] {
  const deaths: readonly Death[] = [
    ...steps(git).flatMap((step) => moments.map((moment): Death => ({ at: "git", step, moment }))),
    ...steps(store).flatMap((step) =>
      (["before", "after"] as const).map((moment): Death => ({ at: "store", step, moment })),
    ),
    ...steps(registry).map((step): Death => ({ at: "registry", step })),
  ];
  return deaths
    .map((death) => ({ death, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .flatMap(({ death }, index) => [
      death,
      ...(index % pushEvery === 0 ? [{ at: "git", step: "push", moment: chooseMoment(random) } as const] : []),
    ]);
}

const moments = ["before", "after", "late"] as const;
const pushEvery = 2;

function chooseMoment(random: () => number): (typeof moments)[number] {
  return moments[Math.floor(random() * moments.length)] ?? "after";
}

function steps(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** What else happens in a life with this death. */
export function planLife(
  death: Death,
  { git }: Boundaries,
  { isOverHttp, random }: { readonly isOverHttp: boolean; readonly random: () => number },
): Life {
  const within = (count: number) => 1 + Math.floor(random() * count);
  const file = random() < 0.5 ? "notes.md" : "a/compose.yml";
  const from = within(12);
  return {
    death,
    lateAt: random() < 0.5 ? "push" : within(git),
    person: random() < 0.4 ? { at: within(git), file } : undefined,
    fault: isOverHttp && random() < 0.5 ? { from, to: from + within(3) - 1, kind: chooseFault(random) } : undefined,
  };
}

function chooseFault(random: () => number): NonNullable<Life["fault"]>["kind"] {
  const kinds = [
    { kind: "hang" },
    { kind: "disconnect" },
    { kind: "answer", status: 500 },
    { kind: "answer", status: 503 },
    { kind: "lose-push-answer" },
    { kind: "lose-push-answer" },
  ] as const;
  return kinds[Math.floor(random() * kinds.length)] ?? kinds[1];
}

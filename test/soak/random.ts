/** Chance from a seed: the same seed gives the same run. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** From 0 to below `end`, whole. */
  below(end: number): number;
  between(least: number, most: number): number;
  isOneIn(count: number): boolean;
  pick<T>(list: readonly T[]): T;
  pickOr<T>(list: readonly T[]): T | undefined;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  const pickOr = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    isOneIn: (count) => below(count) === 0,
    pick(list) {
      const found = pickOr(list);
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    pickOr,
  };
}

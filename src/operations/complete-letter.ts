import { targetOfLetter } from "./deadletters.ts";
import { shortestName } from "./known-targets.ts";
import type { Talos } from "./talos.ts";

export async function completeLetter(argument: string, talos: Talos): Promise<readonly string[]> {
  if (argument !== "reference") return [];
  const targets = (await talos.delivery.deadLetters()).map(targetOfLetter);
  return ["all", ...targets.map((target) => shortestName(target, targets))];
}

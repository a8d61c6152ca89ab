import type { Talos } from "../talos.ts";
import { shortestName } from "../updates/known-targets.ts";
import { targetOfLetter } from "./deadletters.ts";

export async function completeLetter(argument: string, talos: Talos): Promise<readonly string[]> {
  if (argument !== "reference") return [];
  const targets = (await talos.delivery.deadLetters()).map(targetOfLetter);
  return ["all", ...targets.map((target) => shortestName(target, targets))];
}

import { sourceNames } from "./find-source.ts";
import type { Talos } from "./talos.ts";

export async function completeSource(argument: string, talos: Talos): Promise<readonly string[]> {
  return argument === "source" ? sourceNames(talos) : [];
}

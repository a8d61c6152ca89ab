import type { ImageReference } from "../../images/image-reference.ts";
import type { RateLimit } from "../../registries/rate-limit.ts";
import type { Registries } from "../../registries/registry.ts";
import { type Finding, fails, notes, passes } from "./finding.ts";

/** Asks a registry for one of the images that are named of it, and what it still allows. */
export async function checkRegistry(
  image: ImageReference,
  registries: Pick<Registries, "readDigest">,
  readRate: () => RateLimit | undefined,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const name = `registry ${image.domain}`;
  const found = await registries.readDigest(image, image.tag ?? "latest", { isFresh: true, signal });
  switch (found.kind) {
    case "found":
    case "tag-missing":
      return [passes(name, "answers, and accepts who asks"), ...judgeBudget(name, readRate())];
    case "repository-missing":
    case "throttled":
      return [notes(name, found.text, found.hint)];
    case "denied":
    case "unreachable":
    case "bad-answer":
      return [fails(name, found.text, found.hint)];
  }
}

function judgeBudget(name: string, rate: RateLimit | undefined): readonly Finding[] {
  if (rate === undefined) return [];
  const text = `${rate.remaining} of ${rate.limit} pulls are left${formatReset(rate.resetSeconds)}`;
  const isScarce = rate.remaining < rate.limit / 10;
  return [
    isScarce ? notes(name, text, "an account is allowed more: docker login, or RegistrySettings") : passes(name, text),
  ];
}

function formatReset(seconds: number | undefined): string {
  if (seconds === undefined) return "";
  return seconds < 5400 ? ` for ${Math.ceil(seconds / 60)} minutes` : ` for ${Math.round(seconds / 3600)} hours`;
}

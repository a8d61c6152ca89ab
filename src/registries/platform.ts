import { isRecord, type JsonRecord, readText } from "./read-json.ts";

export const defaultPlatform = "linux/amd64";

/** The entry of an index for a platform such as `linux/arm/v7`; else for the usual one, else the first that is an image. */
export function choosePlatform(manifests: readonly JsonRecord[], platform: string): JsonRecord | undefined {
  const images = manifests.filter((manifest) => !formatPlatform(manifest).startsWith("unknown"));
  const find = (wanted: string) => images.find((image) => matches(formatPlatform(image), wanted));
  return find(platform) ?? find(defaultPlatform) ?? images[0];
}

/** Without a variant asked for, any will do: `linux/arm64` is listed as `linux/arm64/v8`, too. */
function matches(offered: string, wanted: string): boolean {
  return offered === wanted || (wanted.split("/").length === 2 && offered.startsWith(`${wanted}/`));
}

function formatPlatform(manifest: JsonRecord): string {
  const platform = isRecord(manifest["platform"]) ? manifest["platform"] : {};
  return [readText(platform, "os"), readText(platform, "architecture"), readText(platform, "variant")]
    .filter((part) => part !== undefined)
    .join("/");
}

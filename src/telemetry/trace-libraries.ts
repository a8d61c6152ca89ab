/** The sources of spans, each of which TracingSettings.IncludeTraceLibraries can switch off. */
export const traceLibraries = [
  "talos",
  "webhooks",
  "git",
  "hosts",
  "redis",
  "registries",
  "forges",
  "http",
  "discord",
] as const;
export type TraceLibrary = (typeof traceLibraries)[number];

/** What the earlier program called parts that are still there; the others (`Talos.Core`, …) have no counterpart. */
const olderNames: Readonly<Record<string, TraceLibrary>> = {
  "stackexchange.redis": "redis",
  "talos.api": "http",
  "talos.discord": "discord",
  "talos.docker": "hosts",
};

export type TraceLibraryName =
  | { readonly kind: "library"; readonly library: TraceLibrary }
  /** A part of the earlier program that has no counterpart. */
  | { readonly kind: "older" }
  | { readonly kind: "unknown" };

/** In any case of letters. */
export function readTraceLibrary(name: string): TraceLibraryName {
  const wanted = name.toLowerCase();
  const library = traceLibraries.find((one) => one === wanted) ?? olderNames[wanted];
  if (library !== undefined) return { kind: "library", library };
  return wanted.startsWith("talos.") ? { kind: "older" } : { kind: "unknown" };
}

/** Those that are switched off. */
export function silencedLibraries(included: Readonly<Record<string, boolean>>): ReadonlySet<TraceLibrary> {
  const silenced = new Set<TraceLibrary>();
  for (const [name, isIncluded] of Object.entries(included)) {
    const read = readTraceLibrary(name);
    if (read.kind === "library" && !isIncluded) silenced.add(read.library);
  }
  return silenced;
}

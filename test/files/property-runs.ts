/**
 * How many files a property generates: enough to notice a mistake while working, and ten times as many where it counts.
 * `TALOS_PROPERTY_RUNS` says otherwise.
 */
export const propertyRuns = Number(process.env.TALOS_PROPERTY_RUNS ?? (process.env.CI === "true" ? 10_000 : 1_000));

/** 10,000 runs take some 20 s on an idle machine. */
export const propertyTimeoutMs = 300_000;

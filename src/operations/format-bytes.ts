const units = ["B", "kB", "MB", "GB", "TB"];

/** `512 B`, `1.2 GB`, in steps of a thousand as Docker counts. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // What would be written as 1000 is one of the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

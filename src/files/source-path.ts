/** The folder of a path in a source: `""` for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/**
 * `path` as seen from `directory`. What leaves the source keeps its leading `..`, and an absolute path stays one: the
 * source refuses both.
 */
export function joinPath(directory: string, path: string): string {
  if (path.startsWith("/")) return path;
  const steps: string[] = [];
  for (const step of [...directory.split("/"), ...path.split("/")]) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return steps.join("/");
}

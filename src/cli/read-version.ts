export async function readVersion(): Promise<string> {
  return (await import("../../package.json", { with: { type: "json" } })).default.version;
}

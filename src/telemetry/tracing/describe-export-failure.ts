/** In one line, and without what gRPC adds for those who set up its names. */
export function describeExportFailure(error: Error | undefined): string {
  const [line = ""] = error?.message.split("\n") ?? [];
  return line.replace(/\.? Resolution note:.*$/, "") || "it is not taken";
}

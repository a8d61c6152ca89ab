/** For `catch` of a start or a stop: the container runs, or has stopped, already. */
export function ifUnchanged(error: unknown): "unchanged" {
  if (error instanceof Error && "statusCode" in error && error.statusCode === 304) return "unchanged";
  throw error;
}

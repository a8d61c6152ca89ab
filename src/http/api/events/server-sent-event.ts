/** One event of an event stream, as the HTML standard describes it. Without `data` nothing is told to whoever listens. */
export interface ServerSentEvent {
  readonly event?: string;
  /** What is sent as `Last-Event-ID` when the stream is begun again. */
  readonly id?: number | undefined;
  /** JSON: one line. */
  readonly data?: unknown;
  readonly retryMs?: number;
}

export function formatServerSentEvent({ event, id, data, retryMs }: ServerSentEvent): string {
  const lines = [
    ...(retryMs === undefined ? [] : [`retry: ${retryMs}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(data === undefined ? [] : [`data: ${JSON.stringify(data)}`]),
  ];
  // What has nothing to say keeps the connection from being taken for dead.
  return lines.length === 0 ? ":\n\n" : `${lines.join("\n")}\n\n`;
}

/** One request, for progress and logs. */
export interface RequestEvent {
  readonly domain: string;
  /** Who was really asked: the registry's own address, its token service, its storage. */
  readonly host: string;
  readonly method: string;
  /** Absent when there was no answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** Requests to the same host that wait for their turn. */
  readonly waiting: number;
  /** How long the registry asked to be left alone; 0 is usual. */
  readonly pausedSeconds: number;
}

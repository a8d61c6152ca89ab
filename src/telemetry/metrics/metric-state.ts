/** What gauges show, read when it is asked for. */
export interface MetricState {
  readonly sources: readonly SourceState[];
  readonly hosts: readonly HostFigures[];
}

export interface SourceState {
  readonly source: string;
  /** By verdict; undefined: it was never scanned to the end. */
  readonly references: Readonly<Record<string, number>> | undefined;
  readonly scannedMs: number | undefined;
  readonly isScanFailed: boolean;
  readonly queued: number;
  readonly oldestSeconds: number;
  readonly deadLetters: number;
  readonly questions: number;
}

export interface HostFigures {
  readonly host: string;
  readonly isUp: boolean;
  /** By state. */
  readonly containers: Readonly<Record<string, number>>;
}

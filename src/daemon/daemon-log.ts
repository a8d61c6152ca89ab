/** Where the daemon says what it does; pino's logger is one. */
export interface DaemonLog {
  debug(facts: object, text: string): void;
  info(text: string): void;
  info(facts: object, text: string): void;
  warn(text: string): void;
  warn(facts: object, text: string): void;
  error(text: string): void;
  error(facts: object, text: string): void;
}

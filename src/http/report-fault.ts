import { randomUUID } from "node:crypto";
import type { HttpLog } from "./http-context.ts";

/** A fault of the program: the log has all of it, who asked only what finds it there. */
export function reportFault(error: unknown, log: HttpLog, where: Readonly<Record<string, string>> = {}) {
  const id = randomUUID();
  const facts = { ...where, id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  log.error(facts, "a request failed by a fault of Talos");
  return {
    code: "fault",
    title: "Talos has failed",
    detail: `This is a fault of Talos, not yours. Its log says more under the id ${id}.`,
    hint: "Please report it with what the log says.",
  } as const;
}

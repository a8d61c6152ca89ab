import { TalosError } from "../../talos-error.ts";
import { type Finding, fails } from "./finding.ts";

/** A check that throws or takes too long has failed; the others go on. */
export async function withDeadline(
  name: string,
  seconds: number,
  check: (signal: AbortSignal) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const signal = AbortSignal.timeout(seconds * 1000);
  const { promise: late, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  try {
    return await Promise.race([check(signal), late]);
  } catch (error) {
    if (signal.aborted)
      return [fails(name, `there was no answer within ${seconds} s`, "check the network and the server")];
    if (error instanceof TalosError) return [fails(name, error.message.replace(/\.$/, ""), error.hint)];
    throw error;
  }
}

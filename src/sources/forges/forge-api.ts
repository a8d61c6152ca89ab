import type { MergeRequest, MergeRequestText } from "../forge.ts";
import type { Attempt } from "./forge-client.ts";

/** The calls that the forges have in common; what Talos makes of them is in open-forge.ts. Numbers are those that people see. */
export interface ForgeApi {
  /** Those from that branch of this very repository (not of a fork) to `target`, the newest first. */
  list(branch: string, target: string, signal: AbortSignal | undefined): Promise<readonly MergeRequest[]>;
  create(
    branch: string,
    target: string,
    text: MergeRequestText,
    signal: AbortSignal | undefined,
  ): Promise<Attempt<MergeRequest>>;
  read(number: number, failing: string, signal: AbortSignal | undefined): Promise<MergeRequest>;
  edit(number: number, text: MergeRequestText, failing: string, signal: AbortSignal | undefined): Promise<void>;
  comment(number: number, comment: string, failing: string, signal: AbortSignal | undefined): Promise<void>;
  close(number: number, failing: string, signal: AbortSignal | undefined): Promise<void>;
}

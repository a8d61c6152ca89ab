import type { Talos } from "../../operations/talos.ts";
import type { Lease, Store } from "../../store/store.ts";
import type { BotPorts, Clock } from "../open-bot.ts";
import type { DiscordApi } from "../rest/discord-api.ts";

/** What it takes to tell people of events; see `runNotices`. */
export interface NoticePorts {
  readonly talos: Talos;
  readonly store: Store;
  /** Of the bot: only while it is held anything is written. */
  readonly lease?: Lease;
  readonly api: DiscordApi;
  readonly log: BotPorts["log"];
  readonly pause: Clock["pause"];
}

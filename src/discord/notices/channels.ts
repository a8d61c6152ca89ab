import type { Config } from "../../config/schema.ts";
import type { PlanContext } from "../board/plan-board.ts";

/** Where questions and notices go: `DiscordSettings.ChannelId` and `Notifications`. */
export function readChannels({
  DiscordSettings: { ChannelId },
  Notifications,
}: Pick<Config, "DiscordSettings" | "Notifications">): Pick<PlanContext, "promptChannel" | "channelsOf"> {
  const routes = (Notifications ?? [{ ChannelId, Kinds: undefined }]).map((route) => ({
    channel: route.ChannelId ?? ChannelId,
    kinds: route.Kinds,
  }));
  return {
    promptChannel: ChannelId,
    channelsOf: (kind) => [
      ...new Set(
        routes.flatMap(({ channel, kinds }) =>
          channel !== undefined && (kinds === undefined || kinds.includes(kind)) ? [channel] : [],
        ),
      ),
    ],
  };
}

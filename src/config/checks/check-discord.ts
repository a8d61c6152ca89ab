import type { ConfigRemark } from "../config-node.ts";
import { formatPath, type SettingPath, type Shaped } from "../shape-settings.ts";
import { fault, follow, type Given, itemsAt, textAt } from "./shaped-settings.ts";

const discord: SettingPath = ["DiscordSettings"];

export function checkDiscord(settings: Shaped, given: Given): ConfigRemark[] {
  return [...checkPlace(settings, given), ...checkDoubles(settings, given)];
}

export function noticeDiscord(settings: Shaped, given: Given): ConfigRemark[] {
  return [...noticeIdle(settings, given), ...noticeNobody(settings, given), ...noticeNoKinds(settings, given)];
}

function checkPlace(settings: Shaped, given: Given): ConfigRemark[] {
  if (!hasToken(settings)) return [];
  return ["GuildId", "ChannelId"].flatMap((key) => {
    const id = textAt(settings, [...discord, key]);
    if (id !== undefined && !/^0+$/.test(id)) return [];
    const text = "is missing: a bot token is set, and the bot needs to know where it belongs";
    return [fault([...discord, key], text, given)];
  });
}

/** Otherwise what both name would be posted twice. */
function checkDoubles(settings: Shaped, given: Given): ConfigRemark[] {
  const seen = new Map<string, SettingPath>();
  return noticePaths(settings).flatMap((path) => {
    const channel = textAt(settings, [...path, "ChannelId"]) ?? textAt(settings, [...discord, "ChannelId"]);
    if (channel === undefined) return [];
    const first = seen.get(channel);
    seen.set(channel, first ?? path);
    if (first === undefined) return [];
    return [fault(path, `is for the same channel as ${formatPath(first)}; put their Kinds together`, given)];
  });
}

function noticeIdle(settings: Shaped, given: Given): ConfigRemark[] {
  if (hasToken(settings) || noticePaths(settings).length === 0) return [];
  return [fault(["Notifications"], "has no effect without DiscordSettings.BotToken", given)];
}

/** A right that is set and given to nobody takes it from all, which a slip can do too. */
function noticeNobody(settings: Shaped, given: Given): ConfigRemark[] {
  return ["Read", "Operate", "Admin"].flatMap((right) => {
    const path = [...discord, "Access", right];
    if (follow(settings, path) === undefined) return [];
    if (["Roles", "Users"].some((key) => itemsAt(settings, [...path, key]).length > 0)) return [];
    return [fault(path, "names no role and no user, so that it gives this right to nobody", given)];
  });
}

function noticeNoKinds(settings: Shaped, given: Given): ConfigRemark[] {
  return noticePaths(settings).flatMap((path) => {
    const kinds = [...path, "Kinds"];
    if (follow(settings, kinds) === undefined || itemsAt(settings, kinds).length > 0) return [];
    return [fault(kinds, "names no kind, so that no notice goes there", given)];
  });
}

function noticePaths(settings: Shaped): readonly SettingPath[] {
  return itemsAt(settings, ["Notifications"]).map((_, index) => ["Notifications", index]);
}

function hasToken(settings: Shaped): boolean {
  return textAt(settings, [...discord, "BotToken"]) !== undefined;
}

import { PermissionFlagsBits } from "discord-api-types/v10";
import { expect, test } from "vitest";
import { invitedPermissions, inviteLink } from "./invite-link.ts";

test("the link asks for the bot, its commands, and what it needs to post: no more", () => {
  const { ViewChannel, SendMessages, EmbedLinks, AttachFiles, ReadMessageHistory, SendMessagesInThreads } =
    PermissionFlagsBits;
  expect(invitedPermissions).toBe(
    ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | SendMessagesInThreads,
  );
  expect(inviteLink("42", "7")).toBe(
    `https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=${invitedPermissions}&guild_id=7&disable_guild_select=true`,
  );
});

import type { CommandBody } from "../state/commands.ts";
import {
  describeApplication,
  describeChannel,
  describeGuild,
  describeMember,
  describeRole,
  describeUser,
} from "../state/describe-place.ts";
import type { DiscordState } from "../state/discord-state.ts";
import { answer, type RestAnswer, refuse } from "./rest-answer.ts";
import type { RestCall } from "./rest-call.ts";
import type { Route } from "./route.ts";

/** The bot itself, the server it is in, and its commands. */
export const placeRoutes: Readonly<Record<string, Route>> = {
  "GET /users/@me": ({ place }) => answer(describeUser(place.bot)),
  "GET /applications/@me": ({ place }) => answer(describeApplication(place)),
  "GET /oauth2/applications/@me": ({ place }) => answer(describeApplication(place)),
  "GET /users/@me/guilds": ({ place }) => ({ status: 200, body: [{ id: place.guildId, name: place.guildName }] }),
  "GET /users/:user": ({ place }, { ids }) => {
    const member = place.members.get(ids.user ?? "");
    return member === undefined ? refuse(10013) : answer(describeUser(member));
  },
  "GET /guilds/:guild": inGuild(({ place }) => answer(describeGuild(place))),
  "GET /guilds/:guild/roles": inGuild(({ place }) => ({ status: 200, body: place.roles.map(describeRole) })),
  "GET /guilds/:guild/channels": inGuild(({ place }) => ({
    status: 200,
    body: [...place.channels.values()]
      .filter(({ parentId }) => parentId === undefined)
      .map((channel) => describeChannel(place, channel)),
  })),
  "GET /guilds/:guild/members/:user": inGuild(({ place }, { ids }) => {
    const member = place.members.get((ids.user === "@me" ? place.bot.id : ids.user) ?? "");
    return member === undefined ? refuse(10007) : answer(describeMember(member));
  }),
  "GET /applications/:application/commands": () => ({ status: 200, body: [] }),
  "PUT /applications/:application/commands": () => ({ status: 200, body: [] }),
  "GET /applications/:application/guilds/:guild/commands": inGuild(({ commands }) => ({
    status: 200,
    body: commands.all,
  })),
  "PUT /applications/:application/guilds/:guild/commands": inGuild(({ commands }, { body }) => ({
    status: 200,
    body: commands.overwrite(body as CommandBody[]),
  })),
  "POST /applications/:application/guilds/:guild/commands": inGuild(({ commands }, { body }) => ({
    status: 201,
    body: commands.put(body as CommandBody),
  })),
  "PATCH /applications/:application/guilds/:guild/commands/:command": inGuild(({ commands }, { body, ids }) => {
    const known = commands.all.find(({ id }) => id === ids.command);
    return known === undefined ? refuse(10063) : answer(commands.put({ ...known, ...(body as CommandBody) }));
  }),
  "DELETE /applications/:application/guilds/:guild/commands/:command": inGuild(({ commands }, { ids }) =>
    commands.remove(ids.command ?? "") ? { status: 204 } : refuse(10063),
  ),
};

function inGuild(route: Route): Route {
  return (state: DiscordState, call: RestCall): RestAnswer => {
    if (call.ids.guild !== state.place.guildId) return refuse(10004);
    if (call.ids.application !== undefined && call.ids.application !== state.place.applicationId) return refuse(50001);
    return route(state, call);
  };
}

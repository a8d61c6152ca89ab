import type { Place } from "./place.ts";

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly options?: readonly CommandOption[];
}

export interface CommandBody {
  readonly application_id?: string;
  readonly guild_id?: string;
  readonly name: string;
  readonly type?: number;
  readonly description?: string;
  readonly options?: readonly CommandOption[];
  readonly default_member_permissions?: string | null;
}

export interface RegisteredCommand extends CommandBody {
  readonly id: string;
  readonly version: string;
}

export interface Commands {
  readonly all: readonly RegisteredCommand[];
  /** Replaces all; a command of the same name keeps its id, and its version when it is the same. */
  overwrite(bodies: readonly CommandBody[]): readonly RegisteredCommand[];
  put(body: CommandBody): RegisteredCommand;
  remove(id: string): boolean;
}

export function openCommands(place: Place): Commands {
  let all: readonly RegisteredCommand[] = [];
  const register = (body: CommandBody): RegisteredCommand => {
    const known = all.find(({ name }) => name === body.name);
    const { id = place.newId(), version = "", ...before } = known ?? {};
    const after = asDiscordKeeps(body, place);
    return { id, version: JSON.stringify(before) === JSON.stringify(after) ? version : place.newId(), ...after };
  };
  return {
    get all() {
      return all;
    },
    overwrite(bodies) {
      all = bodies.map(register);
      return all;
    },
    put(body) {
      const made = register(body);
      all = [...all.filter(({ id }) => id !== made.id), made];
      return made;
    },
    remove(id) {
      const rest = all.filter((command) => command.id !== id);
      const isRemoved = rest.length < all.length;
      all = rest;
      return isRemoved;
    },
  };
}

const unasked = {
  dm_permission: true,
  contexts: null,
  integration_types: [0],
  nsfw: false,
  name_localizations: null,
  description_localizations: null,
};

/** What is false is left out, what can be null is named: a list that is read back differs from the one that was sent. */
function asDiscordKeeps(body: CommandBody, place: Place): CommandBody {
  return {
    name: body.name,
    type: body.type ?? 1,
    description: body.description ?? "",
    options: (body.options ?? []).map(keptOption),
    default_member_permissions: body.default_member_permissions ?? null,
    ...unasked,
    application_id: place.applicationId,
    guild_id: place.guildId,
  };
}

function keptOption(option: CommandOption): CommandOption {
  const entries = Object.entries(option).filter(
    ([key, value]) => value !== undefined && value !== null && !(value === false && /required|autocomplete/.test(key)),
  );
  const options = option.options === undefined ? {} : { options: option.options.map(keptOption) };
  return Object.assign(
    { name_localizations: null, description_localizations: null },
    Object.fromEntries(entries),
    options,
  ) as unknown as CommandOption;
}

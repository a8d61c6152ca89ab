export interface GrantingRole {
  readonly id: string;
  readonly permissions: bigint;
}

/** What a channel says otherwise than the roles, of a role or a member. */
export interface Overwrite {
  readonly id: string;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface Member {
  readonly id: string;
  /** Without the role of everyone, which has the id of the server. */
  readonly roleIds: readonly string[];
}

const administrator = 1n << 3n;
const everything = (1n << 64n) - 1n;

/**
 * What a member may do in a channel by the roles of the server and the channel's overwrites: first those of everyone, then
 * of all its roles at once, where allowing wins, then of the member itself. That other rights mean nothing without View Channel and
 * Send Messages is left out: so what is missing here is exactly what is to be granted.
 */
export function effectivePermissions(
  guildId: string,
  roles: readonly GrantingRole[],
  member: Member,
  overwrites: readonly Overwrite[],
): bigint {
  const own = new Set([guildId, ...member.roleIds]);
  const base = unite(roles.filter(({ id }) => own.has(id)).map(({ permissions }) => permissions));
  if ((base & administrator) !== 0n) return everything;
  const layers = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(({ id }) => member.roleIds.includes(id)),
    overwrites.filter(({ id }) => id === member.id),
  ];
  return layers.reduce(
    (before, layer) => (before & ~unite(layer.map(({ deny }) => deny))) | unite(layer.map(({ allow }) => allow)),
    base,
  );
}

function unite(bits: readonly bigint[]): bigint {
  return bits.reduce((sum, one) => sum | one, 0n);
}

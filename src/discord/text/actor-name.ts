/** Who did it, for a reader in Discord: `ada` of `ada (discord)`, where `ada (terminal)` was not here. */
export function actorName(actor: string): string {
  return actor.replace(/ \(discord\)$/, "");
}

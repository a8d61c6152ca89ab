/** What somebody may do, each with all before it: look, change what runs and answer questions, make tokens. */
export const accessLevels = ["read", "operate", "admin"] as const;
export type Access = (typeof accessLevels)[number];

export function includesAccess(given: Access, wanted: Access): boolean {
  return accessLevels.indexOf(given) >= accessLevels.indexOf(wanted);
}

/** What a container is called before it takes the place of the old one, and what the old one is called after that. */
export function interimNames({ name, id }: { readonly name: string; readonly id: string }) {
  const old = id.slice(0, 12);
  return { fresh: `${name}-after-${old}`, kept: `${name}-before-${old}` };
}

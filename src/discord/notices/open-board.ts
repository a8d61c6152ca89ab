import type { BoardMemory } from "./board-memory.ts";
import type { NoticePorts } from "./notice-ports.ts";
import type { ShownBoard } from "./show-board.ts";

/**
 * The board as it was left. Where there was none it begins with now: what happens from here on is told, also what happens
 * before Discord is there.
 */
export async function openBoard({
  memory,
  talos,
}: Pick<NoticePorts, "talos"> & { readonly memory: BoardMemory }): Promise<ShownBoard> {
  const { board, position } = await memory.load();
  const shown = { board, untried: new Set<string>(), closed: new Set<string>() };
  if (position !== undefined) return { ...shown, position };
  const [latest] = await talos.events.latest(1);
  const start = latest?.position ?? 0;
  await memory.save(board, board, start);
  return { ...shown, position: start };
}

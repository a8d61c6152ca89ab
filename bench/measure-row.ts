import { type Command, type Measurement, measure } from "./measure.ts";
import type { FixtureRegistry } from "./start-registry.ts";

/** One line of a table. */
interface Row {
  readonly name: string;
  readonly measured: Measurement;
}

/** One row, or none when the command failed. */
export type Rows = readonly Row[];

/** A command that fails is said, and the others go on. */
export async function measureRow(
  name: string,
  command: () => Command,
  registry?: FixtureRegistry,
  times = 1,
): Promise<Rows> {
  try {
    return [{ name, measured: await measure(command, registry, times) }];
  } catch (error) {
    console.log(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

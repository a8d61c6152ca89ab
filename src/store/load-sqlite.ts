import type * as sqlite from "node:sqlite";

/**
 * `node:sqlite`, loaded when a store is opened and not before. Early releases of Node 24 print an ExperimentalWarning for
 * it; that one is kept from the user, every other warning passes.
 */
export function loadSqlite(): typeof sqlite {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = new Proxy(emitWarning, {
    apply: (emit, self, passed: readonly unknown[]) => {
      if (!String(passed[0]).startsWith("SQLite is an experimental feature")) Reflect.apply(emit, self, passed);
    },
  });
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}

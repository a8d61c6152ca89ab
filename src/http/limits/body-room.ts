/** What bodies that are on their way may take of the memory: all together, and those of one address. */
const mostBytes = 134_217_728;
const mostOfAddress = 16_777_216;

export interface BodyRoom {
  /** Taken until it is disposed of; undefined: there is no room now. */
  take(address: string, bytes: number): Disposable | undefined;
}

export function openBodyRoom(): BodyRoom {
  let all = 0;
  const byAddress = new Map<string, number>();
  const add = (address: string, bytes: number): void => {
    all += bytes;
    const ofAddress = (byAddress.get(address) ?? 0) + bytes;
    if (ofAddress === 0) byAddress.delete(address);
    else byAddress.set(address, ofAddress);
  };
  return {
    take(address, bytes) {
      if (all + bytes > mostBytes || (byAddress.get(address) ?? 0) + bytes > mostOfAddress) return undefined;
      add(address, bytes);
      return { [Symbol.dispose]: () => add(address, -bytes) };
    },
  };
}

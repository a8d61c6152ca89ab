import { createMemoryStore } from "./memory-store.ts";
import { describeStoreContract } from "./store-contract.ts";

describeStoreContract("Memory", () => {
  let time = 1_000_000;
  return {
    store: createMemoryStore({ now: () => time }),
    passSeconds: (seconds) => {
      time += seconds * 1000;
    },
  };
});

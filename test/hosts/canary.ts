/** A program that nobody asks for. It is on every path of this test; that it has run is the proof of an injection. */
export const canary = "talos-canary";

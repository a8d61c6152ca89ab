import { expect, test } from "vitest";
import { createGate, type Gate, type Pass } from "./gate.ts";

const never = new AbortController().signal;

/** Lets in all that the gate lets in now. */
async function enterAll(gate: Gate, count: number): Promise<Pass[]> {
  const inside: Pass[] = [];
  for (let index = 0; index < count; index += 1) void gate.enter(never).then((pass) => inside.push(pass));
  await new Promise((resolve) => setImmediate(resolve));
  return inside;
}

test("No more than the maximum are inside; one that leaves lets the next one in.", async () => {
  const gate = createGate(3);
  const inside = await enterAll(gate, 5);
  expect(inside).toHaveLength(3);
  expect(gate.waiting).toBe(2);
  inside[0]?.leave("answered", 10);
  await new Promise((resolve) => setImmediate(resolve));
  expect(inside).toHaveLength(4);
});

test("A round of refusals halves what is let in, once; good answers bring it back.", async () => {
  const gate = createGate(16);
  for (const pass of await enterAll(gate, 16)) pass.leave("refused", 10);
  expect(await enterAll(gate, 20)).toHaveLength(8);
});

test("Refusals never close the gate, and good answers open it again, up to the maximum.", async () => {
  const gate = createGate(16);
  for (let round = 0; round < 10; round += 1) for (const pass of await enterAll(gate, 1)) pass.leave("refused", 10);
  const few = await enterAll(gate, 2);
  expect(few).toHaveLength(2);
  expect(await enterAll(gate, 1)).toHaveLength(0);
  for (const pass of few) pass.leave("answered", 10);
  await new Promise((resolve) => setImmediate(resolve));
  const recovering = createGate(16);
  for (let round = 0; round < 10; round += 1)
    for (const pass of await enterAll(recovering, 1)) pass.leave("refused", 10);
  for (let round = 0; round < 400; round += 1)
    for (const pass of await enterAll(recovering, 1)) pass.leave("answered", 10);
  expect(await enterAll(recovering, 40)).toHaveLength(16);
});

test("An answer that is slow, and slower than usual, lets fewer in; one that is slow as always does not.", async () => {
  const usual = createGate(8);
  for (const pass of await enterAll(usual, 8)) pass.leave("answered", 100);
  for (const pass of await enterAll(usual, 8)) pass.leave("answered", 5000);
  expect(await enterAll(usual, 20)).toHaveLength(6);
  const slow = createGate(8);
  for (let round = 0; round < 3; round += 1) for (const pass of await enterAll(slow, 8)) pass.leave("answered", 3000);
  expect(await enterAll(slow, 20)).toHaveLength(8);
});

test("A new maximum counts at once.", async () => {
  const gate = createGate(2);
  const inside = await enterAll(gate, 10);
  gate.setMaximum(6);
  await new Promise((resolve) => setImmediate(resolve));
  expect(inside).toHaveLength(6);
});

test("One who gives up leaves the line.", async () => {
  const gate = createGate(1);
  await gate.enter(never);
  const controller = new AbortController();
  const waiting = gate.enter(controller.signal);
  controller.abort(new Error("gave up"));
  await expect(waiting).rejects.toThrow("gave up");
  expect(gate.waiting).toBe(0);
  await expect(gate.enter(controller.signal)).rejects.toThrow("gave up");
});

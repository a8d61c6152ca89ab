import { untilAborted } from "./until-aborted.ts";

/**
 * However many ask for the same thing at the same time, it is fetched once. An asker that gives up gets its own abort; the work
 * stops only when all have.
 */
export function createSingleFlight<T>() {
  const flights = new Map<string, Flight<T>>();
  return async (key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    const flight = flights.get(key) ?? start(flights, key, work);
    flight.askers += 1;
    try {
      return await (signal === undefined ? flight.result : untilAborted(flight.result, signal));
    } finally {
      flight.askers -= 1;
      if (flight.askers === 0) leave(flights, key, flight);
    }
  };
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  askers: number;
  isOver: boolean;
}

function start<T>(flights: Map<string, Flight<T>>, key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
  const controller = new AbortController();
  const flight: Flight<T> = { result: work(controller.signal), controller, askers: 0, isOver: false };
  flights.set(key, flight);
  const end = () => {
    flight.isOver = true;
    remove(flights, key, flight);
  };
  flight.result.then(end, end);
  return flight;
}

function leave<T>(flights: Map<string, Flight<T>>, key: string, flight: Flight<T>): void {
  remove(flights, key, flight);
  if (!flight.isOver) flight.controller.abort();
}

function remove<T>(flights: Map<string, Flight<T>>, key: string, flight: Flight<T>): void {
  if (flights.get(key) === flight) flights.delete(key);
}

// What payloads are read with. What Talos cannot do without is refused when it is wrong; the rest is then as if it were absent.
import * as z from "zod/mini";

/** Longer than any name or address a forge has. */
const longestText = 2048;
const longestMessage = 4096;

export const text = z.string().check(z.minLength(1), z.maxLength(longestText));

export const optionalText = z.catch(z.optional(text), undefined);

/** Cut where it is very long. */
export const optionalMessage = z.catch(
  z.optional(
    z.pipe(
      z.string(),
      z.transform((message: string) => message.slice(0, longestMessage)),
    ),
  ),
  undefined,
);

/** Older and stranger senders write numbers as text. */
export const id = z.pipe(z.union([text, z.int()]), z.transform(String));

export const optionalSeconds = z.catch(z.optional(z.number().check(z.minimum(0))), undefined);

export const optionalCount = z.catch(z.optional(z.int()), undefined);

/** A part that may be missing as a whole, without what is in it. */
export function part<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.catch(z.optional(z.object(shape)), undefined);
}

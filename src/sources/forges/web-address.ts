import * as z from "zod/mini";

/** The address of a page, which surfaces make links of. */
export const webAddress = z.string().check(z.regex(/^https?:\/\/[^\s<>"]+$/));

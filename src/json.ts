// JSON as a type.
/** Any JSON value. Numbers are finite. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** JSON by name. */
export type JsonObject = { [key: string]: Json };

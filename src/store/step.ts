/** The statements of a migration's step, which both engines carry out. */

/** A statement with `?` for each value. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** The rows of its answer: arrays in the order of its columns, with values as the driver gives them. */
export type Rows = readonly (readonly unknown[])[];

/** A step yields statements and is given their rows. So it is written once, for a driver that waits and for one that does not. */
export type Step = Generator<Statement, void, Rows>;

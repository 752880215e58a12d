/** The figures of a problem. */
export type Details = Readonly<Record<string, unknown>>;

/** The same as texts, for sentences. */
export type Figures = Readonly<Record<string, string>>;

/** What a caller is told of one code. */
export type CatalogueEntry = {
  readonly status: number;
  /** The same for every occurrence. */
  readonly title: string;
  /** What happened this time; from the refusal's figures, times in RFC 3339. */
  readonly detail: (figures: Figures) => string;
  /** Whether sending the same request again, with the same key, may succeed without anything being changed. */
  readonly retryable: boolean;
  /** What the caller's program or its operator should do. */
  readonly action: string;
  /** What a till shows its cashier, in Chinese. */
  readonly cashierMessage: string;
};

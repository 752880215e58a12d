import type { PolicyValue } from '../src/communities/index.ts';

/** Here one officer grants on behalf of many: in the demo, in benchmarks and in tests whose matter is another. */
export const grantsFreely: { readonly grant_alone: PolicyValue<'grant_alone'> } = {
  grant_alone: { points: 1_000_000, points_day: 1_000_000_000, points_resident_month: 1_000_000_000 },
};

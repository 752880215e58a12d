/** Every certification case, run against a server. */
import { describe, expect, it } from 'vitest';
import { openCounter } from '../support/counter.ts';
import { cases } from './cases.ts';
import { certify } from './runner.ts';

describe('a till that goes by docs/tills.md passes', () => {
  it.each(cases)('$number: $title', async (each) => {
    expect.hasAssertions();
    await certify(await openCounter(), each);
  });
});

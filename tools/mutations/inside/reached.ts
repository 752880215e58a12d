/** Tells `recorder.ts` which test file runs; what is reached before its tests begin, such as the tables, is reached by loading. */
import { beforeAll, expect } from 'vitest';

delete process.env['MUTATIONS_TEST'];
beforeAll(() => {
  process.env['MUTATIONS_TEST'] = expect.getState().testPath;
});

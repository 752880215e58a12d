import { expect, it, vi } from 'vitest';

it.each([
  [500, true],
  [503, true],
  [501, false],
  [409, false],
])('an answer of %i leaves the outcome open: %s', async (status, unknown) => {
  vi.stubGlobal('location', { origin: 'http://localhost' });
  const { ApiProblem } = await import('../../web/api/client.ts');
  expect(new ApiProblem(status, { status, detail: '' } as never).outcomeUnknown).toBe(unknown);
  vi.unstubAllGlobals();
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Every test makes its own database, server and clock, so files can share a worker: it loads the house once instead of once a file.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

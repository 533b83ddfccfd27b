import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['tests/property-seed.ts'],
    include: ['tests/{unit,conformance,lessons}/**/*.test.{ts,tsx}'],
    // Every test here is plain computation: a file that hangs is a bug, not a slow machine.
    testTimeout: 120_000,
  },
});
